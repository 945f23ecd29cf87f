import { describe, expect, test } from '@jest/globals'
import { hasPytestFiles, isTestFile } from '../../src/test/find.ts'
import { createFiles } from '../memory-files.ts'

const projectOf = (...names: readonly string[]) => createFiles(Object.fromEntries(names.map((name) => [`/repo/${name}`, ''])))

describe('tests are found by the names that pytest knows, in any folder that it would look into', () => {
  test.each(['test_app.py', 'app_test.py', 'tests/test_app.py', 'src/iris/tests/unit/test_x.py', 'tests/app_test.py'])('%s', (name) =>
    expect(hasPytestFiles(projectOf('app.py', name), '/repo')).toBe(true),
  )
  test.each([
    ...['tests.py', 'test.py', 'test_app.txt', 'testapp.py', 'tests/__init__.py', 'tests/data/test_.json', 'app_tests.py'],
    ...['.venv/lib/test_x.py', 'venv/test_x.py', 'node_modules/a/test_x.py', 'build/test_x.py', 'dist/test_x.py', '__pycache__/test_x.py'],
    ...['.git/test_x.py', 'a/b/c/d/e/test_x.py', 'env/lib/site-packages/test_x.py'],
  ])('not %s', (name) => expect(hasPytestFiles(projectOf('app.py', name), '/repo')).toBe(false))
})

test('a folder with a dot in its name is looked into', () => {
  expect(hasPytestFiles(projectOf('model.v2/test_app.py'), '/repo')).toBe(true)
})

test.each([
  ['test_a.py', true],
  ['a_test.py', true],
  ['conftest.py', false],
  ['test_a.txt', false],
])('%s is a file of tests: %s', (name, expected) => expect(isTestFile(name)).toBe(expected))
