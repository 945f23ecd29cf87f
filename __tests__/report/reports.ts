import { failureReport, type ImageReport, type Report, type StageReport } from '../../src/report/report.ts'
import type { SmokeReport } from '../../src/smoke/smoke-report.ts'

/**
 * Reports as runs of examples/iris-sklearn give them on a runner of GitHub's: of every outcome that looks different. For
 * tests of what is made of a report, and for the pictures of the documents.
 */

const name = 'ghcr.io/acme/iris'
const hex = (start: string) => `${start}${'0b8e44c1a9f27d3650b8c2e91f7a46d38e5c02b17f94a6d3'.repeat(2)}`.slice(0, 64)
const digest = `sha256:${hex('7d41e6a02c58')}`
const imageid = `sha256:${hex('c3b9f01d77e4')}`
const previous = `${name}@sha256:${hex('51aa90c4e2b7')}`
const push = { push: true, reason: 'push to the default branch main' } as const
const started = { version: 1, names: [name], tags: ['sha-1f2e3d4', 'latest'], checks: [], notices: [] } as const

type Timed = readonly [start: number, duration: number]
const stage = (which: StageReport['stage'], state: StageReport['state'], [start, duration]: Timed, detail: string): StageReport => ({
  stage: which,
  state,
  start,
  duration,
  detail,
})
const notRun = (...names: readonly StageReport['stage'][]) => names.map((which) => stage(which, 'not run', [0, 0], ''))

const steps = [
  ...[
    { name: '[base 2/4] WORKDIR /app', cached: true },
    { name: '[base 3/4] COPY requirements.txt .', cached: true },
  ],
  { name: '[base 4/4] RUN pip install --no-cache-dir -r requirements.txt', cached: true },
  { name: '[serve 1/3] RUN useradd --create-home appuser', cached: true },
  { name: '[train 1/2] COPY train.py .', cached: false, ms: 41 },
  { name: '[train 2/2] RUN python train.py --output "/app/model/classifier.joblib"', cached: false, ms: 2_870 },
  { name: '[serve 2/3] COPY --from=train /app/model/ model/', cached: false, ms: 33 },
  { name: '[serve 3/3] COPY app.py .', cached: false, ms: 28 },
]

const image: ImageReport = {
  ...{ digest, imageid, store: 'containerd', compressedBytes: 141_902_331, inputHash: hex('9e1c') },
  steps: { hit: 4, total: 8 },
  stepList: steps,
  cache: {
    kind: 'gha',
    because: 'the runner gives the cache service',
    scope: 'iris',
    importMs: 412,
    exportMs: 1_630,
    downloadedBytes: 18_211,
    uploadedBytes: 31_400,
  },
}

const passedTests = {
  ...{ tests: 10, failed: 0, errors: 0, skipped: 0, seconds: 2.914, failures: [] },
  slowest: [
    { name: 'tests/test_train::test_training_is_reproducible', seconds: 0.412 },
    { name: 'tests/test_train::test_model_is_accurate', seconds: 0.208 },
  ],
}

/** Calls of a warm server (ms): most are close together, few take longer. */
const times = [
  ...[3.9, 3.4, 3.1, 3.2, 2.9, 2.8, 3.0, 2.7, 2.9, 2.6, 2.8, 2.7, 2.5, 2.9, 2.7, 2.6, 2.8, 3.3, 2.7, 2.6],
  ...[2.5, 2.7, 2.6, 2.9, 2.8, 2.5, 2.4, 2.6, 4.4, 2.7, 2.6, 2.5, 2.8, 2.6, 2.7, 2.5, 2.6, 3.0, 2.5, 2.7],
  ...[2.6, 2.4, 2.7, 2.8, 2.6, 2.5, 2.7, 2.6, 2.5, 3.6, 2.7, 2.6, 2.5, 2.4, 2.6, 2.7, 2.9, 2.6, 2.5, 2.7],
  ...[2.6, 2.8, 2.5, 2.6, 5.1, 2.7, 2.6, 2.5, 2.9, 2.6, 2.4, 2.7, 2.5, 2.6, 2.8, 2.6, 2.7, 2.5],
]

const asked = {
  source: 'given',
  from: 'tests/golden.yaml',
  method: 'POST',
  path: '/predict',
  status: 200,
  result: 'passed',
  compared: true,
} as const
const near = (expected: number, got: number, share: number) => ({ path: '$.probability', expected, got, share })
const smoke: SmokeReport = {
  ...{ imageId: digest, port: 8000, portFrom: 'EXPOSE', preset: 'fastapi', presetFrom: 'CMD: uvicorn app:app --host 0.0.0.0 --port 8000' },
  health: { path: '/health', status: 200, ms: 1_604, body: '{"status":"ok"}' },
  predict: { path: '/predict', status: 200, ms: 11.2, body: '{"prediction":0,"probability":0.98146}' },
  compared: true,
  samples: [
    { ...asked, name: 'setosa', ms: 11.2, nearest: near(0.9784, 0.98146, 0.313) },
    { ...asked, name: 'versicolor', ms: 3.8, nearest: near(0.8893, 0.88621, 0.347) },
    { ...asked, name: 'virginica', ms: 3.3, nearest: near(0.9257, 0.93163, 0.641) },
    { ...asked, name: 'three features', ms: 3.1, status: 422, compared: false },
  ],
  sampleCount: 4,
  measured: {
    ...{ coldStart: 1_648, firstPredict: 11.2, peakMemory: 148_733_952 },
    warm: { calls: times.length, failed: 0, concurrency: 1, p50: 2.7, p95: 3.6, p99: 5.1, times },
  },
  comparison: {
    ...{ with: previous, model: 'changed', samples: 3, differing: 2, ignored: [] },
    largest: { sample: 'virginica', path: '$.probability', previous: 0.9128, now: 0.93163, delta: 0.01883 },
    changes: [
      { sample: 'virginica', path: '$.probability', previous: '0.9128', now: '0.93163', delta: 0.01883 },
      { sample: 'versicolor', path: '$.probability', previous: '0.8976', now: '0.88621', delta: -0.01139 },
    ],
  },
}

const layer = (start: string, bytes: number, instruction: string) => ({ digest: `sha256:${hex(start)}`, bytes, instruction })
const dockerfile = (line: number) => ({ at: { file: 'Dockerfile', line } })
const size = {
  bytes: 141_902_331,
  layers: [
    { ...layer('a1', 28_231_004, '# debian.sh --arch amd64'), own: false, isNew: false },
    { ...layer('a2', 3_512_808, 'RUN apt-get install ca-certificates netbase tzdata'), own: false, isNew: false },
    { ...layer('a3', 16_204_117, 'RUN build python 3.11'), own: false, isNew: false },
    { ...layer('a4', 249, 'RUN ln -s python3 python'), own: false, isNew: false },
    { ...layer('b1', 93, 'WORKDIR /app'), own: true, isNew: false, ...dockerfile(6) },
    { ...layer('b2', 187, 'COPY requirements.txt .'), own: true, isNew: false, ...dockerfile(7) },
    { ...layer('b3', 93_948_210, 'RUN pip install --no-cache-dir -r requirements.txt'), own: true, isNew: false, ...dockerfile(8) },
    { ...layer('b4', 3_402, 'RUN useradd --create-home appuser'), own: true, isNew: false, ...dockerfile(26) },
    { ...layer('b5', 1_213, 'COPY --from=train /app/model/ model/'), own: true, isNew: true, ...dockerfile(27) },
    { ...layer('b6', 1_048, 'COPY app.py .'), own: true, isNew: true, ...dockerfile(28) },
  ],
  previous: { reference: `${name}:latest`, digest: `sha256:${hex('51aa90c4e2b7')}`, bytes: 141_901_904 },
}

const metrics = {
  file: 'image:/app/model/metrics.json',
  metrics: { accuracy: 0.966_666_666_666_666_7 },
  requirements: [
    {
      requirement: 'accuracy >= 0.95',
      name: 'accuracy',
      state: 'held',
      got: 0.966_666_666_666_666_7,
      bound: 0.95,
      previous: 0.966_666_666_666_666_7,
    },
  ],
} as const

const advice = [
  {
    rule: 'pip-cache-mount',
    message: 'pip install fetches every package again when requirements.txt changes',
    why: 'With a cache mount the wheels of the last build are at hand, and only what has changed is fetched.',
    at: { file: 'Dockerfile', line: 8 },
    fix: '--- a/Dockerfile\n+++ b/Dockerfile\n@@ -8 +8 @@\n-RUN pip install --no-cache-dir -r requirements.txt\n+RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\n',
    gain: { kind: 'time', ms: 9_400 },
  },
  {
    rule: 'unpinned-base',
    message: 'FROM python:3.11-slim is another image next month',
    why: 'A tag of a base image moves: the same commit then builds something else.',
    at: { file: 'Dockerfile', line: 2 },
    gain: { kind: 'risk', text: 'builds that cannot be repeated' },
  },
] as const

const leaks = { layers: 6, files: 5_804, bytes: 262_114_008, leftOut: [], before: 4, advice: [], ignored: [] }
const tested = '10 passed'
const built = `${digest}, 141.9 MB, 4 of 8 steps cached`
const smoked = '/health 200 after 1.6 s, /predict 200 in 11 ms, as expected'
const searched = 'no secret in 5804 files of 6 layers (262.1 MB), 4 layers searched before'
const held = 'image:/app/model/metrics.json: 1 of 1 lines held'

const green: Report = {
  ...started,
  ...{ result: 'passed', durationMs: 11_842, push, pushed: true, pushedTags: [`${name}:sha-1f2e3d4`, `${name}:latest`] },
  stages: [
    stage('test', 'passed', [402, 6_120], tested),
    stage('build', 'passed', [402, 7_311], built),
    stage('inspect', 'passed', [7_713, 640], searched),
    stage('smoke', 'passed', [7_713, 2_204], smoked),
    stage('quality', 'passed', [7_714, 312], held),
    stage('publish', 'passed', [9_918, 1_912], `2 tags, ${digest}`),
  ],
  ...{ image, tests: passedTests, smoke, leaks, size, metrics, advice },
}

const failures = [
  {
    name: 'tests/test_app::test_health',
    message: "AssertionError: assert {'status': 'up'} == {'status': 'ok'}\n  \n  Differing items:\n  {'status': 'up'} != {'status': 'ok'}",
    file: 'tests/test_app.py',
    line: 7,
  },
  {
    name: 'tests/test_app::test_predicts_the_species[virginica]',
    message: "assert 1 == 2\n +  where 1 = {'prediction': 1, 'probability': 0.5127}['prediction']",
    file: 'tests/test_app.py',
    line: 21,
  },
]

const testRed: Report = {
  ...started,
  ...{ result: 'failed', durationMs: 6_611, push, pushed: false, pushedTags: [] },
  stages: [
    stage('test', 'failed', [402, 6_182], 'tests-failed: 2 of 10 tests failed.'),
    stage('build', 'stopped', [402, 6_190], 'stopped'),
    ...notRun('inspect', 'smoke', 'publish'),
  ],
  failure: failureReport('test', {
    code: 'tests-failed',
    message: '2 of 10 tests failed.',
    evidence: failures.map((failure) => `${failure.name}: ${failure.message.split('\n')[0] ?? ''}`),
  }),
  tests: { ...passedTests, failed: 2, failures },
}

const brokenStep = '[base 4/4] RUN pip install --no-cache-dir -r requirements.txt: exit code: 1'
const buildRed: Report = {
  ...started,
  ...{ result: 'failed', durationMs: 5_204, push, pushed: false, pushedTags: [] },
  stages: [
    stage('test', 'stopped', [398, 4_790], 'stopped'),
    stage('build', 'failed', [398, 4_776], `build-failed: ${brokenStep}`),
    ...notRun('inspect', 'smoke', 'publish'),
  ],
  failure: failureReport('build', {
    code: 'build-failed',
    message: brokenStep,
    evidence: [
      'Collecting uvicorn==0.38.0 (from -r requirements.txt (line 7))',
      '  Downloading uvicorn-0.38.0-py3-none-any.whl (68 kB)',
      'ERROR: Could not find a version that satisfies the requirement scikit-lern==1.7.2 (from versions: none)',
      'ERROR: No matching distribution found for scikit-lern==1.7.2',
    ],
    at: { file: 'Dockerfile', line: 8 },
    cause: {
      name: 'missing-wheel',
      text: 'The index has nothing that fits (scikit-lern==1.7.2): there is no such version, it is not made for this Python, or it has no wheel for this platform (Alpine and arm64 lack many).',
      fix: 'Check name and version. If they are right, take another Python or a Debian base (python:3.11-slim), or give the index that has it (--extra-index-url, --find-links).',
    },
  }),
}

const mismatch = 'POST /predict (virginica): $.prediction is 1, expected 2.'
const smokeRed: Report = {
  ...started,
  ...{ result: 'failed', durationMs: 9_730, push, pushed: false, pushedTags: [] },
  stages: [
    stage('test', 'passed', [402, 6_120], tested),
    stage('build', 'passed', [402, 7_311], built),
    stage('inspect', 'passed', [7_713, 640], searched),
    stage('smoke', 'failed', [7_713, 1_990], `predict-mismatch: ${mismatch}`),
    stage('quality', 'passed', [7_714, 312], held),
    ...notRun('publish'),
  ],
  failure: failureReport('smoke', {
    code: 'predict-mismatch',
    message: mismatch,
    evidence: [
      'path           expected  got     delta',
      '$.prediction   2         1       -1',
      '$.probability  0.9257    0.5127  -0.413',
      'POST /predict {"features":[6.5,3,5.8,2.2]}',
      'answered 200: {"prediction":1,"probability":0.5127}',
    ],
  }),
  ...{ image, tests: passedTests, leaks, size, metrics },
}

const cancelled: Report = {
  ...started,
  ...{ result: 'failed', durationMs: 4_120, push, pushed: false, pushedTags: [] },
  stages: [
    stage('test', 'passed', [402, 3_120], tested),
    stage('build', 'stopped', [402, 3_690], 'stopped'),
    ...notRun('inspect', 'smoke', 'publish'),
  ],
  failure: failureReport('build', { code: 'cancelled', message: 'The run was cancelled.', evidence: [] }),
  tests: passedTests,
}

const fork: Report = {
  ...green,
  tags: ['pr-7', 'sha-1f2e3d4'],
  durationMs: 9_931,
  push: { push: false, reason: 'the code comes from a fork, which gets no credentials' },
  pushed: false,
  pushedTags: [],
  stages: [...green.stages.slice(0, -1), stage('publish', 'skipped', [9_918, 1], 'the code comes from a fork, which gets no credentials')],
}

export const sampleReports = { green, testRed, buildRed, smokeRed, cancelled, fork } as const satisfies Readonly<Record<string, Report>>
