import type { Preset } from './preset.ts'

const answers = { kind: 'answers' } as const

/**
 * The Open Inference Protocol. Ready is asked of the model: `/v2/health/ready` is true with no model at all
 * (KServe's `ready()`, and `all([])` of MLServer: SeldonIO/MLServer#2056).
 */
const oip = {
  health: { path: '/v2/health/live', condition: { kind: 'not-falsy' } },
  ready: { path: '/v2/models/{model}/ready', condition: { kind: 'not-falsy' } },
  predict: { path: '/v2/models/{model}/infer', envelope: 'inputs' },
} as const
/** Triton's extension, which MLServer has too. */
const repositoryIndex = { method: 'POST', path: '/v2/repository/index', at: [] } as const
const modelList = { method: 'GET', path: '/v2/models', at: ['models'] } as const
const oipSource = 'https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol'

/** Servers that speak a protocol in which models have names. */
export const protocolPresets = {
  'kserve-v1': {
    name: 'kserve-v1',
    proof: 'proven',
    source: 'https://kserve.github.io/website/docs/concepts/architecture/data-plane/v1-protocol',
    port: 8080,
    http: {
      health: { path: '/', condition: { kind: 'value', at: ['status'], is: ['alive'] } },
      ready: { path: '/v1/models/{model}', condition: { kind: 'not-falsy' } },
      model: [{ method: 'GET', path: '/v1/models', at: ['models'] }],
      predict: { path: '/v1/models/{model}:predict', envelope: 'instances' },
    },
  },
  'oip-v2': {
    name: 'oip-v2',
    proof: 'by contract',
    source: oipSource,
    port: 8080,
    http: { ...oip, model: [repositoryIndex, modelList] },
  },
  mlserver: {
    name: 'mlserver',
    proof: 'proven',
    source: 'https://mlserver.readthedocs.io',
    port: 8080,
    http: { ...oip, model: [repositoryIndex] },
  },
  triton: {
    name: 'triton',
    proof: 'by contract',
    source: 'https://github.com/triton-inference-server/server/tree/main/docs/protocol',
    port: 8000,
    http: { ...oip, health: { path: '/v2/health/live', condition: answers }, model: [repositoryIndex] },
    startTimeoutMs: 600_000,
  },
  tfserving: {
    name: 'tfserving',
    proof: 'by contract',
    source: 'https://www.tensorflow.org/tfx/serving/api_rest',
    port: 8501,
    http: {
      ready: {
        path: '/v1/models/{model}',
        condition: { kind: 'value', at: ['model_version_status', 0, 'state'], is: ['AVAILABLE'] },
      },
      model: '$MODEL_NAME',
      predict: { path: '/v1/models/{model}:predict', envelope: 'instances' },
    },
    env: { MODEL_NAME: 'model' },
  },
  torchserve: {
    name: 'torchserve',
    proof: 'by contract',
    source: 'https://docs.pytorch.org/serve/inference_api.html',
    port: 8080,
    http: {
      // With token authorisation, its default, even this answers 400 InvalidKeyException.
      health: { path: '/ping', condition: { kind: 'value', at: ['status'], is: ['Healthy'], never: ['Unhealthy'] } },
      predict: { path: '/predictions/{model}' },
      model: '$MODEL_NAME',
    },
    env: { MODEL_NAME: 'model' },
    startTimeoutMs: 300_000,
  },
  truss: {
    name: 'truss',
    proof: 'by contract',
    source: 'https://github.com/basetenlabs/truss (truss_server.py)',
    port: 8080,
    http: {
      health: { path: '/', condition: answers },
      ready: { path: '/v1/models/model/loaded', condition: answers },
      predict: { path: '/v1/models/model:predict' },
    },
    startTimeoutMs: 600_000,
  },
} as const satisfies Readonly<Record<string, Preset>>
