import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { makeOverlay, readProbe } from '../../src/test/overlay.ts'
import { createFakeHost, type StreamAnswer } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const folder = '/temp/ml-image-test-1'
const python = { command: 'python3', version: '3.11', platform: 'x86_64-manylinux_2_28', packages: ['fastapi', 'numpy'] }

describe('what the image says of its Python', () => {
  const said = { version: '3.12', machine: 'aarch64', musl: false, packages: ['numpy'] }
  test.each([
    ['x86_64', false, 'x86_64-manylinux_2_28'],
    ['aarch64', false, 'aarch64-manylinux_2_28'],
    ['x86_64', true, 'x86_64-unknown-linux-musl'],
  ])('%s, musl %s: wheels of %s', (machine, musl, platform) =>
    expect(readProbe('python', JSON.stringify({ ...said, machine, musl }))).toEqual({
      ...{ command: 'python', version: '3.12', packages: ['numpy'] },
      platform,
    }),
  )
  test.each(['', 'Python 3.11', 'null', '{'])('%j is none', (text) => expect(readProbe('python', text)).toBeUndefined())
  test.each(['{}', '1', '[]', '{"version": 3, "packages": {}}'])('JSON that says something else is none: %s', (text) =>
    expect(readProbe('python', text)).toBeUndefined(),
  )
  test('any text is read without a crash', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => readProbe('python', text) !== null))
  })
})

type Case = Readonly<{
  project?: Readonly<Record<string, string>>
  given?: readonly string[] | 'none'
  lines?: readonly string[]
  uv?: boolean
  install?: StreamAnswer
}>

async function overlay({ project = {}, given, lines = [], uv = true, install = {} }: Case, signal = new AbortController().signal) {
  const host = createFakeHost({
    env: { PATH: '/bin', PIP_INDEX_URL: 'https://u:p@index', GITHUB_TOKEN: 'x' },
    files: createFiles(project),
    capture: { 'uv --version': { exitCode: uv ? 0 : 127 }, 'python3 -m pip install --quiet': { exitCode: 1 } },
    stream: { '': install },
  })
  const at = { folder: host.files.makeTemp('test'), cwd: '/repo', given, lines }
  const printed: string[] = []
  const outcome = await makeOverlay(host, at, python, (line) => printed.push(line), signal)
  return { host, outcome, printed, last: host.commands.at(-1) }
}

test('uv installs for the Python of the image, wheels alone, and nothing that the image has', async () => {
  const { host, outcome, last } = await overlay({ lines: ['respx'] })
  expect(outcome).toEqual({ kind: 'passed', value: `${folder}/overlay` })
  expect(last?.argv).toEqual([
    ...['uv', 'pip', 'install', '--target', `${folder}/overlay`, '--python', 'python3', '--python-version', '3.11'],
    ...['--python-platform', 'x86_64-manylinux_2_28', '--only-binary', ':all:', '--excludes', `${folder}/in-the-image.txt`],
    ...['respx', 'pytest', 'httpx'],
  ])
  expect(host.files.readText(`${folder}/in-the-image.txt`)).toBe('fastapi\nnumpy\n')
  expect(last).toMatchObject({ cwd: '/repo', env: { PATH: '/bin', PIP_INDEX_URL: 'https://u:p@index' } })
  expect(last?.env).not.toHaveProperty('GITHUB_TOKEN')
})

test('without uv it cannot be made: pip could not leave out what the image has', async () => {
  expect((await overlay({ uv: false })).outcome).toMatchObject({
    red: { code: 'tests-install-failed', message: expect.stringContaining('needs uv') },
  })
})

describe('only what the tests have alone is added', () => {
  const usual = { '/repo/requirements.txt': '', '/repo/requirements-test.txt': '', '/repo/requirements-dev.txt': '' }
  test.each<readonly [string, Case, string]>([
    ['of the usual files not those of the image', { project: usual }, '-r /repo/requirements-test.txt -r /repo/requirements-dev.txt '],
    ['what was given', { project: usual, given: ['ci/all.txt'] }, '-r /repo/ci/all.txt '],
    ['nothing where none is said', { project: usual, given: 'none' }, ''],
    ['nothing of a lock, which is of the image', { project: { '/repo/Pipfile.lock': '{"default": {"a": {"version": "==1"}}}' } }, ''],
    ['the extras of pyproject.toml', { lines: ['respx>=1', 'ruff'] }, 'respx>=1 ruff '],
  ])('%s', async (_, given, added) => {
    const { last } = await overlay(given)
    expect(last?.argv.join(' ').split('in-the-image.txt ')[1]).toBe(`${added}pytest httpx`)
  })
})

describe('an overlay that cannot be made', () => {
  test('is red, with the last lines', async () => {
    const { outcome, printed } = await overlay({ install: { ended: { kind: 'exited', exitCode: 1 }, lines: ['no wheels'] } })
    const message = 'pytest httpx could not be installed for Python 3.11 of the image.'
    expect(outcome).toEqual({ kind: 'failed', red: { code: 'tests-install-failed', message, evidence: ['no wheels'] } })
    expect(printed).toEqual(['no wheels'])
  })
  test('is not red when it was stopped', async () => {
    expect((await overlay({}, AbortSignal.abort())).outcome).toEqual({ kind: 'stopped' })
  })
  test('is tried once more with a uv of ours where that of the job is too old to leave packages out', async () => {
    const tooOld: StreamAnswer = { ended: { kind: 'exited', exitCode: 2 }, lines: ["error: unexpected argument '--excludes' found"] }
    const { host } = await overlay({ install: tooOld })
    expect(host.argvs().filter((argv) => argv.includes('--require-hashes'))).toHaveLength(1)
  })
})
