import { describe, expect, test } from '@jest/globals'
import { installCommands, jobEnvironment, makeEnvironment } from '../../src/test/environment.ts'
import { createFakeHost, type Overrides } from '../fake-host.ts'

describe('the commands that make an environment', () => {
  const argvs = (installer: 'uv' | 'pip', requirements: readonly string[]) =>
    installCommands(installer, '/t/venv', requirements, '/repo', { PATH: '/bin' }).map(({ argv }) => argv.join(' '))
  test.each([
    [
      'uv' as const,
      ['requirements.txt', 'ci.txt'],
      [
        'uv venv --quiet --no-project --python python3 /t/venv',
        'uv pip install --python /t/venv/bin/python --index-strategy unsafe-best-match -r requirements.txt -r ci.txt pytest httpx',
      ],
    ],
    ['pip' as const, [], ['python3 -m venv /t/venv', '/t/venv/bin/python -m pip install --disable-pip-version-check pytest httpx']],
  ])('by %s for %j', (installer, requirements, expected) => expect(argvs(installer, requirements)).toEqual(expected))
  test('run in the folder of the project, with the environment they are given', () => {
    const commands = installCommands('uv', '/t/venv', [], '/repo', { PATH: '/bin' })
    expect(commands.map(({ cwd, env }) => ({ cwd, env }))).toEqual(Array(2).fill({ cwd: '/repo', env: { PATH: '/bin' } }))
  })
})

const make = async (overrides: Overrides, signal = new AbortController().signal) => {
  const host = createFakeHost({ env: { PATH: '/usr/bin', UV_INDEX_URL: 'https://u:p@index', GITHUB_TOKEN: 'x' }, ...overrides })
  const printed: string[] = []
  const at = { folder: '/temp/t', cwd: '/repo', requirements: ['requirements.txt'] }
  const outcome = await makeEnvironment(host, at, (line) => printed.push(line), signal)
  return { host, printed, outcome }
}

test('uv where it is there; the environment comes first on PATH', async () => {
  const { host, outcome } = await make({ capture: { 'uv --version': { stdout: 'uv 0.9' } }, stream: { uv: {} } })
  expect(outcome).toEqual({
    kind: 'passed',
    value: {
      variables: { VIRTUAL_ENV: '/temp/t/venv', PATH: '/temp/t/venv/bin:/usr/bin' },
      python: '/temp/t/venv/bin/python',
      how: 'uv, requirements.txt',
    },
  })
  expect(host.argvs().map((argv) => argv.split(' ', 2).join(' '))).toEqual(['uv --version', 'uv venv', 'uv pip'])
})

test('the installer gets its own settings and nothing else of the job', async () => {
  const { host } = await make({ capture: { uv: {} }, stream: { uv: {} } })
  for (const { env } of host.commands) expect(env).toEqual({ PATH: '/usr/bin', UV_INDEX_URL: 'https://u:p@index' })
})

test.each([
  ['fails', { exitCode: 2 }],
  [
    'is not there',
    () => {
      throw new Error('tool-missing')
    },
  ],
])('pip where uv %s', async (_, uv) => {
  const { host, outcome } = await make({ capture: { uv }, stream: { python3: {}, '/temp/t/venv/bin/python': {} } })
  expect(outcome).toMatchObject({ kind: 'passed', value: { how: 'pip, requirements.txt' } })
  expect(host.argvs().slice(1)).toEqual([
    'python3 -m venv /temp/t/venv',
    '/temp/t/venv/bin/python -m pip install --disable-pip-version-check -r requirements.txt pytest httpx',
  ])
})

describe('an environment that cannot be made is red', () => {
  const broken = { ended: { kind: 'exited', exitCode: 1 }, lines: ['No solution found', 'torch==9 is not there'] } as const
  test('what could not be installed is named, with the last lines', async () => {
    const { outcome, printed } = await make({ capture: { uv: {} }, stream: { 'uv venv': {}, 'uv pip': broken } })
    expect(outcome).toEqual({
      kind: 'failed',
      red: {
        code: 'tests-install-failed',
        message: 'requirements.txt, pytest, httpx could not be installed (uv).',
        evidence: ['No solution found', 'torch==9 is not there'],
      },
    })
    expect(printed).toEqual(['No solution found', 'torch==9 is not there'])
  })
  test('nothing is installed where no environment could be made', async () => {
    const { outcome, host } = await make({ capture: { uv: {} }, stream: { 'uv venv': broken } })
    expect(outcome).toMatchObject({ red: { code: 'tests-install-failed', message: 'no virtual environment could be made (uv).' } })
    expect(host.argvs()).toHaveLength(2)
  })
  test('one that was stopped is not red', async () => {
    expect((await make({ capture: { uv: {} }, stream: { uv: {} } }, AbortSignal.abort())).outcome).toEqual({ kind: 'stopped' })
  })
})

test('the environment of the job is its python3, with nothing changed', () => {
  expect(jobEnvironment()).toEqual({ variables: {}, python: 'python3', how: 'the environment of the job' })
})
