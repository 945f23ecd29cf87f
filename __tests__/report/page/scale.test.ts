import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { binned } from '../../../src/report/page/latency.ts'
import { percent, roundStep, ticks, tickText, timeTicks } from '../../../src/report/page/scale.ts'

test.each([
  [0, '0%'],
  [0.123456, '12.35%'],
  [1.5, '100%'],
  [-1, '0%'],
  [Number.NaN, '0%'],
])('a share of %p is %s', (share, text) => expect(percent(share)).toBe(text))

describe('the lines of a scale', () => {
  test.each([
    [37_200, ['0', '10 s', '20 s', '30 s']],
    [9_300, ['0', '2 s', '4 s', '6 s', '8 s']],
    [900, ['0', '200 ms', '400 ms', '600 ms', '800 ms']],
    [250_000, ['0', '1 min', '2 min', '3 min', '4 min']],
    [80_000, ['0', '15 s', '30 s', '45 s', '1 min', '1 min 15 s']],
    [0, ['0']],
  ])('to %p ms are at round times', (most, texts) => expect(timeTicks(most).map(tickText)).toEqual(texts))
  test.each([
    [10.2, [0, 2, 4, 6, 8, 10]],
    [0.04, [0, 0.01, 0.02, 0.03, 0.04]],
    [Number.NaN, [0]],
  ])('to %p are round numbers', (most, found) => expect(ticks(most)).toEqual(found))
  test('are few, rise, and stay within, whatever the scale', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (most) => {
        for (const found of [ticks(most), timeTicks(most)]) {
          expect(found.length).toBeLessThan(9)
          expect(found.every((at, index) => at <= most * 1.000_001 && (index === 0 || at > (found[index - 1] ?? 0)))).toBe(true)
        }
        expect(roundStep(most)).toBeGreaterThanOrEqual(most * 0.999)
      }),
    )
  })
})

test('every call is in one bin, but those beyond the scale', () => {
  const times = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { maxLength: 100 })
  fc.assert(
    fc.property(times, fc.double({ min: 0.1, max: 1e5, noNaN: true }), (took, most) => {
      const bins = binned(took, most)
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(took.filter((time) => time <= most).length)
      expect(bins.length).toBeLessThan(45)
    }),
  )
})

test('a call that took as long as the scale is in its last bin', () => expect(binned([5], 5).at(-1)?.count).toBe(1))
