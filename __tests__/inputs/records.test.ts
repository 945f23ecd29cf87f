import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Invalid } from '../../src/inputs/parse.ts'
import { listRecords, recordFields } from '../../src/inputs/records.ts'

describe('a list is CSV, a record a line, joined again', () => {
  test.each<readonly [string, readonly string[]]>([
    ['a', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb', ['a', 'b']],
    ['a\n\nb\n', ['a', 'b']],
    ['a,b', ['a,b']],
    ['#a\nb', ['b']],
    ['a # b', ['a # b']],
    [' #a\nb', ['#a', 'b']],
    ['a\n  \nb', ['a', '', 'b']],
    ['"a,b"', ['a,b']],
    ['"a\nb"', ['a\nb']],
    ['"a ""b"""', ['a "b"']],
    ['a="b"', ['a="b"']],
    ['"', ['"']],
    ['', []],
    ['#only', []],
  ])('%j', (text, expected) => {
    if (text === '"') expect(() => listRecords(text)).toThrow(new Invalid('opens a quote (") and does not close it'))
    else expect(listRecords(text)).toEqual(expected)
  })
})

describe('a record has fields', () => {
  test.each<readonly [string, readonly string[]]>([
    ['a,b', ['a', 'b']],
    ['a, b', ['a', ' b']],
    ['"a,b",c', ['a,b', 'c']],
    [',', ['', '']],
    ['a\nb', ['a']],
  ])('%j', (record, expected) => expect(recordFields(record)).toEqual(expected))
  test.each([
    ['', 'is a line of spaces alone: delete it'],
    ['a="b"', 'has a quote (") inside a field: quote the whole field, as in "value=a,b", or write no quotes'],
    ['"a"b', 'has text behind a closing quote ("): a quote must close at a comma or at the end'],
    ['"a', 'opens a quote (") and does not close it'],
  ])('%j %s', (record, reason) => expect(() => recordFields(record)).toThrow(new Invalid(reason)))
})

test('whatever is given, there are records and fields, or it is Invalid', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab=,"# \n\r{}'), maxLength: 30 })
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return undefined
    }
  }
  fc.assert(
    fc.property(text, (given) => {
      for (const record of attempt(() => listRecords(given)) ?? []) attempt(() => recordFields(record))
    }),
    { numRuns: 2_000 },
  )
})
