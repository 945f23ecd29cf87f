import { describe, expect, test } from '@jest/globals'
import type { Command, PackageCache } from '../../src/host/host.ts'
import { createFiles } from '../memory-files.ts'
import { folder, make, red, venv } from './making.ts'

const missing = () => {
  throw new Error('tool-missing')
}
const away = { 'python3.9 -c': missing }

describe('the Python that was asked for', () => {
  test('is used where it is there, and who asked is told', async () => {
    const wanted = { version: '3.11', from: '.python-version' }
    expect((await make({ wanted })).outcome).toMatchObject({ value: { how: 'Python 3.11.9 (.python-version), uv, requirements.txt' } })
  })
  test('is used by the name that it has on PATH', async () => {
    const wanted = { version: '3.9', from: 'the Dockerfile' }
    const { made, outcome } = await make({ wanted, capture: { 'python3.9 -c': { stdout: '3.9.20\n' } } })
    expect(made[0]).toBe(`uv venv --quiet --no-project --python python3.9 ${venv}`)
    expect(outcome).toMatchObject({ value: { version: '3.9.20' } })
  })
  test('is fetched by uv where it is not', async () => {
    const { made, outcome } = await make({ wanted: { version: '3.9', from: 'python-version' }, capture: away })
    expect(made[0]).toBe(`uv venv --quiet --no-project --python 3.9 ${venv}`)
    expect(outcome).toMatchObject({ value: { version: '3.9', how: 'Python 3.9 (python-version), uv, requirements.txt' } })
  })
})

describe('a Python that cannot be fetched', () => {
  const stream = { 'uv venv --quiet --no-project --python 3.9': red }
  test('is done without where a file wants it, which is said', async () => {
    const { host, made, outcome } = await make({ wanted: { version: '3.9', from: 'the Dockerfile' }, capture: away, stream })
    expect(made[1]).toBe(`uv venv --quiet --no-project --python python3 ${venv}`)
    expect(host.notices).toEqual(['Python 3.9 (the Dockerfile) is not on this machine and could not be fetched; testing with python3.'])
    expect(outcome).toMatchObject({ value: { version: '3.11.9', how: 'Python 3.11.9 (of the job), uv, requirements.txt' } })
  })
  test('is red where the input wants it', async () => {
    const { host, outcome } = await make({ wanted: { version: '3.9', from: 'python-version' }, capture: away, stream })
    const message = 'No environment with 3.9 could be made.'
    expect(outcome).toEqual({ kind: 'failed', red: { code: 'tests-install-failed', message, evidence: red.lines } })
    expect(host.notices).toEqual([])
  })
  test('is not replaced in silence where the input wants it and there is no uv', async () => {
    const { host, outcome } = await make({ wanted: { version: '3.9', from: 'python-version' }, capture: away, uv: 'none' })
    expect([...host.notices, outcome.kind]).not.toEqual(['passed'])
  })
  test('nothing is installed where no environment can be made', async () => {
    const { made, outcome } = await make({ stream: { 'uv venv': red } })
    expect(outcome).toMatchObject({ red: { code: 'tests-install-failed', message: 'No environment with python3 could be made.' } })
    expect(made).toHaveLength(1)
  })
})

describe('requirements that cannot be installed are red before anything is made', () => {
  test('uv.lock without uv', async () => {
    const { made, outcome } = await make({ uv: 'none', requirements: { kind: 'uv-lock', extras: [], groups: [] } })
    expect(outcome).toMatchObject({ red: { code: 'tests-install-failed', message: expect.stringContaining('uv.lock needs uv') } })
    expect(made).toEqual([])
  })
  test('uv.lock that uv cannot read', async () => {
    const capture = { 'uv export': { exitCode: 2, stderr: 'error: Failed to parse\nat line 1\n' } }
    const { outcome } = await make({ capture, requirements: { kind: 'uv-lock', extras: [], groups: [] } })
    expect(outcome).toMatchObject({ red: { message: 'uv.lock could not be read.', evidence: ['error: Failed to parse', 'at line 1'] } })
  })
  test('conda', async () => {
    const { outcome } = await make({ requirements: { kind: 'unsupported', file: 'environment.yml', remedy: 'do this' } })
    expect(outcome).toMatchObject({ red: { message: 'environment.yml cannot be installed by this action: do this.' } })
  })
})

test('one that was stopped is not red', async () => {
  expect((await make({}, AbortSignal.abort())).outcome).toEqual({ kind: 'stopped' })
})

describe('the cache of packages', () => {
  test('is there before anything is installed, and it is told', async () => {
    const order: string[] = []
    const packageCache: PackageCache = {
      restore: async (_, key) => {
        await Promise.resolve()
        order.push('restored')
        return key
      },
      save: async () => {},
    }
    const uv = { act: () => void order.push('installed') }
    const { outcome } = await make({ packageCache, stream: { 'uv pip install': uv } })
    expect(order).toEqual(['restored', 'installed'])
    expect(outcome).toMatchObject({
      value: { cache: { restored: { kind: 'exact' } }, how: expect.stringContaining('uv with the cache of an earlier run, ') },
    })
  })
  test('is restored for a project with uv.lock too, though uv makes its folder as it reads that', async () => {
    const packageCache: PackageCache = { restore: async (_, key) => key, save: async () => {} }
    const project = createFiles({ '/repo/uv.lock': '' })
    const requirements = { kind: 'uv-lock', extras: [], groups: [] } as const
    const readsLock = () => {
      project.entries.set('/cache/uv/CACHEDIR.TAG', '')
      return {}
    }
    const { outcome } = await make({
      packageCache,
      project,
      requirements,
      env: { XDG_CACHE_HOME: '/cache' },
      capture: { 'uv export': readsLock },
    })
    expect(outcome).toMatchObject({ value: { cache: { restored: { kind: 'exact' } } } })
  })
  const withKey = (restore: PackageCache['restore']): PackageCache => ({ restore, save: async () => {} })
  const offline = (argv: string) => argv.endsWith(' --offline')
  test('of which nothing is missing is not asked for the index', async () => {
    const { made, printed } = await make({
      packageCache: withKey(async (_, key) => key),
      stream: { 'uv pip install': { lines: ['Installed 9 packages'] } },
    })
    expect(made.slice(1).map(offline)).toEqual([true])
    expect(printed).toEqual(['Installed 9 packages'])
  })
  test('that turns out to lack something is completed, without a word', async () => {
    const { made, printed, outcome, host } = await make({
      packageCache: withKey(async (_, key) => key),
      stream: { 'uv pip install': ({ argv }: Command) => (argv.includes('--offline') ? red : { lines: ['Installed 9 packages'] }) },
    })
    expect(made.slice(1).map(offline)).toEqual([true, false])
    expect({ printed, kind: outcome.kind, notices: host.notices }).toEqual({
      printed: ['Installed 9 packages'],
      kind: 'passed',
      notices: [],
    })
  })
  test('of other requirements, or of last week, is one to begin with', async () => {
    const { made, outcome } = await make({ packageCache: withKey(async (_, __, [same = '']) => `${same}0`) })
    expect(made.slice(1).map(offline)).toEqual([false])
    expect(outcome).toMatchObject({ value: { how: expect.stringContaining('with the cache of an earlier run') } })
  })
  test('that is still on its way is left alone', async () => {
    const { host, made } = await make({ packageCache: withKey(() => Promise.reject(new Error('no answer within 30 s'))) })
    expect(made.slice(1).map(offline)).toEqual([false])
    expect(host.commands.at(-1)?.env).toMatchObject({ UV_CACHE_DIR: `${folder}/uv-cache` })
  })
})
