import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cacheServiceEnvironment, childEnvironment, readByEngineClient, withheldNames } from '../../src/host/environment.ts'

const kinds = ['code', 'installer', 'engine'] as const

describe('a child gets of the job what its kind is allowed', () => {
  const all = 'code installer engine'
  test.each([
    ...['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'CI', 'HTTP_PROXY', 'https_proxy', 'no_proxy', 'all_proxy'].map(
      (name) => [name, all],
    ),
    ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'RUNNER_TRACKING_ID'].map(
      (name) => [name, all],
    ),
    ...['PYTHONPATH', 'pythonLocation', 'VIRTUAL_ENV', 'CONDA_PREFIX', 'JAVA_HOME', 'CUDA_VISIBLE_DEVICES', 'LD_LIBRARY_PATH'].map(
      (name) => [name, 'code installer'],
    ),
    ...['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'UV_INDEX_PRIVATE_PASSWORD', 'UV_CACHE_DIR', 'NETRC'].map((name) => [name, 'installer']),
    ...['DOCKER_HOST', 'DOCKER_CONFIG', 'DOCKER_CONTEXT', 'BUILDX_BUILDER', 'BUILDKIT_PROGRESS', 'SSH_AUTH_SOCK'].map((name) => [
      name,
      'engine',
    ]),
    ...['INPUT_PASSWORD', 'INPUT_IMAGES', 'ACTIONS_RUNTIME_TOKEN', 'ACTIONS_CACHE_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'].map((name) => [
      name,
      '',
    ]),
    ...['GITHUB_TOKEN', 'GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_PATH', 'GH_TOKEN', 'STATE_traces', 'RUNNER_TEMP'].map(
      (name) => [name, ''],
    ),
    ...['AWS_SECRET_ACCESS_KEY', 'HF_TOKEN', 'DATABASE_URL', 'NODE_OPTIONS', 'LD_PRELOAD', 'BASH_ENV', 'ENV', 'PROMPT_COMMAND'].map(
      (name) => [name, ''],
    ),
    ...['DOCKER_AUTH_CONFIG', 'DOCKER_PASSWORD', 'XPATH', 'PATHX', 'MY_HOME'].map((name) => [name, '']),
    ...['CONDA_TOKEN', 'BUILDKIT_SECRET_X'].map((name) => [name, '']),
  ])('%s: %s', (name = '', allowed = '') => {
    const getting = kinds.filter((kind) => name in childEnvironment(kind, { [name]: 'x' }))
    expect(getting.join(' ')).toBe(allowed)
  })
  test('whatever is told to no child by its prefix never passes', () => {
    const name = fc
      .tuple(fc.constantFrom('INPUT_', 'ACTIONS_', 'GITHUB_', 'STATE_', 'AWS_'), fc.stringMatching(/^[A-Z_]{0,12}$/))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(...kinds),
        (variable, kind) => Object.keys(childEnvironment(kind, { [variable]: 'x' })).length === 0,
      ),
    )
  })
  test('what is not set is not there, what is added comes last', () => {
    expect(childEnvironment('code', { PATH: '/bin', HOME: undefined, LANG: '' }, { PATH: '/venv/bin', TOKEN: 't' })).toEqual({
      PATH: '/venv/bin',
      LANG: '',
      TOKEN: 't',
    })
  })
})

test('the cache service is reached by its own variables, and no other of the runner', () => {
  const job = {
    ACTIONS_RUNTIME_TOKEN: 't',
    ACTIONS_RESULTS_URL: 'u',
    ACTIONS_CACHE_URL: '',
    ACTIONS_CACHE_SERVICE_V2: 'True',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
    PATH: 'y',
  }
  expect(cacheServiceEnvironment(job)).toEqual({ ACTIONS_RUNTIME_TOKEN: 't', ACTIONS_RESULTS_URL: 'u', ACTIONS_CACHE_SERVICE_V2: 'True' })
})

test('withheld is what the job has and a child was not given, but not what is the runner’s', () => {
  const job = {
    PATH: 'p',
    DATABASE_URL: 'd',
    MODEL: 'm',
    GITHUB_SHA: 's',
    RUNNER_OS: 'r',
    ACTIONS_X: 'a',
    INPUT_X: 'i',
    STATE_x: 's',
    npm_config_x: 'n',
    PWD: '/',
    SHLVL: '1',
    _: 'x',
  }
  expect(withheldNames(job, { PATH: 'p', MODEL: 'm' })).toEqual(['DATABASE_URL'])
})

test.each([
  ['PATH', true],
  ['https_proxy', true],
  ['DOCKER_ANYTHING', true],
  ['BUILDX_X', true],
  ['COMPOSE_FILE', true],
  ['MODEL_NAME', false],
  ['API_KEY', false],
  ['MY_DOCKER_HOST', false],
])('the docker client reads %s itself: %s', (name, itself) => expect(readByEngineClient(name)).toBe(itself))
