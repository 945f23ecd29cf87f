import { describe, expect, test } from '@jest/globals'
import type { Inputs } from '../src/inputs/inputs.ts'
import { run } from '../src/pipeline.ts'
import { parseImageName } from '../src/plan/image-name.ts'
import type { Plan } from '../src/plan/plan.ts'
import { createInputs, createPlan } from './builders.ts'
import { pushed } from './fake-engine.ts'
import { registryLogin, sha256 } from './fake-registry.ts'
import { createWorld, localName, red, type Script } from './whole-run.ts'

const names = [parseImageName('localhost:5000/acme/iris')]
const access: Plan['access'] = new Map([['localhost:5000', { kind: 'given', credential: registryLogin, from: 'username and password' }]])
const plan = createPlan({ names, access })
const inputs = (overrides: Parameters<typeof createInputs>[0] = {}): Inputs =>
  createInputs({
    images: names,
    ...overrides,
    test: { command: 'make test', requirements: 'none', ...overrides.test },
    smoke: { predictBody: '{}', ...overrides.smoke },
  })

async function walk(script: Script = {}, asked = inputs(), planned = plan, cancel = new AbortController()) {
  const world = createWorld(script)
  const start = world.host.now()
  const report = await run(world.host, asked, planned, undefined, cancel.signal)
  const stages = Object.fromEntries(report.stages.map(({ stage, state }) => [stage, state]))
  const times = Object.fromEntries(report.stages.map(({ stage, start: from, duration }) => [stage, [from, from + duration]]))
  const puts = world.registry.log.filter((request) => request.startsWith('PUT'))
  return { ...world, report, stages, times, puts, tookMs: world.host.now() - start }
}

test('tests run beside build and smoke, and what is green on both sides is published', async () => {
  const { report, stages, times, puts, host } = await walk({ tests: { takes: 3_000 }, build: { takes: 5_000 }, health: { takes: 400 } })
  expect(report).toMatchObject({ result: 'passed', pushed: true, image: { digest: pushed.digest } })
  expect(stages).toEqual({ test: 'passed', build: 'passed', inspect: 'skipped', smoke: 'passed', publish: 'passed' })
  expect(times).toEqual({ test: [0, 3_000], build: [0, 5_000], inspect: [5_000, 5_000], smoke: [5_000, 5_400], publish: [5_400, 5_400] })
  expect(puts.map((put) => put.replace(/.*manifests\//, ''))).toEqual([pushed.digest, 'sha-1f2e3d4', 'latest'])
  expect(host.argvs().filter((argv) => argv.startsWith('docker buildx build'))).toHaveLength(1)
})

describe('push: digest', () => {
  const byDigest = createPlan({ names, access, push: { push: true, reason: 'push is digest', only: 'digest' } })
  const manifests = (puts: readonly string[]) =>
    puts.map((put) => put.replace(/.*manifests\//, '')).filter((put) => !put.includes('/blobs/'))
  test('puts the digest and behind it the record of its gates, no tag', async () => {
    const { report, puts, registry } = await walk({}, inputs({ test: { run: false } }), byDigest)
    const record = `gate-local-${pushed.digest.slice(7, 19)}`
    expect(manifests(puts)).toEqual([pushed.digest, record])
    expect(report).toMatchObject({ result: 'passed', pushed: true, pushedTags: [], image: { digest: pushed.digest } })
    const text = [...registry.blobs.values()].find((blob) => blob.includes('"version":1')) ?? '{}'
    expect(JSON.parse(text)).toMatchObject({ image: pushed.digest, gates: { tests: 'skipped', smoke: 'passed' }, smoked: ['linux/amd64'] })
  })
  test('puts nothing where a gate is red', async () => expect((await walk({ tests: red() }, inputs(), byDigest)).puts).toEqual([]))
})

describe('the disk of the engine', () => {
  const info = {
    ServerVersion: '28.5.2',
    DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
    DockerRootDir: '/var/lib/docker',
  }
  const short = (gigabytes: number): Script => ({
    capture: { 'docker info': { stdout: JSON.stringify(info) } },
    files: { '/var/lib/docker/x': '' },
    freeBytes: gigabytes * 1e9,
  })
  test('that is short is told, and the build is tried', async () => {
    const { report } = await walk(short(1))
    expect(report).toMatchObject({ result: 'passed', notices: [expect.stringContaining('has 1.00 GB left')] })
  })
  test('that is not is no word worth', async () => expect((await walk(short(9))).report.notices).toEqual([]))
})

test('publishing waits for the slower side', async () => {
  expect((await walk({ tests: { takes: 9_000 }, build: { takes: 1_000 } })).times).toMatchObject({
    smoke: [1_000, 1_000],
    publish: [9_000, 9_000],
  })
})

describe('the first red stage stops the others, and nothing is published', () => {
  test.each<readonly [string, Script, string, string, number, object]>([
    ['tests', { tests: red(1_000), build: { takes: 60_000 } }, 'test', 'tests-failed', 1_000, { build: 'stopped', smoke: 'not run' }],
    ['build', { build: red(1_000), tests: { takes: 60_000 } }, 'build', 'build-failed', 1_000, { test: 'stopped', smoke: 'not run' }],
    [
      'smoke',
      { health: { status: 200 }, predict: { status: 500 }, tests: { takes: 60_000 } },
      'smoke',
      'predict-crashed',
      0,
      { test: 'stopped', build: 'passed' },
    ],
    ['tests while it smokes', { tests: red(2_000), health: { status: 503 } }, 'test', 'tests-failed', 2_000, { smoke: 'stopped' }],
  ])('%s', async (_, script, stage, code, ms, others) => {
    const { report, stages, puts, host, tookMs } = await walk(script)
    expect(report).toMatchObject({ result: 'failed', pushed: false, failure: { stage, code } })
    expect(stages).toMatchObject({ ...others, [stage]: 'failed', publish: 'not run' })
    expect(tookMs).toBe(ms)
    expect([puts, host.argvs().filter((argv) => argv.startsWith('docker push'))]).toEqual([[], []])
  })
})

describe('a push that the registry would refuse', () => {
  const script: Script = {
    registry: { fault: (request) => (request === 'GET /v2/' ? { status: 401 } : undefined) },
    tests: { takes: 60_000 },
  }
  test('stops the gates that would be run for it', async () => {
    const { report, stages, tookMs } = await walk(script)
    expect(report).toMatchObject({ result: 'failed', pushed: false, failure: { stage: 'publish', code: 'registry-unauthorized' } })
    expect(stages).toMatchObject({ test: 'stopped', publish: 'failed' })
    expect(tookMs).toBe(0)
  })
  test('is no matter where nothing is pushed', async () => {
    const { report } = await walk(script, inputs(), createPlan({ names, access, push: { push: false, reason: 'push is false' } }))
    expect(report.result).toBe('passed')
  })
})

describe('tests that come first', () => {
  const first = inputs({ test: { first: true } })
  test('are over before the build begins', async () =>
    expect((await walk({ tests: { takes: 3_000 }, build: { takes: 2_000 } }, first)).times).toMatchObject({
      test: [0, 3_000],
      build: [3_000, 5_000],
    }))
  test('leave nothing to be built when they are red', async () => {
    const { stages, host } = await walk({ tests: red() }, first)
    expect(stages).toMatchObject({ test: 'failed', build: 'not run', smoke: 'not run' })
    expect(host.argvs().some((argv) => argv.startsWith('docker buildx build'))).toBe(false)
  })
})

test('outputs are there as soon as they are known, also when a later stage fails', async () => {
  const { host } = await walk({ predict: { status: 500 } })
  expect(Object.fromEntries(host.outputs)).toMatchObject({
    tags: 'localhost:5000/acme/iris:sha-1f2e3d4\nlocalhost:5000/acme/iris:latest',
    version: 'sha-1f2e3d4',
    digest: pushed.digest,
    imageid: pushed.configDigest,
    'image-size': '43000',
  })
})

describe('everything that was made on the way is gone', () => {
  test.each<readonly [string, Script]>([
    ['green', {}],
    ['red tests', { tests: red(500), build: { takes: 9_000 } }],
    ['red smoke', { predict: { status: 500 } }],
    ['a registry that refuses', { registry: { fault: () => ({ status: 403 }) } }],
  ])('%s', async (_, script) => {
    const { host } = await walk(script)
    const argvs = host.argvs()
    expect(host.files.temps.size).toBe(0)
    if (argvs.some((argv) => argv.startsWith('docker run'))) expect(argvs).toContain('docker rm --force --volumes ml-image-f00dcafe0001')
    if (argvs.some((argv) => argv.startsWith('docker image inspect'))) expect(argvs.at(-1)).toBe(`docker image rm ${localName}`)
    expect(host.relays.every((relay) => relay.isClosed())).toBe(true)
  })
  test('and what cannot be taken away does not hide what was published', async () => {
    const { report } = await walk({
      capture: {
        [`docker image rm ${localName}`]: () => {
          throw new Error('spawn ENOMEM')
        },
      },
    })
    expect(report).toMatchObject({ result: 'passed', pushed: true })
  })
})

describe('a run that does not push', () => {
  const kept = createPlan({ names, access, push: { push: false, reason: 'push is false' } })
  test('says why, and leaves the image under its tags', async () => {
    const { stages, puts, host, report } = await walk({}, inputs({ push: 'false' }), kept)
    expect([stages['publish'], report.result, puts]).toEqual(['skipped', 'passed', []])
    expect(host.argvs().slice(-3)).toEqual([
      ...plan.references.map((reference) => `docker image tag ${localName} ${reference}`),
      `docker image rm ${localName}`,
    ])
    expect(host.lines).toContain('The image is in this engine as localhost:5000/acme/iris:sha-1f2e3d4, localhost:5000/acme/iris:latest.')
  })
  test('and has no tag says that it is not kept', async () => {
    const { host } = await walk({}, inputs({ push: 'false' }), { ...kept, references: [], tags: [] })
    expect(host.lines).toContain('The image is not kept: no commit or ref is known to tag it by, and tags gives none.')
  })
})

test('gates that are left out are skipped in so many words, and the image is published', async () => {
  const { stages, report } = await walk({ tests: red(), health: { status: 500 } }, inputs({ test: { run: false }, smoke: { run: false } }))
  expect(stages).toEqual({ test: 'skipped', build: 'passed', inspect: 'skipped', smoke: 'skipped', publish: 'passed' })
  expect(report.pushed).toBe(true)
})

test('a tag that holds something newer is green, and told in the report', async () => {
  const config = JSON.stringify({ config: { Labels: { 'org.opencontainers.image.revision': 'b'.repeat(40) } } })
  const newer = new TextEncoder().encode(JSON.stringify({ config: { digest: sha256(config) } }))
  const world = createWorld({ compareCommits: async () => ({ status: 'ahead', missing: [] }) })
  const stored = { mediaType: 'application/vnd.oci.image.manifest.v1+json', body: newer }
  world.registry.manifests.set('acme/iris:latest', stored).set(`acme/iris@${sha256(newer)}`, stored)
  world.registry.blobs.set(sha256(config), config)
  const asked = inputs({ credentials: { githubToken: 'ghs_t' } })
  const report = await run(world.host, asked, plan, undefined, new AbortController().signal)
  expect(report).toMatchObject({ result: 'passed', pushedTags: ['localhost:5000/acme/iris:sha-1f2e3d4'] })
  expect(report.notices).toEqual([`localhost:5000/acme/iris:latest keeps ${sha256(newer)}: its commit bbbbbbb descends from 1f2e3d4`])
})

test('a model that was not proven is one notice', async () => {
  const { predictBody: _, ...smoke } = inputs().smoke
  const { report, host } = await walk({}, { ...inputs(), smoke })
  expect(report.notices).toEqual([expect.stringContaining('was not proven: no sample request is given, and none was found')])
  expect(host.notices).toEqual(report.notices)
})

describe('a login for base images', () => {
  const seen = async (dockerfile: string) => {
    const { host } = await walk({}, inputs({ build: { dockerfile } }))
    const config = (argv: string) => host.commands.find((command) => command.argv.join(' ').startsWith(argv))?.env['DOCKER_CONFIG']
    return { build: config('docker buildx build'), others: ['bash', 'docker run', 'docker push'].map(config), left: host.files.temps.size }
  }
  test('is had by the build alone, and is gone afterwards', async () => {
    expect(await seen('FROM localhost:5000/acme/base\n')).toEqual({
      build: expect.stringMatching(/^\/temp\/ml-image-login-/),
      others: [undefined, undefined, undefined],
      left: 0,
    })
  })
  test('is not made where no base needs it', async () => expect((await seen('FROM python:3.11-slim\n')).build).toBeUndefined())
})

test('the cache service is had by the build alone', async () => {
  const service = {
    ACTIONS_RUNTIME_TOKEN: `a.${Buffer.from(JSON.stringify({ ac: '[{"Permission":3}]' })).toString('base64url')}.c`,
    ACTIONS_RESULTS_URL: 'https://cache/',
  }
  const { host } = await walk({ env: service })
  const having = host.commands.filter(({ env }) => 'ACTIONS_RUNTIME_TOKEN' in env).map(({ argv }) => argv.slice(0, 3).join(' '))
  expect(having).toContain('docker buildx build')
  expect(having.filter((argv) => !/^docker (buildx build|image inspect)/.test(argv))).toEqual([])
})

test('a run that is cancelled on its way publishes nothing and says so', async () => {
  const cancel = new AbortController()
  const health = () => {
    setImmediate(() => cancel.abort())
    return { takes: 9e9 }
  }
  const { report, puts, host } = await walk({ tests: { takes: 60_000 }, health }, inputs(), plan, cancel)
  expect(report).toMatchObject({ result: 'failed', pushed: false, failure: { code: 'cancelled', kind: 'tool' } })
  expect([puts, host.files.temps.size]).toEqual([[], 0])
  expect(host.argvs()).toContain('docker rm --force --volumes ml-image-f00dcafe0001')
})

test('without an engine nothing is begun', async () => {
  const world = createWorld({ capture: { 'docker info': { exitCode: 1, stderr: 'permission denied' } } })
  await expect(run(world.host, inputs(), plan, undefined, new AbortController().signal)).rejects.toMatchObject({
    code: 'engine-unavailable',
  })
  expect(world.host.argvs()).toHaveLength(1)
})
