import type { Json } from '../../inputs/parse.ts'
import { isObject, type JsonObject, listAt, objectAt, resolved } from './fields.ts'

/** A value that fits a schema. `documented`: all of it is from examples, defaults and constants that somebody wrote. */
export type Generated = Readonly<{ value: Json; documented: boolean }>

const deepest = 12

const formats: Readonly<Record<string, string>> = {
  'date-time': '2024-01-15T12:00:00Z',
  date: '2024-01-15',
  time: '12:00:00Z',
  duration: 'PT1H',
  email: 'user@example.com',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'aGVsbG8=',
  binary: 'hello',
}

const finite = (value: Json | undefined) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)

/** A number in the middle of what is allowed: borders are where models are worst. */
function numberFor(schema: JsonObject, whole: boolean): number {
  const step = finite(schema['multipleOf']) ?? (whole ? 1 : 0)
  // OpenAPI 3.0 says true where 3.1 says the number.
  const exclusive = (key: string, border: number | undefined) => (schema[key] === true ? border : finite(schema[key]))
  const [minimum, maximum] = [finite(schema['minimum']), finite(schema['maximum'])]
  const [above, below] = [exclusive('exclusiveMinimum', minimum), exclusive('exclusiveMaximum', maximum)]
  const low = above ?? minimum
  const high = below ?? maximum
  const gap = step || 1
  const plain =
    low !== undefined && high !== undefined
      ? (low + high) / 2
      : low !== undefined
        ? Math.max(low + gap, 1)
        : high !== undefined
          ? Math.min(high - gap, 1)
          : 1
  if (step === 0) return plain
  const stepped = Math.round(plain / step) * step
  const tooHigh = high !== undefined && (below === undefined ? stepped > high : stepped >= high)
  const tooLow = low !== undefined && (above === undefined ? stepped < low : stepped <= low)
  return tooHigh ? stepped - step : tooLow ? stepped + step : stepped
}

function textFor(schema: JsonObject): string {
  const format = typeof schema['format'] === 'string' ? formats[schema['format']] : undefined
  if (format !== undefined) return format
  const [shortest, longest] = [finite(schema['minLength']) ?? 0, finite(schema['maxLength']) ?? Number.POSITIVE_INFINITY]
  return 'text'.padEnd(Math.min(shortest, 10_000), 'x').slice(0, longest)
}

/** The one that is used of anyOf, oneOf: the first that is not null, which stands for "may be left out". */
function choice(schema: JsonObject, document: Json): Json | undefined {
  const options = [...listAt(schema, 'anyOf'), ...listAt(schema, 'oneOf')]
  return options.find((option) => resolved(option, document)['type'] !== 'null') ?? options[0]
}

/** What all parts of allOf ask for together, as far as objects go. */
function merged(schema: JsonObject, document: Json, depth = 0): JsonObject {
  const parts = listAt(schema, 'allOf')
  if (parts.length === 0 || depth > deepest) return schema
  const all = [...parts.map((part) => merged(resolved(part, document), document, depth + 1)), schema]
  return {
    ...Object.fromEntries(all.flatMap((part) => Object.entries(part))),
    properties: Object.fromEntries(all.flatMap((part) => Object.entries(objectAt(part, 'properties')))),
    required: all.flatMap((part) => listAt(part, 'required')),
  }
}

/** An example that stands in a schema: `example`, the first of `examples`, `const`, `default`, the one value of an `enum`. */
function writtenIn(schema: JsonObject): Json | undefined {
  const [first] = listAt(schema, 'examples')
  const values = listAt(schema, 'enum')
  return schema['example'] ?? first ?? schema['const'] ?? schema['default'] ?? (values.length === 1 ? values[0] : undefined)
}

function typeOf(schema: JsonObject): string {
  const type = Array.isArray(schema['type']) ? schema['type'].find((one) => one !== 'null') : schema['type']
  if (typeof type === 'string') return type
  if ('properties' in schema || 'additionalProperties' in schema) return 'object'
  return 'items' in schema || 'prefixItems' in schema ? 'array' : 'any'
}

/**
 * A value for a schema of OpenAPI or JSON Schema: what examples there are, else something plain in the middle of what is
 * allowed. Of an object only what is required, and what has an example; all of it where nothing is required.
 */
export function generate(given: Json | undefined, document: Json, depth = 0): Generated {
  const schema = merged(resolved(given, document), document)
  const written = writtenIn(schema)
  if (written !== undefined && written !== null) return { value: written, documented: true }
  if (depth > deepest) return { value: null, documented: false }
  const option = choice(schema, document)
  if (option !== undefined) return generate(option, document, depth + 1)
  const [value] = listAt(schema, 'enum')
  if (value !== undefined) return { value, documented: false }
  switch (typeOf(schema)) {
    case 'object':
      return objectFor(schema, document, depth)
    case 'array':
      return listFor(schema, document, depth)
    case 'integer':
      return { value: numberFor(schema, true), documented: false }
    case 'number':
      return { value: numberFor(schema, false), documented: false }
    case 'boolean':
      return { value: true, documented: false }
    case 'null':
      return { value: null, documented: false }
    case 'string':
      return { value: textFor(schema), documented: false }
    default:
      return { value: {}, documented: false }
  }
}

function objectFor(schema: JsonObject, document: Json, depth: number): Generated {
  const properties = Object.entries(objectAt(schema, 'properties'))
  const required = new Set(listAt(schema, 'required'))
  const wanted = properties.filter(([name, one]) => {
    if (required.size === 0 || required.has(name)) return true
    const own = merged(resolved(one, document), document)
    return own['example'] !== undefined || listAt(own, 'examples').length > 0
  })
  if (wanted.length === 0 && isObject(schema['additionalProperties'])) {
    const inside = generate(schema['additionalProperties'], document, depth + 1)
    return { value: { key: inside.value }, documented: false }
  }
  const made = wanted.map(([name, one]) => [name, generate(one, document, depth + 1)] as const)
  return {
    value: Object.fromEntries(made.map(([name, one]) => [name, one.value])),
    documented: made.length > 0 && made.every(([, one]) => one.documented),
  }
}

function listFor(schema: JsonObject, document: Json, depth: number): Generated {
  const first = listAt(schema, 'prefixItems').map((item) => generate(item, document, depth + 1))
  const most = Math.min(finite(schema['maxItems']) ?? 1_000, 1_000)
  const length = Math.max(first.length, Math.min(Math.max(finite(schema['minItems']) ?? 1, 1), most))
  if (first.length >= length) return { value: first.map(({ value }) => value), documented: first.every(({ documented }) => documented) }
  const item = generate(schema['items'], document, depth + 1)
  const values = [...first.map(({ value }) => value), ...Array.from({ length: length - first.length }, () => item.value)]
  return { value: values, documented: false }
}
