import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Figures } from '../../../src/report/comment/figures.ts'
import { compare, thresholds } from '../../../src/report/comment/movement.ts'

const movedBy = (before: Figures, now: Figures) => compare(before, now).flatMap(({ moved }) => moved ?? [])

describe('the image', () => {
  test.each([
    [400e6, 400e6, []],
    [400e6, 409.9e6, []],
    [400e6, 390.1e6, []],
    [400e6, 410e6, ['image grew by 10.0 MB (2.5 %)']],
    [400e6, 390e6, ['image shrank by 10.0 MB (2.5 %)']],
    [20e6, 20.9e6, []],
    [20e6, 21e6, ['image grew by 1.0 MB (5.0 %)']],
    [20e6, 19e6, ['image shrank by 1.0 MB (5.0 %)']],
    [1e5, 1.1e5, ['image grew by 10.0 kB (10.0 %)']],
  ])('of %d bytes that has %d now: %j', (before, bytes, moved) => expect(movedBy({ bytes: before }, { bytes })).toEqual(moved))
  test('is told with what it was', () =>
    expect(compare({ bytes: 381.2e6 }, { bytes: 412e6 })).toEqual([
      {
        name: 'Image, compressed',
        before: '381.2 MB',
        now: '412.0 MB',
        change: '+30.8 MB (+8.1 %)',
        moved: 'image grew by 30.8 MB (8.1 %)',
      },
    ]))
  test('a small difference is told, and has not moved', () =>
    expect(compare({ bytes: 400e6 }, { bytes: 399_999_000 })).toEqual([
      { name: 'Image, compressed', before: '400.0 MB', now: '400.0 MB', change: '−1.0 kB (−0.0 %)' },
    ]))
})

describe('the tests', () => {
  const tests = (passed: number, skipped = 0) => ({ tests: { passed, skipped } })
  test.each([
    [tests(42), tests(42), '', []],
    [tests(42), tests(50), '8 more', []],
    [tests(42), tests(41), '1 fewer', ['1 fewer test passed']],
    [tests(42), tests(40, 2), '2 fewer', ['2 fewer tests passed']],
    [tests(42), tests(0), '42 fewer', ['42 fewer tests passed']],
    [{}, tests(3), '', []],
  ])('%j, then %j: %s', (before, now, change, moved) => {
    expect(compare(before, now)).toMatchObject([{ name: 'Tests', change }])
    expect(movedBy(before, now)).toEqual(moved)
  })
  test('of a run that has none, and had none, are no row', () => expect(compare({}, tests(0))).toEqual([]))
  test('of which nothing is known are no row', () => expect(compare(tests(42), {})).toEqual([]))
  test('that are skipped are told', () => expect(compare(tests(42), tests(42, 3))[0]?.now).toBe('42 passed, 3 skipped'))
})

describe('predictions', () => {
  const latency = (p50: number, p95: number) => ({ latency: { p50, p95 } })
  test.each([
    ['the same', latency(10, 14), latency(10, 14), []],
    ['within the other image', latency(10, 14), latency(13.9, 20), []],
    ['beyond it, by a quarter', latency(20, 24), latency(25, 40), ['predictions are slower']],
    ['beyond it, by less than a quarter', latency(40, 44), latency(49, 60), []],
    ['beyond it, by less than 5 ms', latency(1, 1.5), latency(5.9, 8), []],
    ['beyond it, by 5 ms', latency(1, 1.5), latency(6, 8), ['predictions are slower']],
    ['faster than it ever was', latency(20, 25), latency(10, 19), ['predictions are faster']],
    ['faster, but not always', latency(20, 25), latency(10, 21), []],
  ])('%s', (_, before, now, moved) => expect(movedBy(before, now)).toEqual(moved))
  test('are two rows', () =>
    expect(compare(latency(3.1, 4), latency(3.3, 1200))).toEqual([
      { name: 'Warm prediction, median', before: '3.1 ms', now: '3.3 ms', change: '+0.2 ms' },
      { name: 'Warm prediction, 95th percentile', before: '4 ms', now: '1200 ms', change: '+1196 ms' },
    ]))
})

test.each([
  [2_000, 3_900, []],
  [2_000, 4_000, ['it starts slower']],
  [10_000, 14_900, []],
  [10_000, 15_000, ['it starts slower']],
  [10_000, 5_000, ['it starts faster']],
])('a start after %d ms, then after %d ms: %j', (before, now, moved) =>
  expect(movedBy({ coldStart: before }, { coldStart: now })).toEqual(moved),
)

test('memory is told, and moves nobody', () =>
  expect(compare({ peakMemory: 100e6 }, { peakMemory: 900e6 })).toEqual([
    { name: 'Peak memory', before: '100.0 MB', now: '900.0 MB', change: '+800.0 MB' },
  ]))

const anyFigures: fc.Arbitrary<Figures> = fc.record(
  {
    bytes: fc.nat(),
    tests: fc.record({ passed: fc.nat(9999), skipped: fc.nat(99) }),
    latency: fc.record({ p50: fc.double({ min: 0, max: 1e5, noNaN: true }), p95: fc.double({ min: 0, max: 1e5, noNaN: true }) }),
    coldStart: fc.nat(600_000),
    peakMemory: fc.nat(),
  },
  { requiredKeys: [] },
)

test('the same figures again never move', () => {
  fc.assert(fc.property(anyFigures, (figures) => expect(movedBy(figures, figures)).toEqual([])))
})

test('nothing before is nothing that moved', () => {
  fc.assert(
    fc.property(anyFigures, (figures) =>
      expect(compare({}, figures).flatMap(({ moved, change }) => moved ?? change)).toEqual(compare({}, figures).map(() => '')),
    ),
  )
})

test('docs/comment.md has these thresholds', () => {
  const rows = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'comment.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| (Compressed image|Warm prediction|Cold start) \|/.test(line))
  const { image, latency, coldStart } = thresholds
  const [ofImage, ofLatency, ofStart] = rows
  expect(ofImage).toContain(`by ${image.share * 100} %, or by ${image.bytes / 1e6} MB`)
  expect(ofLatency).toContain(`by ${latency.share * 100} % and by ${latency.ms} ms`)
  expect(ofStart).toContain(`by ${coldStart.share * 100} % and by ${coldStart.ms / 1000} s`)
})
