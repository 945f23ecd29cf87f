import { describe, expect, test } from '@jest/globals'
import { inImageArgv, pythonCandidates, testPaths } from '../../src/test/in-image.ts'
import { createFiles } from '../memory-files.ts'

const pathsOf = (...names: readonly string[]) =>
  testPaths(createFiles(Object.fromEntries(names.map((name) => [`/repo/${name}`, '']))), '/repo')

describe('of a project its tests and the settings of pytest come into the container, and nothing else', () => {
  test.each<readonly [readonly string[], readonly string[], readonly string[]]>([
    [['app.py', 'tests/test_app.py', 'tests/data/a.json'], ['tests'], []],
    [['test/unit/test_a.py', 'tests/a_test.py'], ['test', 'tests'], []],
    [['test_app.py', 'app_test.py', 'tests/test_a.py'], ['tests', 'test_app.py', 'app_test.py'], []],
    [['tests/README.md', 'testing/test_a.py', 'tests.py'], [], []],
    [['.tests/test_a.py', '.test_a.py'], [], []],
    [
      ['conftest.py', 'pytest.ini', 'tox.ini', 'setup.cfg', 'pyproject.toml', 'setup.py'],
      [],
      ['conftest.py', 'pytest.ini', 'tox.ini', 'setup.cfg', 'pyproject.toml'],
    ],
    [['tests/test_a.py', 'src/conftest.py', 'Dockerfile', 'model.joblib'], ['tests'], []],
  ])('%j', (names, tests, settings) => expect(pathsOf(...names)).toEqual({ tests, settings }))
})

test.each([
  [[], ['python3', 'python']],
  [
    ['uvicorn', 'app:app'],
    ['python3', 'python'],
  ],
  [
    ['/opt/venv/bin/uvicorn', 'app:app'],
    ['/opt/venv/bin/python3', '/opt/venv/bin/python', 'python3', 'python'],
  ],
  [['/serve.sh'], ['/python3', '/python', 'python3', 'python']],
])('the Python of an image that starts %j is one of %j', (command, candidates) => expect(pythonCandidates(command)).toEqual(candidates))

describe('the argv of the container', () => {
  const python = { command: '/opt/venv/bin/python3', version: '3.11', platform: 'x', packages: [] }
  const run = { mounts: [], env: {}, workingDirectory: '/app', arguments: ['sh', '-ec', 'pytest "$A"'] }
  const head = [
    ...['docker', 'run', '--pull', 'never', '--name', 'ml-image-f00d-test', '--label', 'io.github.ml-image-action.run=f00d'],
    ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
  ]
  const tail = ['--workdir', '/app', '--entrypoint', 'sh', 'sha256:1', '-ec', 'pytest "$A"']
  const readOnly = { source: '/repo/tests', target: '/app/tests' }
  const writable = { source: '/t/out', target: '/out', writable: true }
  test.each<readonly [string, Partial<typeof run> | object, readonly string[]]>([
    ['no rights, and each word by itself', {}, [...head, ...tail]],
    [
      'what is ours can be read, and written to only where that is said',
      { mounts: [readOnly, writable] },
      [
        ...[...head, '--mount', 'type=bind,source=/repo/tests,target=/app/tests,readonly'],
        ...['--mount', 'type=bind,source=/t/out,target=/out', ...tail],
      ],
    ],
    [
      'values of variables are not in it, unless the docker client reads them itself',
      { env: { DATABASE_URL: 'postgres://u:p@db', PATH: '/x' } },
      [...head, '--env', 'DATABASE_URL', '--env', 'PATH=/x', ...tail],
    ],
    ['the Python of the image where nothing else is said', { arguments: [] }, [...head, ...tail.slice(0, 3), python.command, 'sha256:1']],
  ])('%s', (_, more, argv) => expect(inImageArgv('f00d', 'sha256:1', python, { ...run, ...more })).toEqual(argv))
  test('a folder with a comma in its name is one folder', () => {
    const argv = inImageArgv('f00d', 'sha256:1', python, { ...run, mounts: [{ source: '/repo,2/tests', target: '/app/tests' }] })
    expect(argv).toContainEqual(expect.stringMatching(/"source=\/repo,2\/tests"/))
  })
})
