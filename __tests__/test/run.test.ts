import { describe, expect, test } from '@jest/globals'
import type { Inputs } from '../../src/inputs/inputs.ts'
import type { TestReport } from '../../src/test/junit.ts'
import { pytestOptions, reportPath, runTests, testArgv } from '../../src/test/run.ts'
import { createInputs } from '../builders.ts'
import { createFakeHost, type FakeHost, type Overrides, type StreamAnswer } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const project = { '/repo/requirements.txt': 'fastapi\n', '/repo/tests/test_app.py': 'def test_a(): pass\n' }
const python = '/temp/ml-image-test-1/venv/bin/python -m pytest'
const xml = (cases: string) => `<testsuites><testsuite>${cases}</testsuite></testsuites>`
const greenXml = xml('<testcase name="a"/>')
const redXml = (message: string) => xml(`<testcase name="a"><failure message="${message}"/></testcase>`)

type Case = Readonly<{
  inputs?: Inputs
  files?: Readonly<Record<string, string>>
  report?: string
  pytest?: StreamAnswer
  uv?: StreamAnswer
}> &
  Pick<Overrides, 'env'>

async function run(
  { inputs = createInputs(), files = project, report, pytest = {}, uv = {}, env }: Case,
  signal = new AbortController().signal,
) {
  const host: FakeHost = createFakeHost({
    files: createFiles(files),
    ...(env ? { env } : {}),
    capture: { 'uv --version': {} },
    stream: {
      uv,
      '': { ...pytest, act: () => report !== undefined && host.files.writePrivate('/temp/ml-image-test-1/junit.xml', report) },
    },
  })
  const reports: TestReport[] = []
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  const outcome = await runTests(host, inputs, log, signal, (found) => reports.push(found))
  return { host, outcome, reports, last: host.commands.at(-1) }
}

test('the environment is made, then pytest runs as a module in the project, and its report is the verdict', async () => {
  const { host, outcome, reports, last } = await run({ report: greenXml, pytest: { lines: ['1 passed'] } })
  expect(host.argvs().map((argv) => argv.split(' ').slice(0, 3).join(' '))).toEqual([
    'uv --version',
    'uv venv --quiet',
    'uv pip install',
    python,
  ])
  expect(last?.cwd).toBe('/repo')
  expect(outcome).toMatchObject({ kind: 'passed', value: { report: { tests: 1 } } })
  expect(reports).toHaveLength(1)
  expect(host.lines).toEqual(['environment: uv, requirements.txt', '│ 1 passed'])
})

test('the tests see the environment made for them, the variables given, and nothing else of the job', async () => {
  const env = {
    PATH: '/bin',
    HOME: '/h',
    DATABASE_URL: 'x',
    INPUT_PASSWORD: 'x',
    ACTIONS_RUNTIME_TOKEN: 'x',
    GITHUB_TOKEN: 'x',
    PIP_INDEX_URL: 'x',
  }
  const inputs = createInputs({ test: { env: { MODEL: 'iris', PYTEST_ADDOPTS: '-q' } } })
  const { last } = await run({ env, inputs, report: greenXml })
  expect(last?.env).toEqual({
    PATH: '/temp/ml-image-test-1/venv/bin:/bin',
    HOME: '/h',
    VIRTUAL_ENV: '/temp/ml-image-test-1/venv',
    MODEL: 'iris',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    COVERAGE_FILE: '/temp/ml-image-test-1/coverage',
    PYTEST_ADDOPTS: "--junitxml='/temp/ml-image-test-1/junit.xml' -o cache_dir='/temp/ml-image-test-1/cache' -q",
  })
})

test('the environment of the job is used as it is where there are no requirements', async () => {
  const { host } = await run({ inputs: createInputs({ test: { requirements: 'none' } }), report: greenXml })
  expect(host.argvs()).toEqual(['python3 -m pytest'])
})

test('a command is run by bash, without its profiles, and stops at the first error', async () => {
  const inputs = createInputs({ test: { command: 'make test', requirements: 'none' } })
  const { last, outcome } = await run({ inputs, files: {} })
  expect(last?.argv).toEqual(['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', 'make test'])
  expect(outcome).toEqual({ kind: 'passed', value: {} })
})

describe('without tests', () => {
  const files = { '/repo/app.py': '' }
  test('it is red, and nothing is installed', async () => {
    const { outcome, host } = await run({ files })
    expect(outcome).toMatchObject({ red: { code: 'tests-not-found' } })
    expect(host.argvs()).toEqual([])
  })
  test('it is skipped where that is accepted', async () =>
    expect((await run({ files, inputs: createInputs({ accept: new Set(['no-tests']) }) })).outcome).toMatchObject({ kind: 'skipped' }))
  test('it is skipped where the gate is switched off', async () =>
    expect((await run({ inputs: createInputs({ test: { run: false } }) })).outcome).toEqual({ kind: 'skipped', reason: 'test: false' }))
})

describe('the folder of the run is noted before it is used, and gone on every path', () => {
  const red = { ended: { kind: 'exited', exitCode: 1 } } as const
  test.each<readonly [string, Case, string]>([
    ['green', { report: greenXml }, 'passed'],
    ['red', { report: redXml('no'), pytest: red }, 'failed'],
    ['no installation', { uv: red }, 'failed'],
    ['too slow', { pytest: { takes: 9e9 } }, 'failed'],
    ['killed', { pytest: { ended: { kind: 'killed', signal: 'SIGKILL' } } }, 'failed'],
  ])('%s', async (_, given, kind) => {
    const { host, outcome } = await run(given)
    expect(outcome.kind).toBe(kind)
    expect(host.traces).toEqual([{ kind: 'folder', path: '/temp/ml-image-test-1' }])
    expect(host.files.temps.size).toBe(0)
  })
  test('stopped', async () => {
    const { host, outcome } = await run({ report: greenXml }, AbortSignal.abort())
    expect(outcome).toEqual({ kind: 'stopped' })
    expect(host.files.temps.size).toBe(0)
  })
})

describe('a red test that names a variable of the job says how it gets it', () => {
  const env = { PATH: '/bin', DATABASE_URL: 'postgres://', API: 'x', DATABASE: 'y', GITHUB_TOKEN: 'z' }
  const evidence = async (report: string, lines: readonly string[] = []) => {
    const { outcome } = await run({ env, report, pytest: { ended: { kind: 'exited', exitCode: 1 }, lines } })
    return outcome.kind === 'failed' ? outcome.red.evidence.at(-1) : undefined
  }
  const hint = 'The tests do not see DATABASE_URL of the job: name what they need in test-env.'
  test('in a message', async () => expect(await evidence(redXml("KeyError: 'DATABASE_URL'"))).toBe(hint))
  test('in the output', async () => expect(await evidence(redXml('x'), ['KeyError: DATABASE_URL'])).toBe(hint))
  test('but not by a part of another word, a short name, or one of the runner', async () =>
    expect(await evidence(redXml('MY_DATABASE_URLS API GITHUB_TOKEN'))).not.toContain('do not see'))
  test('nor when the tests are green', async () =>
    expect((await run({ env, report: greenXml, pytest: { lines: ['DATABASE_URL'] } })).outcome.kind).toBe('passed'))
  test.failing('and a variable with an odd name does no harm', async () => {
    const given = {
      env: { PATH: '/bin', 'ODD(NAME': 'x' },
      report: redXml('no'),
      pytest: { ended: { kind: 'exited', exitCode: 1 } },
    } as const
    expect((await run(given)).outcome).toMatchObject({ red: { code: 'tests-failed' } })
  })
})

test('a path with a quote is still one word for pytest', () => {
  expect(pytestOptions("/t/it's", undefined)).toBe("--junitxml='/t/it'\\''s/junit.xml' -o cache_dir='/t/it'\\''s/cache'")
  expect(testArgv(undefined, '/v/python')).toEqual(['/v/python', '-m', 'pytest'])
})

test.each([
  [undefined, '/t/junit.xml'],
  ['make test', '/t/junit.xml'],
  ['pytest --junitxml=out/report.xml -q', '/repo/out/report.xml'],
  ['pytest --junit-xml "/tmp/r.xml"', '/tmp/r.xml'],
])('the report of %s is at %s', (command, path) => expect(reportPath(command, '/t', '/repo')).toBe(path))

test('lines of the tests cannot command the runner', async () => {
  const { host } = await run({ report: greenXml, pytest: { lines: ['::error::x', '##[error]y'] } })
  expect(host.lines.slice(1)).toEqual(['│ ::error::x', '│ # #[error]y'])
})
