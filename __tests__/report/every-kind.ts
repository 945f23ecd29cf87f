import { failureReport, type Report } from '../../src/report/report.ts'
import { createReport, createSmokeReport, createTestReport, digest } from '../builders.ts'

const notRun = (stage: 'smoke' | 'publish') => ({ stage, state: 'not run', start: 0, duration: 0, detail: '' }) as const
const place = { file: 'tests/test_iris.py', line: 3 }
const unpushed = { pushed: false, pushedTags: [] } as const
const red = { result: 'failed', ...unpushed } as const

/** Reports that between them have every field that a report can have. */
export const everyKind: Readonly<Record<string, Report>> = {
  green: createReport({
    size: {
      bytes: 61_400_000,
      layers: [
        { digest, bytes: 1, instruction: 'RUN x', own: true, at: { file: 'Dockerfile', line: 3 }, isNew: true },
        { digest, bytes: 2, instruction: 'FROM y', own: false },
      ],
      previous: { reference: 'ghcr.io/acme/iris:latest', digest, bytes: 60_000_000 },
    },
    leaks: {
      ...{ layers: 3, files: 120, bytes: 12_000_000, before: 1, advice: ['x'], ignored: ['y'] },
      leftOut: [{ layer: 'COPY', why: 'too large' }],
    },
    metrics: {
      file: 'metrics.json',
      metrics: { accuracy: 0.97, loss: null },
      requirements: [
        { requirement: 'accuracy >= 0.95', name: 'accuracy', state: 'held', got: 0.97, bound: 0.95, previous: 0.9 },
        { requirement: 'f1 > 1', name: 'f1', state: 'missing' },
        { requirement: 'loss < 1', name: 'loss', state: 'broken', got: Number.NaN },
      ],
      previous: 'x',
    },
    attested: [{ about: 'tests', subject: `git@sha1:${'1'.repeat(40)}`, url: 'https://github.com/x', logIndex: '7' }],
    advice: [
      {
        ...{ rule: 'slim-base', message: 'python:3.11 is 900 MB', why: 'w', fix: '- a\n+ b', gain: { kind: 'size', bytes: 1e8 } },
        at: { file: 'Dockerfile', line: 1 },
      },
      { rule: 'layer-order', message: 'm', why: 'w', gain: { kind: 'time', ms: 30_000 } },
      { rule: 'root', message: 'm', why: 'w', gain: { kind: 'risk', text: 'runs as root' } },
    ],
    smoke: createSmokeReport({
      ...{ platform: 'linux/amd64', preset: 'fastapi', presetFrom: 'label', untested: ['linux/s390x'], unproven: 'x', gpuMissing: 'y' },
      predict: { path: '/predict', status: 200, ms: 8, body: '{}' },
      samples: [
        {
          ...{ name: 's', source: 'given', from: 'a.json', method: 'POST', path: '/predict', status: 200, ms: 8 },
          ...{ result: 'passed', compared: true },
        },
        {
          ...{ name: 't', source: 'found', from: 'b', method: 'POST', path: '/predict' },
          ...{ result: 'failed', compared: false, why: 'no answer' },
        },
      ],
      sampleCount: 2,
      measured: {
        ...{ coldStart: 900, firstPredict: 20, peakMemory: 1e8 },
        warm: { calls: 9, failed: 0, concurrency: 1, p50: 2, p95: 3, p99: null },
      },
      comparison: {
        ...{ with: 'x', model: 'same', samples: 2, differing: 1, ignored: ['b'] },
        largest: { path: 'a', previous: 1, now: undefined, delta: 2, sample: 's' },
      },
      others: [createSmokeReport({ platform: 'linux/arm64', stayedUpMs: 5 })],
    }),
  }),
  'tests red': createReport({
    ...red,
    failure: failureReport('test', { code: 'tests-failed', message: '2 of 5 tests failed.', evidence: ['assert 1 == 2'], at: place }),
    tests: createTestReport({
      failed: 2,
      failures: [
        { name: 'tests/test_iris::test_setosa', message: 'assert 1 == 2\n  more', ...place },
        { name: 'tests/test_iris::test_virginica', message: 'boom' },
      ],
      slowest: [{ name: 'slow', seconds: 2 }],
    }),
    stages: [
      { stage: 'test', state: 'failed', start: 0, duration: 3_000, detail: 'tests-failed: 2 of 5 tests failed.' },
      notRun('smoke'),
      notRun('publish'),
    ],
  }),
  'smoke red': createReport({
    ...red,
    failure: failureReport('smoke', {
      code: 'health-failed',
      message: 'GET /health still answers 503 after 120 s.',
      evidence: ['last answer: {"status": "loading"}', 'INFO: loading the model'],
      cause: { name: 'slow-model', text: 'The model loads for longer than start-timeout.', fix: 'Set start-timeout: 5m.' },
    }),
  }),
  fork: createReport({
    ...unpushed,
    push: { push: false, reason: 'the code comes from a fork, which gets no credentials' },
    notices: ['a notice'],
    checks: [
      {
        rule: 'UndefinedVar',
        message: 'Usage of undefined variable $X',
        url: 'https://docs.docker.com/x',
        at: { file: 'Dockerfile', line: 7 },
      },
      { rule: 'Check', message: 'x' },
    ],
  }),
  'by digest': createReport({ push: { push: true, reason: 'push is digest', only: 'digest' }, pushedTags: [] }),
  'into a folder': createReport({
    ...unpushed,
    push: { push: false, reason: 'x', layout: { kind: 'layout', folder: '/repo/out', given: 'out' } },
  }),
  promoted: createReport({ promoted: { digest, found: 'ghcr.io/acme/iris:sha-1f2e3d4', revision: 'x', run: 'https://github.com/x' } }),
  merged: createReport({ merged: { digest, parts: [{ platform: 'linux/amd64', digest, tests: 'passed', smoke: 'skipped' }] } }),
  'with a cache': createReport({
    image: {
      ...{ digest, imageid: '', store: 'classic', inputHash: '', steps: { hit: 0, total: 1 } },
      stepList: [{ name: 'RUN x', cached: false, ms: 5 }],
      cache: { kind: 'gha', because: 'x', scope: 's', importMs: 1, exportMs: 2, downloadedBytes: 3, uploadedBytes: 4, trouble: 't' },
    },
  }),
  cancelled: createReport({
    ...red,
    unfinished: true,
    source: { url: 'https://github.com/acme/iris', revision: 'x' },
    failure: failureReport('build', { code: 'cancelled', message: 'The run was cancelled.', evidence: [] }),
    stages: [
      { stage: 'build', state: 'stopped', start: 0, duration: 1, detail: 'stopped' },
      { stage: 'test', state: 'reused', start: 0, duration: 0, detail: 'x' },
      { stage: 'publish', state: 'skipped', start: 0, duration: 0, detail: 'x' },
    ],
  }),
}
