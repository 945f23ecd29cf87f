import { describe, expect, test } from '@jest/globals'
import type { InputName } from '../../src/inputs/declared.ts'
import { inputsOf, workspaceFiles } from './reading.ts'

describe('every declared input is read: another value makes other inputs', () => {
  // Complete by its type: an input that is added to the table must be added here.
  const another: Readonly<Record<InputName, string>> = {
    images: 'ghcr.io/acme/other',
    tags: 'type=raw,value=v2',
    flavor: 'suffix=-cpu',
    labels: 'a=1',
    annotations: 'a=1',
    push: 'true',
    promote: 'off',
    from: 'iris:built',
    'dry-run': 'true',
    registry: 'ghcr.io',
    username: 'shipper',
    password: 'correct horse',
    'registry-auth': '- registry: quay.io',
    ecr: 'false',
    'github-token': 'token',
    test: 'false',
    'test-command': 'make test',
    'test-requirements': 'none',
    'test-in': 'image',
    'test-report': 'report.xml',
    'python-version': '3.12',
    'test-env': 'A=1',
    'test-first': 'true',
    'test-timeout': '5m',
    'working-directory': 'tests',
    context: 'tests',
    file: 'serve.Dockerfile',
    target: 'serve',
    'build-args': 'A=1',
    'build-contexts': 'more=tests',
    secrets: 'a=b',
    'secret-envs': 'a=VARIABLE',
    'secret-files': 'a=requirements.txt',
    ssh: 'default',
    'no-cache': 'true',
    'no-cache-filters': 'serve',
    platforms: 'linux/386',
    builder: 'mine',
    'image-store': 'keep',
    pull: 'true',
    network: 'host',
    'add-hosts': 'a:127.0.0.1',
    allow: 'network.host',
    'shm-size': '1g',
    ulimit: 'nofile=1024',
    provenance: 'mode=max',
    sbom: 'true',
    compression: 'gzip',
    'build-timeout': '5m',
    'push-timeout': '1h',
    'free-disk': 'off',
    cache: 'none',
    'cache-scope': 'iris',
    'cache-mode': 'min',
    'cache-image': 'ghcr.io/acme/iris-cache',
    'cache-from': 'type=gha',
    'cache-to': 'type=inline',
    smoke: 'false',
    preset: 'mlflow',
    port: '8080',
    'health-expect': '{"ok": true}',
    'ready-path': '/readyz',
    'health-path': '/healthz',
    'predict-path': '/invocations',
    'predict-body': '{"a": 1}',
    'predict-expect': '{"b": 1}',
    samples: 'golden.json',
    'start-timeout': '5m',
    'max-latency': '50ms',
    compare: 'previous',
    'run-env': 'A=1',
    'run-env-file': 'smoke.env',
    'run-args': '--read-only',
    'run-command': 'serve --workers 2',
    offline: 'true',
    'compose-file': 'docker-compose.yml',
    'compose-service': 'api',
    'gate-command': 'true',
    'metrics-file': 'metrics.json',
    require: 'accuracy > 0.5',
    'max-image-size': '500MB',
    'max-size-increase': '10%',
    'leak-check': 'false',
    'leak-ignore': '/app/tests/**\nrule:dotenv',
    advice: 'error',
    accept: 'no-tests',
    attest: 'required',
    summary: 'false',
    comment: 'on-change',
    matrix: '{"python": "3.12"}',
  }
  const base = { username: 'u', password: 'p', 'predict-body': '{}', 'metrics-file': 'Dockerfile' }
  const files = {
    ...workspaceFiles,
    '/repo/serve.Dockerfile': 'FROM scratch\n',
    '/repo/tests/Dockerfile': 'FROM scratch\n',
    '/repo/golden.json': '[{"request": {}}]',
    '/repo/smoke.env': 'A=1',
    '/repo/docker-compose.yml': '',
  }
  const beside: Readonly<Record<string, Readonly<Record<string, string>>>> = { 'compose-service': { 'compose-file': 'docker-compose.yml' } }
  const text = (given: Readonly<Record<string, string>>) =>
    JSON.stringify(inputsOf({ ...base, ...given }, { files, env: { VARIABLE: 'x', SSH_AUTH_SOCK: '/agent' } }), (_, value) =>
      value instanceof Set ? [...value] : value,
    )
  test.each(Object.entries(another))('%s: %s', (name, value) =>
    expect(text({ ...beside[name], [name]: value })).not.toBe(text({ ...beside[name] })),
  )
  test('a value of nothing but blanks is the default', () => expect(text({ push: ' ', 'health-path': '\n', port: '  ' })).toBe(text({})))
})

describe('images', () => {
  test.each([
    ['acme/iris, ghcr.io/acme/iris', ['docker.io/acme/iris', 'ghcr.io/acme/iris']],
    ['acme/iris\n# why\nghcr.io/Acme/Iris', ['docker.io/acme/iris', 'ghcr.io/acme/iris']],
    ['name=acme/iris,enable=true\nname=ghcr.io/acme/iris,enable=false', ['docker.io/acme/iris']],
    ['name=acme/iris', ['docker.io/acme/iris']],
    ['acme/iris\nACME/iris\ndocker.io/acme/iris', ['docker.io/acme/iris']],
  ])('%j', (images, names) => expect(inputsOf({ images }).images.map(({ registry, path }) => `${registry}/${path}`)).toEqual(names))
})

test('requirements are files, or none for the environment of the job', () => {
  expect(inputsOf({ 'test-requirements': 'none' }).test.requirements).toBe('none')
  expect(inputsOf({ 'test-requirements': 'requirements.txt, Dockerfile' }).test.requirements).toEqual(['requirements.txt', 'Dockerfile'])
})

test.each([
  ['runner', { kind: 'runner' }],
  ['image', { kind: 'image' }],
  ['target:serve', { kind: 'target', stage: 'serve' }],
])('the tests run where test-in says: %s', (text, place) => expect(inputsOf({ 'test-in': text }).test.place).toEqual(place))

test('a variable without a value is taken from the job', () => {
  expect(inputsOf({ 'run-env': 'A=1\nTOKEN' }, { env: { TOKEN: 't' } }).smoke.env).toEqual({ A: '1', TOKEN: 't' })
})

test('JSON is sent as it was written', () => {
  expect(inputsOf({ 'predict-body': ' {"b":1.0,  "a":1e2} ' }).smoke.predictBody).toBe('{"b":1.0,  "a":1e2}')
})

test('what is accepted is a set of known things', () => {
  expect(inputsOf({ accept: 'no-tests, unsafe-pr-checkout\nno-tests' }).accept).toEqual(new Set(['no-tests', 'unsafe-pr-checkout']))
})
