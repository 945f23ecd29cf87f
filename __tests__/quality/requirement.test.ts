import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Invalid } from '../../src/inputs/parse.ts'
import { type Bound, boundValue, holds, operators, parseRequirement } from '../../src/quality/requirement.ts'

const previous = (factor: number, offset: number): Bound => ({ kind: 'previous', factor, offset })
const number = (value: number): Bound => ({ kind: 'number', value })

describe('a line of require', () => {
  test.each<readonly [string, string, string, Bound]>([
    ['accuracy >= 0.95', 'accuracy', '>=', number(0.95)],
    ['accuracy>=.95', 'accuracy', '>=', number(0.95)],
    ['loss < 1e-3', 'loss', '<', number(0.001)],
    ['delta != -1', 'delta', '!=', number(-1)],
    ['val.auc == 1', 'val.auc', '==', number(1)],
    ['"macro avg.f1-score" > 0.9', 'macro avg.f1-score', '>', number(0.9)],
    ["'a >= b' <= 2", 'a >= b', '<=', number(2)],
    ['metrics/mAP50(B) >= 0.5', 'metrics/mAP50(B)', '>=', number(0.5)],
    ['f1 >= previous', 'f1', '>=', previous(1, 0)],
    ['f1 >= previous - 0.01', 'f1', '>=', previous(1, -0.01)],
    ['f1 >= previous-0.01', 'f1', '>=', previous(1, -0.01)],
    ['f1 > previous + 1', 'f1', '>', previous(1, 1)],
    ['f1 >= previous * 0.99', 'f1', '>=', previous(0.99, 0)],
    ['f1 >= 0.99 × previous - .5', 'f1', '>=', previous(0.99, -0.5)],
    ['f1 >= Previous × 0.99 + 2', 'f1', '>=', previous(0.99, 2)],
    ['accuracy >= 0.95 # as agreed', 'accuracy', '>=', number(0.95)],
  ])('%s', (line, name, operator, bound) => expect(parseRequirement(line)).toMatchObject({ name, operator, bound }))

  test.each<readonly [string, string]>([
    ['accuracy', 'has none of >= <= == != > <'],
    ['accuracy 0.95', 'has none of >= <= == != > <'],
    ['accuracy => 0.95', 'has the operator =>; write >='],
    ['accuracy =< 0.95', 'has the operator =<; write <='],
    ['accuracy = 0.95', 'has the operator =; write =='],
    ['accuracy === 0.95', 'has the operator ===; write =='],
    ['accuracy ≥ 0.95', 'has the operator ≥; write >='],
    ['accuracy >> 1', 'has the operator >>; write >= <= == != > <'],
    ['accuracy >=', 'has nothing to compare with'],
    ['>= 0.95', 'names no metric'],
    ['"" >= 0.95', 'names no metric'],
    ['"accuracy >= 0.95', 'has a quote that is not closed'],
    ['accuracy >= 95%', 'has a percentage; write it as the metric has it, such as 0.95'],
    ['accuracy >= 0,95', 'has a decimal comma; write 0.95'],
    ['accuracy >= NaN', 'compares with NaN, which is no number'],
    ['accuracy >= f1', 'compares with "f1", which is neither a number nor previous'],
    ['accuracy >= previous - x', 'has "previous - x" where previous, previous - 0.01 or previous * 0.99 belongs'],
    ['accuracy >= previous / 2', 'has "previous / 2" where previous, previous - 0.01 or previous * 0.99 belongs'],
    ['accuracy > 0.5 and f1 > 0.6', 'holds several conditions; write one a line'],
    ['accuracy > 0.5 < 0.9', 'holds several operators; write one condition a line'],
    ['0.95 <= accuracy', 'begins with a number; write the name of the metric first'],
    ['macro avg >= 0.9', 'has a space in the name of the metric; write it in double quotes'],
  ])('%s is refused', (line, reason) => expect(() => parseRequirement(line)).toThrow(new Invalid(reason)))

  test('whatever name and number there are, they are read back', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !/["\n\r]/.test(text) && text.trim() === text)
    fc.assert(
      fc.property(name, fc.constantFrom(...operators), fc.double({ noNaN: true, noDefaultInfinity: true }), (text, operator, any) => {
        const value = any + 0 // -0 is written as 0
        expect(parseRequirement(`"${text}" ${operator} ${value}`)).toMatchObject({ name: text, operator, bound: { value } })
      }),
    )
  })
  test('any text is read or refused, nothing else happens', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseRequirement(text)
        } catch (error) {
          expect(error).toBeInstanceOf(Invalid)
        }
      }),
    )
  })
})

describe('a bound', () => {
  test('of a previous value is without the dust of binary fractions', () => {
    expect(boundValue(previous(1, -0.1), 0.3)).toBe(0.2)
    expect(boundValue(previous(0.99, 0), 0.5)).toBe(0.495)
    expect(boundValue(previous(1, 0), undefined)).toBeUndefined()
    expect(boundValue(number(3), undefined)).toBe(3)
  })
  test.each([
    [0.1 + 0.2, '<=', 0.3, true],
    [0.1 + 0.2, '==', 0.3, true],
    [0.95, '>=', 0.95, true],
    [0.95, '>', 0.95, false],
    [0.9499, '>=', 0.95, false],
    [2, '<', 1, false],
    [2, '!=', 1, true],
    [Number.POSITIVE_INFINITY, '>=', 1, true],
  ] as const)('%d %s %d: %p', (value, operator, bound, expected) => expect(holds(value, operator, bound)).toBe(expected))
  test.each(operators)('nothing is %s for NaN', (operator) => expect(holds(Number.NaN, operator, 1)).toBe(false))
})
