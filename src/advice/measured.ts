import type { Advice } from './advice.ts'
import { byGain } from './advise.ts'

/**
 * Puts what was seen in the image to what the files have foretold: of one rule both are told once, by the words and the line
 * that can be changed and with the gain that was measured.
 */
export function withMeasured(foretold: readonly Advice[], seen: readonly Advice[]): readonly Advice[] {
  const measured = new Map(seen.map((advice) => [advice.rule, advice]))
  const known = new Set(foretold.map(({ rule }) => rule))
  const once = new Set<string>()
  return byGain([
    ...foretold.map((advice) => {
      const { gain } = measured.get(advice.rule) ?? advice
      // The bytes of a rule are those of all that it has found.
      const first = !once.has(advice.rule)
      once.add(advice.rule)
      return first && gain.kind === 'size' && gain.bytes !== undefined ? { ...advice, gain } : advice
    }),
    ...seen.filter(({ rule }) => !known.has(rule)),
  ])
}
