import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { calm } from '../../src/host/calm.ts'

const red = '\u001b[31m'
const end = '\u001b[0m'

describe('of what others wrote', () => {
  test.each([
    ['colours stay', `${red}x${end} y`, `${red}x${end} y`, 'x y'],
    ['a colour ends with it', `${red}x`, `${red}x${end}`, 'x'],
    ['an empty reset is one', `${red}x\u001b[m`, `${red}x\u001b[m`, 'x'],
    ['the cursor is not moved', 'a\u001b[2K\u001b[1A\u001b[10;10Hb', 'ab', 'ab'],
    ['no title is set', 'a\u001b]0;title\u0007b\u001b]8;;http://evil\u001b\\c', 'abc', 'abc'],
    ['a title without an end takes the rest', 'a\u001b]0;title', 'a', 'a'],
    ['no line is overwritten', 'done\rfail', 'donefail', 'donefail'],
    ['no bell, no backspace', 'a\u0007b\u0008c', 'abc', 'abc'],
    ['no 8-bit sequence', 'a\u009b2Jb', 'a2Jb', 'a2Jb'],
    ['tabs and lines stay', 'a\tb\nc', 'a\tb\nc', 'a\tb\nc'],
    ['letters stay', 'größer ✓ 日本', 'größer ✓ 日本', 'größer ✓ 日本'],
  ])('%s', (_, text, coloured, plain) => expect([calm(text, true), calm(text, false)]).toEqual([coloured, plain]))

  const piece = fc.constantFrom('\u001b', '[', ']', '0', ';', 'm', 'J', '\u0007', '\\', 'x', '\r', '\u009b', 'P')
  const anyText = fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 30 }).map((pieces) => pieces.join(''))
  test('without colours no control character is left, whatever it was', () =>
    fc.assert(fc.property(anyText, (text) => !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(calm(text, false)))))
  test('with them every escape is a colour, and the last one ends it', () =>
    fc.assert(
      fc.property(anyText, (text) => {
        const left = calm(text, true)
        expect(left.replace(/\u001b\[[\d;:]*m/g, '')).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
        const last = left.match(/\u001b\[[\d;:]*m/g)?.at(-1)
        if (last !== undefined) expect(last).toMatch(/^\u001b\[0*m$/)
      }),
    ))
})
