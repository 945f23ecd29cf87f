import type { Advice } from './advice.ts'
import { byGain } from './advise.ts'

const sameLine = (one: Advice, other: Advice) =>
  one.rule === other.rule && one.at?.file === other.at?.file && one.at?.line === other.at?.line

/**
 * Puts what was seen in the image to what the files have foretold: of one rule both are told once, by the words and the line
 * that can be changed, with the gain that was measured and the diff that only the image could give.
 */
export function withMeasured(foretold: readonly Advice[], seen: readonly Advice[]): readonly Advice[] {
  const bytes = new Map<string, number>()
  for (const { rule, gain } of seen)
    if (gain.kind === 'size' && gain.bytes !== undefined) bytes.set(rule, (bytes.get(rule) ?? 0) + gain.bytes)
  const known = new Set(foretold.map(({ rule }) => rule))
  const once = new Set<string>()
  return byGain([
    ...foretold.map((advice): Advice => {
      // The bytes of a rule are those of all that it has found.
      const measured = once.has(advice.rule) || advice.gain.kind !== 'size' ? undefined : bytes.get(advice.rule)
      once.add(advice.rule)
      const fix = advice.fix ?? seen.find((one) => sameLine(one, advice))?.fix
      return {
        ...advice,
        ...(fix === undefined ? {} : { fix }),
        ...(measured === undefined ? {} : { gain: { kind: 'size', bytes: measured } }),
      }
    }),
    ...seen.filter(({ rule }) => !known.has(rule)),
  ])
}
