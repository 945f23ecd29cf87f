import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Json } from '../../src/inputs/parse.ts'
import { changesOf, largestChange, readAnswer, volatilePaths } from '../../src/smoke/predictions.ts'

const paths = (previous: Json, now: Json) => changesOf(previous, now).map(({ path }) => path)

describe('two answers are held against each other', () => {
  test.each<readonly [Json, Json, readonly string[]]>([
    [{ p: 0.5 }, { p: 0.50004 }, []],
    [{ p: 0.5 }, { p: 0.5006 }, ['$.p']],
    [{ p: 0 }, { p: 5e-7 }, []],
    [{ p: 0 }, { p: 2e-6 }, ['$.p']],
    [{ a: 1 }, { a: 1, b: 2 }, ['$.b']],
    [{ a: 1, b: 2 }, { a: 1 }, ['$.b']],
    [[1, 2], [1, 2, 3], ['$[2]']],
    [{ 'a b': [{ c: 'x' }] }, { 'a b': [{ c: 'y' }] }, ['$["a b"][0].c']],
    [{ p: 1 }, { p: '1' }, ['$.p']],
    [{ p: null }, { p: 0 }, ['$.p']],
    [{ p: [1] }, { p: { 0: 1 } }, ['$.p']],
    ['setosa', 'virginica', ['$']],
    [{ __proto__: null, constructor: 1 }, {}, ['$.constructor']],
  ])('%j and %j', (previous, now, expected) => expect(paths(previous, now)).toEqual(expected))
  test('a value agrees with itself, and both ways the same places differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const [one, other] = [a as Json, b as Json]
        expect(changesOf(one, one)).toEqual([])
        const exact = { rtol: 0, atol: 0 }
        const places = (x: Json, y: Json) =>
          changesOf(x, y, exact)
            .map(({ path }) => path)
            .toSorted()
        expect(places(one, other)).toEqual(places(other, one))
      }),
    )
  })
})

test.each<readonly [Json, Json, string | undefined]>([
  [{ a: 1, b: 2 }, { a: 1.5, b: 1 }, '$.b'],
  [{ a: 1, b: 'x' }, { a: 100, b: 'y' }, '$.b'],
  [{ a: 1 }, { a: 1 }, undefined],
])('the largest change from %j to %j is at %p', (previous, now, path) => expect(largestChange(changesOf(previous, now))?.path).toBe(path))

test('a change of numbers has its delta', () => expect(changesOf(2, 3)).toEqual([{ path: '$', at: [], previous: 2, now: 3, delta: 1 }]))

test('what differs between the answers of one image', () => {
  const answers = [0.1, 0.4, 0.3].map((ms, id) => ({ p: 0.5, ms, id, same: 'x' }))
  expect([...volatilePaths(answers)].toSorted()).toEqual(['$.id', '$.ms'])
  expect(volatilePaths([{ p: 1 }])).toEqual(new Set())
})

test('an answer that is no JSON is a text', () => expect([readAnswer('{"a": 1}'), readAnswer('setosa\n')]).toEqual([{ a: 1 }, 'setosa\n']))
