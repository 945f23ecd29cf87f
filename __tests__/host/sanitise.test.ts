import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bounded, LineSplitter, longestLine, longestOutput, safeText, sanitiseLine } from '../../src/host/sanitise.ts'

/** What .NET takes for white space at the start of a line (Char.IsWhiteSpace). */
const blanks = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

/** Whether the runner would look for a command in a line: `::command::` at its trimmed start, `##[command]` anywhere. */
const obeys = (line: string): boolean => line.replace(blanks, '').startsWith('::') || line.includes('##[')
/** The runner reads a stream as .NET's StreamReader does: a line ends at \r\n, \n or a bare \r. */
const linesOf = (text: string) => text.split(/\r\n|\r|\n/)

const fragments = [
  '::',
  ':',
  '##[',
  '#',
  '[',
  ']',
  'error',
  'add-mask',
  ' ',
  '\t',
  '\u00a0',
  '\u2028',
  '\u3000',
  '\ufeff',
  '\u200b',
  '\u0000',
  '│',
  'é',
  '👍',
  '%0A',
]
const line = fc
  .array(fc.oneof(fc.constantFrom(...fragments, '\u0085'), fc.string({ maxLength: 2 })), { maxLength: 12 })
  .map((parts) => parts.join('').replace(/[\r\n]/g, ''))

/** Numbers of 32 bits, the same for the same seed. Marsaglia's xorshift: fast-check would take minutes for a million lines. */
function xorshift(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

describe('no output can command the runner', () => {
  test('the oracle knows a command when it sees one', () => {
    const commands = ['::error::x', ' \t::add-mask::y', '\u0085::warning::', '\u3000::x', 'text ##[error]x', '##[group]', '####[x']
    expect(commands.filter(obeys)).toEqual(commands)
    expect(['a ::error::x', '# #[error]', ': :x', '\ufeff::x', ''].filter(obeys)).toEqual([])
  })
  test('no line of a child is obeyed', () => {
    fc.assert(
      fc.property(line, (text) => !obeys(sanitiseLine(text))),
      { numRuns: 5_000 },
    )
  })
  test('none of a million lines of a stream is, of which the runner would have obeyed a good part', () => {
    const seed = Date.now() % 2 ** 31
    const random = xorshift(seed)
    const pieces = [...fragments, '\u0085', '\r', '\n', '\r\n', '\n::', '\n ::', '\r##['].map((piece) => new TextEncoder().encode(piece))
    let printed = ''
    let lines = 0
    let dangerous = 0
    const splitter = new LineSplitter((text) => {
      lines++
      if (obeys(text)) dangerous++
      printed += `${sanitiseLine(text)}\n`
    })
    const obeyed: string[] = []
    while (lines < 1_000_000) {
      const chunk = new Uint8Array(1 << 16)
      // Also in the middle of a character, of \r\n and of a command.
      for (let at = 0; at < chunk.length; ) {
        const piece = pieces[random() % pieces.length] ?? new Uint8Array(1)
        chunk.set(piece.subarray(0, chunk.length - at), at)
        at += piece.length
      }
      splitter.push(chunk)
      obeyed.push(...linesOf(printed).filter(obeys))
      printed = ''
    }
    expect({ seed, obeyed }).toEqual({ seed, obeyed: [] })
    expect(dangerous).toBeGreaterThan(lines / 10)
  }, 60_000)
  test('no text of our own that quotes one is obeyed', () => {
    const text = fc.array(fc.constantFrom(...fragments, '\r', '\n', '\r\n'), { maxLength: 20 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (given) => !linesOf(safeText(given)).some(obeys)),
      { numRuns: 5_000 },
    )
  })
  test('nor behind a blank that .NET knows and JavaScript does not', () => {
    expect(linesOf(safeText('\u0085::add-mask::x')).some(obeys)).toBe(false)
  })
  test('what is harmless is left as it is', () => {
    expect(safeText('a :: b\n  c: ##\n')).toBe('a :: b\n  c: ##\n')
    expect(sanitiseLine('12 passed')).toBe('│ 12 passed')
  })
})

test('a long line is cut, and says by how much', () => {
  expect(sanitiseLine('x'.repeat(longestLine))).toBe(`│ ${'x'.repeat(longestLine)}`)
  expect(sanitiseLine('x'.repeat(longestLine + 5))).toBe(`│ ${'x'.repeat(longestLine)} [... 5 more characters]`)
})

/** The lines of `bytes`, handed over in chunks that end at `cuts`. */
function split(bytes: Uint8Array, cuts: readonly number[]): readonly string[] {
  const found: string[] = []
  const splitter = new LineSplitter((text) => found.push(text))
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)
  for (const [index, end] of ends.entries()) splitter.push(bytes.subarray(ends[index - 1] ?? 0, end))
  splitter.end()
  return found
}

describe('a stream is split into the lines that the runner sees', () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom('\r\n', '\n', '\r', 'é', '👍', '日本', 'a', ''), fc.string({ maxLength: 3 })), { maxLength: 20 })
    .map((parts) => parts.join(''))
  test('however it is cut into chunks', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 8 }), (given, cuts) => {
        const bytes = new TextEncoder().encode(given)
        const whole = linesOf(new TextDecoder().decode(bytes))
        expect(split(bytes, cuts)).toEqual(whole.at(-1) === '' ? whole.slice(0, -1) : whole)
      }),
      { numRuns: 3_000 },
    )
  })
  test.each([
    [
      ['a\r', '\nb'],
      ['a', 'b'],
    ],
    [
      ['a\r', '', '\n', '\nb'],
      ['a', '', 'b'],
    ],
    [
      ['a\r', 'b\r', '\r\n'],
      ['a', 'b', ''],
    ],
    [
      ['\r', '\n\r'],
      ['', ''],
    ],
    [['no end'], ['no end']],
    [[], []],
  ])('%j', (chunks, lines) => {
    const ends = chunks.map((_, index) => chunks.slice(0, index + 1).join('').length)
    expect(split(new TextEncoder().encode(chunks.join('')), ends)).toEqual(lines)
  })
  test('bytes that are no text do no harm', () =>
    expect(split(Uint8Array.of(0xff, 0xfe, 0x0a, 0xc3), [1, 2, 3])).toEqual(['\ufffd\ufffd', '\ufffd']))
  test('a line that never ends is cut, not kept', () => {
    const lengths: number[] = []
    const splitter = new LineSplitter((piece) => lengths.push(piece.length))
    const chunk = new TextEncoder().encode('x'.repeat(1 << 16))
    for (let i = 0; i < 64; i++) splitter.push(chunk)
    expect(lengths.length).toBeGreaterThan(20)
    expect(Math.max(...lengths)).toBeLessThan(3 << 16)
    splitter.end()
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(64 << 16)
  })
})

test('the output of a stage is bounded, and what is left out is said once', () => {
  const printed: string[] = []
  const print = bounded((text) => printed.push(text))
  const text = 'x'.repeat(99_999)
  for (let i = 0; i < 300; i++) print(text)
  const size = printed.reduce((sum, one) => sum + one.length + 1, 0)
  expect(size).toBeLessThanOrEqual(longestOutput + 100)
  expect(size).toBeGreaterThan(longestOutput - 100_000)
  expect(printed.at(-1)).toBe('[output is longer than 10 MiB or 100000 lines: the rest is left out]')
  expect(printed.filter((one) => one.startsWith('['))).toHaveLength(1)
})

test('empty lines count as well: each is a write of its own', () => {
  const printed: string[] = []
  const print = bounded((text) => printed.push(text))
  for (let i = 0; i < 300_000; i++) print('')
  expect(printed).toHaveLength(100_001)
  expect(printed.at(-1)).toContain('the rest is left out')
})
