import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyOf } from '../../../src/inspect/leaks/any-of.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', '.', '|', '(', '\\', 'é'), minLength: 1, maxLength: 9 })

test('a text has one of them exactly if it includes one', () =>
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('a', 'b', '.', '|', '(', '\\', 'é'), maxLength: 60 }),
      (texts, text) => {
        expect(anyOf(texts)(text)).toBe(texts.some((one) => text.includes(one)))
      },
    ),
    { numRuns: 2_000 },
  ))
test('of none there is none in any', () => expect(anyOf([])('text')).toBe(false))
