import type { BuildEnding, BuiltImage } from '../src/build/image.ts'
import type { BuildOptions } from '../src/inputs/build-options.ts'
import type { BuildInputs, Inputs, SmokeInputs, TestInputs } from '../src/inputs/inputs.ts'
import { passed, skipped } from '../src/outcome.ts'
import { type Event, refText } from '../src/plan/event.ts'
import { nameText, parseImageName } from '../src/plan/image-name.ts'
import { metadataOf } from '../src/plan/metadata.ts'
import type { Plan } from '../src/plan/plan.ts'
import { plainSettings } from '../src/plan/tags/facts.ts'
import { plainFlavor } from '../src/plan/tags/flavor.ts'
import { type Gated, gate } from '../src/publish/gated.ts'
import type { GateRecord } from '../src/publish/record.ts'
import type { Report } from '../src/report/report.ts'
import type { SmokeReport } from '../src/smoke/smoke-report.ts'
import type { TestReport } from '../src/test/junit.ts'

export const commit = '1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c'
export const digest = `sha256:${'d1'.repeat(32)}`
export const configDigest = `sha256:${'c0'.repeat(32)}`

type InputOverrides = Partial<Omit<Inputs, 'test' | 'build' | 'smoke'>> &
  Readonly<{ test?: Partial<TestInputs>; build?: BuildOverrides; smoke?: Partial<SmokeInputs> }>
type BuildOverrides = Partial<Omit<BuildInputs, 'options'>> & Readonly<{ options?: Partial<BuildOptions> }>

/** What a build is told by default. */
export const buildOptions: BuildOptions = {
  contexts: {},
  secrets: [],
  ssh: [],
  noCache: false,
  noCacheFilters: [],
  pull: false,
  addHosts: [],
  allow: [],
  ulimits: [],
  provenance: 'false',
  sbom: 'false',
  compression: 'auto',
  platforms: [],
  imageStore: 'auto',
  timeoutMs: 3_600_000,
  freeDisk: 'auto',
}

/** An order for the engine's own builder. */
export const ownBuilder = { elsewhere: false, untested: [], native: 'linux/amd64' } as const

/** What somebody gives who names an image and nothing else. */
export function createInputs({ test, build, smoke, ...overrides }: InputOverrides = {}): Inputs {
  return {
    images: [parseImageName('ghcr.io/acme/iris')],
    imageTexts: ['ghcr.io/acme/iris'],
    tags: [],
    flavor: plainFlavor,
    labels: [],
    annotations: [],
    settings: plainSettings,
    notices: [],
    leaks: { check: false, ignore: [] },
    size: {},
    advice: 'off',
    push: 'auto',
    promote: 'auto',
    dryRun: false,
    credentials: {},
    workspace: '/repo',
    workingDirectory: '/repo',
    cache: { kind: 'auto', mode: 'auto', from: [], to: [] },
    accept: new Set(),
    quality: { requirements: [] },
    pushTimeoutMs: 1_800_000,
    attest: 'off',
    summary: true,
    comment: { when: 'off' },
    ...overrides,
    test: { run: true, place: { kind: 'runner' }, env: {}, first: false, timeoutMs: 1_200_000, ...test },
    build: {
      context: '/repo',
      file: '/repo/Dockerfile',
      dockerfile: 'FROM python:3.11-slim\n',
      args: {},
      ...build,
      options: { ...buildOptions, ...build?.options },
    },
    smoke: { run: true, preset: 'auto', env: {}, args: [], offline: false, compare: { kind: 'off' }, ...smoke },
  }
}

/** A push to the default branch. */
export function createEvent(overrides: Partial<Event> = {}): Event {
  const event: Omit<Event, 'context'> = {
    source: 'github',
    name: 'push',
    ref: { kind: 'branch', name: 'main' },
    sha: commit,
    defaultBranch: 'main',
    defaultBranchGuessed: false,
    repository: 'acme/iris',
    origin: 'own',
    foreignCode: false,
    actor: 'octocat',
    serverUrl: 'https://github.com',
    ...overrides,
  }
  const { ref, sha, defaultBranch } = event
  const said = defaultBranch === undefined ? {} : { defaultBranch }
  return { ...event, context: { ref: refText(ref), sha, baseRef: '', commitTimes: {}, ...said, ...overrides.context } }
}

export function createPlan(overrides: Partial<Plan> = {}): Plan {
  const names = overrides.names ?? [parseImageName('ghcr.io/acme/iris')]
  const tags = overrides.tags ?? [
    { name: 'sha-1f2e3d4', moves: false },
    { name: 'latest', moves: true },
  ]
  const labels = overrides.labels ?? { 'org.opencontainers.image.revision': commit }
  return {
    event: createEvent(),
    names,
    tags,
    metadata: metadataOf(
      names.map(nameText),
      tags.map(({ name }) => name),
      Object.entries(labels),
      Object.entries(labels),
      ['manifest'],
    ),
    annotations: [],
    notices: [],
    references: names.flatMap(({ registry, path }) => tags.map(({ name }) => `${registry}/${path}:${name}`)),
    labels,
    version: 'sha-1f2e3d4',
    push: { push: true, reason: 'push to the default branch main' },
    access: new Map(names.map(({ registry }) => [registry, { kind: 'anonymous' }])),
    ...overrides,
  }
}

export function createEnding(overrides: Partial<BuildEnding> = {}): BuildEnding {
  return { cacheTimes: { importMs: 120 }, configDigest, metadata: '{}', ...overrides }
}

export function createImage(overrides: Partial<BuiltImage> = {}): BuiltImage {
  return {
    digest,
    configDigest,
    store: 'containerd',
    localName: 'ml-image-action/run:f00dcafe0001',
    runnables: [{ id: overrides.digest ?? digest }],
    untested: [],
    config: { exposedPorts: [8000], workingDirectory: '/app', command: ['python', 'server.py'], env: {}, labels: {} },
    compressedBytes: 61_400_000,
    steps: { hit: 3, total: 4 },
    stepReports: [{ name: '[1/1] COPY . .', cached: true }],
    ending: Promise.resolve(createEnding()),
    ...overrides,
  }
}

export function createGated(overrides: Partial<BuiltImage> = {}): Gated {
  const gated = gate(
    createImage(overrides),
    passed({}),
    passed(createSmokeReport()),
    skipped('no metrics-file'),
    skipped('no gate-command'),
    skipped('leak-check: false'),
  )
  if (!gated) throw new Error('an image whose gates are green is gated')
  return gated
}

/** The record of an image that passed both gates, in the second attempt of run 42. */
export function createRecord(overrides: Partial<GateRecord> = {}): GateRecord {
  return {
    version: 1,
    image: digest,
    gates: { tests: 'passed', smoke: 'passed' },
    smoked: ['linux/amd64'],
    untested: [],
    revision: commit,
    repository: 'acme/iris',
    run: { id: '42', attempt: 2 },
    inputHash: 'aa',
    ...overrides,
  }
}

export function createTestReport(overrides: Partial<TestReport> = {}): TestReport {
  return { tests: 5, failed: 0, errors: 0, skipped: 0, seconds: 1.5, failures: [], slowest: [], ...overrides }
}

export function createSmokeReport(overrides: Partial<SmokeReport> = {}): SmokeReport {
  const health = { path: '/health', status: 200, ms: 820, body: '' }
  return { imageId: digest, port: 8000, portFrom: 'EXPOSE', health, compared: false, ...overrides }
}

/** A run whose gates are green and whose tags were set. */
export function createReport(overrides: Partial<Report> = {}): Report {
  return {
    version: 1,
    result: 'passed',
    durationMs: 9_300,
    names: ['ghcr.io/acme/iris'],
    tags: ['sha-1f2e3d4', 'latest'],
    push: { push: true, reason: 'push to the default branch main' },
    pushed: true,
    pushedTags: ['ghcr.io/acme/iris:sha-1f2e3d4', 'ghcr.io/acme/iris:latest'],
    stages: [
      { stage: 'test', state: 'passed', start: 0, duration: 3_100, detail: '5 passed' },
      { stage: 'build', state: 'passed', start: 0, duration: 6_000, detail: digest },
      { stage: 'smoke', state: 'passed', start: 6_000, duration: 1_400, detail: '/health 200' },
      { stage: 'publish', state: 'passed', start: 7_400, duration: 1_900, detail: '2 tags' },
    ],
    image: {
      digest,
      imageid: configDigest,
      store: 'containerd',
      compressedBytes: 61_400_000,
      steps: { hit: 3, total: 4 },
      stepList: [{ name: '[1/1] COPY . .', cached: true }],
      inputHash: 'aa',
    },
    tests: createTestReport(),
    smoke: createSmokeReport(),
    checks: [],
    notices: [],
    ...overrides,
  }
}
