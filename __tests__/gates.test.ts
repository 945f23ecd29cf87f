import { describe, expect, test } from '@jest/globals'
import type { BuiltImage } from '../src/build/image.ts'
import { runGates } from '../src/gates.ts'
import type { TestInputs } from '../src/inputs/inputs.ts'
import { failed, type Outcome, passed } from '../src/outcome.ts'
import type { MetricsReport } from '../src/quality/metrics-report.ts'
import type { InEngine } from '../src/quality/read-metrics.ts'
import { loopback } from '../src/smoke/address.ts'
import { createStageRunner } from '../src/stage-runner.ts'
import { configDigest, createInputs, digest, ownBuilder } from './builders.ts'
import { type Answer, createFakeHost, type FakeHost, type StreamAnswer } from './fake-host.ts'
import { createFiles } from './memory-files.ts'

const base = 'http://127.0.0.1:32768'
const found = { 'containerimage.digest': digest, 'containerimage.config.digest': configDigest }
const probe = JSON.stringify({ version: '3.11', machine: 'x86_64', musl: false, packages: ['fastapi'] })
const container = {
  Image: digest,
  State: { Running: true, ExitCode: 0, OOMKilled: false, Error: '' },
  NetworkSettings: { Ports: { '8000/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }] } },
}

type Case = Readonly<{
  test?: Partial<TestInputs>
  tests?: StreamAnswer
  build?: StreamAnswer
  health?: Answer
  status?: string
  metrics?: Metrics
  gate?: StreamAnswer
}>

/** A file of metrics: where, whether it is there from the start, whether the tests write it, and whether it is good. */
type Metrics = Readonly<{ image?: true; there?: true; written?: true; red?: true }>
const metricsFile = { kind: 'workspace', path: '/repo/m.json', given: 'm.json' } as const

/** Runs the gates: the tests take 3 s, the build 5 s and the first answer of the image 1 s, unless it is said otherwise. */
async function gates(
  { test = {}, tests = {}, build = {}, health = {}, status, metrics, gate }: Case,
  cancel = new AbortController().signal,
) {
  const writes = metrics?.written ? { act: () => void host.files.entries.set(metricsFile.path, 'new') } : {}
  const testing: StreamAnswer = { takes: 3_000, ...writes, ...tests }
  const building = (metadata: object): StreamAnswer => ({
    takes: 5_000,
    act: ({ argv }) => {
      const file = argv[argv.indexOf('--metadata-file') + 1] ?? ''
      host.files.writePrivate(file, JSON.stringify(metadata))
      if (status !== undefined) host.files.entries.set(file.replace('metadata.json', 'report/status'), status)
    },
    ...build,
  })
  const host: FakeHost = createFakeHost({
    files: createFiles({ '/repo/tests/test_app.py': '', ...(metrics?.there ? { [metricsFile.path]: 'old' } : {}) }),
    capture: {
      'docker image inspect': {
        stdout: JSON.stringify([{ Id: digest, Config: { ExposedPorts: { '8000/tcp': {} }, WorkingDir: '/app' } }]),
      },
      'docker container inspect': { stdout: JSON.stringify([container]) },
      'docker run --rm': { stdout: probe },
      docker: {},
      uv: {},
    },
    stream: {
      bash: testing,
      'bash -eo pipefail -c trivy': gate ?? {},
      uv: {},
      'docker run --pull never --name': testing,
      'docker buildx build': building(found),
      'docker buildx bake': building({ image: found }),
      'docker wait': { takes: Number.POSITIVE_INFINITY },
    },
    request: { [`GET ${base}/health`]: { takes: 1_000, ...health } },
  })
  const start = host.now()
  const stages = createStageRunner(host, start, cancel)
  const command = test.place?.kind === 'target' ? {} : { command: 'make test', requirements: 'none' as const }
  const dockerfile = 'FROM python:3.11 AS tested\nFROM scratch AS report\n'
  const file = metrics?.image ? ({ kind: 'image', path: '/m.json' } as const) : metricsFile
  const quality = metrics ? { quality: { file, requirements: [] } } : {}
  const inputs = createInputs({
    test: { ...command, ...test },
    build: { dockerfile },
    ...quality,
    smoke: gate ? { gateCommand: 'trivy' } : {},
  })
  const judged: string[] = []
  const notices: string[] = []
  const order = {
    build: inputs.build,
    labels: {},
    builder: 'default',
    store: 'containerd',
    cache: { kind: 'none' },
    ...ownBuilder,
  } as const
  const images: BuiltImage[] = []
  const background: Promise<void>[] = []
  const context = {
    host,
    inputs,
    stages,
    order,
    around: { address: loopback },
    env: {},
    buildEnv: { PATH: '/bin' },
    relabel: async (tests: string) => ({ tests }),
    judgeMetrics: async (inEngine: InEngine | undefined): Promise<Outcome<MetricsReport>> => {
      judged.push(`${inEngine ? 'in the image' : (host.files.readText(metricsFile.path) ?? 'nothing')} at ${host.now() - start}`)
      return metrics?.red ? failed('metric-not-met', 'Bad.') : passed({ file: 'm.json', metrics: {}, requirements: [] })
    },
    notice: (text: string) => void notices.push(text),
    onReport: () => {},
    onName: () => {},
  }
  const outcome = await runGates({ ...context, onImage: (image) => images.push(image), background: (work) => background.push(work) })
  await Promise.all(background)
  const told = stages.reports().filter(({ stage }) => stage !== 'publish' && stage !== 'inspect')
  return {
    host,
    outcome,
    images,
    judged,
    notices,
    told: told.map(({ stage, state, start: at }) => `${stage} ${state}${state === 'not run' ? '' : ` from ${at}`}`),
  }
}

const image = { place: { kind: 'image' } } as const
const target = (stage: string) => ({ place: { kind: 'target', stage } }) as const

describe('the order of the gates', () => {
  test.each<readonly [string, Case, readonly string[]]>([
    ['tests beside build and smoke test', {}, ['test passed from 0', 'build passed from 0', 'smoke passed from 5000']],
    ['tests first', { test: { first: true } }, ['test passed from 0', 'build passed from 3000', 'smoke passed from 8000']],
    [
      'tests in the image, beside its smoke test',
      { test: image },
      ['test passed from 5000', 'build passed from 0', 'smoke passed from 5000'],
    ],
    ['tests in the build', { test: target('tested') }, ['test passed from 5000', 'build passed from 0', 'smoke passed from 5000']],
  ])('%s', async (_, given, told) => {
    const run = await gates(given)
    expect(run.told).toEqual(told)
    expect(run.images.map((one) => one.digest)).toEqual([digest])
    expect(Object.values(run.outcome).map(({ kind }) => kind)).toEqual(['passed', 'passed', 'passed', 'skipped', 'skipped', 'skipped'])
  })
})

describe('the first red gate stops the others', () => {
  const broken = (takes: number): StreamAnswer => ({ takes, ended: { kind: 'exited', exitCode: 1 } })
  const sick = { status: 500 }
  const testStep = JSON.stringify({ vertexes: [{ digest: 'sha256:1', name: '[test tested 2/2] RUN pytest', error: 'exit code: 1' }] })
  test.each<readonly [string, Case, readonly string[]]>([
    ['tests beside the build', { tests: broken(1_000) }, ['test failed from 0', 'build stopped from 0', 'smoke not run']],
    ['tests beside the smoke test', { tests: broken(5_500) }, ['test failed from 0', 'build passed from 0', 'smoke stopped from 5000']],
    ['the build', { build: broken(1_000) }, ['test stopped from 0', 'build failed from 0', 'smoke not run']],
    ['tests first', { test: { first: true }, tests: broken(1_000) }, ['test failed from 0', 'build not run', 'smoke not run']],
    ['the build of what is tested', { test: image, build: broken(1_000) }, ['test not run', 'build failed from 0', 'smoke not run']],
    [
      'tests in the image',
      { test: image, tests: broken(500) },
      ['test failed from 5000', 'build passed from 0', 'smoke stopped from 5000'],
    ],
    [
      'the smoke test',
      { test: image, tests: { takes: 9e8 }, health: sick },
      ['test stopped from 5000', 'build passed from 0', 'smoke failed from 5000'],
    ],
    [
      'tests in the build',
      { test: target('tested'), build: { ...broken(1_000), lines: [testStep] } },
      ['test failed from 1000', 'build stopped from 0', 'smoke not run'],
    ],
    [
      'the build that tests',
      { test: target('tested'), build: broken(1_000) },
      ['test stopped from 1000', 'build failed from 0', 'smoke not run'],
    ],
    [
      'tests whose files say so',
      { test: target('report'), status: '1' },
      ['test failed from 5000', 'build passed from 0', 'smoke not run'],
    ],
  ])('%s', async (_, given, told) => expect((await gates(given)).told).toEqual(told))
  test('and where all is cancelled nothing is red', async () => {
    expect((await gates({}, AbortSignal.abort())).told).toEqual(['test stopped from 0', 'build not run', 'smoke not run'])
  })
})

test.each<readonly [string, Partial<TestInputs>]>([
  ['in the image', image],
  ['in the build', target('tested')],
  ['first', { first: true }],
])('with test: false nothing is tested, and build and smoke test go on: %s', async (_, given) => {
  const { told, host } = await gates({ test: { ...given, run: false } })
  expect(told).toEqual(['test skipped from 0', 'build passed from 0', 'smoke passed from 5000'])
  expect(host.argvs().filter((argv) => /^(bash|uv|docker buildx bake)/.test(argv))).toEqual([])
})

test('the build has its own environment, and no other gate sees it', async () => {
  const { host } = await gates({ test: image })
  const seen = host.commands.filter(({ env }) => env['PATH'] === '/bin').map(({ argv }) => argv.slice(0, 3).join(' '))
  expect(seen).toEqual(['docker buildx build', 'docker image inspect'])
})

describe('metrics are judged as early as they are there', () => {
  const first = { first: true } as const
  const off = { run: false } as const
  test.each<readonly [string, Case, readonly string[]]>([
    ['at once', { metrics: { there: true } }, ['old at 0']],
    ['after the tests, if they write them', { metrics: { written: true } }, ['new at 3000']],
    ['again, if they write them anew', { metrics: { there: true, written: true } }, ['old at 0', 'new at 3000']],
    ['after tests that come first, whatever was there', { test: first, metrics: { there: true, written: true } }, ['new at 3000']],
    ['after tests that should have written them', { metrics: {} }, ['nothing at 3000']],
    ['at once, where nothing is tested', { test: off, metrics: { there: true } }, ['old at 0']],
    ['at once, where tests are in the image', { test: image, metrics: { there: true } }, ['old at 0']],
    ['at once, where tests are in the build', { test: target('tested'), metrics: { there: true } }, ['old at 0']],
    ['in the image, when it is built', { metrics: { image: true } }, ['in the image at 5000']],
    ['in the image, beside its tests', { test: image, metrics: { image: true } }, ['in the image at 5000']],
    ['in the image that was tested in the build', { test: target('tested'), metrics: { image: true } }, ['in the image at 5000']],
  ])('%s', async (_, given, judged) => {
    const run = await gates(given)
    expect(run.judged).toEqual(judged)
    expect(run.outcome.quality.kind).toBe('passed')
    expect(run.outcome.smoked.kind).toBe('passed')
  })
  test.each<readonly [string, Case, readonly string[]]>([
    ['at once', { metrics: { there: true, red: true } }, ['test stopped from 0', 'build stopped from 0', 'smoke not run']],
    ['before the build', { test: first, metrics: { written: true, red: true } }, ['test passed from 0', 'build not run', 'smoke not run']],
    ['after the tests', { metrics: { written: true, red: true } }, ['test passed from 0', 'build stopped from 0', 'smoke not run']],
    [
      'beside the smoke test',
      { test: image, metrics: { image: true, red: true } },
      ['test stopped from 5000', 'build passed from 0', 'smoke stopped from 5000'],
    ],
  ])('red ones stop what is under way: %s', async (_, given, told) => {
    const run = await gates(given)
    expect(run.told.filter((line) => !line.startsWith('quality'))).toEqual(told)
    expect(run.outcome.quality).toMatchObject({ kind: 'failed', red: { code: 'metric-not-met' } })
  })
  test('that the tests have written anew are not those of the labels, and that is said', async () => {
    expect((await gates({ metrics: { there: true, written: true } })).notices).toEqual([
      'The tests have written m.json anew: labels of the image have the metrics from before (test-first: true reads them after the tests).',
    ])
    expect((await gates({ metrics: { there: true } })).notices).toEqual([])
  })
})

describe('the gate command', () => {
  const removal = `docker rm --force --volumes ml-image-f00dcafe0001`
  test('is run when the others are green, before the container is taken away', async () => {
    const { told, host, outcome } = await gates({ gate: { takes: 2_000 }, tests: { takes: 9_000 } })
    expect(told).toEqual(['test passed from 0', 'build passed from 0', 'smoke passed from 5000', 'gate passed from 9000'])
    expect(outcome.commanded).toEqual({ kind: 'passed', value: 2_000 })
    const argvs = host.argvs()
    expect(argvs.indexOf(removal)).toBeGreaterThan(argvs.findIndex((argv) => argv.endsWith('-c trivy')))
  })
  test('is not run when one is red, and the container goes', async () => {
    const { told, host, outcome } = await gates({ gate: {}, tests: { takes: 9_000, ended: { kind: 'exited', exitCode: 1 } } })
    expect(told).toEqual(['test failed from 0', 'build passed from 0', 'smoke passed from 5000'])
    expect(outcome.commanded).toEqual({ kind: 'stopped' })
    expect(host.argvs().some((argv) => argv.endsWith('-c trivy'))).toBe(false)
    expect(host.argvs()).toContain(removal)
  })
  test('that is red makes the run red', async () => {
    const { told, outcome } = await gates({ gate: { ended: { kind: 'exited', exitCode: 1 } } })
    expect(told.at(-1)).toMatch(/^gate failed from /)
    expect(outcome.commanded).toMatchObject({ red: { code: 'gate-command-failed' } })
  })
})
