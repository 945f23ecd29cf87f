import type { Host } from '../host/host.ts'
import type { Json } from '../inputs/parse.ts'
import { ask } from './ask.ts'
import { compare } from './judge/compare.ts'
import type { Difference } from './judge/difference.ts'
import { type Location, locationText, select } from './judge/json-path.ts'
import { judge } from './judge/judge.ts'
import { parseAnswer } from './judge/strict-json.ts'
import { anyAnswer, type Sample } from './sample.ts'

/** Of a long batch the first rows are asked alone. */
const mostRows = 16
const rowTimeoutMs = 60_000

/** `value` with another value at one place. */
export function replaced(value: Json, [step, ...rest]: Location, by: Json): Json {
  if (step === undefined) return by
  if (Array.isArray(value)) return (value as readonly Json[]).map((item, index) => (index === step ? replaced(item, rest, by) : item))
  const object = value as Readonly<Record<string, Json>>
  return { ...object, [step]: replaced(object[String(step)] ?? null, rest, by) }
}

/** The request of one row alone, for each of the first rows; the list that holds them keeps its kind. */
function rowRequests(sample: Sample): readonly Sample[] {
  const { batch } = sample.expect
  const body = JSON.parse(sample.request.body ?? 'null') as Json
  const rows = batch ? select(body, batch.request)[0] : undefined
  if (!rows || !Array.isArray(rows.value)) return []
  return (rows.value as readonly Json[]).slice(0, mostRows).map((row, index) => ({
    ...sample,
    name: `${sample.name}, row ${index} alone`,
    request: { ...sample.request, body: JSON.stringify(replaced(body, rows.at, [row])) },
    expect: anyAnswer,
  }))
}

/** Whether the batch has an answer for each row, and the one that the row gets when it is asked alone. */
export async function judgeBatch(
  host: Pick<Host, 'request' | 'now' | 'workspace'>,
  baseUrl: string,
  sample: Sample,
  answered: Json,
): Promise<readonly Difference[]> {
  const { batch } = sample.expect
  if (!batch) return []
  const asked = select(JSON.parse(sample.request.body ?? 'null') as Json, batch.request)[0]?.value
  const count = Array.isArray(asked) ? asked.length : 0
  const answers = select(answered, batch.answer)[0]
  const path = batch.answer.text
  if (!answers || !Array.isArray(answers.value)) return [{ path, expected: `${count} rows`, got: answers ? 'no list' : 'nothing' }]
  const rows = answers.value as readonly Json[]
  if (rows.length !== count) return [{ path, expected: `${count} rows`, got: `${rows.length} rows` }]
  const differences: Difference[] = []
  for (const [index, alone] of rowRequests(sample).entries()) {
    const at = `${locationText(answers.at)}[${index}]`
    const answer = await ask(host, baseUrl, alone.request, rowTimeoutMs)
    if (typeof answer === 'string') return [...differences, { path: at, expected: 'an answer to the row alone', got: answer }]
    const verdict = judge(alone, answer)
    if (verdict.kind === 'status') {
      differences.push({ path: at, expected: 'an answer to the row alone', got: `status ${answer.status}` })
      continue
    }
    const parsed = parseAnswer(answer.body)
    const single = parsed.kind === 'text' ? undefined : select(parsed.value, batch.answer)[0]?.value
    const own = Array.isArray(single) ? (single as readonly Json[])[0] : undefined
    const found = compare(rows[index] ?? null, own, sample.expect)
    differences.push(...found.map((one) => ({ ...one, path: `${at}${one.path.slice(1)} (row alone)` })))
  }
  return differences
}
