import { describe, expect, test } from '@jest/globals'
import { failed, type Outcome, passed, stopped } from '../../../src/outcome.ts'
import { loopback } from '../../../src/smoke/address.ts'
import { parseConfig } from '../../../src/smoke/compose/config.ts'
import { readStack, type Stack, unsetVariables } from '../../../src/smoke/compose/read.ts'
import { removeProject } from '../../../src/smoke/compose/remove.ts'
import { pullStack, stackNetwork, startStack, withNeighbours } from '../../../src/smoke/compose/stack.ts'
import { expectService } from '../../../src/smoke/contract.ts'
import { createImage, createInputs, digest } from '../../builders.ts'
import { type CaptureScript, createFakeHost, type Overrides, type StreamAnswer } from '../../fake-host.ts'
import { createFiles } from '../../memory-files.ts'

const services = {
  api: { build: {}, networks: { back: null }, depends_on: { cache: {} }, ports: [{ target: 9000 }] },
  cache: { image: 'redis:7', ports: [{ target: 6379 }] },
  sidecar: { build: {}, image: 'side' },
}
const config = parseConfig(JSON.stringify({ services, networks: { back: {} } }))
const stack: Stack = { config, service: 'api', notices: [], env: { PATH: '/bin' } }
const project = 'ml-image-f00dcafe0001'
const never = new AbortController().signal
const running = {
  stdout: JSON.stringify([
    {
      Image: digest,
      State: { Running: true, ExitCode: 0 },
      NetworkSettings: {
        Ports: { '9000/tcp': [{ HostIp: '127.0.0.1', HostPort: '7' }] },
        Networks: { [`${project}_back`]: { IPAddress: '10.0.0.2' } },
      },
    },
  ]),
}

type Case = Readonly<{ up?: StreamAnswer; pull?: StreamAnswer; inspect?: CaptureScript; offline?: boolean; self?: string }>

async function start({ up = {}, pull = {}, inspect = running, offline = false, self }: Case) {
  const files = createFiles()
  const written: string[] = []
  const host = createFakeHost({
    files: {
      ...files,
      writePrivate: (path, text) => {
        written.push(text)
        files.writePrivate(path, text)
      },
    },
    capture: {
      'docker container inspect': inspect,
      'docker ps': { stdout: 'a\nb\n' },
      'docker logs': { stdout: 'last words\n' },
      'docker network connect': {},
    },
    stream: {
      [`docker compose --ansi never --progress plain --project-name ${project} --file -`]: pull,
      [`docker compose --ansi never --progress plain --project-name ${project} --file /`]: up,
    },
  })
  const { smoke } = createInputs({ smoke: { offline, env: { KEY: 'canary' }, startTimeoutMs: 9_000 } })
  const contract = expectService({ ...smoke, port: 9_000 }, createImage().config)
  const amid = { env: {}, address: loopback, gpu: true, ...(self ? { self } : {}) }
  const outcome = await startStack(host, stack, { id: digest }, contract, smoke, amid, { line: () => {}, close: () => {} }, never)
  return { host, outcome, made: JSON.parse(written[0] ?? '{}') as Readonly<Record<string, Readonly<Record<string, unknown>>>> }
}

const inspected = (...all: readonly (readonly [string, object])[]): CaptureScript => ({
  stdout: JSON.stringify(
    all.map(([service, State]) => ({
      Name: service === 'api' ? `/${project}` : `/${project}-${service}-1`,
      State,
      Config: { Labels: { 'com.docker.compose.service': service } },
    })),
  ),
})
const fails: StreamAnswer = { lines: ['dependency failed to start'], ended: { kind: 'exited', exitCode: 1 } }

describe('bringing a stack up', () => {
  test('gives our container, by what it depends on and no more; values are in a private file alone, which is gone', async () => {
    const { host, outcome, made } = await start({})
    expect(outcome).toMatchObject({ kind: 'passed', value: { name: project, port: 9_000, baseUrl: 'http://127.0.0.1:7', imageId: digest } })
    expect(Object.keys(made['services'] ?? {})).toEqual(['api', 'cache'])
    expect(made['services']).toMatchObject({ api: { environment: { KEY: 'canary' }, image: digest } })
    expect(host.argvs().join('\n')).not.toContain('canary')
    expect([...host.files.entries.keys()].filter((path) => path.endsWith('compose.json'))).toEqual([])
    expect(host.traces).toContainEqual({ kind: 'project', name: project })
    expect(host.argvs().find((argv) => argv.includes(' up '))).toMatch(/compose\.json up --detach api$/)
  })
  test('offline: at its own address, where a job in a container joins it', async () => {
    const { host, outcome, made } = await start({ offline: true, self: 'c0ffee' })
    expect(outcome).toMatchObject({ value: { baseUrl: 'http://10.0.0.2:9000' } })
    expect(made['networks']).toEqual({ back: { internal: true } })
    expect(host.argvs()).toContain(`docker network connect ${project}_back c0ffee`)
  })
  test.each<readonly [string, Case, string, string]>([
    [
      'an unhealthy dependency',
      {
        up: fails,
        inspect: inspected(
          ['api', { Status: 'created', ExitCode: 0 }],
          ['cache', { Status: 'running', ExitCode: 0, Health: { Status: 'unhealthy', Log: [{ ExitCode: 1, Output: 'refused\n' }] } }],
        ),
      },
      'dependency-unhealthy',
      'The service cache of the compose stack is unhealthy.',
    ],
    [
      'one that ended',
      { up: fails, inspect: inspected(['cache', { Status: 'exited', ExitCode: 3 }]) },
      'dependency-unhealthy',
      'The service cache of the compose stack ended with exit code 3.',
    ],
    [
      'the one that ended, not the one that waits for it',
      {
        up: fails,
        inspect: inspected(
          ['web', { Status: 'running', ExitCode: 0, Health: { Status: 'starting' } }],
          ['cache', { Status: 'exited', ExitCode: 3 }],
        ),
      },
      'dependency-unhealthy',
      'The service cache of the compose stack ended with exit code 3.',
    ],
    [
      'one that takes too long',
      { up: { takes: 60_000 }, inspect: inspected(['cache', { Status: 'running', ExitCode: 0, Health: { Status: 'starting' } }]) },
      'dependency-unhealthy',
      'The service cache of the compose stack is not healthy yet.',
    ],
    [
      'one that cannot be started',
      { up: fails, inspect: inspected(['cache', { Status: 'created', ExitCode: 127, Error: 'exec: "x": not found' }]) },
      'dependency-unhealthy',
      'The service cache of the compose stack could not be started: exec: "x": not found.',
    ],
    [
      'ours, that cannot be started',
      {
        up: { lines: ['exec: "serve": not found'], ended: { kind: 'exited', exitCode: 1 } },
        inspect: inspected(['cache', { Status: 'running', ExitCode: 0 }]),
      },
      'container-not-started',
      'docker compose up failed: exec: "serve": not found',
    ],
    [
      'an image that is not to be had',
      { pull: { lines: ['not found'], ended: { kind: 'exited', exitCode: 1 } } },
      'dependency-unavailable',
      'An image of the compose stack could not be pulled: not found',
    ],
  ])('red: %s', async (_, given, code, message) => {
    expect((await start(given)).outcome).toMatchObject({ kind: 'failed', red: { code, message } })
  })
  test('what its check said stands before its log', async () => {
    const inspect = inspected([
      'cache',
      { Status: 'running', ExitCode: 0, Health: { Status: 'unhealthy', Log: [{ ExitCode: 1, Output: 'refused\n' }] } },
    ])
    expect((await start({ up: fails, inspect })).outcome).toMatchObject({
      red: { evidence: ['its health check ended with 1: refused', 'last words'] },
    })
  })
})

describe('a wrong answer of ours', () => {
  const wrong = failed('predict-mismatch', 'no', ['answer'])
  const beside = (outcome: Outcome<number>, inspect: CaptureScript) =>
    withNeighbours(
      createFakeHost({
        capture: { 'docker ps': { stdout: 'a\n' }, 'docker container inspect': inspect, 'docker logs': { stdout: 'last words\n' } },
      }),
      outcome,
      {},
    )
  const well = inspected(['worker', { Status: 'running', ExitCode: 0 }])
  test.each<readonly [string, string, object]>([
    ['has died', 'exited', { ExitCode: 3 }],
    [
      'has died, which the engine calls unhealthy',
      'exited',
      { ExitCode: 3, Health: { Status: 'unhealthy', Log: [{ ExitCode: 0, Output: '' }] } },
    ],
    ['dies again and again', 'restarting', { ExitCode: 3 }],
  ])('is told with the end of a neighbour that %s', async (_, status, state) =>
    expect(await beside(wrong, inspected(['worker', { Status: status, ...state }]))).toEqual(
      failed('predict-mismatch', 'no', ['answer', 'The service worker of the compose stack ended with exit code 3.', 'last words']),
    ),
  )
  test('is told alone where they are well, or cannot be asked', async () => {
    expect(await beside(wrong, well)).toEqual(wrong)
    expect(await beside(wrong, { stdout: 'no JSON' })).toEqual(wrong)
  })
  test.each([passed(1), stopped])('nobody is asked where there is none: $kind', async (outcome) =>
    expect(await withNeighbours(createFakeHost(), outcome, {})).toBe(outcome),
  )
})

test('images are brought for what is needed and not built', async () => {
  const host = createFakeHost({ stream: { 'docker compose': {} } })
  expect(await pullStack(host, stack, never)).toEqual({ kind: 'passed', value: undefined })
  expect(JSON.parse(host.commands[0]?.input ?? '')).toEqual({ services: { cache: { image: 'redis:7' } } })
  const alone: Stack = { ...stack, service: 'sidecar' }
  await pullStack(host, alone, never)
  expect(host.commands).toHaveLength(1)
})

test('the network of a service is that of the project, unless it is somebody else’s', () => {
  expect(stackNetwork(stack, 'f00d')).toBe('ml-image-f00d_back')
  const external = parseConfig(JSON.stringify({ services, networks: { back: { name: 'theirs', external: true } } }))
  expect(stackNetwork({ ...stack, config: external }, 'f00d')).toBe('theirs')
  expect(stackNetwork({ ...stack, service: 'sidecar' }, 'f00d')).toBe('ml-image-f00d_default')
})

describe('removing', () => {
  const label = '--filter label=com.docker.compose.project=p'
  const left = (capture: Overrides['capture']) => createFakeHost({ capture: { docker: {}, ...capture } })
  test('takes containers first, then all else, until nothing is left', async () => {
    let rounds = 0
    const host = left({
      'docker ps': () => ({ stdout: rounds++ === 0 ? 'c1\nc2\n' : '' }),
      'docker volume ls': () => ({ stdout: rounds < 2 ? 'v\n' : '' }),
    })
    expect(await removeProject(host, 'p', {})).toEqual(['container c1', 'container c2', 'volume v'])
    expect(host.argvs().slice(0, 2)).toEqual([`docker ps --all --quiet ${label}`, 'docker rm --force --volumes c1 c2'])
  })
  test('is over at once where there is nothing, and never goes on for ever', async () => {
    const none = left({})
    expect(await removeProject(none, 'p', {})).toEqual([])
    expect(none.argvs()).toHaveLength(4)
    const stuck = left({ 'docker network ls': { stdout: 'n\n' } })
    expect(await removeProject(stuck, 'p', {})).toEqual(['network n'])
  })
})

describe('reading', () => {
  const read = async (answer: Exclude<CaptureScript, (...args: never) => unknown>, service?: string) => {
    const host = createFakeHost({ capture: { 'docker compose': answer } })
    return await readStack(
      host,
      { files: ['/repo/c.yml'], ...(service === undefined ? {} : { service }) },
      { A: '1', PATH: 'x' },
      { PATH: '/bin' },
    )
  }
  const text = JSON.stringify({ services: { api: services.api, cache: services.cache } })
  test('gives the service, its port, and what was empty', async () => {
    const stderr = 'level=warning msg="The \\"WHO\\" variable is not set. Defaulting to a blank string."'
    expect(await read({ stdout: text, stderr })).toMatchObject({
      stack: {
        service: 'api',
        port: 9_000,
        env: { PATH: '/bin', A: '1' },
        notices: [expect.stringMatching(/^\/repo\/c\.yml uses \$WHO, which is not set/)],
      },
    })
    expect(unsetVariables(`${stderr}\n${stderr}`)).toEqual(['WHO'])
  })
  test.each<readonly [string, Parameters<typeof read>, string, RegExp]>([
    [
      'what compose refuses',
      [{ exitCode: 15, stderr: 'time="x" level=warning msg="old"\nservices.api: bad' }],
      'compose-file',
      /^is refused by docker compose: services\.api: bad$/,
    ],
    ['a service that is none', [{ stdout: text }, 'apii'], 'compose-service', /did you mean api/],
    ['one that is like no other', [{ stdout: text }, 'frontend'], 'compose-service', /which has api, cache/],
    [
      'none that is meant',
      [{ stdout: JSON.stringify({ services: { a: { image: 'a' }, b: { image: 'b' } } }) }],
      'compose-service',
      /must name the service that is this image: a, b/,
    ],
    ['no service at all', [{ stdout: '{}' }, 'api'], 'compose-service', /which has none/],
  ])('refuses %s', async (_, args, input, reason) => {
    expect(await read(...args)).toMatchObject({ kind: 'problems', problems: [{ input, reason: expect.stringMatching(reason) }] })
  })
  test.each(["docker: 'compose' is not a docker command.", 'unknown flag: --file', "unknown shorthand flag: 'f' in -f"])(
    'needs the plugin: %s',
    async (stderr) => {
      await expect(read({ exitCode: 1, stderr })).rejects.toMatchObject({ code: 'tool-missing' })
    },
  )
})
