import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Json, parseExpectation } from '../../src/inputs/parse.ts'
import { judgeAnswer } from '../../src/smoke/expect.ts'
import { compare } from '../../src/smoke/judge/compare.ts'
import { defaultTolerance } from '../../src/smoke/sample.ts'

describe('what is expected must be in the answer', () => {
  test.each<readonly [Json, Json]>([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: { b: [1, { c: null }] } }, { a: { b: [1, { c: null, d: 0 }], e: 0 } }],
    [{}, { a: 1 }],
    [
      [1, 2],
      [1, 2],
    ],
    [null, null],
    ['a', 'a'],
    [0.3, 0.30000000000000004],
    [{ constructor: 1 }, { constructor: 1 }],
  ])('%j in %j', (expected, got) => expect(compare(expected, got)).toEqual([]))
  test.each<readonly [Json, Json | undefined, string, string, string]>([
    [{ a: 1 }, {}, '$.a', '1', 'nothing'],
    [{ a: 1 }, [1], '$', '{"a":1}', '[1]'],
    [{ a: { b: 1 } }, { a: null }, '$.a', '{"b":1}', 'null'],
    [[1, 2], [2, 1], '$[0]', '1', '2'],
    [[1], [1, 2], '$', '1 items', '2 items'],
    [[], {}, '$', '[]', '{}'],
    [{ scores: [0.9, 0.1] }, { scores: [0.9, 0.2] }, '$.scores[1]', '0.1', '0.2'],
    ['1', 1, '$', '"1"', '1'],
    [true, 1, '$', 'true', '1'],
    [null, undefined, '$', 'null', 'nothing'],
    [{ toString: 1 }, {}, '$.toString', '1', 'nothing'],
    [0, null, '$', '0', 'null'],
  ])('%j is not in %j: %s', (expected, got, path, shown, found) =>
    expect(compare(expected, got)[0]).toMatchObject({ path, expected: shown, got: found }),
  )
  test('every difference is told', () => expect(compare({ a: 1, b: [1, 2] }, { a: 2, b: [2, 3] })).toHaveLength(3))
  test('of a long value the beginning is shown', () => {
    expect(compare('x', 'y'.repeat(999))[0]?.got).toBe(`"${'y'.repeat(199)}...`)
  })
})

describe('numbers are equal within atol + rtol * |expected|', () => {
  test.each([
    [100, 100.01, true],
    [100, 99.99, true],
    [100, 100.0101, false],
    [-100, -100.01, true],
    [-100, 100, false],
    [0, 1e-6, true],
    [0, 1.1e-6, false],
    [0, -1e-6, true],
    [1e300, 1.00005e300, true],
    [1e308, -1e308, false],
  ])('%d and %d: %s', (expected, got, same) => expect(compare(expected, got).length === 0).toBe(same))
  test('the tolerance is that of the expected value, not of the answer', () => {
    const tolerance = { rtol: 0.5, atol: 0 }
    expect([compare(1, 1.6, { tolerance, ignore: [] }).length, compare(1.6, 1, { tolerance, ignore: [] }).length]).toEqual([1, 0])
  })
  test('within it always, outside it never', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(number, fc.double({ min: 0, max: 2, noNaN: true }), (expected, share) => {
        fc.pre(Math.abs(share - 1) > 1e-6)
        const allowed = defaultTolerance.atol + defaultTolerance.rtol * Math.abs(expected)
        return (compare(expected, expected + allowed * share).length === 0) === share < 1
      }),
    )
  })
  test('a number too large for a double is equal to itself', () => expect(judgeAnswer(parseExpectation('1e999'), '1e999')).toEqual([]))
})

const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json)

test('every value is in itself, and in itself with more beside it', () => {
  fc.assert(fc.property(json, (value) => compare(value, value).length === 0))
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), json),
      json,
      (value, more) => compare(value, { ...value, 'one more key': more }).length === 0 || 'one more key' in value,
    ),
  )
})

test('no exact value is in a value of another kind', () => {
  const kind = (value: Json) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value)
  fc.assert(fc.property(json, json, (a, b) => kind(a) === kind(b) || compare(a, b).length > 0))
})

describe('an answer is held against', () => {
  const judge = (expectation: string, body: string) => judgeAnswer(parseExpectation(expectation), body)
  test('JSON', () => expect(judge('{"prediction": 0}', ' {"prediction": 0, "ms": 3}\n')).toEqual([]))
  test('JSON, which another answer is not', () =>
    expect(judge('{"prediction": 0}', '<html>')).toEqual([{ path: '$', expected: 'JSON', got: '"<html>"' }]))
  test('a pattern', () => expect(judge('/^setosa$/m', 'x\nsetosa\n')).toEqual([]))
  test('a pattern that is not found', () =>
    expect(judge('/setosa/i', 'virginica')).toEqual([{ path: '$', expected: '/setosa/i', got: '"virginica"' }]))
  test('a pattern with memory, time and again', () => {
    const expectation = parseExpectation('/a/g')
    expect([1, 2, 3].map(() => judgeAnswer(expectation, 'ba'))).toEqual([[], [], []])
  })
})
