import { expect, test } from '@jest/globals'
import { dryRunText } from '../../src/plan/dry-run.ts'
import { createInputs, createPlan } from '../builders.ts'

const inputs = createInputs({
  credentials: { username: 'shipper', password: 'correct horse', githubToken: 'ghs_1234' },
  test: { env: { DATABASE_URL: 'postgres://u:pw@db' } },
  build: { args: { V: "it's 1" } },
  smoke: { env: { API_KEY: 'hunter22', HTTP_PROXY: 'http://u:pw@proxy' }, predictBody: '{"a": 1}', args: ['--memory', '2g'] },
})

const now = Date.parse('2026-01-02T03:04:05Z')
const token = ['{}', '{"ac":"[]"}', 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.')
const withCache = { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/' }

test('every command, request and tag is there, in the order of a run', () => {
  const text = dryRunText(inputs, createPlan(), withCache, now)
  const wanted = [
    'Dry run: nothing is run, built or pushed.',
    'test    python -m pytest, beside the build',
    'build   docker buildx build ',
    "--build-arg 'V=it'\\''s 1'",
    '--cache-from type=gha,scope=iris-',
    '/repo\n',
    'smoke   docker run ',
    '127.0.0.1::8000',
    '--memory 2g sha256:BUILT',
    'GET /health, POST /predict {"a": 1}',
    'publish ghcr.io/acme/iris:sha-1f2e3d4',
    'publish ghcr.io/acme/iris:latest',
  ]
  const places = wanted.map((part) => text.indexOf(part))
  expect(Object.fromEntries(wanted.map((part, index) => [part, (places[index] ?? -1) >= 0]))).toEqual(
    Object.fromEntries(wanted.map((part) => [part, true])),
  )
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('no secret is in it, and no value of a variable', () => {
  expect(dryRunText(inputs, createPlan(), withCache, now)).not.toMatch(/correct horse|ghs_1234|hunter22|:pw@/)
})

test('what is left out is said, with the reason', () => {
  const little = createInputs({ test: { run: false }, smoke: { run: false }, cache: { kind: 'none' } })
  const text = dryRunText(little, createPlan({ push: { push: false, reason: 'push is false' } }), withCache, now)
  expect(text).toContain('test    skipped (test: false)')
  expect(text).toContain('smoke   skipped (smoke: false)')
  expect(text).toContain('publish nothing: push is false')
  expect(text).not.toMatch(/--cache-from|GET |docker run/)
})

test('tests that come first are said to', () => {
  expect(dryRunText(createInputs({ test: { first: true, command: 'make test' } }), createPlan(), {}, now)).toContain(
    "-c 'make test', before the build",
  )
})
