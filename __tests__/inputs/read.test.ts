import { describe, expect, test } from '@jest/globals'
import { foreignInputs } from '../../src/inputs/declared.ts'
import { problemText } from '../../src/inputs/inputs.ts'
import { inputsOf, problemsOf, reasonsOf } from './reading.ts'

test('an image name is all that has to be given', () => {
  const inputs = inputsOf({})
  expect(inputs.images).toEqual([{ registry: 'ghcr.io', path: 'acme/iris', given: 'ghcr.io/acme/iris' }])
  expect(inputs).toMatchObject({ push: 'auto', dryRun: false, summary: true, workingDirectory: '/repo', tags: [] })
  expect(inputs.test).toEqual({ run: true, place: { kind: 'runner' }, env: {}, first: false, timeoutMs: 1_200_000 })
  expect(inputs.smoke).toEqual({
    run: true,
    preset: 'auto',
    offline: false,
    compare: { kind: 'off' },
    env: {},
    args: [],
  })
})

describe('a bad value is one problem, with the input, the value, the reason and an example', () => {
  test.each([
    ['images', 'ghcr.io/acme/iris:v1', 'has a tag', 'images: ghcr.io/acme/iris'],
    ['images', '', 'and is required', 'images: ghcr.io/acme/iris'],
    ['images', 'name=ghcr.io/acme/iris,enable=false', 'leaves no image enabled', 'images: ghcr.io/acme/iris'],
    ['images', 'name=ghcr.io/acme/iris,enable=yes', 'has enable=yes', 'images: ghcr.io/acme/iris'],
    [
      'images',
      'ghcr.io/acme/iris,ghcr.io/acme//x',
      'has "ghcr.io/acme//x", which has a / with nothing before or behind it',
      'images: ghcr.io/acme/iris',
    ],
    ['tags', 'type=semver', 'lacks pattern, which type=semver needs', 'tags: type=raw,value=v2'],
    ['flavor', 'latest=maybe', 'has latest=maybe, which is none of auto, true, false', 'flavor: suffix=-cpu,onlatest=true'],
    ['push', 'yes', 'is not one of auto, true, false', 'push: auto'],
    ['dry-run', 'maybe', 'is neither true nor false', 'dry-run: true'],
    ['registry', 'https://', 'names no registry host', 'registry: ghcr.io'],
    ['registry', 'docker.io', 'is not the registry of any image', 'registry: ghcr.io'],
    ['test', '1', 'is neither true nor false', 'test: false'],
    ['test-requirements', 'ci.txt', 'names ci.txt, which is not in the working directory', 'test-requirements: requirements/ci.txt'],
    ['test-env', '1=2', 'neither NAME=value nor NAME', 'test-env: MODEL_DIR=models'],
    ['test-first', 'on', 'is neither true nor false', 'test-first: true'],
    ['test-in', 'container', 'is none of runner, image, target:STAGE', 'test-in: image'],
    ['test-in', 'target:nope', 'is no stage of the Dockerfile; its stages are base, serve', 'test-in: image'],
    ['python-version', '3.1x', 'is not a version such as 3.11', 'python-version: 3.11'],
    ['test-timeout', '20', 'is not a duration with a unit', 'test-timeout: 5m'],
    ['file', 'docker/Dockerfile', 'no Dockerfile at this path', 'file: docker/serve.Dockerfile'],
    ['file', 'requirements.txt', 'has no FROM', 'file: docker/serve.Dockerfile'],
    ['target', 'srv', 'is no stage of the Dockerfile; its stages are base, serve', 'target: serve'],
    ['build-args', 'A', 'takes A from the job', 'build-args: MODEL_VERSION=7'],
    ['cache', 's3', 'is not one of auto, gha, registry, local, none', 'cache: local'],
    ['cache-mode', 'all', 'is not one of auto, min, max', 'cache-mode: max,mounts'],
    ['cache-mode', 'min,max', 'is not one of auto, min, max, and mounts beside it', 'cache-mode: max,mounts'],
    ['cache-image', 'ghcr.io/acme/iris@sha256:0', 'has a digest', 'cache-image: ghcr.io/acme/iris-cache'],
    ['cache-image', 'ghcr.io/acme/iris:-x', 'has "-x" where a tag belongs', 'cache-image: ghcr.io/acme/iris-cache'],
    ['cache-from', 'mode=max', 'neither type=', 'cache-from: type=registry,ref=ghcr.io/acme/iris:cache'],
    ['cache-to', 'mode=max', 'neither type=', 'cache-to: type=registry,ref=ghcr.io/acme/iris:cache,mode=max'],
    ['cache-scope', 'a,b', 'holds other characters', 'cache-scope: iris'],
    ['smoke', 'TRUE!', 'is neither true nor false', 'smoke: false'],
    ['port', '0', 'is not between 1 and 65535', 'port: 8080'],
    ['health-path', 'health', 'does not start with /', 'health-path: /healthz'],
    ['preset', 'tensorrt', 'is not one of auto, fastapi, flask, mlflow', 'preset: mlflow'],
    ['health-expect', '{"a"', 'is not JSON', 'health-expect: {"model_loaded": true}'],
    ['health-expect', '/(/', 'is not a regular expression', 'health-expect: {"model_loaded": true}'],
    ['ready-path', '/a b', 'holds a space', 'ready-path: /v2/models/iris/ready'],
    ['predict-path', 'http://evil/', 'does not start with /', 'predict-path: /invocations'],
    ['predict-body', '{"a": NaN}', 'is not JSON', 'predict-body: {"features": [5.1, 3.5, 1.4, 0.2]}'],
    ['start-timeout', '0s', 'is no time at all', 'start-timeout: 5m'],
    ['run-env', 'B', 'takes B from the job', 'run-env: MODEL_NAME=iris'],
    ['run-args', '-d', 'holds -d, which the action sets itself', 'run-args: --memory 2g --read-only'],
    ['accept', 'everything', 'is not one of no-tests', 'accept: no-tests'],
    ['summary', 'off', 'is neither true nor false', 'summary: false'],
    ['comment', 'true', 'is not one of off, on-change, always', 'comment: on-change'],
    ['matrix', '{python: 3}', 'is no JSON', 'matrix: {"python": "3.12"}'],
    ['matrix', '[1]', 'is no JSON object', 'matrix: {"python": "3.12"}'],
    ['push-timeout', '30', 'is not a duration with a unit (ms, s, m, h)', 'push-timeout: 1h'],
  ])('%s: %s', (input, value, reason, example) => {
    const problems = problemsOf({ [input]: value })
    expect(problems).toEqual([{ input, value: value.replace('1=2', '1=***'), reason: expect.stringContaining(reason), example }])
  })
})

test.each([
  ['null', undefined],
  ['{}', undefined],
  ['${{ toJSON(matrix) }}', undefined],
  ['{"python": "3.12"}', { python: '3.12' }],
])('the matrix %s', (matrix, read) =>
  expect(inputsOf({ comment: 'always', matrix }).comment).toEqual(read ? { when: 'always', matrix: read } : { when: 'always' }),
)

test('a preset has other names, in any case', () => {
  const of = (preset: string) => inputsOf({ preset }).smoke.preset
  expect(['MLflow', 'kserve', 'seldon', 'ray', 'none'].map(of)).toEqual(['mlflow', 'kserve-v1', 'oip-v2', 'ray-serve', 'none'])
})

test('what would be called is refused with preset: none', () => {
  const called = { port: '80', 'health-path': '/', 'health-expect': '{}', 'ready-path': '/', 'predict-path': '/', 'predict-body': '{}' }
  expect(reasonsOf({ preset: 'none', ...called })).toEqual(
    Object.keys(called).map((name) => `${name} is given with preset: none, which calls nothing`),
  )
})

test('a bad expectation and one without a body are told', () => {
  expect(reasonsOf({ 'predict-body': '{}', 'predict-expect': '/(/' })).toEqual([
    expect.stringMatching(/^predict-expect is not a regular expression/),
  ])
  expect(reasonsOf({ 'predict-expect': '{}' })).toEqual([expect.stringMatching(/^predict-expect is given without predict-body/)])
})

test('what cannot be together is told', () => {
  expect(reasonsOf({ 'test-in': 'image', 'test-first': 'true' })).toEqual([
    'test-first cannot be with tests that need the build: use test-in: runner',
  ])
  expect(reasonsOf({ 'test-in': 'target:serve', 'test-command': 'make' })).toEqual([
    expect.stringMatching(/^test-command is not run with test-in: target/),
  ])
})

test('all problems are told at once', () => {
  const problems = problemsOf({ images: 'A//b', push: 'maybe', port: '0', 'run-args': '-d', 'test-timeout': '5', nonsense: 'x' })
  expect(problems.map(({ input }) => input).toSorted()).toEqual(['images', 'nonsense', 'port', 'push', 'run-args', 'test-timeout'])
})

test('a long value is shortened and shown in one line', () => {
  const [problem] = problemsOf({ 'cache-scope': `a\n\tb${'x'.repeat(500)}` })
  expect(problem?.value).toBe(`a b${'x'.repeat(56)}...`)
})

test('a problem reads as a sentence with an example', () => {
  expect(problemText({ input: 'port', value: '0', reason: 'is not between 1 and 65535', example: 'port: 8080' })).toBe(
    'port: "0" is not between 1 and 65535. Example: port: 8080',
  )
  expect(problemText({ input: 'images', value: '', reason: 'and is required', example: 'images: x' })).toBe(
    'images: is empty and is required. Example: images: x',
  )
})

test('an unknown input gets the nearest name suggested, if one is near', () => {
  expect(reasonsOf({ 'health-paht': '/x', 'k8s-namespace': 'x' })).toEqual([
    'health-paht is no input of this action; did you mean health-path',
    'k8s-namespace is no input of this action',
  ])
})

test('an unknown input is refused also when every object has a property of its name', () => {
  expect(reasonsOf({ constructor: 'x' })).toEqual(['constructor is no input of this action'])
})

test.each(Object.entries(foreignInputs))('the input %s of the docker actions gets told what to do instead', (name, instead) => {
  expect(reasonsOf({ [name]: 'true' })).toEqual([`${name} is an input of another action, ${instead}`])
  expect(problemsOf({ [name]: 'true' })[0]?.example).toBe('docs/migrating.md has all inputs of the docker actions')
})
