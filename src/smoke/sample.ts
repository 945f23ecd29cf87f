import type { Json } from '../inputs/parse.ts'
import type { JsonPath } from './judge/json-path.ts'

/**
 * Where a sample is from. `given`: an input, or a samples file. `recorded`: written by --record. `documented`: examples
 * of the service's own description. `found`: a request by itself in the repository. `invented`: made up from a schema.
 */
export type SampleSource = 'given' | 'recorded' | 'documented' | 'found' | 'invented'

/** Numbers are equal where |got - expected| <= atol + rtol * |expected|. */
export type Tolerance = Readonly<{ rtol: number; atol: number }>
/** spec: rtol=1e-4, atol=1e-6 */
export const defaultTolerance: Tolerance = { rtol: 1e-4, atol: 1e-6 }

/** What is sent; `file` is a path from the workspace, of a body that is no text. */
export type SampleRequest = Readonly<{
  method: string
  /** Empty: that of the predictions. */
  path: string
  headers: Readonly<Record<string, string>>
  body?: string
  file?: string
}>

/** `error` is any 4xx. */
export type StatusRule = Readonly<{ kind: 'success' }> | Readonly<{ kind: 'error' }> | Readonly<{ kind: 'codes'; codes: readonly number[] }>

/** Where the largest numbers stand: the index in a list, the key in an object. */
export type Rank = Readonly<{ path: JsonPath; keys: readonly (string | number)[] }>

/** What an answer is held against. Data alone, so that it can be hashed; a pattern is `/source/flags`. */
export type AnswerExpectation = Readonly<{
  status: StatusRule
  json?: Json
  ignore: readonly JsonPath[]
  tolerance: Tolerance
  pattern?: string
  /** By name in lower case: a text, or a pattern. */
  headers: Readonly<Record<string, string>>
  /** JSON Schema: draft 7 where `$schema` says so, else 2020-12. */
  schema?: Json
  /** Whether NaN and Infinity, which are no JSON, are let through. */
  notFinite: 'refused' | 'allowed'
  /** Every value below must be a number. */
  numeric: readonly JsonPath[]
  sumsToOne: readonly JsonPath[]
  argmax: readonly Rank[]
  topK: readonly Rank[]
  /** null stands for any length. */
  shapes: readonly Readonly<{ path: JsonPath; shape: readonly (number | null)[] }>[]
  /** Each row of the request, sent alone, must get its row of the answer. */
  batch?: Readonly<{ request: JsonPath; answer: JsonPath }>
}>

/** One request, and what its answer must be. */
export type Sample = Readonly<{
  name: string
  request: SampleRequest
  expect: AnswerExpectation
  source: SampleSource
  /** The input, the file or the document it is from. */
  from: string
}>

/** What is expected where nothing is said: 2xx, and numbers that are numbers. */
export const anyAnswer: AnswerExpectation = {
  status: { kind: 'success' },
  ignore: [],
  tolerance: defaultTolerance,
  headers: {},
  notFinite: 'refused',
  numeric: [],
  sumsToOne: [],
  argmax: [],
  topK: [],
  shapes: [],
}

export const jsonHeaders = { 'content-type': 'application/json', accept: 'application/json' } as const

/** Whether a sample that fails is red. One that nobody has vouched for can only warn. */
export function gates({ source }: Sample): boolean {
  return source === 'given' || source === 'recorded' || source === 'documented'
}

/** Whether more is expected than the status. */
export function compares({ expect }: Sample): boolean {
  const { json, pattern, schema, headers, numeric, sumsToOne, argmax, topK, shapes, batch } = expect
  const lists = [numeric, sumsToOne, argmax, topK, shapes, Object.keys(headers)]
  return (
    json !== undefined || pattern !== undefined || schema !== undefined || batch !== undefined || lists.some(({ length }) => length > 0)
  )
}
