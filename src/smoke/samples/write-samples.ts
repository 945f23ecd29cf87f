import type { Json } from '../../inputs/parse.ts'
import {
  type AnswerExpectation,
  anyAnswer,
  defaultTolerance,
  type Rank,
  type Sample,
  type SampleRequest,
  type StatusRule,
} from '../sample.ts'

type Fields = Readonly<Record<string, Json>>

function statusField(rule: StatusRule): Fields {
  switch (rule.kind) {
    case 'success':
      return {}
    case 'error':
      return { error: true }
    case 'codes':
      return { status: rule.codes.length === 1 ? (rule.codes[0] ?? 200) : [...rule.codes] }
  }
}

const ranks = (list: readonly Rank[], single: (keys: Rank['keys']) => Json): Fields =>
  Object.fromEntries(list.map(({ path, keys }) => [path.text, single(keys)]))
const filled = (name: string, fields: Fields): Fields => (Object.keys(fields).length > 0 ? { [name]: fields } : {})
const listed = (name: string, paths: AnswerExpectation['ignore']): Fields =>
  paths.length > 0 ? { [name]: paths.map(({ text }) => text) } : {}

/** The `expect` of a sample as it is written; reading it gives the same again. */
function expectFields(expect: AnswerExpectation): Fields {
  const { tolerance, json, pattern, schema, batch } = expect
  const usual = tolerance.rtol === defaultTolerance.rtol && tolerance.atol === defaultTolerance.atol
  return {
    ...statusField(expect.status),
    ...(json === undefined ? {} : { json }),
    ...listed('ignore', expect.ignore),
    ...(usual ? {} : { tolerance: { ...tolerance } }),
    ...(pattern === undefined ? {} : { regex: pattern }),
    ...filled('headers', expect.headers),
    ...(schema === undefined ? {} : { schema }),
    ...(expect.notFinite === 'allowed' ? { finite: false } : listed('finite', expect.numeric)),
    ...listed('sums-to-one', expect.sumsToOne),
    ...filled(
      'argmax',
      ranks(expect.argmax, ([key = 0]) => key),
    ),
    ...filled(
      'top-k',
      ranks(expect.topK, (keys) => [...keys]),
    ),
    ...filled('shape', Object.fromEntries(expect.shapes.map(({ path, shape }) => [path.text, [...shape]]))),
    ...(batch === undefined ? {} : { batch: { request: batch.request.text, answer: batch.answer.text } }),
  }
}

/** A body is written as JSON where that says the same. */
function bodyField(body: string): Json {
  try {
    const value = JSON.parse(body) as Json
    return typeof value === 'string' || JSON.stringify(value) !== body.replace(/\s+(?=(?:[^"]|"(?:[^"\\]|\\.)*")*$)/g, '') ? body : value
  } catch {
    return body
  }
}

function requestFields({ method, path, headers, body, file }: SampleRequest): Fields {
  const carries = body !== undefined || file !== undefined
  const own = Object.entries(headers).filter(
    ([name, value]) => !((name === 'content-type' || name === 'accept') && value === 'application/json'),
  )
  return {
    ...(method === (carries ? 'POST' : 'GET') ? {} : { method }),
    path,
    ...filled('headers', Object.fromEntries(own)),
    ...(body === undefined ? {} : { body: bodyField(body) }),
    ...(file === undefined ? {} : { file }),
  }
}

/** A sample as it is written in a samples file. */
export function sampleFields({ name, request, expect }: Sample): Fields {
  const expected = expectFields(expect)
  const plain = Object.keys(expected).length === 0 && expect.status.kind === anyAnswer.status.kind
  return { name, request: requestFields(request), ...(plain ? {} : { expect: expected }) }
}
