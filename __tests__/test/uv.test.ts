import { describe, expect, test } from '@jest/globals'
import { dependencyCache, restoreDependencies, saveDependencies, uvCacheFolder } from '../../src/test/dependency-cache.ts'
import { findUv, uvRequirement } from '../../src/test/uv.ts'
import { type CaptureScript, createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

describe('uv', () => {
  const missing = () => {
    throw new Error('tool-missing')
  }
  const find = async (uv: CaptureScript, pip: CaptureScript) => {
    const host = createFakeHost({ files: createFiles({ '/temp/t/x': '' }), capture: { 'uv --version': uv, 'python3 -m pip': pip } })
    return { host, found: await findUv(host, '/temp/t', {}) }
  }
  test('is the one on PATH', async () => {
    const { host, found } = await find({}, missing)
    expect([found, host.argvs()]).toEqual(['uv', ['uv --version']])
  })
  test('is fetched by pip where it is not, and only as one of the known wheels', async () => {
    const { host, found } = await find(missing, {})
    expect(found).toBe('/temp/t/uv/bin/uv')
    expect(host.argvs().at(-1)).toBe(
      'python3 -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-deps --require-hashes --target /temp/t/uv -r /temp/t/uv.txt',
    )
    expect(host.files.readText('/temp/t/uv.txt')).toBe(`${uvRequirement()}\n`)
    expect(uvRequirement()).toMatch(/^uv==\d+\.\d+\.\d+( --hash=sha256:[0-9a-f]{64}){6}$/)
  })
  test.each([
    ['by the pip of a virtual environment where python3 has none', 0, '/temp/t/uv/bin/uv'],
    ['by none where no such environment can be made', 1, undefined],
  ] as const)('is fetched %s', async (_, exitCode, expected) => {
    const host = createFakeHost({
      files: createFiles({ '/temp/t/x': '' }),
      capture: {
        'uv --version': missing,
        'python3 -m pip': { exitCode: 1, stderr: '/usr/bin/python3: No module named pip\n' },
        'python3 -m venv': { exitCode },
        '/temp/t/pip/bin/python -m pip': {},
      },
    })
    expect(await findUv(host, '/temp/t', {})).toBe(expected)
    const made = host.argvs().map((argv) => argv.split(' ').slice(0, 3).join(' '))
    expect(made.slice(2)).toEqual(['python3 -m venv', ...(exitCode === 0 ? ['/temp/t/pip/bin/python -m pip'] : [])])
  })
  test.each([
    ['is refused', { exitCode: 1 }],
    ['has no Python', missing],
  ] as const)('is not had where that %s', async (_, pip) => expect((await find({ exitCode: 127 }, pip)).found).toBeUndefined())
})

test.each([
  [{ UV_CACHE_DIR: '/c', XDG_CACHE_HOME: '/x', HOME: '/h' }, '/c'],
  [{ XDG_CACHE_HOME: '/x', HOME: '/h' }, '/x/uv'],
  [{ HOME: '/h' }, '/h/.cache/uv'],
])('what uv downloads with %j is in %s', (job, folder) => expect(uvCacheFolder(job)).toBe(folder))

describe('packages are filed under', () => {
  const key = (files: Readonly<Record<string, string>>, requirements: Parameters<typeof dependencyCache>[2], python?: string, env = {}) =>
    dependencyCache({ files: createFiles(files), env: { HOME: '/h', ...env }, now: () => now }, '/repo', requirements, python)
  const given = { kind: 'files', files: ['a.txt'] } as const
  const day = 24 * 3600 * 1000
  let now = 7 * day * 2_900
  test('system, Python and what is to be installed, with all but the last as the next best', () => {
    const found = key({ '/repo/a.txt': 'x' }, given, '3.11', { RUNNER_OS: 'macOS', RUNNER_ARCH: 'ARM64' })
    expect(found).toEqual({
      path: '/h/.cache/uv',
      key: expect.stringMatching(/^ml-image-uv-macOS-ARM64-3\.11-[0-9a-f]{32}-2900$/),
      restoreKeys: [found.key.replace(/2900$/, ''), 'ml-image-uv-macOS-ARM64-3.11-'],
    })
  })
  test('another key when anything of it is another', () => {
    const keys = [
      key({ '/repo/a.txt': 'x' }, given),
      key({ '/repo/a.txt': 'y' }, given),
      key({ '/repo/a.txt': 'x' }, given, '3.11'),
      key({ '/repo/uv.lock': 'x' }, { kind: 'uv-lock', extras: [], groups: [] }),
      key({ '/repo/uv.lock': 'y' }, { kind: 'uv-lock', extras: [], groups: [] }),
      key({ '/repo/a.txt': '-r in/b.txt', '/repo/in/b.txt': 'x' }, given),
      key({ '/repo/a.txt': '-r in/b.txt', '/repo/in/b.txt': 'y' }, given),
      key({ '/repo/a.txt': 'x\n --constraint=in/b.txt # why', '/repo/in/b.txt': '-c c.txt', '/repo/in/c.txt': 'x' }, given),
      key({ '/repo/a.txt': 'x\n --constraint=in/b.txt # why', '/repo/in/b.txt': '-c c.txt', '/repo/in/c.txt': 'y' }, given),
    ].map((cache) => cache.key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(key({ '/repo/a.txt': 'x', '/repo/b.txt': 'z' }, given).key).toBe(keys[0])
    expect(key({ '/repo/a.txt': '-r b.txt', '/repo/b.txt': '-r a.txt' }, given).key).not.toBe(keys[0])
  })
  test('another key in another week, that of the last being the next best', () => {
    const before = key({ '/repo/a.txt': 'x' }, given)
    now += 6 * day
    expect(key({ '/repo/a.txt': 'x' }, given)).toEqual(before)
    now += day
    const after = key({ '/repo/a.txt': 'x' }, given)
    expect(after.key).not.toBe(before.key)
    expect(before.key.startsWith(after.restoreKeys[0] ?? '-')).toBe(true)
  })
})

describe('the cache of packages never fails a run', () => {
  const cache = { path: '/h/.cache/uv', key: 'k1', restoreKeys: ['k'] }
  const setUp = (restore: () => Promise<string | undefined>, trouble?: Error, files = createFiles()) => {
    const saved: string[] = []
    const save = async (_: string, key: string) => {
      if (trouble) throw trouble
      saved.push(key)
    }
    return { host: createFakeHost({ files, packageCache: { restore, save } }), saved }
  }
  const broken = (): Promise<string | undefined> => Promise.reject(new Error('503'))
  test.each<readonly [string, () => Promise<string | undefined>, object]>([
    ['a hit', async () => 'k1', { kind: 'exact' }],
    ['the next best', async () => 'k0', { kind: 'near' }],
    ['a miss', async () => undefined, { kind: 'miss' }],
    ['trouble', broken, { kind: 'late' }],
  ])('%s', async (_, restore, expected) => expect(await restoreDependencies(setUp(restore).host, cache)).toEqual(expected))
  test('it is not asked where there is none, the job has named a folder, or the folder is filled', async () => {
    expect(await restoreDependencies(createFakeHost(), cache)).toEqual({ kind: 'off' })
    const { host } = setUp(broken)
    expect(await restoreDependencies({ ...host, env: { UV_CACHE_DIR: '/h/.cache/uv' } }, cache)).toEqual({ kind: 'off' })
    expect(await restoreDependencies(setUp(broken, undefined, createFiles({ '/h/.cache/uv/x': '' })).host, cache)).toEqual({ kind: 'off' })
  })
  test.each([
    [{ kind: 'exact' }, []],
    [{ kind: 'near' }, ['k1']],
    [{ kind: 'late' }, []],
    [{ kind: 'miss' }, ['k1']],
    [{ kind: 'off' }, []],
  ] as const)('after %j it is saved: %j', async (restored, expected) => {
    const { host, saved } = setUp(async () => undefined)
    await saveDependencies(host, cache, restored, () => {})
    expect(saved).toEqual(expected)
  })
  test('a folder that a green run of the key has filled has all that it needs, until the key changes', async () => {
    const files = createFiles({ '/h/.cache/uv/wheels/x': '' })
    const host = createFakeHost({ files })
    await saveDependencies(host, cache, { kind: 'off' }, () => {})
    expect(await restoreDependencies(host, cache)).toEqual({ kind: 'exact' })
    expect(await restoreDependencies(host, { ...cache, key: 'k2' })).toEqual({ kind: 'off' })
  })
  test('one that cannot be saved is one notice', async () => {
    const notices: string[] = []
    await saveDependencies(setUp(async () => undefined, new Error('503')).host, cache, { kind: 'miss' }, (text) => notices.push(text))
    expect(notices).toEqual(['The packages for the tests could not be cached (503).'])
  })
})
