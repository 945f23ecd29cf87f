/** The nearest-rank percentile of sorted numbers, 0 < p <= 100: the smallest that p percent are not above. @throws RangeError of none */
export function percentile(sorted: readonly number[], p: number): number {
  const value = sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('there is no percentile of no numbers')
  return value
}
