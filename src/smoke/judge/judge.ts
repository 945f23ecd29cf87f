import type { Json } from '../../inputs/parse.ts'
import type { AnswerExpectation, Sample, StatusRule } from '../sample.ts'
import { compare } from './compare.ts'
import { type Difference, shown } from './difference.ts'
import { judgeNumbers } from './numbers.ts'
import type { SchemaJudge } from './schema.ts'
import { parseAnswer } from './strict-json.ts'

/** What came back: `cut` where it was longer than is read. Header names are in lower case. */
export type Answer = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body: string; ms: number; cut: boolean }>

/** Why an answer is not as expected: its status already, or what it holds. */
export type Verdict =
  | Readonly<{ kind: 'good'; value?: Json }>
  | Readonly<{ kind: 'status'; expected: string }>
  | Readonly<{ kind: 'different'; differences: readonly Difference[]; value?: Json }>

function statusText(rule: StatusRule): string {
  switch (rule.kind) {
    case 'success':
      return '2xx'
    case 'error':
      return '4xx'
    case 'codes':
      return rule.codes.join(' or ')
  }
}

/** Whether an answer has the status that is expected. */
export function statusFits(rule: StatusRule, status: number): boolean {
  switch (rule.kind) {
    case 'success':
      return status >= 200 && status < 300
    case 'error':
      return status >= 400 && status < 500
    case 'codes':
      return rule.codes.includes(status)
  }
}

/** `/source/flags` as a regular expression, new each time, so that it remembers nothing; undefined for any other text. */
export function patternOf(text: string): RegExp | undefined {
  const [, source, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? []
  return source === undefined ? undefined : new RegExp(source, flags)
}

function judgeText(expect: AnswerExpectation, { headers, body }: Answer): readonly Difference[] {
  const wrong = Object.entries(expect.headers).flatMap(([name, wanted]) => {
    const got = headers[name]
    const pattern = patternOf(wanted)
    const same = got !== undefined && (pattern ? pattern.test(got) : got === wanted)
    return same ? [] : [{ path: `header ${name}`, expected: wanted, got: got ?? 'nothing' }]
  })
  if (expect.pattern === undefined || patternOf(expect.pattern)?.test(body)) return wrong
  return [...wrong, { path: '$', expected: expect.pattern, got: shown(body) }]
}

const needsJson = ({ json, schema, numeric, sumsToOne, argmax, topK, shapes, batch }: AnswerExpectation) =>
  json !== undefined ||
  schema !== undefined ||
  batch !== undefined ||
  [numeric, sumsToOne, argmax, topK, shapes].some((list) => list.length > 0)

/**
 * Holds an answer against what a sample expects. Pure; the same answer always gets the same verdict. `schemas` is needed
 * where the sample has a schema, and not asked otherwise.
 */
export function judge({ expect }: Sample, answer: Answer, schemas?: SchemaJudge): Verdict {
  if (!statusFits(expect.status, answer.status)) return { kind: 'status', expected: statusText(expect.status) }
  const texts = judgeText(expect, answer)
  const parsed = parseAnswer(answer.body)
  if (parsed.kind === 'text') {
    const expected = answer.cut ? 'an answer that ends' : 'JSON'
    const none = needsJson(expect) ? [{ path: '$', expected, got: shown(answer.body) }] : []
    return verdict([...texts, ...none])
  }
  const { value } = parsed
  const unreal = parsed.kind === 'lax' && expect.notFinite === 'refused' ? parsed.notFinite : []
  const named = new Set(unreal.map(({ path }) => path))
  const held = [
    ...(expect.json === undefined ? [] : compare(expect.json, value, expect)),
    ...(expect.schema === undefined || !schemas ? [] : schemas(expect.schema, value)),
    ...judgeNumbers(expect, value),
  ]
  // NaN where a number is expected is told once, by its own name.
  return verdict([...texts, ...unreal, ...held.filter(({ path }) => !named.has(path))], value)
}

function verdict(differences: readonly Difference[], value?: Json): Verdict {
  const read = value === undefined ? {} : { value }
  return differences.length > 0 ? { kind: 'different', differences, ...read } : { kind: 'good', ...read }
}
