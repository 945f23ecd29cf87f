import type { Json } from '../../inputs/parse.ts'
import { anyAnswer, jsonHeaders, type Sample } from '../sample.ts'
import { isObject, type JsonObject, listAt, objectAt, resolved } from './fields.ts'
import { type Generated, generate } from './generate.ts'

/** Never called by itself: what changes a service, or is not about its model. */
const unsafe =
  /(^|[/_\-:.])(admin|train|retrain|fit|finetune|delete|remove|drop|clear|purge|reset|shutdown|stop|kill|restart|reload|load|unload|update|upgrade|register|signup|login|logout|token|auth|oauth|password|users?|upload|import|export|feedback|webhooks?|callback|config|settings|migrate|deploy|promote|rollback|cancel|subscribe|notify|email|send|pay|orders?|jobs?|cache|metrics|logs?|health|ready|live)([/_\-:.]|$)/i
const usual = [
  'predict',
  'predictions',
  'invocations',
  'infer',
  'inference',
  'score',
  'classify',
  'generate',
  'embed',
  'embeddings',
  'summarize',
  'detect',
  'forecast',
]

type Operation = Readonly<{ path: string; method: string; operation: JsonObject }>

/** How likely an operation is the prediction, least first; undefined: not to be called. */
function rank(path: string, predictPath: string): number | undefined {
  if (path === predictPath) return -1
  if (unsafe.test(path)) return undefined
  const words = path.toLowerCase().split(/[/_\-:.]/)
  const found = usual.findIndex((word) => words.includes(word))
  return found < 0 ? usual.length : found
}

const jsonContent = (holder: JsonObject): JsonObject | undefined => {
  const content = objectAt(holder, 'content')
  const type = Object.keys(content).find((name) => /^application\/([\w.+-]+\+)?json\b/i.test(name))
  return type === undefined ? undefined : objectAt(content, type)
}

/** A parameter's value where somebody has written one; the path can only be called with all of them. */
function pathWith(path: string, operation: JsonObject, item: JsonObject, document: Json): string | undefined {
  const parameters = [...listAt(item, 'parameters'), ...listAt(operation, 'parameters')].map((one) => resolved(one, document))
  let filled = path
  const query: string[] = []
  for (const parameter of parameters) {
    const { in: where, name, required } = parameter
    if (typeof name !== 'string' || (required !== true && where !== 'path')) continue
    const example = parameter['example'] ?? generate(parameter['schema'], document).value
    const written = parameter['example'] !== undefined || generate(parameter['schema'], document).documented
    if (!written || (typeof example !== 'string' && typeof example !== 'number')) return undefined
    if (where === 'path') filled = filled.replace(`{${name}}`, encodeURIComponent(String(example)))
    else if (where === 'query') query.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(example))}`)
    else return undefined
  }
  if (filled.includes('{')) return undefined
  return query.length > 0 ? `${filled}?${query.join('&')}` : filled
}

/** The examples that stand at the media type, the best proof of what a service takes; else a value for its schema. */
function bodiesOf(media: JsonObject, document: Json): readonly (Generated & Readonly<{ name?: string }>)[] {
  if (media['example'] !== undefined) return [{ value: media['example'], documented: true }]
  const named = Object.entries(objectAt(media, 'examples')).flatMap(([name, one]) => {
    const { value } = resolved(one, document)
    return value === undefined ? [] : [{ name, value, documented: true }]
  })
  if (named.length > 0) return named
  const schema = resolved(media['schema'], document)
  const examples = listAt(schema, 'examples')
  if (examples.length > 0) return examples.map((value) => ({ value, documented: true }))
  return [generate(media['schema'], document)]
}

/** The schema of the good answer, with what its references lead to; undefined where it says nothing. */
function answerSchema(operation: JsonObject, document: Json): Json | undefined {
  const responses = objectAt(operation, 'responses')
  const status = ['200', '201', '2XX', '2xx', 'default'].find((code) => Object.hasOwn(responses, code))
  const media = status === undefined ? undefined : jsonContent(resolved(responses[status], document))
  const schema = media?.['schema']
  if (!isObject(schema) || Object.keys(schema).length === 0) return undefined
  const definitions = objectAt(document, 'components')
  return { ...schema, ...(Object.keys(definitions).length > 0 ? { components: definitions } : {}) }
}

/** So many documented examples are asked. */
const mostExamples = 5

/**
 * Samples for the operation of an OpenAPI document (3.0, 3.1) that is most likely the prediction: its documented examples,
 * else one request that is made up from its schema. Answers are held against the schema of its 2xx. None where no operation
 * can be called.
 */
export function samplesFromOpenApi(document: Json, predictPath: string, from: string): readonly Sample[] {
  const operations: readonly Operation[] = Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) => {
    const operation = objectAt(item, 'post')
    return Object.keys(operation).length > 0 ? [{ path, method: 'POST', operation }] : []
  })
  const ranked = operations
    .flatMap((one) => {
      const order = rank(one.path, predictPath)
      return order === undefined || one.operation['deprecated'] === true ? [] : [{ ...one, order }]
    })
    .toSorted((a, b) => a.order - b.order)
  for (const { path, method, operation } of ranked) {
    const media = jsonContent(resolved(operation['requestBody'], document))
    const item = objectAt(objectAt(document, 'paths'), path)
    const called = media ? pathWith(path, operation, item, document) : undefined
    if (!media || called === undefined) continue
    const schema = answerSchema(operation, document)
    return bodiesOf(media, document)
      .slice(0, mostExamples)
      .map(({ value, documented, ...named }, index) => ({
        name: 'name' in named && named.name ? named.name : documented ? `example${index === 0 ? '' : ` ${index + 1}`}` : 'made up',
        request: { method, path: called, headers: jsonHeaders, body: JSON.stringify(value) },
        expect: { ...anyAnswer, ...(schema === undefined ? {} : { schema }) },
        source: documented ? 'documented' : 'invented',
        from,
      }))
  }
  return []
}
