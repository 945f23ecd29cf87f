import { describe, expect, test } from '@jest/globals'
import { failed, type Outcome, passed, skipped, stopped } from '../../src/outcome.ts'
import { assembleReport, type Findings } from '../../src/report/assemble.ts'
import type { StageReport } from '../../src/report/report.ts'
import { commit, configDigest, createImage, createPlan, createSmokeReport, createTestReport, digest } from '../builders.ts'

const published = { digest: `sha256:${'ab'.repeat(32)}`, pushedTags: ['ghcr.io/acme/iris:latest'], compressedBytes: 7 }
const stage = (name: StageReport['stage'], state: StageReport['state']): StageReport => ({
  stage: name,
  state,
  start: 0,
  duration: 1,
  detail: '',
})
const red = <T>(code: 'tests-failed' | 'build-failed' | 'health-failed' | 'registry-denied'): Outcome<T> => failed(code, 'No.', ['proof'])

const green: Findings['outcomes'] = {
  test: passed({}),
  build: passed(createImage()),
  inspect: skipped('leak-check: false'),
  smoke: passed(createSmokeReport()),
  gate: skipped('no gate-command'),
  quality: skipped('no metrics-file'),
  publish: passed(published),
}

function assemble(outcomes: Partial<Findings['outcomes']> = {}, more: Partial<Findings> = {}) {
  return assembleReport({
    plan: createPlan({ labels: { 'io.github.ml-image-action.input-hash': 'aa' } }),
    stages: [],
    outcomes: { ...green, ...outcomes },
    testReport: createTestReport(),
    imageid: configDigest,
    published,
    notices: ['n'],
    checks: [],
    cancelled: false,
    durationMs: 9,
    ...more,
  })
}

test('what an image was inspected for is told, its size also when it is red for that', () => {
  const leaks = { layers: 1, files: 2, bytes: 3, leftOut: [], advice: [], ignored: [] }
  const size = { bytes: 9, layers: [] }
  expect(assemble({ inspect: passed({ leaks }) }, { size })).toMatchObject({ leaks, size })
  expect(assemble({ inspect: failed('image-too-large', 'No.') }, { size })).toMatchObject({ failure: { code: 'image-too-large' }, size })
  expect(assemble({ inspect: passed({ size }) })).not.toHaveProperty('leaks')
})
test('a run that went well', () => {
  expect(assemble()).toEqual({
    version: 1,
    result: 'passed',
    durationMs: 9,
    source: { url: 'https://github.com/acme/iris', revision: commit },
    names: ['ghcr.io/acme/iris'],
    tags: ['sha-1f2e3d4', 'latest'],
    push: { push: true, reason: 'push to the default branch main' },
    pushed: true,
    pushedTags: published.pushedTags,
    stages: [],
    image: {
      digest: published.digest,
      imageid: configDigest,
      store: 'containerd',
      compressedBytes: 7,
      steps: { hit: 3, total: 4 },
      stepList: [{ name: '[1/1] COPY . .', cached: true }],
      inputHash: 'aa',
    },
    tests: createTestReport(),
    smoke: createSmokeReport(),
    checks: [],
    notices: ['n'],
  })
})

describe('the failure that is told is the first in the order of a run', () => {
  test.each<readonly [Partial<Findings['outcomes']>, string, string]>([
    [{ test: red('tests-failed'), build: red('build-failed') }, 'test', 'tests-failed'],
    [{ build: red('build-failed'), smoke: stopped }, 'build', 'build-failed'],
    [{ smoke: red('health-failed'), test: stopped }, 'smoke', 'health-failed'],
    [{ publish: red('registry-denied') }, 'publish', 'registry-denied'],
  ])('%#', (outcomes, name, code) => {
    expect(assemble(outcomes)).toMatchObject({
      result: 'failed',
      failure: { stage: name, code, message: 'No.', evidence: ['proof'], remedy: expect.any(String) },
    })
  })
})

describe('a run that was cancelled', () => {
  test('failed in the stage that was under way', () => {
    const stages = [stage('test', 'passed'), stage('build', 'stopped')]
    expect(assemble({ build: stopped, smoke: stopped, publish: stopped }, { stages, cancelled: true, published: undefined })).toMatchObject(
      {
        result: 'failed',
        pushed: false,
        failure: { stage: 'build', code: 'cancelled', kind: 'tool' },
      },
    )
  })
  test('after something was red is red', () =>
    expect(assemble({ test: red('tests-failed') }, { cancelled: true })).toMatchObject({ failure: { code: 'tests-failed' } }))
})

test('a push of which only a part arrived tells what did', () => {
  expect(assemble({ publish: red('registry-denied') })).toMatchObject({ result: 'failed', pushed: true, pushedTags: published.pushedTags })
})

test('a push of the digest alone is one, as soon as a registry has it', () => {
  const plan = createPlan({ push: { push: true, reason: 'push is digest', only: 'digest' } })
  expect(assemble({}, { plan, published: { ...published, pushedTags: [] } })).toMatchObject({ pushed: true, pushedTags: [] })
  expect(assemble({}, { plan, published: { ...published, digest: '', pushedTags: [] } })).toMatchObject({ pushed: false })
  expect(assemble({}, { plan, published: undefined })).toMatchObject({ pushed: false })
})

test('before a push the image is called as the engine calls it', () => {
  const report = assemble({ publish: skipped('push is false') }, { published: undefined })
  expect(report).toMatchObject({ pushed: false, pushedTags: [], image: { digest, compressedBytes: 61_400_000 } })
})

test('what did not come to be is not in it', () => {
  const report = assemble({ build: red('build-failed'), smoke: stopped, publish: stopped }, { testReport: undefined, published: undefined })
  expect(['image', 'tests', 'smoke'].filter((name) => name in report)).toEqual([])
})
