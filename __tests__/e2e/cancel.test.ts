import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { startCacheService } from '../doubles/cache-service.ts'
import { createJob, docker, fixture, type Job, leftovers, pushToMain, type Ran } from './action.ts'
import { type Door, listen, openDoor } from './registry-door.ts'
import { type Fate, standIn } from './stand-in.ts'

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

/** A moment of a run, and how it is recognised. */
type Point = Readonly<{
  what: string
  source?: string
  payload?: unknown
  inputs?: Readonly<Record<string, string>>
  prepare?: (job: Job) => void
  /** A program that never comes back. */
  program?: readonly [name: string, call: string, fate: Fate]
  /** What the registry does not answer. */
  holds?: (method: string, path: string) => boolean
  /** GitHub's API does not answer. */
  silentApi?: true
  /** GitHub's cache service takes the layers and never says that it has them. */
  silentCache?: true
  /** A line of the log. */
  says?: RegExp
  /** A line of the container's. */
  containerSays?: string
  /** What the registry has of tags afterwards. */
  tags?: readonly string[]
}>

const underWay = { says: /│ .*under way/ }
const isUpload = (method: string, path: string) => /^(PATCH|PUT)$/.test(method) && path.includes('/blobs/uploads/')
const isPut = (reference: string) => (method: string, path: string) => method === 'PUT' && path.includes(`/manifests/${reference}`)
const short = 'sha-1f2e3d4'
/** A step that is run anew by each build, and does not end. */
const endlessStep = (job: Job) =>
  writeFileSync(join(job.workspace, 'Dockerfile'), `FROM python:3.11-slim\nRUN echo under way ${randomUUID()} && sleep 3600\n`)

const points = {
  plan: { what: 'GitHub is asked what the repository is', payload: { ref: 'refs/heads/main' }, silentApi: true },
  engine: { what: 'the engine is looked for', program: ['docker', 'info*', 'hangs'] },
  install: { what: 'the environment of the tests is made', inputs: { test: 'true' }, program: ['uv', 'venv*', 'hangs'] },
  tests: {
    what: 'tests run',
    inputs: { test: 'true', 'test-requirements': 'none', 'test-command': 'echo under way; sleep 3600' },
    ...underWay,
  },
  testsInImage: {
    what: 'tests run in the image',
    inputs: { test: 'true', 'test-in': 'image', 'test-command': 'echo under way; sleep 3600' },
    ...underWay,
  },
  build: { what: 'a step of the build runs', prepare: endlessStep, ...underWay },
  exported: { what: 'the image has been exported, and the client is still at work', program: ['docker', 'buildx build*', 'hangs after'] },
  start: { what: 'the container has started, and the engine does not say so', program: ['docker', 'run --detach*', 'hangs after'] },
  predict: { what: 'the model thinks about a prediction', inputs: { 'run-env': 'MODE=thinks' }, containerSays: 'thinking' },
  compose: {
    what: 'a compose stack is up, and compose is still at work',
    source: 'compose',
    inputs: { 'compose-file': 'docker-compose.yml' },
    program: ['docker', 'compose *up*', 'hangs after'],
  },
  cache: {
    what: 'a cache is written beside the smoke test',
    inputs: { 'run-env': 'MODE=deaf', cache: 'gha', 'cache-mode': 'max', 'no-cache': 'true' },
    silentCache: true,
  },
  layer: { what: 'a layer is on its way', inputs: { smoke: 'false' }, holds: isUpload, tags: [] },
  digest: { what: 'the manifest is stored by its digest', inputs: { smoke: 'false' }, holds: isPut('sha256:'), tags: [] },
  staying: { what: 'the first tag is set', inputs: { smoke: 'false' }, holds: isPut(short), tags: [] },
  moving: { what: 'the tag that moves is set', inputs: { smoke: 'false' }, holds: isPut('latest'), tags: [short] },
} as const satisfies Readonly<Record<string, Omit<Point, 'what'> & { what: string }>>

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const start = Date.now(); !isSo(); await sleep(20)) if (Date.now() - start > 60_000) throw new Error(`not within 60 s: ${what}`)
}

/** Processes that a job has started, by the variable with which the runner finds them. */
function processesOf(tracking: string): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) &&
        readFileSync(`/proc/${name}/environ`, 'utf8').includes(tracking) &&
        !/^State:\s+Z/m.test(readFileSync(`/proc/${name}/status`, 'utf8'))
      )
    } catch {
      return false
    }
  })
}

/** Everything in the engine that has the name of a run. */
function inEngine({ state }: Ran): readonly string[] {
  const [, runId] = /"(?:runId":"|name":"[^"]*[:-])([0-9a-f]{12})"/.exec(state['traces'] ?? '') ?? []
  const lists = [
    ['ps', '--all', '--no-trunc', '--format', '{{.Names}} {{.Labels}}'],
    ['network', 'ls', '--format', '{{.Name}}'],
    ['volume', 'ls', '--format', '{{.Name}}'],
    ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'],
    ['buildx', 'ls', '--format', '{{.Name}}'],
  ]
  return runId === undefined
    ? []
    : lists.flatMap((list) =>
        docker(...list)
          .split('\n')
          .filter((line) => line.includes(runId)),
      )
}

const config = join(homedir(), '.docker', 'config.json')
const login = () => (existsSync(config) ? readFileSync(config, 'utf8') : '')

async function tagsOf(repository: string): Promise<readonly string[]> {
  const authorization = `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`
  const answer = await fetch(`http://${registry.host}/v2/${repository}/tags/list`, { headers: { authorization } })
  return answer.status === 404 ? [] : (((await answer.json()) as { tags: readonly string[] | null }).tags ?? [])
}

type Stopped = Readonly<{ job: Job; ran: Ran; tookMs: number; repository: string; door: Door; tracking: string; before: string }>

/** Brings a run to a point and does something to it there. */
async function stopAt(
  point: Point,
  signal: NodeJS.Signals,
  judge: (stopped: Stopped) => Promise<void>,
  then?: (door: Door) => void,
): Promise<void> {
  const repository = `acme/cancel-${randomUUID().slice(0, 8)}`
  const tracking = `github_${randomUUID()}`
  const label = `test=${randomUUID()}`
  await using door = await openDoor(registry, (method, path) => (point.holds?.(method, path) ? 'hold' : 'pass'))
  const asked = Promise.withResolvers<void>()
  await using api = await listen(createServer(() => asked.resolve()))
  await using cache = point.silentCache ? await startCacheService() : undefined
  cache?.fail({ calls: ['PutBlob', 'PutBlock'], fault: 'hang' })
  using program = point.program ? standIn(...point.program) : undefined
  using job = createJob(fixture(point.source ?? 'service'), point.payload ?? pushToMain, {
    RUNNER_TRACKING_ID: tracking,
    ...(program ? { PATH: program.path } : {}),
    ...cache?.environment,
    ...(point.silentApi ? { GITHUB_API_URL: `http://127.0.0.1:${api.port}` } : {}),
  })
  point.prepare?.(job)
  const before = login()
  const run = job.start({
    ...{ images: `${door.host}/${repository}`, username: registry.username, password: registry.password, 'github-token': 'ghs_none' },
    ...{ test: 'false', 'predict-body': '{"features": [1]}' },
    ...(point.containerSays ? { 'run-args': `--label ${label}` } : {}),
    ...point.inputs,
  })
  let log = ''
  run.child.stdout?.on('data', (text: string) => (log += text))
  const saysIt = () => {
    const [id] = docker('ps', '--quiet', '--filter', `label=${label}`).split('\n')
    return Boolean(id) && docker('logs', id ?? '').includes(point.containerSays ?? '')
  }
  const reached = async () => {
    if (point.silentApi) await asked.promise
    if (point.holds) await door.held
    if (cache) await until('a layer comes', () => cache.requests().some(({ fault }) => fault === 'hang'))
    if (program) await until('the program is called', () => program.reached() !== undefined)
    if (point.containerSays) await until('the container says it', saysIt)
    const { says } = point
    if (says) await until(`${says} in the log`, () => says.test(log))
  }
  const tooEarly = run.ended.then((ran) => Promise.reject(new Error(`over before it was there:\n${ran.log.slice(-3_000)}`)))
  await Promise.race([reached(), tooEarly])
  tooEarly.catch(() => undefined)
  const began = performance.now()
  run.child.kill(signal)
  then?.(door)
  const ran = await run.ended
  await judge({ job, ran, tookMs: performance.now() - began, repository, door, tracking, before })
}

async function expectNothingLeft({ job, ran, tracking, before }: Stopped): Promise<void> {
  expect(leftovers(ran.state)).toEqual([])
  expect(inEngine(ran)).toEqual([])
  expect(readdirSync(job.temp).filter((name) => !name.startsWith('ml-image-report-'))).toEqual([])
  expect(login()).toBe(before)
  // One that was killed a moment ago may still be on its way out.
  for (let tries = 0; tries < 50 && processesOf(tracking).length > 0; tries++) await sleep(20)
  expect(processesOf(tracking)).toEqual([])
}

/** The moment of the first tag has a test of its own. */
const { staying: _, ...held } = points
const each = Object.values(held) as readonly Point[]

describe('cancelled', () => {
  test.each(each.map((point, index) => ({ ...point, signal: index % 2 === 0 ? ('SIGINT' as const) : ('SIGTERM' as const) })))(
    'while $what, by $signal: out within 7 s, nothing left, and nothing for post to do',
    async (point) => {
      await stopAt(point, point.signal, async (stopped) => {
        const { job, ran, tookMs, repository } = stopped
        expect({ exitCode: ran.exitCode, log: ran.exitCode === 3 ? '' : ran.log.slice(-3_000) }).toEqual({ exitCode: 3, log: '' })
        expect(tookMs).toBeLessThan(7_000)
        expect(ran.outputs).toMatchObject({ result: 'failed', 'failure-code': 'cancelled' })
        expect(ran.summary.match(/^### .*$/gm)).toEqual([expect.stringMatching(/cancelled/)])
        await expectNothingLeft(stopped)
        const post = await job.post(ran.state)
        expect(post).toMatchObject({ exitCode: 0, summary: '', log: expect.stringContaining('nothing was left behind') })
        expect(await tagsOf(repository)).toEqual(point.tags ?? [])
      })
    },
  )

  test('while a tag is set that is then set: it is told, and the next ones are left alone', async () => {
    await stopAt(
      points.staying,
      'SIGINT',
      async ({ ran, repository, door }) => {
        expect(ran).toMatchObject({
          exitCode: 3,
          outputs: { 'failure-code': 'cancelled', pushed: 'true', 'pushed-tags': `${door.host}/${repository}:${short}` },
        })
        expect(await tagsOf(repository)).toEqual([short])
      },
      (door) => door.release(),
    )
  })
})

describe('killed outright', () => {
  const killed: readonly Point[] = [
    points.tests,
    points.testsInImage,
    points.build,
    points.exported,
    points.compose,
    points.layer,
    points.moving,
  ]
  test.each(killed)('while $what: post takes everything away, and a second one finds nothing', async (point) => {
    await stopAt(point, 'SIGKILL', async (stopped) => {
      const { job, ran } = stopped
      expect(ran.exitCode).toBeNull()
      const post = await job.post(ran.state)
      expect(post).toMatchObject({ exitCode: 0, log: expect.stringContaining('removed what a run that did not end by itself left behind') })
      await expectNothingLeft(stopped)
      expect(await tagsOf(stopped.repository)).toEqual(point.tags ?? [])
      const again = await job.post(ran.state)
      expect(again).toMatchObject({ exitCode: 0, log: expect.stringContaining('nothing was left behind') })
    })
  })
})
