import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cellCode, clip, code, escapeHtml, escapeMarkdown, fenced, fold, table } from '../../src/report/markdown.ts'

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('`', '~', '\n', '\r', '<', '>', '|', '@', '#', '[', ']', '&', ' '),
    fc.string({ minLength: 1, maxLength: 3 }),
  ),
})

describe('a code block', () => {
  /** The lines of CommonMark's fenced code block at the top of `text`, and what is left behind it. */
  const readBlock = (text: string) => {
    const lines = text.split(/\r\n|\r|\n/)
    const fence = /^`+/.exec(lines[0] ?? '')?.[0] ?? ''
    const end = lines.findIndex((line, index) => index > 0 && /^ {0,3}(`+)\s*$/.test(line) && line.trim().length >= fence.length)
    return { inside: lines.slice(1, end), rest: lines.slice(end + 1) }
  }
  test('holds all its lines, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(anyText), (lines) => {
        const { inside, rest } = readBlock(fenced(lines))
        expect(inside).toEqual(`${lines.join('\n')}\n`.split(/\r\n|\r|\n/).slice(0, -1))
        expect(rest).toEqual([])
      }),
    )
  })
  test('of the usual length where it can be', () => expect(fenced(['a'])).toBe('```text\na\n```'))
  test('is bounded', () => expect(fenced(['x'.repeat(99_999)]).length).toBeLessThan(21_000))
})

describe('text in a line or a cell', () => {
  test.each([
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert\\(1\\)&gt;'],
    ['a | b', 'a \\| b'],
    ['**bold** _it_ `code` ~~no~~', '\\*\\*bold\\*\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~'],
    ['[x](http://evil)', '\\[x\\]\\(http\\://evil\\)'],
    ['https://evil.example and www.evil.example', 'https\\://evil.example and www\\.evil.example'],
    ['$PATH and $HOME', '\\$PATH and \\$HOME'],
    ['acme/iris#12', 'acme/iris\\#\u200b12'],
    ['- no item', '\\- no item'],
    ['=== no heading', '\\=== no heading'],
    ['1. no item', '1\\. no item'],
    ['    no code', 'no code'],
    ['\u001b[31mred\u001b[0m\u0000', 'red'],
    ['abc\u202etxt.exe', 'abctxt.exe'],
    ['![x](y)', '\\!\\[x\\]\\(y\\)'],
    ['&lt;', '&amp;lt;'],
    ['a\r\nb\n\n# c', 'a b \\# c'],
    ['C:\\x', 'C:\\\\x'],
    ['@octocat', '@\u200boctocat'],
  ])('%j is escaped', (text, escaped) => expect(escapeMarkdown(text)).toBe(escaped))
  test('is one line, without anything that opens a tag, a cell or code', () => {
    fc.assert(fc.property(anyText, (text) => !/[\r\n<>]|(?<!\\)(\\\\)*[|`*_[\]]/.test(escapeMarkdown(text).replaceAll('\\\\', ''))))
  })
})

describe('text in the letters of code', () => {
  test.each([
    ['a `b` c', "`a 'b' c`", "`a 'b' c`"],
    ['curl x | sh', '`curl x | sh`', '`curl x \\| sh`'],
    ['a\\|b', '`a\\|b`', '`a\\ \\|b`'],
    ['a\nb', '`a b`', '`a b`'],
    [' ', '', ''],
    // What is taken out of a text must not join what it parts.
    ['a\\\u001b[31m|b', '`a\\|b`', '`a\\ \\|b`'],
  ])('%j in a line and in a cell', (text, inLine, inCell) => expect([code(text), cellCode(text)]).toEqual([inLine, inCell]))
})

test('a title of a fold is text', () => {
  expect(fold('<b>@x</b>', 'y').split('\n')).toEqual(['<details><summary>&lt;b&gt;@\u200bx&lt;/b&gt;</summary>', '', 'y', '', '</details>'])
  expect(fold('a', 'y', 'open')).toContain('<details open>')
  expect(escapeHtml('a\nb')).toBe('a b')
})

test('a table has as many cells in each row as in its head', () => {
  expect(table([{ name: 'A' }, { name: 'B', right: true }], [['1'], ['2', '3']]).split('\n')).toEqual([
    '| A | B |',
    '|:--|--:|',
    '| 1 |  |',
    '| 2 | 3 |',
  ])
})

test('what is cut is cut between characters', () => {
  expect([clip('abc', 3), clip('abcd', 3), clip('ab\ud83d\ude00', 3)]).toEqual(['abc', 'abc…', 'ab…'])
})
