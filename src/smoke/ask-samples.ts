import type { Host } from '../host/host.ts'
import type { Json } from '../inputs/parse.ts'
import { failed, type Outcome, passed, type Red } from '../outcome.ts'
import { ask } from './ask.ts'
import { judgeBatch } from './batch.ts'
import { judgeAnswer } from './expect.ts'
import { type Deviation, nearestToEdge } from './judge/deviation.ts'
import { type Difference, differenceTable, largestDelta } from './judge/difference.ts'
import { type Answer, judge } from './judge/judge.ts'
import { loadSchemaJudge, type SchemaJudge } from './judge/schema.ts'
import { compares, gates, type Sample } from './sample.ts'
import { requestText } from './samples-of.ts'
import type { SampleReport } from './smoke-report.ts'

const bodyShown = 2_000
/** The longest wait for an answer; of one that only warns nobody should have to wait long. */
const gatingMs = 60_000
const warningMs = 15_000
/** Of several samples that are red so many are told in full. */
const mostTold = 5

/** How one sample came out; `red` is why it is not as expected. */
export type Asked = Readonly<{ sample: Sample; answer?: Answer; nearest?: Deviation; red?: Red }>

const subject = (sample: Sample) =>
  `${sample.request.method} ${sample.request.path}${sample.name === sample.from ? '' : ` (${sample.name})`}`

function told(sample: Sample, answer: Answer): readonly string[] {
  return [requestText(sample), `answered ${answer.status}: ${answer.body.slice(0, bodyShown)}`]
}

function mismatch(sample: Sample, answer: Answer, differences: readonly Difference[]): Red {
  const [first] = differences
  const large = largestDelta(differences)
  const most =
    differences.length > 1 && large && large !== first
      ? ` The largest difference is at ${large.path}: ${large.got} for ${large.expected}.`
      : ''
  const message = `${subject(sample)}: ${first?.path} is ${first?.got}, expected ${first?.expected}.${most}`
  return { code: 'predict-mismatch', message, evidence: [...differenceTable(differences), ...told(sample, answer)] }
}

/** What a protocol asks of every call: headers, and what an answer holds when it has succeeded. */
export type Protocol = Readonly<{ headers: Readonly<Record<string, string>>; answer?: Json }>

/** A protocol may answer 200 and say in the body that it failed. */
function refusal(protocol: Protocol, sample: Sample, answer: Answer): Red | undefined {
  if (protocol.answer === undefined || sample.expect.status.kind !== 'success') return undefined
  const [first] = judgeAnswer({ kind: 'json', value: protocol.answer }, answer.body)
  if (!first) return undefined
  const message = `${subject(sample)} answered ${answer.status}, but ${first.path} is ${first.got}, not ${first.expected}.`
  return { code: 'predict-failed', message, evidence: told(sample, answer) }
}

async function askOne(host: Host, baseUrl: string, sample: Sample, schemas: SchemaJudge | undefined, protocol: Protocol): Promise<Asked> {
  const request = { ...sample.request, headers: { ...sample.request.headers, ...protocol.headers } }
  const answer = await ask(host, baseUrl, request, gates(sample) ? gatingMs : warningMs)
  if (typeof answer === 'string')
    return {
      sample,
      red: { code: 'predict-timeout', message: `${subject(sample)} gave no answer (${answer}).`, evidence: [requestText(sample)] },
    }
  const verdict = judge(sample, answer, schemas)
  if (verdict.kind === 'status') {
    const expected = verdict.expected === '2xx' ? '' : `, expected ${verdict.expected}`
    const message = `${subject(sample)} answered ${answer.status}${expected}.`
    return { sample, answer, red: { code: 'predict-failed', message, evidence: told(sample, answer) } }
  }
  const refused = refusal(protocol, sample, answer)
  if (refused) return { sample, answer, red: refused }
  const rows = verdict.value === undefined ? [] : await judgeBatch(host, baseUrl, sample, verdict.value)
  const differences = [...(verdict.kind === 'different' ? verdict.differences : []), ...rows]
  const nearest = verdict.value === undefined ? undefined : nearestToEdge(sample.expect, verdict.value)
  const asked = { sample, answer, ...(nearest ? { nearest } : {}) }
  return differences.length === 0 ? asked : { ...asked, red: mismatch(sample, answer, differences) }
}

/**
 * Asks one after the other, in their order. One that gives no answer ends it: the server hangs, or is gone. `ended` stops
 * the asking from outside.
 */
export async function askSamples(
  host: Host,
  baseUrl: string,
  samples: readonly Sample[],
  ended: () => boolean,
  protocol: Protocol = { headers: {} },
): Promise<readonly Asked[]> {
  const schemas = samples.some(({ expect }) => expect.schema !== undefined) ? await loadSchemaJudge() : undefined
  const asked: Asked[] = []
  for (const sample of samples) {
    const one = await askOne(host, baseUrl, sample, schemas, protocol)
    asked.push(one)
    if (!one.answer || ended()) break
  }
  return asked
}

/** What the report says of a sample. */
export function reportOf({ sample, answer, nearest, red }: Asked): SampleReport {
  const { name, source, from, request } = sample
  return {
    ...{ name, source, from, method: request.method, path: request.path },
    ...(answer ? { status: answer.status, ms: answer.ms } : {}),
    result: red ? 'failed' : 'passed',
    compared: compares(sample),
    ...(nearest ? { nearest } : {}),
    ...(red ? { why: red.message } : {}),
  }
}

/** The verdict over all: red if one is that gates. Those that only warn are in the reports. */
export function judgeAll(asked: readonly Asked[]): Outcome<readonly SampleReport[]> {
  const red = asked.flatMap(({ sample, red: why }) => (why && gates(sample) ? [why] : []))
  const [first] = red
  if (!first) return passed(asked.map(reportOf))
  if (red.length === 1) return failed(first.code, first.message, first.evidence)
  const evidence = red.slice(0, mostTold).flatMap((one, index) => [...(index === 0 ? [] : ['', one.message]), ...one.evidence])
  return failed(first.code, `${first.message} ${red.length} of ${asked.length} samples are not as expected.`, evidence)
}
