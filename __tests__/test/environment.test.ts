import { describe, expect, test } from '@jest/globals'
import { installCommand, makeEnvironment, testPackages, venvCommand } from '../../src/test/environment.ts'
import type { WantedPython } from '../../src/test/python.ts'
import type { Requirements } from '../../src/test/requirements.ts'
import { createFakeHost, type FakeHost, type Overrides, type StreamScript } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const python = { python: 'python3.11', managed: false }

describe('the commands that make an environment', () => {
  test.each<readonly [string | undefined, readonly string[], readonly string[]]>([
    [
      'uv',
      ['uv', 'venv', '--quiet', '--no-project', '--python', 'python3.11', '/t/venv'],
      ['uv', 'pip', 'install', '--python', '/t/venv/bin/python', '--index-strategy', 'unsafe-best-match', '-r', 'a.txt'],
    ],
    [
      undefined,
      ['python3.11', '-m', 'venv', '/t/venv'],
      ['/t/venv/bin/python', '-m', 'pip', 'install', '--disable-pip-version-check', '-r', 'a.txt'],
    ],
  ])('by %s', (uv, venv, install) => {
    expect(venvCommand(uv, python, '/t/venv')).toEqual(venv)
    expect(installCommand(uv, '/t/venv', ['-r', 'a.txt'])).toEqual(install)
  })
})

type Case = Readonly<{
  requirements?: Requirements
  wanted?: WantedPython
  stream?: Overrides['stream']
  capture?: Overrides['capture']
  files?: Readonly<Record<string, string>>
}> &
  Pick<Overrides, 'packageCache'>

async function make(
  { requirements = { kind: 'files', files: ['requirements.txt'] }, wanted, stream, capture, files = {}, packageCache }: Case,
  signal = new AbortController().signal,
) {
  const host: FakeHost = createFakeHost({
    env: { PATH: '/usr/bin', HOME: '/h', UV_INDEX_URL: 'https://u:p@index', GITHUB_TOKEN: 'x', DATABASE_URL: 'x' },
    files: createFiles({ '/temp/t/x': '', ...files }),
    capture: { 'uv --version': {}, 'python3 -c': { stdout: '3.11.9\n' }, python3: { exitCode: 1 }, ...capture },
    stream: { '': {}, ...stream },
    ...(packageCache ? { packageCache } : {}),
  })
  const printed: string[] = []
  const at = { folder: '/temp/t', cwd: '/repo', requirements, wanted }
  const outcome = await makeEnvironment(
    host,
    at,
    (line) => printed.push(line),
    (text) => void host.notices.push(text),
    signal,
  )
  const installs = host.argvs().filter((argv) => argv.includes('install'))
  return { host, printed, outcome, installs }
}

const noUv = {
  'uv --version': () => {
    throw new Error('tool-missing')
  },
}

test('by uv where it is there; the environment comes first on PATH', async () => {
  const { outcome, installs } = await make({})
  expect(outcome).toMatchObject({
    kind: 'passed',
    value: {
      variables: { VIRTUAL_ENV: '/temp/t/venv', PATH: '/temp/t/venv/bin:/usr/bin' },
      python: '/temp/t/venv/bin/python',
      version: '3.11.9',
      how: 'Python 3.11.9 (of the job), uv, requirements.txt',
    },
  })
  expect(installs).toEqual([
    'uv pip install --python /temp/t/venv/bin/python --index-strategy unsafe-best-match -r requirements.txt pytest httpx',
  ])
})

test('by pip where uv cannot be had', async () => {
  const { outcome, host } = await make({ capture: noUv })
  expect(outcome).toMatchObject({ value: { how: 'Python 3.11.9 (of the job), pip, requirements.txt' } })
  expect(host.argvs().slice(-2)).toEqual([
    'python3 -m venv /temp/t/venv',
    '/temp/t/venv/bin/python -m pip install --disable-pip-version-check -r requirements.txt pytest httpx',
  ])
})

test('the installer gets its own settings and nothing else of the job', async () => {
  const { host } = await make({})
  for (const { env } of host.commands) expect(env).toEqual({ PATH: '/usr/bin', HOME: '/h', UV_INDEX_URL: 'https://u:p@index' })
})

describe('what is installed', () => {
  const sources = async (requirements: Requirements, given: Case = {}) => {
    const { installs, host } = await make({ requirements, ...given })
    return { words: installs.at(-1)?.split('unsafe-best-match ')[1], list: host.files.readText('/temp/t/requirements.txt') }
  }
  const always = testPackages.join(' ')
  test('files', async () =>
    expect(await sources({ kind: 'files', files: ['a.txt', 'b.txt'] })).toMatchObject({ words: `-r a.txt -r b.txt ${always}` }))
  test('lines worked out from a lock', async () =>
    expect(await sources({ kind: 'lines', lines: ['a==1', 'b==2 ; x'], from: 'poetry.lock' })).toEqual({
      words: `-r /temp/t/requirements.txt ${always}`,
      list: 'a==1\nb==2 ; x\n',
    }))
  test('the project itself, with its extras', async () => {
    expect(await sources({ kind: 'project', extras: ['test', 'dev'] })).toMatchObject({ words: `.[test,dev] ${always}` })
    expect(await sources({ kind: 'project', extras: [] })).toMatchObject({ words: `. ${always}` })
  })
  test('nothing but what every test needs', async () => expect(await sources({ kind: 'none' })).toMatchObject({ words: always }))
  test('what uv exports of its lock', async () => {
    const exported = 'uv export --quiet --frozen --no-emit-project --no-hashes --extra test --group dev'
    const given = { capture: { [exported]: { stdout: 'a==1\n' } } }
    expect(await sources({ kind: 'uv-lock', extras: ['test'], groups: ['dev'] }, given)).toMatchObject({ list: 'a==1\n\n' })
  })
  test('of the environment of the job nothing', async () => {
    const { outcome, host } = await make({ requirements: { kind: 'job' } })
    expect(outcome).toEqual({ kind: 'passed', value: { variables: {}, python: 'python3', how: 'the environment of the job' } })
    expect(host.commands).toEqual([])
  })
})

test('a package in src is importable', async () => {
  expect((await make({ files: { '/repo/src/iris/__init__.py': '' } })).outcome).toMatchObject({
    value: { variables: { PYTHONPATH: '/repo/src' } },
  })
})

describe('a Python that cannot be fetched', () => {
  const stream: Readonly<Record<string, StreamScript>> = {
    'uv venv --quiet --no-project --python 3.9': { ended: { kind: 'exited', exitCode: 2 }, lines: ['no 3.9'] },
  }
  test('is left for python3 where nobody asked for it by name, and that is said', async () => {
    const { outcome, host } = await make({ wanted: { version: '3.9', from: 'the Dockerfile' }, stream })
    expect(outcome).toMatchObject({ kind: 'passed', value: { version: '3.11.9' } })
    expect(host.notices).toEqual(['Python 3.9 (the Dockerfile) is not on this machine and could not be fetched; testing with python3.'])
  })
  test('is red where it was asked for', async () => {
    expect((await make({ wanted: { version: '3.9', from: 'python-version' }, stream })).outcome).toMatchObject({
      red: { code: 'tests-install-failed', message: 'No environment with 3.9 could be made.', evidence: ['no 3.9'] },
    })
  })
})

describe('an environment that cannot be made is red', () => {
  const broken = { ended: { kind: 'exited', exitCode: 1 }, lines: ['No solution found'] } as const
  test('after pip was tried too; what could not be installed is named, with the last lines', async () => {
    const { outcome, host, printed } = await make({
      stream: { 'uv pip install --python': broken, '/temp/t/venv/bin/python -m pip': broken },
    })
    expect(outcome).toEqual({
      kind: 'failed',
      red: {
        code: 'tests-install-failed',
        message: 'requirements.txt with pytest and httpx could not be installed (pip).',
        evidence: ['No solution found', 'No solution found'],
      },
    })
    expect(host.notices).toEqual(['uv could not install the requirements; trying once more with pip.'])
    expect(printed).toHaveLength(2)
  })
  test('and green where pip can what uv cannot', async () => {
    expect((await make({ stream: { 'uv pip install --python': broken } })).outcome).toMatchObject({
      kind: 'passed',
      value: { how: 'Python 3.11.9 (of the job), pip, requirements.txt' },
    })
  })
  test.each<readonly [string, Requirements, string]>([
    [
      'conda',
      { kind: 'unsupported', file: 'environment.yml', remedy: 'use conda' },
      'environment.yml cannot be installed by this action: use conda.',
    ],
    ['uv.lock without uv', { kind: 'uv-lock', extras: [], groups: [] }, 'uv.lock needs uv, which is not on PATH and could not be fetched.'],
  ])('of %s', async (_, requirements, message) => {
    const { outcome, installs } = await make({ requirements, capture: noUv })
    expect(outcome).toMatchObject({ red: { code: 'tests-install-failed', message } })
    expect(installs.filter((argv) => argv.includes('venv'))).toEqual([])
  })
  test('of a lock that uv cannot read', async () => {
    const capture = { 'uv export': { exitCode: 2, stderr: 'a\nb\n' } }
    expect((await make({ requirements: { kind: 'uv-lock', extras: [], groups: [] }, capture })).outcome).toMatchObject({
      red: { message: 'uv.lock could not be read.', evidence: ['a', 'b'] },
    })
  })
  test('one that was stopped is not', async () => expect((await make({}, AbortSignal.abort())).outcome).toEqual({ kind: 'stopped' }))
})

test('packages of an earlier run are fetched beside, and said to be used', async () => {
  const asked: (readonly string[])[] = []
  const packageCache = {
    restore: async (path: string, key: string, keys: readonly string[]) => {
      asked.push([path, ...keys])
      return key
    },
    save: async () => {},
  }
  const { outcome } = await make({ packageCache })
  expect(outcome).toMatchObject({
    value: {
      how: 'Python 3.11.9 (of the job), uv with the cache of an earlier run, requirements.txt',
      cache: { restored: { kind: 'hit' } },
    },
  })
  expect(asked).toEqual([['/h/.cache/uv', 'ml-image-uv-Linux-X64-3.11.9-']])
})
