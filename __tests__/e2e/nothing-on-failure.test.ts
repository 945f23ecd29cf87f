import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import type { FailureCode } from '../../src/errors.ts'
import { createJob, fixture, type Job, leftovers, pushToMain, type Ran } from './action.ts'
import { type Doing, openDoor } from './registry-door.ts'
import { type Fate, standIn } from './stand-in.ts'

const older = '9a8b7c6d5e4f30219a8b7c6d5e4f30219a8b7c6d'
const repository = 'acme/model'
const seeded = ['latest', 'sha-9a8b7c6']
const ours = 'sha-1f2e3d4'

let registry: Registry
let latest: string | undefined
beforeAll(async () => {
  registry = await startRegistry()
  const about = { ...pushToMain, head_commit: { id: older, timestamp: '2026-01-01T03:04:05Z' } }
  using job = createJob(fixture('service'), about, { GITHUB_SHA: older })
  const ran = await job.main({ ...inputs(registry.host), test: 'false', smoke: 'false' })
  expect(ran.exitCode).toBe(0)
  latest = await digestOf('latest')
})
afterAll(() => registry.stop())

const inputs = (host: string) => ({
  images: `${host}/${repository}`,
  username: registry.username,
  password: registry.password,
  'predict-body': '{"features": [1]}',
})

const ask = (method: string, path: string) =>
  fetch(`http://${registry.host}/v2/${repository}/${path}`, {
    method,
    headers: {
      accept: 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json',
      authorization: `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`,
    },
  })
const digestOf = async (tag: string) => (await ask('HEAD', `manifests/${tag}`)).headers.get('docker-content-digest') ?? undefined
const tags = async () => ((await (await ask('GET', 'tags/list')).json()) as { tags: readonly string[] }).tags.toSorted()
const writes = () => registry.accessLog().filter(({ method }) => method !== 'GET' && method !== 'HEAD')

/** A boundary of a run, and the fault there. */
type Fault = Readonly<{
  at: string
  inputs?: Readonly<Record<string, string>>
  /** Gives the variables that the run gets besides. */
  prepare?: (job: Job) => Readonly<Record<string, string>>
  program?: readonly [name: string, call: string, fate: Fate]
  registry?: (method: string, path: string) => Doing
  code: FailureCode
}>

const onlyBuild = { test: 'false', smoke: 'false' }
const noTests = { test: 'false' }

/** The plugin in the user's own folder is the one that the client takes. */
function breakBuildx({ temp }: Job): Readonly<Record<string, string>> {
  mkdirSync(join(temp, 'docker', 'cli-plugins'), { recursive: true })
  writeFileSync(join(temp, 'docker', 'cli-plugins', 'docker-buildx'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  return { DOCKER_CONFIG: join(temp, 'docker') }
}

const beforeGreen: readonly Fault[] = [
  { at: 'inputs', inputs: { 'build-timeout': 'soon' }, code: 'bad-input' },
  { at: 'the engine', program: ['docker', 'info*', 'fails'], code: 'engine-unavailable' },
  { at: 'the builder', prepare: breakBuildx, code: 'buildx-unavailable' },
  { at: 'the environment of the tests', program: ['uv', 'venv*', 'fails'], code: 'tests-install-failed' },
  { at: 'the start of the tests', inputs: { 'test-requirements': 'none', 'test-command': 'no-such-program' }, code: 'tests-crashed' },
  { at: 'the build', program: ['docker', 'buildx build*', 'fails'], inputs: onlyBuild, code: 'build-failed' },
  { at: 'the end of the build', program: ['docker', 'buildx build*', 'fails after'], inputs: onlyBuild, code: 'build-failed' },
  { at: 'the image that was built', program: ['docker', 'image inspect*', 'fails'], inputs: onlyBuild, code: 'engine-unavailable' },
  { at: 'the search for secrets', program: ['docker', 'image tag*', 'fails'], inputs: onlyBuild, code: 'engine-unavailable' },
  { at: 'the start of the container', program: ['docker', 'run --detach*', 'fails'], inputs: noTests, code: 'container-not-started' },
  {
    at: 'the start of the container, after it',
    program: ['docker', 'run --detach*', 'fails after'],
    inputs: noTests,
    code: 'container-not-started',
  },
  { at: 'the container', program: ['docker', 'container inspect*', 'fails'], inputs: noTests, code: 'container-exited' },
  {
    at: 'the metrics',
    inputs: { ...onlyBuild, 'metrics-file': 'metrics.json', require: 'accuracy >= 0.9' },
    prepare: (job) => {
      writeFileSync(join(job.workspace, 'metrics.json'), '{"accuracy": 0.5}')
      return {}
    },
    code: 'metric-not-met',
  },
  { at: 'the gate command', inputs: { ...onlyBuild, 'gate-command': 'exit 3' }, code: 'gate-command-failed' },
  { at: 'the login', inputs: { ...onlyBuild, password: 'wrong' }, code: 'registry-unauthorized' },
]

const isUpload = (method: string, path: string) => method === 'POST' && path.includes('/blobs/uploads/')
const put = (reference: string) => (method: string, path: string) => method === 'PUT' && path.includes(`/manifests/${reference}`)
/** Else what fails first is the hand-over to the search for secrets, which is a push, too. */
const unsearched = { ...onlyBuild, 'leak-check': 'false' }
const refuses =
  (what: (method: string, path: string) => boolean) =>
  (method: string, path: string): Doing =>
    what(method, path) ? { status: 403, body: '{"errors":[{"code":"DENIED","message":"denied"}]}' } : 'pass'
const otherDigest = `sha256:${'0'.repeat(64)}`

/** With what of tags there is afterwards beside those of before; what one has left the next ones find. */
const afterGreen: readonly (Fault & Readonly<{ left: readonly string[] }>)[] = [
  { at: 'the name for the push', program: ['docker', 'image tag*', 'fails'], inputs: unsearched, code: 'push-failed', left: [] },
  { at: 'the push', program: ['docker', 'push*', 'fails'], inputs: unsearched, code: 'push-failed', left: [] },
  { at: 'a layer', registry: refuses(isUpload), code: 'registry-denied', left: [] },
  { at: 'the manifest', registry: refuses(put('sha256:')), code: 'registry-denied', left: [] },
  {
    at: 'the comparison',
    registry: (method, path) => (method === 'GET' && path.includes('/manifests/sha256:') ? { status: 200, body: '{}' } : 'pass'),
    code: 'digest-mismatch',
    left: [],
  },
  { at: 'a tag that stays', registry: refuses(put('sha-')), code: 'registry-denied', left: [] },
  {
    at: 'the question for a tag that stays',
    registry: (method, path) =>
      method === 'HEAD' && path.includes('/manifests/sha-') ? { status: 200, headers: { 'docker-content-digest': otherDigest } } : 'pass',
    code: 'digest-mismatch',
    left: [ours],
  },
  { at: 'a tag that moves', registry: refuses(put('latest')), code: 'registry-denied', left: [ours] },
]

async function run(fault: Fault): Promise<Ran> {
  let met = 0
  await using door = await openDoor(registry, (method, path) => {
    const doing = fault.registry?.(method, path) ?? 'pass'
    if (doing !== 'pass') met++
    return doing
  })
  using program = fault.program ? standIn(...fault.program) : undefined
  using job = createJob(fixture('service'), pushToMain, program ? { PATH: program.path } : {})
  const ran = await job.main({ ...inputs(door.host), ...fault.inputs }, fault.prepare?.(job))
  // A fault that is not met proves nothing.
  if (program) expect(program.reached()).toBeDefined()
  if (fault.registry) expect(met).toBeGreaterThan(0)
  expect({ code: ran.outputs['failure-code'], result: ran.outputs['result'], log: '' }).toEqual({
    code: fault.code,
    result: 'failed',
    log: ran.outputs['failure-code'] === fault.code ? '' : ran.log.slice(-3_000),
  })
  expect(leftovers(ran.state)).toEqual([])
  return ran
}

describe('a fault before the gates are green: nothing is written to the registry', () => {
  test.each(beforeGreen)('at $at', async (fault) => {
    const before = writes().length
    const ran = await run(fault)
    expect(ran.exitCode).not.toBe(0)
    expect(ran.outputs['pushed'] ?? 'false').toBe('false')
    expect(writes()).toHaveLength(before)
  })
})

describe('a fault in the push: no tag is moved after it', () => {
  test.each(afterGreen)('at $at', async (fault) => {
    const ran = await run({ ...fault, inputs: { ...onlyBuild, ...fault.inputs } })
    expect(ran.exitCode).not.toBe(0)
    expect(await tags()).toEqual([...seeded, ...fault.left].toSorted())
    expect(await digestOf('latest')).toBe(latest)
  })

  test('without one it is: the proofs above can fail', async () => {
    using job = createJob(fixture('service'))
    const ran = await job.main({ ...inputs(registry.host), ...onlyBuild })
    expect(ran).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })
    expect(await tags()).toEqual([...seeded, ours].toSorted())
    expect(await digestOf('latest')).toBe(ran.outputs['digest'])
  })
})
