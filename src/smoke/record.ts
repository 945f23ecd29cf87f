import { dirname, resolve } from 'node:path'
import type { Host } from '../host/host.ts'
import type { Json } from '../inputs/parse.ts'
import { failed, type Outcome, passed } from '../outcome.ts'
import { ask } from './ask.ts'
import type { Asked } from './ask-samples.ts'
import type { Container } from './container.ts'
import { isClose } from './judge/compare.ts'
import { children, type JsonPath, type Location, locationText, names, parseJsonPath } from './judge/json-path.ts'
import { type Answer, statusFits } from './judge/judge.ts'
import { parseAnswer } from './judge/strict-json.ts'
import { defaultTolerance, type Sample } from './sample.ts'
import { sampleFields } from './samples/write-samples.ts'
import { requestText } from './samples-of.ts'

/** How often each request is asked: what differs from one answer to the next is not the model's. */
const times = 3
const timeoutMs = 60_000

/** Names of values that are another one in every answer, though they may be equal in three. */
const passing =
  /^(.*_)?(latency|elapsed|duration|took|timestamp|created(_at)?|request_?id|trace_?id|uuid|((inference|processing|response|prediction|predict)_?time))(_?(ms|s|us|ns|sec|seconds|millis))?$/i

const kindOf = (value: Json | undefined) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value)

/** Every place where two answers differ, or whose name says that they will. */
export function volatilePlaces(one: Json, other: Json | undefined, at: Location = []): readonly Location[] {
  const key = at.at(-1)
  if (typeof key === 'string' && passing.test(key)) return [at]
  if (kindOf(one) !== kindOf(other)) return [at]
  if (typeof one === 'number') return isClose(one, other as number, defaultTolerance) ? [] : [at]
  const [inside, others] = [children(one, at), children(other ?? null, at)]
  if (inside.length === 0 && others.length === 0) return one === other || typeof one === 'object' ? [] : [at]
  if (Array.isArray(one) && inside.length !== others.length) return [at]
  return inside.flatMap((child) => {
    const twin = others.find((candidate) => candidate.at.at(-1) === child.at.at(-1))
    return volatilePlaces(child.value, twin?.value, child.at)
  })
}

/** A place as it is ignored: what changes in one row changes in all. */
const pathOf = (at: Location): JsonPath => parseJsonPath(locationText(at).replace(/\[\d+\]/g, '[*]'))

/** The value without what is ignored, as far as objects can do without it. */
function without(value: Json, ignore: readonly JsonPath[], at: Location = []): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item, index) => without(item, ignore, [...at, index]))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !ignore.some((path) => names(path, [...at, key])))
  return Object.fromEntries(kept.map(([key, item]) => [key, without(item as Json, ignore, [...at, key])]))
}

/** The sample with what was answered as what is expected; what else was expected stays. */
export function recorded(sample: Sample, answers: readonly Answer[]): Sample {
  const { expect } = sample
  const values = answers.map(({ body }) => parseAnswer(body))
  const [first, ...more] = values.map((parsed) => (parsed.kind === 'json' ? parsed.value : undefined))
  // What a service documents of itself it can say better another time.
  const { json: _, schema, ...others } = expect
  const own = sample.source === 'given' || sample.source === 'recorded'
  const rest = { ...others, ...(own && schema !== undefined ? { schema } : {}) }
  // The words of a refusal are not the model's either.
  if (first === undefined || expect.status.kind === 'error') return { ...sample, source: 'recorded', expect: rest }
  const found = [first, ...more].flatMap((other) => volatilePlaces(first, other)).map(pathOf)
  const known = new Set(expect.ignore.map(({ text }) => text))
  const ignore = [...expect.ignore, ...[...new Map(found.map((path) => [path.text, path])).values()].filter(({ text }) => !known.has(text))]
  const whole = ignore.some((path) => names(path, []))
  return {
    ...sample,
    source: 'recorded',
    expect: { ...rest, ...(whole ? {} : { json: without(first, ignore) }), ignore: ignore.filter((path) => !names(path, [])) },
  }
}

async function textOf(path: string, samples: readonly Sample[], imageId: string): Promise<string> {
  const fields = samples.map(sampleFields)
  if (/\.jsonl$/.test(path)) return `${fields.map((one) => JSON.stringify(one)).join('\n')}\n`
  if (/\.ya?ml$/.test(path)) return (await import('yaml')).stringify({ recorded: imageId, samples: fields }, { lineWidth: 0 })
  return `${JSON.stringify({ recorded: imageId, samples: fields }, null, 2)}\n`
}

/**
 * Asks every request three times and writes the answers down as what is expected from now on: `path` is a samples file
 * afterwards, from the workspace. Nothing is written where one is refused.
 */
export async function record(
  host: Host,
  { baseUrl, imageId }: Pick<Container, 'baseUrl' | 'imageId'>,
  samples: readonly Sample[],
  path: string,
): Promise<Outcome<readonly Asked[]>> {
  if (samples.length === 0)
    return failed('predict-failed', 'There is no request to record: give predict-body, or samples with requests and no expectations.')
  const written: Asked[] = []
  for (const sample of samples) {
    const answers: Answer[] = []
    for (let i = 0; i < times; i++) {
      const answer = await ask(host, baseUrl, sample.request, timeoutMs)
      if (typeof answer === 'string') return failed('predict-timeout', `${requestText(sample)} gave no answer (${answer}).`)
      if (!statusFits(sample.expect.status, answer.status))
        return failed('predict-failed', `${sample.name} answered ${answer.status}, which is not recorded.`, [
          requestText(sample),
          answer.body.slice(0, 2_000),
        ])
      answers.push(answer)
    }
    const [answer] = answers
    if (answer) written.push({ sample: recorded(sample, answers), answer })
  }
  const file = resolve(host.workspace, path)
  host.files.makeFolder(dirname(file))
  host.files.writeText(
    file,
    await textOf(
      path,
      written.map(({ sample }) => sample),
      imageId,
    ),
  )
  return passed(written)
}
