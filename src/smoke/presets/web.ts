import type { Preset } from './preset.ts'

const usual = { predict: { path: '/predict' } } as const

/** Servers that anybody writes: nothing is agreed on but HTTP. */
export const webPresets = {
  http: { name: 'http', proof: 'proven', source: 'what most services do', http: usual },
  fastapi: { name: 'fastapi', proof: 'proven', source: 'https://fastapi.tiangolo.com/deployment/docker', port: 8000, http: usual },
  flask: {
    name: 'flask',
    proof: 'proven',
    source: 'https://flask.palletsprojects.com/en/stable/deploying/gunicorn',
    port: 5000,
    http: usual,
  },
  'hf-space': {
    name: 'hf-space',
    proof: 'by contract',
    source: 'https://huggingface.co/docs/hub/spaces-sdks-docker',
    port: 7860,
    http: usual,
  },
  none: { name: 'none', proof: 'proven', source: 'an image without HTTP' },
} as const satisfies Readonly<Record<string, Preset>>
