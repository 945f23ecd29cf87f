import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ignoredBy } from '../../src/build/ignored.ts'

test('what the patterns name is left out, and taken back', () => {
  const ignores = ignoredBy('# a comment\n*.pt\r\ndata\n!data/kept.csv\n')
  expect(['model.pt', 'data/x.csv', 'data/kept.csv', 'app.py'].map(ignores)).toEqual([true, true, false, false])
})
test('a pattern that BuildKit refuses takes nothing from the others', () => {
  const ignores = ignoredBy('(\n*.pt\n[a\n')
  expect(['model.pt', 'app.py'].map(ignores)).toEqual([true, false])
})
test('of any text no path throws', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('a', 'a/b.c', '(', '[a'), (rules, path) => void ignoredBy(rules)(path)),
  ))
