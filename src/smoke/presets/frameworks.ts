import type { Preset } from './preset.ts'

const answers = { kind: 'answers' } as const

/** Servers that come with a framework and its paths. */
export const frameworkPresets = {
  mlflow: {
    name: 'mlflow',
    proof: 'proven',
    source: 'https://mlflow.org/docs/latest/ml/deployment/deploy-model-locally',
    port: 8080,
    // The model is loaded before there is a server; 404 says that there is none. The body is a line break.
    http: { health: { path: '/ping', condition: answers }, predict: { path: '/invocations', envelope: 'inputs' } },
    // With MLFLOW_DISABLE_ENV_CREATION=false it installs at its start.
    startTimeoutMs: 300_000,
  },
  bentoml: {
    name: 'bentoml',
    proof: 'proven',
    source: 'https://docs.bentoml.com/en/latest/build-with-bentoml/observability/monitoring-and-data-collection.html',
    port: 3000,
    http: {
      health: { path: '/livez', condition: answers },
      ready: { path: '/readyz', condition: answers },
      predict: { path: '/predict' },
    },
  },
  cog: {
    name: 'cog',
    proof: 'proven',
    source: 'https://cog.run/http',
    port: 5000,
    http: {
      // Answers 200 while it starts, and after its setup has failed.
      health: {
        path: '/health-check',
        condition: { kind: 'value', at: ['status'], is: ['READY'], never: ['SETUP_FAILED', 'DEFUNCT'] },
      },
      predict: { path: '/predictions', envelope: 'input', answer: { status: 'succeeded' } },
    },
    startTimeoutMs: 300_000,
  },
  litserve: {
    name: 'litserve',
    proof: 'proven',
    source: 'https://lightning.ai/docs/litserve',
    port: 8000,
    http: {
      health: { path: '/health', condition: answers },
      predict: { path: '/predict', envelope: 'input' },
      // Once it is set, it is asked for on every path, /health too.
      headers: { 'x-api-key': '$LIT_SERVER_API_KEY' },
    },
  },
  'ray-serve': {
    name: 'ray-serve',
    proof: 'by contract',
    source: 'https://docs.ray.io/en/latest/serve',
    port: 8000,
    http: {
      health: { path: '/-/healthz', condition: answers },
      // The proxy is there before any application: then it has no route.
      ready: { path: '/-/routes', condition: { kind: 'filled', at: [] } },
      predict: { path: '/' },
    },
  },
} as const satisfies Readonly<Record<string, Preset>>
