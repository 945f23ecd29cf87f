import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { mayHave, thoseIn } from '../../../src/inspect/leaks/may-have.ts'

const unit = fc.constantFrom('a', 'b', '.', '|', '(', '\\', 'é')

test('a text has one of them exactly if it includes one', () =>
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit, minLength: 1, maxLength: 9 }), { maxLength: 12 }),
      fc.string({ unit, maxLength: 60 }),
      (texts, text) => {
        expect(mayHave(texts)(text)).toBe(texts.some((one) => text.includes(one)))
      },
    ),
    { numRuns: 2_000 },
  ))
test('of things those are told that have one in the text, in their order, and none of which it has not even the beginning', () =>
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string({ unit, minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 3 }), { maxLength: 8 }),
      fc.string({ unit, maxLength: 60 }),
      (things, text) => {
        const told = thoseIn(things, (thing) => thing)(text)
        const all = things.flat()
        expect(told).toEqual(things.filter((thing) => told.includes(thing)))
        for (const thing of things) {
          if (thing.some((one) => text.includes(one))) expect(told).toContain(thing)
          else if (!thing.some((one) => all.some((other) => one.includes(other) && text.includes(other)))) expect(told).not.toContain(thing)
        }
      },
    ),
    { numRuns: 2_000 },
  ))
test('of none there is none in any', () => expect(mayHave([])('text')).toBe(false))
test.each([
  ['long, and alike for long', ['b', 'c'].map((end) => `${'a'.repeat(50_000)}${end}`)],
  ['many', Array.from({ length: 2_000 }, (_, at) => `${at}-${'x'.repeat(40)}-${at}`)],
])('they may be %s', (_, texts) => {
  const has = mayHave(texts)
  expect(texts.every((text) => has(`x${text}x`))).toBe(true)
  expect(has('b'.repeat(60_000))).toBe(false)
})
