import type { Preset } from './preset.ts'

const notFalsy = { kind: 'not-falsy' } as const

/** What a cloud asks of an image that it is to serve. */
export const cloudPresets = {
  sagemaker: {
    name: 'sagemaker',
    proof: 'by contract',
    source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html',
    port: 8080,
    http: { health: { path: '/ping', condition: notFalsy }, predict: { path: '/invocations' } },
    command: ['serve'],
  },
  vertex: {
    name: 'vertex',
    proof: 'by contract',
    source: 'https://cloud.google.com/vertex-ai/docs/predictions/custom-container-requirements',
    port: 8080,
    http: {
      health: { path: '$AIP_HEALTH_ROUTE', condition: notFalsy },
      predict: { path: '$AIP_PREDICT_ROUTE', envelope: 'instances' },
    },
    env: {
      AIP_HTTP_PORT: '8080',
      AIP_HEALTH_ROUTE: '/health',
      AIP_PREDICT_ROUTE: '/predict',
      AIP_STORAGE_URI: '',
    },
  },
  azureml: {
    name: 'azureml',
    proof: 'by contract',
    source: 'https://learn.microsoft.com/azure/machine-learning/how-to-inference-server-http',
    port: 5001,
    http: { health: { path: '/', condition: notFalsy }, predict: { path: '/score' } },
  },
} as const satisfies Readonly<Record<string, Preset>>
