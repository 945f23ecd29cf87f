import type { Expectation } from '../inputs/parse.ts'
import { compare } from './judge/compare.ts'
import { type Difference, shown } from './judge/difference.ts'
import { patternOf } from './judge/judge.ts'
import { parseAnswer } from './judge/strict-json.ts'

/** Holds the text of an answer against what is expected of it: JSON as a subset, or a pattern. */
export function judgeAnswer(expectation: Expectation, body: string): readonly Difference[] {
  if (expectation.kind === 'pattern') {
    const pattern = String(expectation.pattern)
    return patternOf(pattern)?.test(body) ? [] : [{ path: '$', expected: pattern, got: shown(body) }]
  }
  const parsed = parseAnswer(body)
  if (parsed.kind === 'text') return [{ path: '$', expected: 'JSON', got: shown(body) }]
  return [...(parsed.kind === 'lax' ? parsed.notFinite : []), ...compare(expectation.value, parsed.value)]
}
