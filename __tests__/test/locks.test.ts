import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pipfileRequirements, poetryRequirements } from '../../src/test/locks.ts'

const entry = (more: string, source = '') =>
  poetryRequirements(`[[package]]\nname = "a"\nversion = "1.2"\n${more}\n${source === '' ? '' : `[package.source]\n${source}\n`}`)

describe('a package of poetry.lock', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['of Poetry 1, for development', 'category = "dev"\noptional = false\npython-versions = ">=3.8"', ['a==1.2']],
    ['of Poetry 2, with groups', 'optional = false\ngroups = ["main", "dev"]', ['a==1.2']],
    ['with markers', 'markers = "sys_platform == \\"win32\\""', ['a==1.2 ; sys_platform == "win32"']],
    ['of an extra that nobody asked for', 'optional = true\nmarkers = "extra == \\"x\\""', []],
  ])('%s', (_, more, expected) => expect(entry(more)).toEqual(expected))
  test.each<readonly [string, string, readonly string[]]>([
    [
      'a commit',
      'type = "git"\nurl = "https://h/a.git"\nreference = "main"\nresolved_reference = "f00d"',
      ['a @ git+https://h/a.git@f00d'],
    ],
    ['a branch', 'type = "git"\nurl = "https://h/a.git"\nreference = "main"', ['a @ git+https://h/a.git@main']],
    ['git and no more', 'type = "git"\nurl = "https://h/a.git"', ['a @ git+https://h/a.git@HEAD']],
    ['an archive', 'type = "url"\nurl = "https://h/a.whl"', ['a @ https://h/a.whl']],
    ['another index', 'type = "legacy"\nurl = "https://h/simple"\nreference = "h"', ['a==1.2']],
  ])('from %s', (_, source, expected) => expect(entry('', source)).toEqual(expected))
  test.each(['directory', 'file'])('from a %s of the project is not sought in the index, where it is somebody else', (type) =>
    expect(entry('', `type = "${type}"\nurl = "../lib"`)).not.toContain('a==1.2'),
  )
  test('with markers for each group is installed where one of them says so', () => {
    expect(entry('markers = {main = "os_name == \\"nt\\"", dev = "extra == \\"x\\""}')).toEqual([
      'a==1.2 ; (os_name == "nt") or (extra == "x")',
    ])
  })
  // Poetry 2 leaves a group out of the markers where it has none.
  test('with markers for some of its groups is installed everywhere', () => {
    expect(entry('groups = ["main", "dev"]\nmarkers = {dev = "os_name == \\"nt\\""}')).toEqual(['a==1.2'])
  })
  test('from a folder of a repository', () => {
    expect(entry('', 'type = "git"\nurl = "https://h/a.git"\nreference = "main"\nsubdirectory = "py"')).toEqual([
      'a @ git+https://h/a.git@main#subdirectory=py',
    ])
  })
})

describe('a package of Pipfile.lock', () => {
  const of = (value: unknown) => pipfileRequirements(JSON.stringify({ default: { a: value } }))
  test.each<readonly [unknown, readonly string[]]>([
    [{ version: '==1.2' }, ['a==1.2']],
    [{ version: '*' }, ['a']],
    [{ version: '==1.2', hashes: ['sha256:00'], index: 'pypi' }, ['a==1.2']],
    [{ version: '==1.2', extras: ['x', 'y'] }, ['a[x,y]==1.2']],
    [{ version: '==1.2', markers: "os_name == 'nt'" }, ["a==1.2 ; os_name == 'nt'"]],
    [{ git: 'https://h/a.git', ref: 'f00d' }, ['a @ git+https://h/a.git@f00d']],
    [{ git: 'https://h/a.git', extras: ['x'] }, ['a[x] @ git+https://h/a.git@HEAD']],
    [{ path: '.', editable: true }, []],
    ['==1.2', []],
    [null, []],
  ])('%j', (value, expected) => expect(of(value)).toEqual(expected))
})

describe('other shapes do no harm', () => {
  const lines = (value: unknown) => pipfileRequirements(JSON.stringify(value)).every((line) => typeof line === 'string')
  test('any JSON', () => fc.assert(fc.property(fc.jsonValue(), lines)))
  test('any JSON in the sections', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (a, b) => lines({ default: a, develop: { x: a, ...b } })),
    )
  })
  test.each(['package = 7', '[package]\nname = "a"', '[[package]]', '[[package]]\nname = 1\nversion = 2', 'package = [1, "a"]'])(
    '%j',
    (toml) => expect(poetryRequirements(toml)).toEqual([]),
  )
})
