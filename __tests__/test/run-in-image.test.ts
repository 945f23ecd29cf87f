import { describe, expect, test } from '@jest/globals'
import type { ImageConfig } from '../../src/build/image.ts'
import type { TestInputs } from '../../src/inputs/inputs.ts'
import { runTestsInImage } from '../../src/test/in-image.ts'
import { createImage, createInputs, digest } from '../builders.ts'
import { type CaptureScript, createFakeHost, type FakeHost, type StreamAnswer } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'
import { createSession, greenXml, redXml } from './session.ts'

const folder = '/temp/ml-image-test-1'
const project = { '/repo/requirements.txt': 'fastapi\n', '/repo/tests/test_app.py': '', '/repo/conftest.py': '' }
const probe = { stdout: `${JSON.stringify({ version: '3.11', machine: 'x86_64', musl: false, packages: ['fastapi', 'numpy'] })}\n` }
const red = { ended: { kind: 'exited', exitCode: 1 } } as const

type Case = Readonly<{
  test?: Partial<TestInputs>
  files?: Readonly<Record<string, string>>
  config?: Partial<ImageConfig>
  report?: string
  linked?: boolean
  pytest?: StreamAnswer
  overlay?: StreamAnswer
  probes?: Readonly<Record<string, CaptureScript>>
  acceptNone?: boolean
}>

async function run(given: Case, signal = new AbortController().signal) {
  const { test = {}, files = project, config = {}, report, linked = false, pytest = {}, overlay = {}, probes = {} } = given
  const asked = `docker run --rm --pull never --network none --label io.github.ml-image-action.run=f00dcafe0001 --entrypoint`
  const host: FakeHost = createFakeHost({
    files: createFiles(files),
    capture: {
      'uv --version': {},
      [asked]: probe,
      ...Object.fromEntries(Object.entries(probes).map(([name, answer]) => [`${asked} ${name} `, answer])),
      'docker rm': {},
    },
    stream: {
      uv: overlay,
      'docker run': {
        ...pytest,
        act: () => {
          const path = linked ? '/etc/report.xml' : `${folder}/out/junit.xml`
          if (report !== undefined) host.files.entries.set(path, report)
          if (linked) host.files.link(path, `${folder}/out/junit.xml`)
        },
      },
    },
  })
  const inputs = createInputs({ test: { place: { kind: 'image' }, ...test }, accept: new Set(given.acceptNone ? ['no-tests'] : []) })
  const { session, reports } = createSession(host, inputs, signal)
  const base = createImage()
  const outcome = await runTestsInImage(session, { ...base, config: { ...base.config, ...config } })
  return { host, outcome, reports, tests: host.commands.find(({ argv }) => argv.includes(`ml-image-f00dcafe0001-test`)) }
}

test('the tests run by the Python of the image, in its folder, with its packages before ours', async () => {
  const config = { workingDirectory: '/srv', command: ['/opt/venv/bin/uvicorn'], env: { PYTHONPATH: '/srv/lib' } }
  const { host, outcome, reports, tests } = await run({ config, report: greenXml, pytest: { lines: ['::error::x'] } })
  expect(outcome).toMatchObject({ kind: 'passed', value: { report: { tests: 1 } } })
  expect(reports).toHaveLength(1)
  const [options = '', words = ''] = (tests?.argv.join(' ') ?? '').split(` ${digest} `)
  expect(options).toMatch(/--workdir \/srv --entrypoint \/opt\/venv\/bin\/python3$/)
  expect(words).toBe('-m pytest tests')
  expect(tests?.env).toMatchObject({
    PYTHONPATH: '/srv/lib:/ml-image/overlay',
    PYTEST_ADDOPTS: "--junitxml='/ml-image/out/junit.xml' -o cache_dir='/tmp/pytest-cache'",
  })
  expect(host.lines).toEqual(['environment: Python 3.11 and 2 packages of the image', '│ ::error::x'])
})

test('the tests come in beside what the image has, and only the report comes out', async () => {
  const { tests } = await run({ report: greenXml })
  const mounts = tests?.argv.filter((word) => word.startsWith('type=bind')) ?? []
  expect(mounts.map((mount) => mount.replace('type=bind,source=', ''))).toEqual([
    `${folder}/overlay,target=/ml-image/overlay,readonly`,
    `${folder}/out,target=/ml-image/out`,
    '/repo/tests,target=/app/tests,readonly',
    '/repo/conftest.py,target=/app/conftest.py,readonly',
  ])
})

test('values of test-env reach the container by the environment, not by argv', async () => {
  const { tests } = await run({ report: greenXml, test: { env: { DATABASE_URL: 'postgres://u:p@db', PYTEST_ADDOPTS: '-q' } } })
  expect(tests?.argv.join(' ')).not.toContain('postgres')
  expect(tests?.env).toMatchObject({ DATABASE_URL: 'postgres://u:p@db', PYTEST_ADDOPTS: expect.stringMatching(/^-q /) })
})

// Folders that root makes there this user cannot remove.
test('pytest keeps its cache in the container', async () => {
  expect((await run({ report: greenXml })).tests?.env['PYTEST_ADDOPTS']).not.toContain('/ml-image/out/cache')
})

test.each([
  ['pytest -q tests', 'python3 -m pytest -q tests'],
  ['make test', 'make test'],
])('the command %s is run by the shell of the image', async (command, line) => {
  const { tests, outcome } = await run({ test: { command }, files: {}, report: greenXml })
  expect(tests?.argv.slice(-5)).toEqual(['--entrypoint', 'sh', digest, '-ec', line])
  expect(outcome.kind).toBe('passed')
})

describe('the first Python that answers is taken', () => {
  test('the next one where one is not there, or says something else', async () => {
    const { tests } = await run({
      config: { command: ['/app/serve'] },
      probes: { '/app/python3': { exitCode: 127 }, '/app/python': { stdout: '?' } },
    })
    expect(tests?.argv).toEqual(expect.arrayContaining(['--entrypoint', 'python3']))
  })
  test('an image without any is red, and nothing is installed', async () => {
    const { host, outcome } = await run({ probes: { python3: { exitCode: 127 }, python: { exitCode: 127 } } })
    const message = 'No Python was found in the image (tried python3, python).'
    expect(outcome).toMatchObject({ red: { code: 'test-image-unsuitable', message } })
    expect(host.argvs().filter((argv) => argv.startsWith('uv'))).toEqual([])
  })
})

describe('without tests', () => {
  const files = { '/repo/src/app/tests/test_a.py': '' }
  test('it is red', async () => expect((await run({ files })).outcome).toHaveProperty('red.code', 'tests-not-found'))
  test('it is skipped where that is accepted', async () => expect((await run({ files, acceptNone: true })).outcome.kind).toBe('skipped'))
})

test('a report that is a link to somewhere else is not read', async () => {
  expect((await run({ report: greenXml, linked: true })).outcome).toMatchObject({ red: { code: 'tests-crashed' } })
})

describe('container and folder are noted before they are made, and gone on every path', () => {
  test.each<readonly [string, Case, string]>([
    ['green', { report: greenXml }, 'passed'],
    ['red', { report: redXml('no'), pytest: red }, 'failed'],
    ['no Python', { probes: { python: { exitCode: 1 } } }, 'failed'],
    ['no overlay', { overlay: red }, 'failed'],
    ['too slow', { pytest: { takes: 9e9 } }, 'failed'],
  ])('%s', async (_, given, kind) => {
    const { host, outcome } = await run(given)
    expect(outcome.kind).toBe(kind)
    expect(host.traces).toEqual([
      { kind: 'folder', path: folder },
      { kind: 'containers', runId: 'f00dcafe0001' },
    ])
    expect(host.argvs().at(-1)).toBe('docker rm --force --volumes ml-image-f00dcafe0001-test')
    expect(host.files.temps.size).toBe(0)
  })
  test('stopped', async () => {
    const { host, outcome } = await run({}, AbortSignal.abort())
    expect([outcome.kind, host.argvs().at(-1)?.slice(0, 9), host.files.temps.size]).toEqual(['stopped', 'docker rm', 0])
  })
})
