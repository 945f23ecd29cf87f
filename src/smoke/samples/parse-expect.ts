import { Invalid, type Json, parseExpectation } from '../../inputs/parse.ts'
import { type JsonPath, parseJsonPath } from '../judge/json-path.ts'
import { type AnswerExpectation, anyAnswer, type Rank, type StatusRule } from '../sample.ts'
import { booleanIn, entriesIn, type Fault, type Field, fieldsOf, listIn, parsed, textIn } from './field.ts'
import { parseTolerance } from './parse-tolerance.ts'

const known = [
  ...['status', 'json', 'ignore', 'tolerance', 'schema', 'regex', 'headers', 'finite'],
  ...['sums-to-one', 'argmax', 'top-k', 'shape', 'batch', 'error'],
]

/** What of the outside an expectation needs: a file by name, and what is wrong with a schema. Both @throws Invalid. */
export type ExpectTools = Readonly<{ readText: (path: string) => string; checkSchema: (schema: Json) => void }>

function parseStatus(value: Json): StatusRule {
  if (typeof value === 'string' && /^[24]xx$/i.test(value)) return { kind: value.startsWith('2') ? 'success' : 'error' }
  const codes = listIn(value).map((code) => {
    if (typeof code !== 'number' || !Number.isInteger(code) || code < 100 || code > 599)
      throw new Invalid('is no status: write 200, [200, 201], 2xx or 4xx')
    return code
  })
  if (codes.length === 0) throw new Invalid('is an empty list of statuses')
  return { kind: 'codes', codes }
}

const parsePaths = (value: Json): readonly JsonPath[] => listIn(value).map((path) => parseJsonPath(textIn(path)))

function parseRegex(value: Json): string {
  const text = textIn(value)
  const whole = isPattern(text) ? text : `/${text}/`
  parseExpectation(whole)
  return whole
}
const isPattern = (text: string) => /^\/.+\/[a-z]*$/s.test(text)

function parseHeaders(value: Json): Readonly<Record<string, string>> {
  const pairs = entriesIn(value, '{content-type: application/json}').map(([name, wanted]) => {
    const text = textIn(wanted)
    if (isPattern(text)) parseExpectation(text)
    return [name.toLowerCase(), text] as const
  })
  return Object.fromEntries(pairs)
}

function parseRank(example: string): (value: Json) => readonly Rank[] {
  return (value) =>
    entriesIn(value, example).map(([path, keys]) => {
      const list = listIn(keys).map((key) => {
        if (typeof key === 'string' || (typeof key === 'number' && Number.isInteger(key) && key >= 0)) return key
        throw new Invalid(`has ${JSON.stringify(key)}, which is neither an index nor a key: write ${example}`)
      })
      if (list.length === 0) throw new Invalid(`names no index: write ${example}`)
      return { path: parseJsonPath(path), keys: list }
    })
}

function parseArgmax(value: Json): readonly Rank[] {
  const example = '{$.probabilities: 2}'
  const ranks = parseRank(example)(value)
  if (ranks.some(({ keys }) => keys.length > 1)) throw new Invalid(`has several places for one: write ${example}, or use top-k`)
  return ranks
}

function parseShapes(value: Json): AnswerExpectation['shapes'] {
  const example = '{$.predictions: [3, 2]}'
  const shape = (list: Json) => {
    if (!Array.isArray(list)) throw new Invalid(`has a shape that is no list: write ${example}`)
    return (list as readonly Json[]).map((length) => {
      if (length === null || (typeof length === 'number' && Number.isInteger(length) && length >= 0)) return length
      throw new Invalid(`has the length ${JSON.stringify(length)}: lengths are whole numbers, null for any`)
    })
  }
  if (Array.isArray(value)) return [{ path: parseJsonPath('$'), shape: shape(value as Json) }]
  return entriesIn(value, example).map(([path, list]) => ({ path: parseJsonPath(path), shape: shape(list) }))
}

function parseBatch(value: Json): NonNullable<AnswerExpectation['batch']> {
  const example = '{request: $.instances, answer: $.predictions}'
  const { request, answer, ...more } = Object.fromEntries(entriesIn(value, example))
  if (request === undefined || answer === undefined || Object.keys(more).length > 0)
    throw new Invalid(`does not name request and answer: write ${example}`)
  const paths = { request: parseJsonPath(textIn(request)), answer: parseJsonPath(textIn(answer)) }
  for (const { fromRoot, text } of Object.values(paths))
    if (!fromRoot) throw new Invalid(`has the path ${text}, which does not begin with $: write ${example}`)
  return paths
}

function parseSchema(value: Json, tools: ExpectTools): Json {
  let schema = value
  if (typeof value === 'string') {
    if (!value.startsWith('@')) throw new Invalid('is no schema: write the schema, or @FILE')
    try {
      schema = JSON.parse(tools.readText(value.slice(1))) as Json
    } catch (error) {
      if (error instanceof Invalid) throw error
      throw new Invalid(`names a file that is not JSON (${(error as Error).message})`)
    }
  }
  if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null || Array.isArray(schema)))
    throw new Invalid('is no schema: write the schema, or @FILE')
  tools.checkSchema(schema)
  return schema
}

/** `finite: false` lets NaN through; a path asks for numbers there, and null is none. */
function parseFinite(value: Json): Pick<AnswerExpectation, 'notFinite' | 'numeric'> {
  if (typeof value === 'boolean') return { notFinite: value ? 'refused' : 'allowed', numeric: [] }
  return { notFinite: 'refused', numeric: parsePaths(value) }
}

/** The `expect` of a sample: every rule that is there, and the defaults for the others. */
export function parseExpect(field: Field, tools: ExpectTools, faults: Fault[]): AnswerExpectation {
  const fields = fieldsOf(field, known, faults) ?? {}
  const status = parsed(fields['status'], parseStatus)
  const isError = parsed(fields['error'], booleanIn) ?? false
  if (
    isError &&
    status &&
    (status.kind === 'success' || (status.kind === 'codes' && status.codes.some((code) => code < 400 || code > 499)))
  )
    fields['status']?.complain('is not 4xx, which error: true expects')
  const json = fields['json']?.value
  const pattern = parsed(fields['regex'], parseRegex)
  const schema = parsed(fields['schema'], (value) => parseSchema(value, tools))
  const batch = parsed(fields['batch'], parseBatch)
  const finite = parsed(fields['finite'], parseFinite)
  return {
    ...anyAnswer,
    status: status ?? (isError ? { kind: 'error' } : anyAnswer.status),
    ignore: parsed(fields['ignore'], parsePaths) ?? [],
    tolerance: parsed(fields['tolerance'], parseTolerance) ?? anyAnswer.tolerance,
    headers: parsed(fields['headers'], parseHeaders) ?? {},
    ...finite,
    sumsToOne: parsed(fields['sums-to-one'], parsePaths) ?? [],
    argmax: parsed(fields['argmax'], parseArgmax) ?? [],
    topK: parsed(fields['top-k'], parseRank('{$.probabilities: [2, 0]}')) ?? [],
    shapes: parsed(fields['shape'], parseShapes) ?? [],
    ...(json === undefined ? {} : { json }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(schema === undefined ? {} : { schema }),
    ...(batch === undefined ? {} : { batch }),
  }
}
