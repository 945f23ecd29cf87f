import type { PresetName } from '../../src/smoke/presets/names.ts'
import type { Answer } from '../fake-host.ts'

/** What a server answers to `GET /path` or `POST /path`; what is not in it is 404. */
export type Answers = Readonly<Record<string, Answer>>

/**
 * A server as its documentation describes it: while it loads, once it is ready, and in ways that a check for a 200 takes
 * for ready. `ready` is where the gate must look, `predict` where the prediction goes.
 */
export type Double = Readonly<{
  preset: PresetName
  loading: Answers
  good: Answers
  lies: Readonly<Record<string, Answers>>
  ready: string
  predict: string
  /** Variables of the image that it needs. */
  env?: Readonly<Record<string, string>>
}>

const ok = (body: unknown = ''): Answer => ({ status: 200, body: typeof body === 'string' ? body : JSON.stringify(body) })
const not = (status: number, body: unknown = ''): Answer => ({ ...ok(body), status })

/** MLServer and Triton list by POST /v2/repository/index, KServe by GET /v2/models. */
const oip = (index: Answers): Answers => ({
  'GET /v2/health/live': ok({ live: true }),
  'GET /v2/health/ready': ok({ ready: true }),
  ...index,
})
const listed = { 'POST /v2/repository/index': ok([{ name: 'sums', state: 'READY' }]) }
const named = { 'GET /v2/models': ok({ models: ['sums'] }) }
const modelReady = '/v2/models/sums/ready'
const oipLies = (index: Answers, none: Answers): Double['lies'] => ({
  'ready with no model at all': oip(none),
  'ready, but its model is not': oip({ ...index, [`GET ${modelReady}`]: not(400, { error: 'not ready' }) }),
  'ready: false in a 200': oip({ ...index, [`GET ${modelReady}`]: ok({ name: 'sums', ready: false }) }),
})

export const doubles: readonly Double[] = [
  {
    preset: 'fastapi',
    loading: { 'GET /health': not(503) },
    good: { 'GET /health': ok({ status: 'ok', model_loaded: true }) },
    lies: {
      'no model': { 'GET /health': ok({ status: 'ok', model_loaded: false }) },
      'loading for ever': { 'GET /health': ok({ status: 'loading' }) },
      'alive, but not ready': { 'GET /health': ok({ status: 'ok' }), 'GET /ready': not(503, { ready: false }) },
    },
    ready: '/health',
    predict: '/predict',
  },
  {
    preset: 'flask',
    loading: { 'GET /': not(502) },
    good: { 'GET /': ok('<h1>Iris</h1>') },
    lies: { 'a 500 page': { 'GET /': not(500) }, 'nothing but 404': {} },
    ready: '/',
    predict: '/predict',
  },
  {
    preset: 'mlflow',
    loading: { 'GET /ping': not(502), 'GET /health': not(502) },
    good: { 'GET /ping': ok('\n'), 'GET /health': ok('\n'), 'GET /version': ok('3.1') },
    lies: { 'no model': { 'GET /ping': not(404), 'GET /version': ok('3.1') } },
    ready: '/ping',
    predict: '/invocations',
  },
  {
    preset: 'bentoml',
    loading: { 'GET /livez': ok('\n'), 'GET /readyz': not(503) },
    good: { 'GET /livez': ok('\n'), 'GET /readyz': ok('\n'), 'GET /healthz': ok('\n') },
    lies: { 'alive, its hook false': { 'GET /livez': ok('\n'), 'GET /healthz': ok('\n'), 'GET /readyz': not(503) } },
    ready: '/readyz',
    predict: '/predict',
  },
  {
    preset: 'cog',
    loading: { 'GET /health-check': ok({ status: 'STARTING' }) },
    good: { 'GET /health-check': ok({ status: 'READY', setup: { status: 'succeeded', logs: '' } }) },
    lies: {
      'busy for ever': { 'GET /health-check': ok({ status: 'BUSY' }) },
      'setup failed, with 200': { 'GET /health-check': ok({ status: 'SETUP_FAILED', setup: { logs: 'Traceback' } }) },
      'setup failed, with 503': { 'GET /health-check': not(503, { status: 'SETUP_FAILED' }) },
    },
    ready: '/health-check',
    predict: '/predictions',
  },
  {
    preset: 'kserve-v1',
    loading: { 'GET /': ok({ status: 'alive' }), 'GET /v1/models': ok({ models: ['sums'] }), 'GET /v1/models/sums': not(503) },
    good: {
      'GET /': ok({ status: 'alive' }),
      'GET /v1/models': ok({ models: ['sums'] }),
      'GET /v1/models/sums': ok({ name: 'sums', ready: true }),
    },
    lies: {
      'alive with no model': { 'GET /': ok({ status: 'alive' }), 'GET /v1/models': ok({ models: [] }) },
      'ready is a text': {
        'GET /': ok({ status: 'alive' }),
        'GET /v1/models': ok({ models: ['sums'] }),
        'GET /v1/models/sums': ok({ name: 'sums', ready: 'False' }),
      },
    },
    ready: '/v1/models/sums',
    predict: '/v1/models/sums:predict',
  },
  {
    preset: 'oip-v2',
    loading: oip({}),
    good: oip({ ...named, [`GET ${modelReady}`]: ok({ name: 'sums', ready: true }) }),
    lies: oipLies(named, { 'GET /v2/models': ok({ models: [] }) }),
    ready: modelReady,
    predict: '/v2/models/sums/infer',
  },
  {
    preset: 'mlserver',
    loading: oip({ 'POST /v2/repository/index': ok([]) }),
    good: oip({ ...listed, [`GET ${modelReady}`]: ok({ name: 'sums', ready: true }) }),
    lies: oipLies(listed, { 'POST /v2/repository/index': ok([]) }),
    ready: modelReady,
    predict: '/v2/models/sums/infer',
  },
  {
    preset: 'triton',
    loading: { 'GET /v2/health/live': ok(), 'GET /v2/health/ready': not(400) },
    good: { 'GET /v2/health/live': ok(), ...listed, [`GET ${modelReady}`]: ok() },
    lies: {
      'live with no model': { 'GET /v2/health/live': ok(), 'GET /v2/health/ready': ok(), 'POST /v2/repository/index': ok([]) },
      'a model of two is not ready': {
        'GET /v2/health/live': ok(),
        'POST /v2/repository/index': ok([{ name: 'sums' }, { name: 'other' }]),
        [`GET ${modelReady}`]: ok(),
        'GET /v2/models/other/ready': not(400),
      },
    },
    ready: modelReady,
    predict: '/v2/models/sums/infer',
  },
  {
    preset: 'torchserve',
    loading: { 'GET /ping': not(500, { status: 'Partial Healthy' }) },
    good: { 'GET /ping': ok({ status: 'Healthy' }) },
    lies: {
      'half of its workers': { 'GET /ping': ok({ status: 'Partial Healthy' }) },
      'a token is asked for': { 'GET /ping': not(400, { code: 400, type: 'InvalidKeyException' }) },
    },
    ready: '/ping',
    predict: '/predictions/model',
  },
  {
    preset: 'tfserving',
    loading: { 'GET /v1/models/half_plus_two': ok({ model_version_status: [{ version: '1', state: 'LOADING' }] }) },
    good: { 'GET /v1/models/half_plus_two': ok({ model_version_status: [{ version: '1', state: 'AVAILABLE' }] }) },
    lies: {
      unloaded: { 'GET /v1/models/half_plus_two': ok({ model_version_status: [{ version: '1', state: 'END' }] }) },
      'another model': {},
    },
    ready: '/v1/models/half_plus_two',
    predict: '/v1/models/half_plus_two:predict',
    env: { MODEL_NAME: 'half_plus_two' },
  },
  {
    preset: 'vllm',
    loading: { 'GET /health': not(503) },
    good: { 'GET /health': ok(), 'GET /v1/models': ok({ object: 'list', data: [{ id: 'facebook/opt-125m' }] }) },
    lies: { 'no model': { 'GET /health': ok(), 'GET /v1/models': ok({ object: 'list', data: [] }) } },
    ready: '/v1/models',
    predict: '/v1/completions',
  },
  {
    preset: 'tgi',
    loading: { 'GET /health': not(503, { error: 'unhealthy', error_type: 'healthcheck' }) },
    good: { 'GET /health': ok(), 'GET /info': ok({ model_id: 'gpt2' }) },
    lies: { unhealthy: { 'GET /health': not(503, { error: 'unhealthy' }), 'GET /info': ok({}) } },
    ready: '/health',
    predict: '/generate',
  },
  {
    preset: 'tei',
    loading: { 'GET /health': not(503) },
    good: { 'GET /health': ok() },
    lies: { unhealthy: { 'GET /health': not(503, { error: 'unhealthy' }), 'GET /': ok() } },
    ready: '/health',
    predict: '/embed',
  },
  {
    preset: 'sagemaker',
    loading: { 'GET /ping': not(503) },
    good: { 'GET /ping': ok() },
    lies: { 'no model': { 'GET /ping': not(404) }, 'it says so': { 'GET /ping': ok({ ready: false }) } },
    ready: '/ping',
    predict: '/invocations',
  },
  {
    preset: 'vertex',
    loading: { 'GET /isalive': not(503) },
    good: { 'GET /isalive': ok({ status: 'ok' }) },
    lies: { 'another route': { 'GET /health': ok() }, 'no model': { 'GET /isalive': ok({ model_loaded: null }) } },
    ready: '/isalive',
    predict: '/infer',
    env: { AIP_HEALTH_ROUTE: '/isalive', AIP_PREDICT_ROUTE: '/infer' },
  },
  {
    preset: 'azureml',
    loading: { 'GET /': not(502) },
    good: { 'GET /': ok('Healthy') },
    lies: { 'its init has failed': { 'GET /': not(500) } },
    ready: '/',
    predict: '/score',
  },
  {
    preset: 'ray-serve',
    loading: { 'GET /-/healthz': ok('success'), 'GET /-/routes': ok({}) },
    good: { 'GET /-/healthz': ok('success'), 'GET /-/routes': ok({ '/': 'default' }) },
    lies: { 'a proxy with no application': { 'GET /-/healthz': ok('success'), 'GET /-/routes': ok({}), 'GET /': not(404) } },
    ready: '/-/routes',
    predict: '/',
  },
  {
    preset: 'litserve',
    loading: { 'GET /': ok('litserve running'), 'GET /health': not(503, 'not ready') },
    good: { 'GET /': ok('litserve running'), 'GET /health': ok('ok') },
    lies: { 'no worker is ready': { 'GET /': ok('litserve running'), 'GET /info': ok({}), 'GET /health': not(503, 'not ready') } },
    ready: '/health',
    predict: '/predict',
  },
  {
    preset: 'truss',
    loading: { 'GET /': ok('true'), 'GET /v1/models/model/loaded': not(503) },
    good: { 'GET /': ok('true'), 'GET /v1/models/model/loaded': ok({}), 'GET /v1/models/model': ok({}) },
    lies: {
      'a server without its model': { 'GET /': ok('true'), 'GET /v1/models/model/loaded': not(503, { error: 'model is not ready' }) },
    },
    ready: '/v1/models/model/loaded',
    predict: '/v1/models/model:predict',
  },
  {
    preset: 'hf-space',
    loading: { 'GET /': not(502) },
    good: { 'GET /': ok('<html>') },
    lies: { 'a 500 page': { 'GET /': not(500) } },
    ready: '/',
    predict: '/predict',
  },
]
