import type { Json } from '../../inputs/parse.ts'
import { anyAnswer, jsonHeaders, type Sample } from '../sample.ts'
import { isObject, listAt } from './fields.ts'

/** Elements of a tensor with a made-up shape, at most. */
const mostElements = 1 << 16

function elementOf(datatype: string): Json {
  if (datatype === 'BOOL') return true
  if (datatype === 'BYTES') return 'text'
  return /^(FP|BF)/.test(datatype) ? 0.5 : 1
}

/**
 * A request made up from the metadata of a model in the Open Inference Protocol (`GET /v2/models/{model}`): each input with
 * its datatype and shape, one where any length is allowed. Undefined where the metadata does not say the inputs.
 */
export function sampleFromMetadata(metadata: Json, model: string, from: string): Sample | undefined {
  const inputs = listAt(metadata, 'inputs').map((input) => {
    if (!isObject(input)) return undefined
    const { name, datatype } = input
    const shape = listAt(input, 'shape').map((length) => (typeof length === 'number' && length > 0 ? length : 1))
    const elements = shape.reduce((product, length) => product * length, 1)
    if (typeof name !== 'string' || typeof datatype !== 'string' || elements > mostElements) return undefined
    return { name, shape, datatype, data: Array.from({ length: elements }, () => elementOf(datatype)) }
  })
  if (inputs.length === 0 || inputs.includes(undefined)) return undefined
  const outputs = { type: 'object', required: ['outputs'], properties: { outputs: { type: 'array', minItems: 1 } } }
  return {
    name: from,
    request: {
      method: 'POST',
      path: `/v2/models/${encodeURIComponent(model)}/infer`,
      headers: jsonHeaders,
      body: JSON.stringify({ inputs }),
    },
    expect: { ...anyAnswer, schema: outputs },
    source: 'invented',
    from,
  }
}

/** Names of models in the answers of `POST /v2/repository/index` (MLServer, Triton) and `GET /v2/models` (KServe). */
export function modelNames(answer: Json): readonly string[] {
  const list = Array.isArray(answer) ? (answer as readonly Json[]) : listAt(answer, 'models')
  return list.flatMap((entry) => {
    if (typeof entry === 'string') return [entry]
    return isObject(entry) && typeof entry['name'] === 'string' ? [entry['name']] : []
  })
}
