import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.ts'
import { failureReport, stateOf } from '../../src/report/report.ts'
import { buildDetail, failureText, figures, headline, inspectDetail, smokeDetail, testDetail } from '../../src/report/text.ts'
import { createImage, createReport, createSmokeReport, createTestReport, digest } from '../builders.ts'

const red = (overrides: Partial<Report> = {}): Report => {
  const { smoke: _, ...report } = createReport({ result: 'failed', pushed: false, pushedTags: [] })
  return {
    ...report,
    failure: failureReport('test', { code: 'tests-failed', message: '1 of 5 tests failed.', evidence: ['a: b'] }),
    ...overrides,
  }
}

describe('the headline says how a run ended', () => {
  test.each<readonly [string, Report, string]>([
    ['pushed', createReport(), 'pushed ghcr.io/acme/iris:sha-1f2e3d4 in 9.3 s'],
    [
      'promoted',
      createReport({ promoted: { digest, found: 'ghcr.io/acme/iris:sha-1f2e3d4', revision: '1f2e3d4' } }),
      'promoted ghcr.io/acme/iris:sha-1f2e3d4 to ghcr.io/acme/iris:latest in 9.3 s',
    ],
    [
      'promoted, and overtaken',
      createReport({ promoted: { digest, found: 'ghcr.io/acme/iris:sha-1f2e3d4', revision: '1f2e3d4' }, pushed: false, pushedTags: [] }),
      'no tag of ghcr.io/acme/iris was moved onto ghcr.io/acme/iris:sha-1f2e3d4 in 9.3 s: what they hold is newer',
    ],
    [
      'green and not pushed',
      createReport({ pushed: false, push: { push: false, reason: 'push is false' } }),
      'gates passed in 9.3 s, ghcr.io/acme/iris not pushed: push is false',
    ],
    [
      'pushed, but for the first tag, which holds something newer',
      createReport({ pushedTags: ['ghcr.io/acme/iris:latest'] }),
      'pushed ghcr.io/acme/iris:latest in 9.3 s',
    ],
    [
      'green, and every tag holds something newer',
      createReport({ pushed: false, pushedTags: [] }),
      'gates passed in 9.3 s, no tag of ghcr.io/acme/iris was moved: what they hold is newer',
    ],
    [
      'pushed by its digest',
      createReport({ pushedTags: [], push: { push: true, reason: 'push is digest', only: 'digest' } }),
      `pushed ghcr.io/acme/iris@${digest} in 9.3 s, no tag (push: digest)`,
    ],
    [
      'red, and the digest in some registry',
      red({ pushed: true, push: { push: true, reason: 'push is digest', only: 'digest' } }),
      'stopped at test (tests-failed), the digest is in a registry',
    ],
    ['red', red(), 'stopped at test (tests-failed), nothing was pushed'],
    ['red with some tags', red({ pushed: true }), 'stopped at test (tests-failed), some tags were pushed'],
  ])('%s', (_, report, text) => expect(headline(report)).toBe(text))
})

describe('figures are what was measured', () => {
  test('of a whole run', () => {
    const predict = { path: '/predict', status: 200, ms: 12, body: '{}' }
    const tests = createTestReport({ tests: 9, failed: 1, errors: 1, skipped: 2 })
    expect(figures(createReport({ tests, smoke: createSmokeReport({ predict }) }))).toEqual([
      '5 of 9 tests passed',
      'cache 3/4 steps',
      'image 61.4 MB',
      '/health 200 in 820 ms',
      '/predict 200, 12 ms',
    ])
  })
  test('the image is told against the one before it', () => {
    const previous = { reference: 'ghcr.io/acme/iris:latest', digest, bytes: 58_300_000 }
    const figureOf = (report: Report) => figures(report).find((figure) => figure.startsWith('image'))
    expect(figureOf(createReport({ size: { bytes: 61_399_000, layers: [], previous } }))).toBe('image 61.4 MB (+3.1 MB, +5.3 %)')
    const { compressedBytes: _, ...classic } = createReport().image ?? { compressedBytes: 0 }
    expect(figureOf(createReport({ image: classic as never, size: { bytes: 61_400_000, layers: [] } }))).toBe('image 61.4 MB')
  })
  test('a prediction that was not asked for is said not to be proven', () =>
    expect(figures(createReport()).at(-1)).toBe('predict not proven'))
  test('samples: how many, and whose the one was that nobody gave', () => {
    const one = {
      name: 's',
      source: 'documented',
      from: '/openapi.json',
      method: 'POST',
      path: '/predict',
      result: 'passed',
      compared: true,
    } as const
    const last = (samples: readonly (typeof one)[], sampleCount: number) =>
      figures(
        createReport({ smoke: createSmokeReport({ samples, sampleCount, predict: { path: '/predict', status: 200, ms: 1, body: '' } }) }),
      ).at(-1)
    expect(last([one], 1)).toBe('sample documented: /openapi.json')
    expect(last([one, one], 2)).toBe('2 of 2 samples as expected')
    expect(last([one, one], 300)).toBe('300 of 300 samples as expected')
  })
  test('nothing of what was not done', () => {
    const { tests: _, image: __, smoke: ___, ...rest } = createReport()
    expect(figures(rest)).toEqual([])
  })
})

test('a failure is told with its proof and its remedy, both bounded', () => {
  const evidence = Array.from({ length: 50 }, (_, index) => `${index} ${'x'.repeat(999)}`)
  const lines = failureText(failureReport('build', { code: 'build-failed', message: 'No.', evidence })).split('\n')
  expect([lines[0], lines.at(-1)]).toEqual(['No.', 'Mend the Dockerfile step shown above.'])
  // What proves it stands first; of a log the last line says most.
  expect(lines.slice(1, -1).map((line) => line.trim().split(' ')[0])).toEqual([
    '0',
    '1',
    '2',
    '3',
    '4',
    '...',
    '45',
    '46',
    '47',
    '48',
    '49',
  ])
  expect(Math.max(...lines.map((line) => line.length))).toBe(302)
})

test('what an image was inspected for is told in one line', () => {
  const leaks = { layers: 2, files: 7, bytes: 1_000_000, leftOut: [], advice: [], ignored: [] }
  const size = { bytes: 1_100, layers: [], previous: { reference: 'x', digest, bytes: 1_000 } }
  expect(inspectDetail({ leaks })).toBe('no secret in 7 files of 2 layers (1.0 MB)')
  expect(inspectDetail({ leaks, size })).toBe('no secret in 7 files of 2 layers (1.0 MB); 1.1 kB compressed (+100 B, +10.0 %)')
  expect(inspectDetail({ size: { bytes: 5, layers: [], platform: 'linux/arm64' } })).toBe(
    'not searched for secrets (leak-check: false); 5 B compressed for linux/arm64',
  )
})

test('a stage that passed is told in one line', () => {
  expect(testDetail({})).toBe('passed')
  expect(testDetail({ report: createTestReport({ tests: 9, skipped: 2 }) })).toBe('7 passed, 2 skipped')
  expect(testDetail({ report: createTestReport() })).toBe('5 passed')
  expect(buildDetail(createImage())).toBe(`${digest}, 61.4 MB, 3 of 4 steps cached`)
  const { compressedBytes: _, ...classic } = createImage({ store: 'classic' })
  expect(buildDetail(classic)).toBe(`${digest}, 3 of 4 steps cached`)
  expect(smokeDetail(createSmokeReport())).toBe('/health 200 after 820 ms')
  const predict = { path: '/predict', status: 200, ms: 12, body: '' }
  expect(smokeDetail(createSmokeReport({ predict, compared: true }))).toBe('/health 200 after 820 ms, /predict 200 in 12 ms, as expected')
})

test('a stage is in the state its outcome says', () =>
  expect([stateOf({ kind: 'stopped' }), stateOf({ kind: 'skipped', reason: '' })]).toEqual(['stopped', 'skipped']))
