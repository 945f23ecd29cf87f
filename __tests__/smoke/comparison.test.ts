import { describe, expect, test } from '@jest/globals'
import type { Json } from '../../src/inputs/parse.ts'
import { type Answers, compareAnswers, comparisonText, sameModel } from '../../src/smoke/comparison.ts'
import { parseJsonPath } from '../../src/smoke/judge/json-path.ts'

const answers = (...given: readonly (readonly [string, ...Json[]])[]): Answers => new Map(given.map(([name, ...values]) => [name, values]))
const latest = 'ghcr.io/acme/iris:latest'

describe('the answers of two images', () => {
  test('agree', () => {
    const found = compareAnswers(answers(['a', { p: 0.5 }], ['b', 1]), answers(['a', { p: 0.50001 }], ['b', 1]), latest, 'same')
    expect(found).toEqual({ with: latest, model: 'same', samples: 2, differing: 0, ignored: [] })
    expect(comparisonText(found)).toBe(`Predictions agree with ${latest}: 2 samples, the model is the same`)
  })
  test('do not, and the largest difference is told with its sample', () => {
    const found = compareAnswers(
      answers(['a', { p: 0.5 }], ['b', { p: 0.1 }]),
      answers(['a', { p: 0.6 }], ['b', { p: 0.9 }]),
      latest,
      'unknown',
    )
    expect(found).toMatchObject({ samples: 2, differing: 2, largest: { sample: 'b', path: '$.p', previous: 0.1, now: 0.9 } })
    expect(comparisonText(found)).toBe(
      `Predictions differ from ${latest} in 2 of 2 samples, and whether the model has changed is not known. Largest: b $.p was 0.1, is 0.9 (+0.8)`,
    )
  })
  test('do not, and every change is told, the gravest first, its values cut', () => {
    const [long, many] = ['x'.repeat(1_000), Array.from({ length: 80 }, (_, index) => index)]
    const found = compareAnswers(
      answers(['a', { p: 0.5, q: 1, label: long }], ['b', many]),
      answers(['a', { p: 0.6, q: 3, label: 'y' }], ['b', many.map((one) => one + 0.5)]),
      latest,
      'unknown',
    )
    expect(found.changes?.length).toBe(50)
    expect(found.changes?.slice(0, 3)).toEqual([
      { sample: 'a', path: '$.label', previous: expect.stringMatching(/^"x{99}\.\.\.$/), now: '"y"' },
      { sample: 'a', path: '$.q', previous: '1', now: '3', delta: 2 },
      { sample: 'b', path: '$[0]', previous: '0', now: '0.5', delta: 0.5 },
    ])
  })
  test('do not, in every number of a tensor', () => {
    const tensor = Array.from({ length: 200_000 }, (_, index) => index)
    const found = compareAnswers(answers(['a', tensor]), answers(['a', tensor.map((one) => one + one / 2)]), latest, 'unknown')
    expect(found).toMatchObject({ differing: 1, largest: { path: '$[199999]' } })
    expect(found.changes?.map(({ path }) => path).slice(0, 2)).toEqual(['$[199999]', '$[199998]'])
    expect(found.changes?.length).toBe(50)
  })
  test('where one image differs from itself nothing is compared, and that is said', () => {
    const theirs = answers(['a', { p: 0.5, ms: 1 }, { p: 0.5, ms: 1 }])
    const ours = answers(['a', { p: 0.5, ms: 7 }, { p: 0.5, ms: 9 }])
    const found = compareAnswers(theirs, ours, latest, 'same')
    expect(found).toMatchObject({ differing: 0, ignored: ['$.ms'] })
    expect(comparisonText(found)).toMatch(/left out, as they differ from call to call: \$\.ms\)$/)
  })
  test('as closely as their sample says, and but for what it ignores', () => {
    const compared = (rule: { rtol?: number; ignore?: string }) => {
      const ignore = rule.ignore === undefined ? [] : [parseJsonPath(rule.ignore)]
      const rules = new Map([['a', { ignore, tolerance: { rtol: rule.rtol ?? 1e-4, atol: 0 } }]])
      return compareAnswers(answers(['a', { p: 1, id: 1 }]), answers(['a', { p: 1.01, id: 2 }]), latest, 'same', rules)
    }
    expect(compared({ rtol: 0.1, ignore: 'id' })).toMatchObject({ samples: 1, differing: 0 })
    expect(compared({ ignore: 'id' })).toMatchObject({ differing: 1, largest: { path: '$.p' } })
    expect(compared({ rtol: 0.1 })).toMatchObject({ differing: 1, largest: { path: '$.id' } })
  })
  test('a sample that only one of them answers is not compared', () => {
    const found = compareAnswers(answers(['old', 1]), answers(['new', 2]), latest, 'same')
    expect(found).toMatchObject({ samples: 0, differing: 0 })
    expect(comparisonText(found)).toBe(`${latest} answers no sample of this image: nothing is compared`)
  })
})

test.each([
  ['a', 'a', 'same'],
  ['a', 'b', 'changed'],
  [undefined, 'a', 'unknown'],
  ['a', undefined, 'unknown'],
  [undefined, undefined, 'unknown'],
])('models %p and %p: %s', (one, other, expected) => expect(sameModel(one, other)).toBe(expected))
