import type { Preset } from './preset.ts'

/** Weights of gigabytes, often downloaded at the start: peers wait half an hour. */
const halfAnHour = 1_800_000
const health = { path: '/health', condition: { kind: 'answers' } } as const

/** Servers of language models. */
export const languageModelPresets = {
  vllm: {
    name: 'vllm',
    proof: 'by contract',
    source: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
    port: 8000,
    http: {
      health,
      ready: { path: '/v1/models', condition: { kind: 'filled', at: ['data'] } },
      model: [{ method: 'GET', path: '/v1/models', at: ['data'] }],
      predict: { path: '/v1/completions' },
      headers: { authorization: 'Bearer $VLLM_API_KEY' },
    },
    startTimeoutMs: halfAnHour,
  },
  tgi: {
    name: 'tgi',
    proof: 'by contract',
    source: 'https://huggingface.co/docs/text-generation-inference/reference/api_reference',
    port: 80,
    http: { health, predict: { path: '/generate', envelope: 'inputs' } },
    startTimeoutMs: halfAnHour,
  },
  tei: {
    name: 'tei',
    proof: 'by contract',
    source: 'https://huggingface.co/docs/text-embeddings-inference',
    port: 80,
    http: { health, predict: { path: '/embed', envelope: 'inputs' } },
    startTimeoutMs: halfAnHour,
  },
} as const satisfies Readonly<Record<string, Preset>>
