import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { broughtBy } from '../../script/brought-by.ts'
import { dependencyTable, packageOf, packagesIn, purposes, roomTable, type Stats, sizesOf } from '../../script/dist-size.ts'

const file = (name: string) => `/house/node_modules/${name}/index.js`
const lock = {
  packages: {
    '': { dependencies: { semver: '7', 'moment-timezone': '1', '@aws-sdk/a': '1', '@aws-sdk/b': '1' } },
    'node_modules/semver': {},
    'node_modules/moment-timezone': { dependencies: { moment: '2' } },
    'node_modules/moment': {},
    'node_modules/@aws-sdk/a': { dependencies: { c: '1' } },
    'node_modules/@aws-sdk/b': { dependencies: { d: '1' } },
    'node_modules/c': { dependencies: { d: '2' } },
    'node_modules/c/node_modules/d': { optionalDependencies: { e: '1', gone: '1' } },
    'node_modules/d': { dependencies: { c: '1' } },
    'node_modules/e': {},
  },
}

/** Chunk 1 is that of the start. */
const stats: Stats = {
  chunks: [
    { id: 1, initial: true },
    { id: 2, initial: false },
    { id: 3, initial: false },
  ],
  modules: [
    { size: 3_000, chunks: [1], nameForCondition: '/house/lib/index.js' },
    {
      size: 9_000,
      chunks: [1, 2],
      nameForCondition: '/house/lib/plan/plan.js',
      modules: [
        { size: 4_000, nameForCondition: '/house/lib/plan/plan.js' },
        { size: 5_000, nameForCondition: file('semver') },
      ],
    },
    {
      size: 70_000,
      chunks: [2, 3],
      nameForCondition: file('moment'),
    },
    { size: 10, chunks: [3], nameForCondition: file('@vercel/ncc') },
    { size: 2_000, chunks: [3], nameForCondition: file('has-flag') },
    { size: 8_000, chunks: [], nameForCondition: file('ajv') },
    { size: 42, chunks: [1] },
  ],
}

test('a module counts with the dependency that brought it, once for each file that it stands in', () =>
  expect(sizesOf(stats, lock)).toEqual({
    dependencies: [
      { name: 'moment-timezone', start: 0, later: 140_000, brings: ['moment'] },
      { name: 'semver', start: 5_000, later: 5_000, brings: [] },
      { name: 'found', start: 0, later: 2_000, brings: ['has-flag'] },
    ],
    rooms: [
      { name: 'plan/', start: 4_000, later: 4_000, brings: [] },
      { name: 'the walk', start: 3_000, later: 0, brings: [] },
    ],
  }))

test.each<[string, readonly string[], string | undefined, string]>([
  ['c', [], '@aws-sdk/a', 'the nearest'],
  ['d', [], '@aws-sdk/b', 'the nearest, by its name'],
  ['e', [], '@aws-sdk/a', 'a way through a copy of its own'],
  ['c', ['@aws-sdk/b'], '@aws-sdk/b', 'what every run loads before what is nearer'],
  ['semver', ['@aws-sdk/b'], 'semver', 'itself'],
  ['has-flag', [], undefined, 'nobody'],
])('%s counts, with %j at the start, with %s: %s', (name, first, dependency, _why) =>
  expect(broughtBy(lock, new Set(first))(name)).toBe(dependency),
)

test('the tables', () => {
  expect(dependencyTable(sizesOf(stats, lock)).split('\n').slice(2)).toEqual([
    '| `moment-timezone` |  | 140 | the time zone of such a date | `moment` |',
    '| `semver` | 5 | 5 | versions in tags, the order of releases |  |',
    '| found |  | 2 | nothing: it is there where jest is | `has-flag` |',
    '| all | 5 | 147 | | |',
  ])
  expect(roomTable(sizesOf(stats, lock)).split('\n').slice(2)).toEqual(['| `plan/` | 4 | 4 |', '| the walk | 3 |  |', '| all | 7 | 4 |'])
})

test('what is bundled, and not what was left out or stands in for what is missing', () =>
  expect(packagesIn(stats)).toEqual(['has-flag', 'moment', 'semver']))

test.each([
  ['/a/node_modules/@aws-sdk/core/dist/index.js', '@aws-sdk/core'],
  ['./node_modules/glob/node_modules/minimatch/index.js', 'minimatch'],
  ['/a/lib/index.js', undefined],
])('%s is of %s', (path, name) => expect(packageOf(path)).toBe(name))

test('of every dependency it is told what for', () => {
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'))
  expect(Object.keys(purposes).sort()).toEqual(Object.keys(dependencies).sort())
})
