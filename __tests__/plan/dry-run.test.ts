import { describe, expect, test } from '@jest/globals'
import { dryRun, dryRunText } from '../../src/plan/dry-run.ts'
import type { Access } from '../../src/plan/plan.ts'
import { createInputs, createPlan } from '../builders.ts'

const inputs = createInputs({
  credentials: { username: 'shipper', password: 'correct horse', githubToken: 'ghs_1234' },
  test: { env: { DATABASE_URL: 'postgres://u:pw@db' }, command: 'make test TOKEN=ghs_1234' },
  build: { args: { V: "it's 1", INDEX_TOKEN: 'opensesame' } },
  smoke: {
    env: { API_KEY: 'hunter22', HTTP_PROXY: 'http://u:pw@proxy' },
    predictBody: '{"key": "correct horse"}',
    args: ['--memory', '2g', '-e', 'LICENCE=abcdef'],
  },
})
const access = new Map<string, Access>([
  ['ghcr.io', { kind: 'given', credential: { username: 'shipper', password: 'correct horse' }, from: 'username and password' }],
  ['quay.io', { kind: 'job', login: { kind: 'credential', credential: { username: 'robot', password: 'swordfish' } } }],
  ['eu.gcr.io', { kind: 'job', login: { kind: 'helper', program: 'docker-credential-gcloud', server: 'eu.gcr.io' } }],
  ['localhost:5000', { kind: 'anonymous' }],
])

const now = Date.parse('2026-01-02T03:04:05Z')
const token = ['{}', '{"ac":"[]"}', 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.')
const withCache = { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/' }

test('every command, request, login and tag is there, in the order of a run', () => {
  const text = dryRunText(dryRun(inputs, createPlan({ access }), withCache, now))
  const wanted = [
    'Dry run: nothing is run, built or pushed.',
    "test    bash --noprofile --norc -eo pipefail -c 'make test TOKEN=***', on this machine, beside the build",
    'build   docker buildx build ',
    "--build-arg 'V=it'\\''s 1'",
    '--cache-from type=gha,scope=iris-',
    '/repo\n',
    'smoke   docker run ',
    '127.0.0.1::8000',
    '--memory 2g',
    'sha256:BUILT',
    'GET /health, POST /predict {"key": "***"}',
    'login   ghcr.io as shipper (username and password)',
    'login   quay.io as robot (login of the job)',
    'login   eu.gcr.io by docker-credential-gcloud',
    'login   localhost:5000 as nobody',
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
  const dry = dryRun(inputs, createPlan({ access }), withCache, now)
  for (const text of [dryRunText(dry), JSON.stringify(dry)])
    expect(text).not.toMatch(/correct horse|ghs_1234|hunter22|:pw@|opensesame|abcdef|swordfish/)
})

test('what is left out is said, with the reason', () => {
  const little = createInputs({ test: { run: false }, smoke: { run: false }, cache: { kind: 'none' } })
  const dry = dryRun(little, createPlan({ push: { push: false, reason: 'push is false' } }), withCache, now)
  expect(dry).toMatchObject({
    test: { skipped: 'test: false' },
    smoke: { skipped: 'smoke: false' },
    push: { push: false, reason: 'push is false' },
    references: ['ghcr.io/acme/iris:sha-1f2e3d4', 'ghcr.io/acme/iris:latest'],
  })
  const text = dryRunText(dry)
  expect(text).toContain('test    skipped (test: false)')
  expect(text).toContain('smoke   skipped (smoke: false)')
  expect(text).toContain('publish nothing: push is false')
  expect(text).not.toMatch(/--cache-from|GET |docker run|login /)
})

describe('tests are where and when they would be', () => {
  test.each([
    [{}, ['python', '-m', 'pytest'], 'on this machine', 'beside the build', 'docker buildx build'],
    [{ first: true }, ['python', '-m', 'pytest'], 'on this machine', 'before the build', 'docker buildx build'],
    [
      { place: { kind: 'image' } as const },
      ['python', '-m', 'pytest'],
      'in a container of the image',
      'after the build',
      'docker buildx build',
    ],
    [
      { place: { kind: 'target', stage: 'check' } as const },
      ['check'],
      'as a stage of the Dockerfile',
      'with the build',
      'docker buildx bake',
    ],
  ])('%j', (asked, argv, where, when, build) => {
    const dry = dryRun(createInputs({ test: asked }), createPlan(), {}, now)
    expect(dry.test).toEqual({ argv, where, when })
    expect(dry.build.argv.slice(0, 3).join(' ')).toBe(build)
  })
})

test('the port is that of EXPOSE, and a long body is cut', () => {
  const dockerfile = 'FROM x\nARG PORT=9090\nEXPOSE $PORT/tcp 53/udp\n'
  const dry = dryRun(createInputs({ build: { dockerfile }, smoke: { predictBody: 'x'.repeat(5_000) } }), createPlan(), {}, now)
  expect(dryRunText(dry)).toContain('127.0.0.1::9090')
  expect(dryRunText(dry)).toContain(`POST /predict ${'x'.repeat(200)}...`)
})
