import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { percentile } from '../../../src/smoke/measure/percentile.ts'

const ascending = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)

test.each([
  [[7], 50, 7],
  [[7], 99, 7],
  [[1, 2], 50, 1],
  [[1, 2], 51, 2],
  [[1, 2, 3, 4], 50, 2],
  [[1, 2, 3, 4], 100, 4],
  [Array.from({ length: 100 }, (_, i) => i + 1), 95, 95],
  [Array.from({ length: 20 }, (_, i) => i + 1), 95, 19],
  [[1, Number.POSITIVE_INFINITY], 95, Number.POSITIVE_INFINITY],
])('of %j, %d: %d', (sorted, p, value) => expect(percentile(sorted, p)).toBe(value))

test('is one of the numbers; p percent of them are not above it, and no smaller one has that', () => {
  const numbers = fc.array(fc.integer(), { minLength: 1 })
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 100 }), (unsorted, p) => {
      const sorted = ascending(unsorted)
      const value = percentile(sorted, p)
      const notAbove = (limit: number) => (100 * sorted.filter((one) => one <= limit).length) / sorted.length
      expect(sorted).toContain(value)
      expect(notAbove(value)).toBeGreaterThanOrEqual(p)
      const below = sorted.filter((one) => one < value).at(-1)
      if (below !== undefined) expect(notAbove(below)).toBeLessThan(p)
    }),
  )
})

test('of nothing there is none', () => expect(() => percentile([], 50)).toThrow(RangeError))
