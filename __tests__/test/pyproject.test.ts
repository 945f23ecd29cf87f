import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pipfileRequirements, poetryRequirements } from '../../src/test/locks.ts'
import { readPyproject } from '../../src/test/pyproject.ts'

describe('of a pyproject.toml', () => {
  test('its dependencies, and those of its parts for tests', () => {
    const text = `[project]
name = "my.iris"
requires-python = ">=3.10"
dependencies = ["fastapi>=0.1", "numpy"]
[project.optional-dependencies]
test = ["pytest"]
dev = ["my.iris[test]", "ruff"]
docs = ["sphinx"]
[dependency-groups]
dev = ["mypy", {include-group = "lint"}]
lint = ["flake8"]
`
    expect(readPyproject(text)).toEqual({
      requiresPython: '>=3.10',
      dependencies: ['fastapi>=0.1', 'numpy'],
      testDependencies: ['pytest', 'pytest', 'ruff', 'mypy', 'flake8'],
      parts: ['extra test', 'extra dev', 'group dev'],
    })
  })
  test.each([
    ['nothing', '', { testDependencies: [], parts: [] }],
    ['no project', '[tool.x]\ny = 1', { testDependencies: [], parts: [] }],
    ['dependencies that are worked out later', '[project]\nname = "a"\ndynamic = ["dependencies"]', { testDependencies: [], parts: [] }],
    ['a project without any', '[project]\nname = "a"', { dependencies: [], testDependencies: [], parts: [] }],
    [
      'parts that name each other',
      '[project]\nname = "a"\n[project.optional-dependencies]\ntest = ["a[test]", "x"]',
      { dependencies: [], parts: ['extra test'], testDependencies: expect.arrayContaining(['x']) },
    ],
    [
      'groups that name each other',
      '[dependency-groups]\ntest = [{include-group = "dev"}]\ndev = [{include-group = "test"}, "x"]',
      { parts: ['group test', 'group dev'], testDependencies: expect.arrayContaining(['x']) },
    ],
    [
      'other kinds of values',
      '[project]\nname = 1\ndependencies = "x"\n[dependency-groups]\ntest = 7',
      { dependencies: [], parts: ['group test'], testDependencies: [] },
    ],
  ])('%s', (_, text, expected) => expect(readPyproject(text)).toEqual(expected))
  test.each(['My_Iris[test]', 'my-iris[test] ; python_version > "3.8"', 'my-iris[all]'])(
    'a project that names itself, as %s, is never sought in the index',
    (own) => {
      const text = `[project]\nname = "my-iris"\n[project.optional-dependencies]\ntest = ["x"]\nall = ["my-iris[all]"]\ndev = ['${own}']\n`
      expect(readPyproject(text)?.testDependencies.filter((one) => /iris/i.test(one))).toEqual([])
    },
  )
  test('what is no TOML is none', () => {
    expect(readPyproject('a = = b')).toBeUndefined()
    fc.assert(fc.property(fc.string(), (text) => ['object', 'undefined'].includes(typeof readPyproject(text))))
  })
})

test('of a poetry.lock every package that is not optional, pinned, from where it comes, with its markers', () => {
  const lock = `
[[package]]
name = "numpy"
version = "2.1.0"
optional = false
markers = "python_version >= \\"3.10\\""
[[package]]
name = "extra"
version = "1"
optional = true
[[package]]
name = "forked"
version = "0.1"
[package.source]
type = "git"
url = "https://github.com/acme/forked.git"
reference = "main"
resolved_reference = "abc123"
[[package]]
name = "wheel"
version = "0.1"
[package.source]
type = "url"
url = "https://example.com/wheel.whl"
[[package]]
name = "private"
version = "3"
[package.source]
type = "legacy"
url = "https://index.example.com/simple"
`
  expect(poetryRequirements(lock)).toEqual([
    'numpy==2.1.0 ; python_version >= "3.10"',
    'forked @ git+https://github.com/acme/forked.git@abc123',
    'wheel @ https://example.com/wheel.whl',
    'private==3',
  ])
  expect([poetryRequirements(''), poetryRequirements('package = 7')]).toEqual([[], []])
})

test('of a Pipfile.lock every package, those for development too', () => {
  const lock = {
    _meta: {},
    default: { a: { version: '==1' }, b: { version: '==2', extras: ['x', 'y'], markers: "python_version < '4'" }, any: { version: '*' } },
    develop: { c: { git: 'https://github.com/acme/c', ref: 'abc' }, path: { path: '.' } },
  }
  expect(pipfileRequirements(JSON.stringify(lock))).toEqual([
    'a==1',
    "b[x,y]==2 ; python_version < '4'",
    'any',
    'c @ git+https://github.com/acme/c@abc',
  ])
  expect(pipfileRequirements('{}')).toEqual([])
})
