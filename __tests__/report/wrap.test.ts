import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { wrap } from '../../src/report/wrap.ts'

test.each<readonly [string, number, string, readonly string[]]>([
  ['a b c', 80, '', ['a b c']],
  ['aa bb cc', 5, '', ['aa bb', 'cc']],
  ['aa bb cc', 5, '  ', ['aa bb', '  cc']],
  ['a longerthanthat b', 5, '', ['a', 'longerthanthat', 'b']],
  ['', 5, '', ['']],
  ['  aa bb', 5, '    ', ['  aa', '    bb']],
  ['aa  bb', 80, '', ['aa  bb']],
  ['\u001b[31maa\u001b[0m bb', 5, '', ['\u001b[31maa\u001b[0m bb']],
])('%j in %d columns', (text, width, indent, lines) => expect(wrap(text, width, indent)).toEqual(lines))

test('no line is wider than it may be, but for a word that is; nothing is lost', () => {
  const words = fc.array(
    fc.string({ minLength: 1, maxLength: 12 }).filter((word) => !/\s|\u001b/.test(word)),
    { minLength: 1, maxLength: 20 },
  )
  fc.assert(
    fc.property(words, fc.integer({ min: 4, max: 30 }), (list, width) => {
      const lines = wrap(list.join(' '), width)
      expect(lines.join(' ')).toBe(list.join(' '))
      for (const line of lines) expect([...line].length <= width || !line.includes(' ')).toBe(true)
    }),
  )
})
