import { describe, expect, test } from '@jest/globals'
import type { ImageConfig } from '../../src/build/image.ts'
import type { SmokeInputs } from '../../src/inputs/inputs.ts'
import { anyAnswer, jsonHeaders } from '../../src/smoke/sample.ts'
import { smokeTest } from '../../src/smoke/smoke.ts'
import { createImage, createInputs, digest } from '../builders.ts'
import { createFakeHost, type FakeHost, type RequestScript } from '../fake-host.ts'

const base = 'http://127.0.0.1:32768'
const container = [
  {
    Image: digest,
    State: { Running: true, ExitCode: 0, OOMKilled: false, Error: '' },
    NetworkSettings: { Ports: { '8000/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }] } },
  },
]

type Case = Readonly<{
  answers: Readonly<Record<string, RequestScript>>
  smoke?: Partial<SmokeInputs>
  config?: Partial<ImageConfig>
  /** Files in the container. */
  inside?: Readonly<Record<string, string>>
}>

async function smoke({ answers, smoke: given = {}, config = {}, inside = {} }: Case) {
  const host: FakeHost = createFakeHost({
    capture: {
      'docker run': { stdout: 'id' },
      'docker container inspect': { stdout: JSON.stringify(container) },
      'docker logs': { stdout: 'last words\n' },
      'docker rm': {},
      'docker cp': ({ argv }) => {
        const text = inside[argv[2]?.split(':')[1] ?? '']
        if (text === undefined) return { exitCode: 1 }
        host.files.entries.set(argv[3] ?? '', text)
        return {}
      },
    },
    stream: { 'docker wait': { takes: Number.POSITIVE_INFINITY } },
    request: {
      [`GET ${base}/`]: { status: 404 },
      [`POST ${base}/`]: { status: 404 },
      [`GET ${base}/health`]: {},
      ...Object.fromEntries(Object.entries(answers).map(([what, answer]) => [what.replace(' ', ` ${base}`), answer])),
    },
  })
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  const image = createImage()
  const { outcome, removal } = await smokeTest(
    host,
    { ...image, config: { ...image.config, ...config } },
    createInputs({ smoke: given }).smoke,
    {},
    log,
    new AbortController().signal,
  )
  await removal
  return {
    host,
    outcome,
    // A good one is asked again, to be measured.
    asked: [
      ...new Set(host.requests.filter(({ method }) => method === 'POST').map(({ url, body }) => `${url.slice(base.length)} ${body}`)),
    ],
  }
}

const openApi = (schema: object): RequestScript => ({
  body: JSON.stringify({
    paths: {
      '/predict': {
        post: {
          requestBody: { content: { 'application/json': { schema } } },
          responses: { 200: { content: { 'application/json': { schema: { type: 'object', required: ['y'] } } } } },
        },
      },
    },
  }),
})
const documented = openApi({ example: { x: 1 } })
const undocumented = openApi({ required: ['x'], properties: { x: { type: 'integer' } } })

describe('what a service documents is asked, and gates', () => {
  test('its example', async () => {
    const { outcome, asked, host } = await smoke({ answers: { 'GET /openapi.json': documented, 'POST /predict': { body: '{"y": 1}' } } })
    expect(asked).toEqual(['/predict {"x":1}'])
    expect(outcome).toMatchObject({
      kind: 'passed',
      value: { compared: true, samples: [{ source: 'documented', from: '/openapi.json', result: 'passed' }] },
    })
    expect(outcome).not.toHaveProperty('value.unproven')
    expect(host.lines.slice(1, 4)).toEqual([
      '│ no sample is given: the request is documented (/openapi.json)',
      '│ predict-path: /predict',
      '│ predict-body: \'{"x":1}\'',
    ])
  })
  test.each<readonly [string, RequestScript, string]>([
    ['an answer that is refused', { status: 422 }, 'predict-body-refused'],
    ['an answer that breaks its schema', { body: '{"z": 1}' }, 'predict-mismatch'],
    ['NaN', { body: '{"y": NaN}' }, 'nan-answer'],
  ])('%s is red', async (_, answer, code) =>
    expect((await smoke({ answers: { 'GET /openapi.json': documented, 'POST /predict': answer } })).outcome).toMatchObject({
      red: { code },
    }),
  )
  test('that of BentoML at another path', async () => {
    const { asked } = await smoke({ answers: { 'GET /docs.json': documented, 'POST /predict': { body: '{"y": 1}' } } })
    expect(asked).toEqual(['/predict {"x":1}'])
  })
  test('that of cog, by the label of its image', async () => {
    const schema = { example: { input: { x: 1 } } }
    const label = JSON.stringify({ paths: { '/predictions': { post: { requestBody: { content: { 'application/json': { schema } } } } } } })
    const { asked } = await smoke({
      answers: { 'GET /health-check': { body: '{"status": "READY"}' }, 'POST /predictions': { body: '{"status": "succeeded"}' } },
      config: { labels: { 'run.cog.openapi_schema': label } },
      smoke: { preset: 'cog' },
    })
    expect(asked).toEqual(['/predictions {"input":{"x":1}}'])
  })
  test('that of mlflow, out of the image, and nothing is left of it', async () => {
    const { asked, host, outcome } = await smoke({
      answers: { 'GET /ping': {}, 'POST /invocations': { body: '{"predictions": [1]}' } },
      config: { command: ['mlflow', 'models', 'serve'] },
      inside: { '/opt/ml/model/serving_input_example.json': '{"inputs": [1]}' },
    })
    expect(asked).toEqual(['/invocations {"inputs": [1]}'])
    expect(outcome).toMatchObject({ value: { samples: [{ source: 'documented' }] } })
    expect([...host.files.temps, ...host.files.entries.keys()]).toEqual([])
  })
})

describe('what nobody has vouched for only warns', () => {
  test('a request that is made up, and is answered, proves', async () => {
    const { outcome } = await smoke({ answers: { 'GET /openapi.json': undocumented, 'POST /predict': { body: '{"y": 1}' } } })
    expect(outcome).toMatchObject({ value: { samples: [{ source: 'invented', result: 'passed' }], predict: { status: 200 } } })
    expect(outcome).not.toHaveProperty('value.unproven')
  })
  test.each<readonly [string, RequestScript, string]>([
    ['refused', { status: 422 }, 'POST /predict (made up) answered 422.'],
    ['broken', { status: 500 }, 'POST /predict (made up) answered 500.'],
    ['unreal', { body: '{"y": NaN}' }, 'POST /predict (made up): $.y is NaN, expected a finite number.'],
    ['hanging', { takes: 9e9 }, 'POST /predict (made up) gave no answer (timed out after 15000 ms).'],
  ])('%s', async (_, answer, why) => {
    const { outcome } = await smoke({ answers: { 'GET /openapi.json': undocumented, 'POST /predict': answer } })
    const unproven = `predict-unproven: ${why} The request was made up from its schema (/openapi.json), so this only warns: POST /predict {"x":1}`
    expect(outcome).toMatchObject({ kind: 'passed', value: { compared: false, unproven } })
    expect(outcome).not.toHaveProperty('value.predict')
  })
  test('a request found in the repository goes where the description leads', async () => {
    const foundBody = {
      name: 'a',
      request: { method: 'POST', path: '/predict', headers: jsonHeaders, body: '{"x":7}' },
      expect: anyAnswer,
      source: 'found',
      from: 'a',
    } as const
    const { asked, outcome } = await smoke({
      answers: { 'GET /openapi.json': undocumented, 'POST /predict': { status: 400 } },
      smoke: { foundBody },
    })
    expect(asked).toEqual(['/predict {"x":7}'])
    expect(outcome).toMatchObject({ kind: 'passed', value: { unproven: expect.stringContaining('found in the repository (a)') } })
  })
  test('a model of the Open Inference Protocol', async () => {
    const metadata = JSON.stringify({ inputs: [{ name: 'x', datatype: 'FP32', shape: [-1] }] })
    const { asked } = await smoke({
      answers: {
        'POST /v2/repository/index': { body: '[{"name": "iris"}]' },
        'GET /v2/models/iris': { body: metadata },
        'POST /v2/models/iris/infer': { body: '{"outputs": [{"data": [1]}]}' },
      },
    })
    expect(asked.at(-1)).toBe('/v2/models/iris/infer {"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[0.5]}]}')
  })
})

test.each<readonly [string, Readonly<Record<string, RequestScript>>]>([
  ['none', {}],
  ['a page', { 'GET /openapi.json': { body: '<html>' } }],
  ['JSON of another kind', { 'GET /openapi.json': { body: '[1]' }, 'GET /docs.json': { body: 'null' } }],
])('a service with no description (%s) is green, and not proven', async (_, answers) => {
  const { outcome } = await smoke({ answers })
  expect(outcome).toMatchObject({ kind: 'passed', value: { unproven: 'no sample request is given, and none was found' } })
})

test('a service that was given a sample is asked for nothing else', async () => {
  const { host } = await smoke({ answers: { 'POST /predict': { body: '{}' } }, smoke: { predictBody: '{}', healthPath: '/health' } })
  expect([...new Set(host.requests.map(({ method, url }) => `${method} ${url.slice(base.length)}`))]).toEqual([
    'GET /health',
    'POST /predict',
  ])
})
