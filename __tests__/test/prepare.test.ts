import { describe, expect, test } from '@jest/globals'
import { prepareTests, testsHere } from '../../src/test/prepare.ts'
import { createInputs } from '../builders.ts'
import { createFakeHost, type StreamScript } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const files = { '/repo/requirements.txt': 'fastapi\n', '/repo/tests/test_app.py': '' }

function prepare(install: StreamScript = {}) {
  const host = createFakeHost({
    files: createFiles(files),
    capture: { 'uv --version': {}, 'python3 -c': { stdout: '3.11.9\n/opt/python/bin/python3\n' } },
    stream: { 'uv venv': {}, 'uv pip install': install },
  })
  const prepared = prepareTests(host, createInputs(), new AbortController().signal)
  return { host, prepared }
}

describe('an environment that is made before the tests are told of', () => {
  test('is made by the Python behind a shim', async () => {
    const { host, prepared } = prepare()
    expect((await prepared.environment).kind).toBe('passed')
    expect(host.argvs()).toContain(`uv venv --quiet --no-project --python /opt/python/bin/python3 ${prepared.folder}/venv`)
  })
  test('tells what the installer says to who asks later', async () => {
    const { prepared } = prepare({ lines: ['+ fastapi==1.0', '::error::no'] })
    await prepared.environment
    const told: string[] = []
    prepared.follow((line) => told.push(line))
    expect(told).toEqual(['│ + fastapi==1.0', '│ ::error::no'])
  })
  test('is stopped and taken away when nobody takes it, once', async () => {
    const { host, prepared } = prepare({ takes: 9e9 })
    await Promise.all([prepared.dispose(), prepared.dispose()])
    expect(await prepared.environment).toEqual({ kind: 'stopped' })
    expect(host.files.temps.size).toBe(0)
  })
})

describe('tests are run on this machine', () => {
  const here = (test: Parameters<typeof createInputs>[0], there: Readonly<Record<string, string>> = files) =>
    testsHere({ files: createFiles(there) }, createInputs(test))
  test.each<readonly [string, boolean, boolean]>([
    ['where there are some', here({}), true],
    ['by a command, whatever files there are', here({ test: { command: 'make test' } }, {}), true],
    ['not where there are none', here({}, {}), false],
    ['not with test: false', here({ test: { run: false } }), false],
    ['not in the image', here({ test: { place: { kind: 'image' } } }), false],
  ])('%s', (_, is, should) => expect(is).toBe(should))
})
