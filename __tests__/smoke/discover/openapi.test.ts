import { describe, expect, test } from '@jest/globals'
import type { Json } from '../../../src/inputs/parse.ts'
import { modelNames, sampleFromMetadata } from '../../../src/smoke/discover/inference-protocol.ts'
import { samplesFromOpenApi } from '../../../src/smoke/discover/openapi.ts'

const media = (content: Json): Json => ({ requestBody: { content: { 'application/json': content } } })
const post = (content: Json = { schema: { type: 'object' } }, more: object = {}): Json =>
  ({ post: { ...(media(content) as object), ...more } }) as Json

/** Path, body and source of what would be asked. */
const asked = (paths: Json, predictPath = '/predict', more: object = {}) =>
  samplesFromOpenApi({ paths, ...more } as Json, predictPath, '/openapi.json').map(
    ({ request, source }) => `${source} ${request.path} ${request.body}`,
  )

describe('the operation that is most likely the prediction', () => {
  test.each<readonly [string, Json, readonly string[]]>([
    ['that of predict-path', { '/embed': post(), '/predict': post() }, ['invented /predict {}']],
    ['one that is named like it', { '/items': post(), '/v1/classify': post() }, ['invented /v1/classify {}']],
    ['the first', { '/b': post(), '/a': post() }, ['invented /b {}']],
    [
      'none that changes the service',
      { '/admin/train': post(), '/models/x/unload': post(), '/delete-all': post(), '/v1/upload': post() },
      [],
    ],
    ['none that is deprecated', { '/score': post({}, { deprecated: true }) }, []],
    ['none that takes no JSON', { '/score': { post: { requestBody: { content: { 'multipart/form-data': {} } } } } }, []],
    ['none that is only asked', { '/predict': { get: {} } }, []],
    [
      'none whose path is not known',
      { '/models/{name}/predict': post({}, { parameters: [{ in: 'path', name: 'name', required: true, schema: { type: 'string' } }] }) },
      [],
    ],
    [
      'one whose path has an example',
      { '/models/{name}/predict': post({}, { parameters: [{ in: 'path', name: 'name', required: true, example: 'a b' }] }) },
      ['invented /models/a%20b/predict {}'],
    ],
    [
      'one whose query has a default',
      { '/predict': post({}, { parameters: [{ in: 'query', name: 'k', required: true, schema: { default: 3 } }] }) },
      ['invented /predict?k=3 {}'],
    ],
    [
      'none that needs a header',
      { '/predict': post({}, { parameters: [{ in: 'header', name: 'x-key', required: true, schema: { type: 'string' } }] }) },
      [],
    ],
    ['none at all', {}, []],
    ['none where paths is something else', [1], []],
  ])('%s', (_, paths, samples) => expect(asked(paths)).toEqual(samples))
  test('a path that was said is called, whatever it sounds like', () =>
    expect(asked({ '/jobs/load': post() }, '/jobs/load')).toHaveLength(1))
})

describe('the request', () => {
  test.each<readonly [string, Json, readonly string[]]>([
    ['the example of the media type', { example: { a: 1 }, schema: { example: { a: 2 } } }, ['documented /predict {"a":1}']],
    [
      'all its named examples',
      { examples: { x: { value: 1 }, y: { $ref: '#/components/examples/y' } } },
      ['documented /predict 1', 'documented /predict 2'],
    ],
    [
      'those of the schema (pydantic)',
      { schema: { $ref: '#/components/schemas/A' } },
      ['documented /predict {"a":1}', 'documented /predict {"a":2}'],
    ],
    ['those of its fields', { schema: { required: ['a'], properties: { a: { examples: [[1]] } } } }, ['documented /predict {"a":[1]}']],
    ['made up', { schema: { required: ['a'], properties: { a: { type: 'integer' } } } }, ['invented /predict {"a":1}']],
  ])('%s', (_, content, samples) => {
    const components = { schemas: { A: { type: 'object', examples: [{ a: 1 }, { a: 2 }] } }, examples: { y: { value: 2 } } }
    expect(asked({ '/predict': post(content) }, '/predict', { components })).toEqual(samples)
  })
  test('of many examples the first five', () => {
    const examples = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`e${index}`, { value: index }]))
    expect(asked({ '/predict': post({ examples }) })).toHaveLength(5)
  })
})

test('the answer is held against the schema of its 2xx, with what that leads to', () => {
  const components = { schemas: { Out: { type: 'object' } } }
  const responses = { '422': {}, '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Out' } } } } }
  const [sample] = samplesFromOpenApi({ paths: { '/predict': post({}, { responses }) }, components }, '/predict', '/openapi.json')
  expect(sample?.expect.schema).toEqual({ $ref: '#/components/schemas/Out', components })
})

describe('the Open Inference Protocol', () => {
  test('a request from the metadata of a model', () => {
    const inputs = [
      { name: 'x', datatype: 'FP32', shape: [-1, 3] },
      { name: 'n', datatype: 'INT64', shape: [2] },
      { name: 's', datatype: 'BYTES', shape: [1] },
    ]
    const sample = sampleFromMetadata({ name: 'iris', inputs }, 'iris', '/v2/models/iris')
    expect(sample).toMatchObject({ source: 'invented', request: { path: '/v2/models/iris/infer', method: 'POST' } })
    expect(JSON.parse(sample?.request.body ?? '')).toEqual({
      inputs: [
        { name: 'x', shape: [1, 3], datatype: 'FP32', data: [0.5, 0.5, 0.5] },
        { name: 'n', shape: [2], datatype: 'INT64', data: [1, 1] },
        { name: 's', shape: [1], datatype: 'BYTES', data: ['text'] },
      ],
    })
  })
  test.each<Json>([{}, { inputs: [] }, { inputs: [{ name: 'x' }] }, { inputs: [{ name: 'x', datatype: 'FP32', shape: [1_000_000] }] }])(
    'none from %j',
    (metadata) => expect(sampleFromMetadata(metadata, 'iris', 'x')).toBeUndefined(),
  )
  test('the models of a server', () => {
    expect(modelNames([{ name: 'a', state: 'READY' }, { version: 1 }])).toEqual(['a'])
    expect(modelNames({ models: ['b', 'c'] })).toEqual(['b', 'c'])
    expect(modelNames('x')).toEqual([])
  })
})
