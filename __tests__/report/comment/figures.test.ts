import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { figuresOf, parseFigures } from '../../../src/report/comment/figures.ts'
import { commit, createReport, createSmokeReport, createTestReport, digest } from '../../builders.ts'

const warm = { calls: 100, failed: 0, concurrency: 1, p50: 3.1, p95: 4.2, p99: 9 } as const
const measured = { coldStart: 1_900, firstPredict: 12, warm, peakMemory: 123e6 }
const skippedTests = [{ stage: 'test', state: 'skipped', start: 0, duration: 0, detail: 'test: false' }] as const

test('figures of a report', () => {
  const tests = createTestReport({ tests: 9, failed: 1, errors: 1, skipped: 2 })
  expect(figuresOf(createReport({ tests, smoke: createSmokeReport({ measured }) }))).toEqual({
    bytes: 61_400_000,
    tests: { passed: 5, skipped: 2 },
    latency: { p50: 3.1, p95: 4.2 },
    coldStart: 1_900,
    peakMemory: 123e6,
  })
})

describe('what was not measured is not there', () => {
  const { image: _, tests: __, smoke: ___, ...bare } = createReport()
  test.each([
    ['a red run that ended early', { ...bare, result: 'failed' as const }, {}],
    ['tests switched off', { ...bare, stages: skippedTests }, { tests: { passed: 0, skipped: 0 } }],
    ['tests switched off in a red run', { ...bare, result: 'failed' as const, stages: skippedTests }, {}],
    [
      'calls that failed',
      { ...bare, smoke: createSmokeReport({ measured: { coldStart: 1, warm: { ...warm, failed: 1 } } }) },
      { coldStart: 1 },
    ],
  ])('%s', (_, report, figures) => expect(figuresOf(report)).toEqual(figures))
})

describe('figures that were kept', () => {
  const kept = { version: 1, digest, revision: commit, ...figuresOf(createReport({ smoke: createSmokeReport({ measured }) })) }
  test('are read again', () => expect(parseFigures(JSON.stringify(kept))).toEqual(kept))
  test('may lack some', () =>
    expect(parseFigures(JSON.stringify({ version: 1, digest, revision: '' }))).toEqual({ version: 1, digest, revision: '' }))
  test.each([
    ['', undefined],
    ['null', undefined],
    ['[]', undefined],
    [JSON.stringify({ ...kept, version: 2 }), undefined],
    [JSON.stringify({ ...kept, digest: '<img>' }), undefined],
    [JSON.stringify({ ...kept, revision: '](http://x)' }), undefined],
  ])('%s are none', (text, figures) => expect(parseFigures(text)).toEqual(figures))
  test.each(['bytes', 'tests', 'latency', 'coldStart', 'peakMemory'])('%s that is no number is left out', (name) => {
    for (const value of ['<img src=x>', -1, null, { passed: '1', p50: [] }, Number.MAX_VALUE * 2])
      expect(parseFigures(JSON.stringify({ ...kept, [name]: value }))).not.toHaveProperty(name)
  })
  test('whatever the text, nothing is thrown and nothing but numbers and hashes comes out', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((fields) => JSON.stringify({ ...kept, ...fields })),
        ),
        (text) => {
          const read = parseFigures(text)
          expect(JSON.stringify(read ?? {})).toMatch(/^[\w:{}",.+-]*$/)
        },
      ),
    )
  })
})
