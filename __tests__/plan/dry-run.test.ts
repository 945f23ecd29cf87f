import { describe, expect, test } from '@jest/globals'
import { dryRun, dryRunText } from '../../src/plan/dry-run.ts'
import type { Access } from '../../src/plan/plan.ts'
import { parseRequirement } from '../../src/quality/requirement.ts'
import { createInputs, createPlan } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

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

const token = ['{}', JSON.stringify({ ac: '[{"Permission":3}]' }), 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.')
const host = (env: Readonly<Record<string, string>> = {}, files: Readonly<Record<string, string>> = {}) =>
  createFakeHost({ env, files: createFiles(files) })
const withCache = { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/' }

test('every command, request, login and tag is there, in the order of a run', () => {
  const text = dryRunText(dryRun(host(withCache), inputs, createPlan({ access })))
  const wanted = [
    'Dry run: nothing is run, built or pushed.',
    'install uv venv --quiet --no-project --python 3.11 VENV',
    'install uv pip install --python VENV/bin/python --index-strategy unsafe-best-match pytest httpx',
    "test    bash --noprofile --norc -eo pipefail -c 'make test TOKEN=***', on this machine, beside the build",
    'build   docker buildx build ',
    "--build-arg 'V=it'\\''s 1'",
    '--cache-from type=gha,scope=iris-',
    '/repo\n',
    'smoke   docker run ',
    '127.0.0.1::8000',
    '--memory 2g',
    'sha256:BUILT',
    'GET /health, /healthz, ',
    'POST /predict {"key": "***"}',
    'login   ghcr.io as shipper (username and password)',
    'login   quay.io as robot (login of the job)',
    'login   eu.gcr.io by docker-credential-gcloud',
    'login   localhost:5000 as nobody',
    'publish docker push --quiet 127.0.0.1:PORT/DOOR:RUN, to every registry; then its tags:',
    '        ghcr.io/acme/iris:sha-1f2e3d4',
    '        ghcr.io/acme/iris:latest',
  ]
  const places = wanted.map((part) => text.indexOf(part))
  expect(Object.fromEntries(wanted.map((part, index) => [part, (places[index] ?? -1) >= 0]))).toEqual(
    Object.fromEntries(wanted.map((part) => [part, true])),
  )
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('by its digest alone no tag is named', () => {
  const push = { push: true, reason: 'push is digest', only: 'digest' } as const
  const text = dryRunText(dryRun(host(), inputs, createPlan({ access, push })))
  expect(text).toContain('publish docker push --quiet 127.0.0.1:PORT/DOOR:RUN, to every registry; no tag')
  expect(text).not.toContain('ghcr.io/acme/iris:')
})

test('no secret is in it, and no value of a variable', () => {
  const dry = dryRun(host(withCache), inputs, createPlan({ access }))
  for (const text of [dryRunText(dry), JSON.stringify(dry)])
    expect(text).not.toMatch(/correct horse|ghs_1234|hunter22|:pw@|opensesame|abcdef|swordfish/)
})

test('what is left out is said, with the reason', () => {
  const little = createInputs({ test: { run: false }, smoke: { run: false }, cache: { kind: 'none', mode: 'auto', from: [], to: [] } })
  const dry = dryRun(host(withCache), little, createPlan({ push: { push: false, reason: 'push is false' } }))
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
    const dry = dryRun(host(), createInputs({ test: asked }), createPlan())
    expect(dry.test).toMatchObject({ argv, where, when })
    expect(dry.build.argv.slice(0, 3).join(' ')).toBe(build)
  })
})

test('the port is that of EXPOSE, and a long body is cut', () => {
  const dockerfile = 'FROM x\nARG PORT=9090\nEXPOSE $PORT/tcp 53/udp\n'
  const dry = dryRun(host(), createInputs({ build: { dockerfile }, smoke: { predictBody: 'x'.repeat(5_000) } }), createPlan())
  expect(dryRunText(dry)).toContain('127.0.0.1::9090')
  expect(dryRunText(dry)).toContain(`POST /predict ${'x'.repeat(200)}...`)
})

describe('what would be installed for the tests is told as far as files tell it', () => {
  const install = (asked: Parameters<typeof createInputs>[0], files: Readonly<Record<string, string>> = {}) => {
    const { test: told } = dryRun(host({}, files), createInputs(asked), createPlan())
    return 'skipped' in told ? [] : told.install.map((argv) => argv.slice(argv[1] === 'venv' ? 5 : 7).join(' '))
  }
  test.each<readonly [string, Parameters<typeof createInputs>[0], Readonly<Record<string, string>>, readonly string[]]>([
    [
      'files',
      {},
      { '/repo/requirements.txt': '', '/repo/requirements-test.txt': '' },
      ['3.11 VENV', '-r requirements.txt -r requirements-test.txt pytest httpx'],
    ],
    ['a lock', {}, { '/repo/uv.lock': '' }, ['3.11 VENV', '-r REQUIREMENTS pytest httpx']],
    ['a package', {}, { '/repo/pyproject.toml': '[build-system]\n' }, ['3.11 VENV', '. pytest httpx']],
    ['another Python', { test: { pythonVersion: '3.12' } }, {}, ['3.12 VENV', 'pytest httpx']],
    ['no Python that is known', { build: { dockerfile: 'FROM scratch\n' } }, {}, ['python3 VENV', 'pytest httpx']],
    ['the environment of the job', { test: { requirements: 'none' } }, {}, []],
    ['tests in the image', { test: { place: { kind: 'image' } } }, {}, []],
    ['no tests', { test: { run: false } }, {}, []],
  ])('%s', (_, asked, files, commands) => expect(install(asked, files)).toEqual(commands))
})

describe('when metrics are judged is told, and what they are held against', () => {
  const requirements = [parseRequirement('accuracy >= 0.95')]
  const workspace = { kind: 'workspace', path: '/repo/m.json', given: 'm.json' } as const
  test.each<readonly [Parameters<typeof createInputs>[0], string]>([
    [{ quality: { file: workspace, requirements } }, 'quality m.json, when it is there, before or after the tests'],
    [{ quality: { file: workspace, requirements }, test: { first: true } }, 'quality m.json, after the tests'],
    [{ quality: { file: workspace, requirements }, test: { run: false } }, 'quality m.json, before the build'],
    [{ quality: { file: { kind: 'image', path: '/m.json' }, requirements } }, 'quality image:/m.json, after the build'],
  ])('%#', (asked, line) =>
    expect(dryRunText(dryRun(host(), createInputs(asked), createPlan()))).toContain(`${line}\n        accuracy >= 0.95\n`),
  )
  test('or nothing, where there are none', () => expect(dryRun(host(), createInputs(), createPlan())).not.toHaveProperty('quality'))
})

test('another builder and platforms are those of the run', () => {
  const given = createInputs({ build: { options: { builder: 'mine', platforms: ['linux/amd64', 'linux/386'] } } })
  const { build } = dryRun(host(), given, createPlan())
  expect(build.argv.join(' ')).toContain('--builder mine ')
  expect(build.argv.join(' ')).toContain('--output type=oci,dest=LAYOUT,tar=false,compression=zstd ')
  expect(build.argv.join(' ')).toContain('--platform linux/amd64,linux/386 ')
})

test('what runs around the container is told', () => {
  const smoke = { gateCommand: 'trivy image "$IMAGE"\nk6 run load.js', compose: { files: ['/repo/a.yml', '/repo/b.yml'], service: 'api' } }
  const text = dryRunText(dryRun(host(), createInputs({ smoke }), createPlan()))
  expect(text).toContain('smoke   docker compose --project-name ml-image-RUN --file /repo/a.yml --file /repo/b.yml up --detach api\n')
  expect(text).toContain('gate    trivy image "$IMAGE"\n        k6 run load.js\n')
  const offline = dryRunText(dryRun(host(), createInputs({ smoke: { offline: true, command: ['serve', '--fast'] } }), createPlan()))
  expect(offline).toMatch(/--network OFFLINE .*sha256:BUILT serve --fast\n/)
})
