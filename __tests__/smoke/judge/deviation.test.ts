import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Json } from '../../../src/inputs/parse.ts'
import { compare } from '../../../src/smoke/judge/compare.ts'
import { nearestToEdge } from '../../../src/smoke/judge/deviation.ts'
import { parseJsonPath } from '../../../src/smoke/judge/json-path.ts'
import { anyAnswer } from '../../../src/smoke/sample.ts'

const tolerance = { rtol: 0, atol: 0.1 }
const of = (json: Json, got: Json, ignore: readonly string[] = []) =>
  nearestToEdge({ ...anyAnswer, json, tolerance, ignore: ignore.map(parseJsonPath) }, got)

describe('the number that is nearest to the edge of its tolerance', () => {
  test.each<[string, Json, Json, ReturnType<typeof of>]>([
    ['of two', { a: 1, b: [2] }, { a: 1.02, b: [2.05] }, { path: '$.b[0]', expected: 2, got: 2.05, share: 0.5 }],
    ['where all are equal', { a: 1 }, { a: 1 }, { path: '$.a', expected: 1, got: 1, share: 0 }],
    ['beyond it', 1, 2, { path: '$', expected: 1, got: 2, share: 10 }],
    ['of none', { a: 'x', b: 1 }, { a: 'x' }, undefined],
    ['of another kind', { a: 1 }, { a: '1' }, undefined],
    ['of a shorter list', [1, 2], [1], { path: '$[0]', expected: 1, got: 1, share: 0 }],
    ['of a key that every object has', { toString: 1 }, {}, undefined],
  ])('%s', (_, json, got, found) => {
    const deviation = of(json, got)
    expect(deviation && { ...deviation, share: Number(deviation.share.toPrecision(6)) }).toEqual(found)
  })
  test('is none that is ignored', () => expect(of({ a: 1, ms: 1 }, { a: 1, ms: 9 }, ['ms'])?.path).toBe('$.a'))
  test('is a number that JSON has, where nothing is allowed', () =>
    expect(nearestToEdge({ ...anyAnswer, json: 1, tolerance: { rtol: 0, atol: 0 } }, 2)?.share).toBe(1_000_000))
  test('is within it exactly where the verdict is good', () => {
    const number = fc.double({ min: -10, max: 10, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1 }), (pairs) => {
        const [want, have] = [pairs.map(([one]) => one), pairs.map(([one, other]) => one + other / 50)]
        const share = nearestToEdge({ ...anyAnswer, json: want, tolerance }, have)?.share ?? 0
        expect(share <= 1).toBe(compare(want, have, { tolerance, ignore: [] }).length === 0)
      }),
    )
  })
})
