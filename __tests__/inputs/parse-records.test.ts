import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseRecords } from '../../src/inputs/parse-records.ts'

describe('one record a line', () => {
  test.each<readonly [string, readonly string[]]>([
    ['a=1\nb=2', ['a=1', 'b=2']],
    ['\r\n a=1 \r\n\r\nb=2', ['a=1', 'b=2']],
    ['a={"user": "x, y", "n": 1}', ['a={"user": "x, y", "n": 1}']],
    ['a="x"', ['a="x"']],
    ['"key=-----BEGIN\nxx\n\n-----END"\nb=2', ['key=-----BEGIN\nxx\n\n-----END', 'b=2']],
    ['"a={""b"": 1}"', ['a={"b": 1}']],
    ['# is no comment: a value may start so', ['# is no comment: a value may start so']],
    ['', []],
  ])('%j', (text, records) => expect(parseRecords(text)).toEqual(records))
  test('a quote that is not closed is refused, without its text', () =>
    expect(() => parseRecords('a=1\n"b=secret')).toThrow('has an entry (number 2) whose opening quote is not closed'))
  test('whatever is quoted comes back', () => {
    const record = fc.string({ minLength: 1 }).map((text) => text.replace(/\r\n?/g, '\n'))
    fc.assert(
      fc.property(fc.array(record, { maxLength: 4 }), (records) => {
        const text = records.map((one) => `"${one.replaceAll('"', '""')}"`).join('\n')
        expect(parseRecords(text)).toEqual(records)
      }),
    )
  })
})
