import { describe, expect, test } from '@jest/globals'
import { createInputs } from '../builders.ts'
import { type Case, folder, project, run } from './running.ts'
import { greenXml, redXml } from './session.ts'

test('the environment is made, then pytest runs as a module in the project, and its report is the verdict', async () => {
  const { host, outcome, reports, last } = await run({ report: greenXml, pytest: { lines: ['1 passed'] } })
  const python = `${folder}/venv/bin/python`
  expect(host.argvs().map((argv) => argv.split(' ').slice(0, 3).join(' '))).toEqual([
    'uv --version',
    'python3 -c import',
    'uv venv --quiet',
    'uv pip install',
    `${python} -m pytest`,
  ])
  expect(last?.cwd).toBe('/repo')
  expect(outcome).toMatchObject({ kind: 'passed', value: { report: { tests: 1 } } })
  expect(reports).toHaveLength(1)
  expect(host.lines).toEqual(['environment: Python 3.11.9 (the Dockerfile), uv, requirements.txt', '│ 1 passed'])
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
    PATH: `${folder}/venv/bin:/bin`,
    HOME: '/h',
    VIRTUAL_ENV: `${folder}/venv`,
    MODEL: 'iris',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    COVERAGE_FILE: `${folder}/coverage`,
    PYTEST_ADDOPTS: `-q --junitxml='${folder}/junit.xml' -o cache_dir='${folder}/cache'`,
  })
})

test('the environment of the job is used as it is where there are no requirements to be installed', async () => {
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
    ['files of the runner changed', { report: greenXml, changedCommandFiles: () => ['GITHUB_ENV'] }, 'failed'],
  ])('%s', async (_, given, kind) => {
    const { host, outcome } = await run(given)
    expect(outcome.kind).toBe(kind)
    expect(host.traces).toEqual([{ kind: 'folder', path: folder }])
    expect(host.files.temps.size).toBe(0)
  })
  test('stopped', async () => {
    const { host, outcome } = await run({ report: greenXml }, AbortSignal.abort())
    expect(outcome).toEqual({ kind: 'stopped' })
    expect(host.files.temps.size).toBe(0)
  })
})

test('tests that wrote into the files of the runner are red, whatever they say', async () => {
  const { outcome, reports } = await run({ report: greenXml, changedCommandFiles: () => ['GITHUB_ENV', 'GITHUB_PATH'] })
  expect(outcome).toMatchObject({ red: { code: 'runner-files-changed', message: 'The tests changed GITHUB_ENV, GITHUB_PATH.' } })
  expect(reports).toEqual([])
})

describe('a report that the command names itself', () => {
  const inputs = createInputs({ test: { command: 'make test', report: 'out/report.xml', requirements: 'none' } })
  test('is read', async () => {
    const { outcome } = await run({ inputs, at: '/repo/out/report.xml', report: greenXml })
    expect(outcome).toMatchObject({ value: { report: { tests: 1 } } })
  })
  test('of an earlier run does not speak for this one', async () => {
    const { outcome } = await run({ inputs, files: { ...project, '/repo/out/report.xml': redXml('old') } })
    expect(outcome).toEqual({ kind: 'passed', value: {} })
  })
  test.each(['.', 'tests', '/repo'])('is a file: the folder %s is not removed', async (report) => {
    const { host } = await run({ inputs: createInputs({ test: { command: 'make test', report, requirements: 'none' } }) })
    expect(host.files.kind('/repo/tests/test_app.py')).toBe('file')
  })
})

test('lines of the tests cannot command the runner', async () => {
  const { host } = await run({ report: greenXml, pytest: { lines: ['::error::x', '##[error]y'] } })
  expect(host.lines.slice(1)).toEqual(['│ ::error::x', '│ # #[error]y'])
})

test('a Python that is not the one that ships is warned of', async () => {
  const { host } = await run({
    report: greenXml,
    inputs: createInputs({ build: { dockerfile: 'FROM python:3.12\n' }, test: { pythonVersion: '3.11' } }),
  })
  expect(host.lines[1]).toContain('python-mismatch: the tests run on Python 3.11.9, the image ships 3.12.')
})

describe('the packages are cached after tests that are green, beside what comes next', () => {
  const fill = async (given: Case) => {
    const saved: string[] = []
    const packageCache = { restore: async () => undefined, save: async (path: string) => void saved.push(path) }
    const { outcome, background } = await run({ packageCache, env: { PATH: '/bin', HOME: '/h' }, ...given })
    await Promise.all(background)
    return [outcome.kind, saved]
  }
  test('green', async () => expect(await fill({ report: greenXml })).toEqual(['passed', ['/h/.cache/uv']]))
  test('red', async () => expect(await fill({ report: redXml('no') })).toEqual(['failed', []]))
})
