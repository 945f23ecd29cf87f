import { Invalid, type Json } from '../../inputs/parse.ts'
import { type SampleValues, valuesOf } from './parse-samples.ts'

export type YamlParser = (text: string) => unknown

/** A samples file beyond this (bytes) is refused. */
export const largestFile = 16 << 20

/** Whether the YAML library is needed for a file of this name. */
export const isYaml = (path: string) => /\.ya?ml$/i.test(path)

function parseJsonText(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new Invalid(`is not JSON (${(error as Error).message})`)
  }
}

/** What is JSON of what YAML can say. @throws Invalid on dates, maps with keys that are no texts, .nan and .inf */
function asJson(value: unknown, at = ''): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Invalid(`has ${value}${at}, which no JSON holds`)
    return value
  }
  if (Array.isArray(value)) return value.map((item, index) => asJson(item, `${at || ' at '}[${index}]`))
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asJson(item, `${at ? `${at}.` : ' at '}${key}`)]))
  throw new Invalid(`has a value${at} that is no JSON`)
}

function parseYamlText(text: string, parse: YamlParser | undefined): Json {
  let value: unknown
  try {
    if (!parse) throw new Error('the YAML library was not loaded')
    value = parse(text)
  } catch (error) {
    throw new Invalid(`is not YAML (${(error as Error).message.split('\n')[0]?.replace(/:$/, '')})`)
  }
  return asJson(value)
}

/** One value a line; blank lines are left out. */
function parseLines(text: string): SampleValues {
  const values = text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [{ at: `line ${index + 1}`, value: JSON.parse(line) as Json }]
    } catch (error) {
      throw new Invalid(`is not JSON in line ${index + 1} (${(error as Error).message})`)
    }
  })
  return { values, recorded: false }
}

/** The samples of a file, by what its name ends with: .json, .jsonl, .yaml, .yml. @throws Invalid */
export function readValues(path: string, text: string, parseYaml?: YamlParser): SampleValues {
  if (text.length > largestFile) throw new Invalid(`is larger than ${largestFile >> 20} MiB`)
  if (text.trim() === '') throw new Invalid('is an empty file')
  if (/\.(jsonl|ndjson)$/i.test(path)) return parseLines(text)
  if (isYaml(path)) return valuesOf(parseYamlText(text, parseYaml))
  if (/\.json$/i.test(path)) return valuesOf(parseJsonText(text))
  throw new Invalid('is no samples file by its name: .json, .jsonl, .yaml or .yml')
}
