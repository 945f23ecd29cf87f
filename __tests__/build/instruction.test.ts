import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseDockerfile } from '../../src/build/instruction.ts'

const parts = (dockerfile: string) =>
  parseDockerfile(dockerfile).map(({ keyword, flags, rest, line, end }) => [keyword, flags, rest, line, end])

describe('a Dockerfile is read as BuildKit reads it', () => {
  test('continued lines, with comments and empty lines between', () => {
    expect(parts('# a\nFROM  python:3.12\n\nRUN a && \\\n# why\n\n  b \\ \n  c\nuser app\n')).toEqual([
      ['FROM', [], 'python:3.12', 2, 2],
      ['RUN', [], 'a &&   b   c', 4, 8],
      ['USER', [], 'app', 9, 9],
    ])
  })
  test('two backslashes continue nothing', () => {
    expect(parts('RUN echo \\\\\nUSER app')).toEqual([
      ['RUN', [], 'echo \\\\', 1, 1],
      ['USER', [], 'app', 2, 2],
    ])
  })
  test('the directive escape, and a directive that comes too late', () => {
    expect(parts('# syntax=docker/dockerfile:1\n# escape=`\nRUN dir C:\\\nRUN a `\n b')).toEqual([
      ['RUN', [], 'dir C:\\', 3, 3],
      ['RUN', [], 'a  b', 4, 5],
    ])
    expect(parts('# a comment\n# escape=`\nRUN a `\nRUN b')).toHaveLength(2)
  })
  test('flags, where an instruction takes them', () => {
    expect(parts('COPY --from=build --chown=app:app /a /b')).toEqual([['COPY', ['--from=build', '--chown=app:app'], '/a /b', 1, 1]])
    expect(parts('RUN --mount=type=cache,target="/a b" pip --version')[0]?.[1]).toEqual(['--mount=type=cache,target="/a b"'])
    expect(parts('CMD --help')).toEqual([['CMD', [], '--help', 1, 1]])
  })
  test('the exec form, and what looks like it', () => {
    expect(parseDockerfile('CMD ["a", "b c"]\nRUN [ -f x ]\nCMD [\'a\']\nCMD [1]').map(({ words }) => words)).toEqual([
      ['a', 'b c'],
      undefined,
      undefined,
      undefined,
    ])
  })
  test('heredocs: several, quoted, with tabs; no string of bash, nothing in quotes', () => {
    const [run, copy, last] = parseDockerfile(
      'RUN <<A cat <<-"B"\nFROM x\nA\n\tCOPY y\n\tB\nCOPY <<EOF /etc/x\n# kept\nEOF\nRUN cat <<< "$X" "<<EOF"\n',
    )
    expect(run?.heredocs).toEqual([
      { name: 'A', text: 'FROM x' },
      { name: 'B', text: '\tCOPY y' },
    ])
    expect([copy?.line, copy?.end, copy?.heredocs]).toEqual([6, 8, [{ name: 'EOF', text: '# kept' }]])
    expect([last?.line, last?.heredocs]).toEqual([9, []])
  })
  test('line ends of Windows, a byte order mark, no line end at the end', () => {
    expect(parts('\uFEFFFROM a\r\nRUN b \\\r\n c\r\nUSER d')).toEqual([
      ['FROM', [], 'a', 1, 1],
      ['RUN', [], 'b  c', 2, 3],
      ['USER', [], 'd', 4, 4],
    ])
  })
})

const word = fc.stringMatching(/^[a-z0-9./=-]{1,8}$/).filter((text) => !text.startsWith('-'))
const instruction = fc.record({
  keyword: fc.constantFrom('RUN', 'COPY', 'ENV', 'CMD', 'WORKDIR', 'from'),
  words: fc.array(word, { minLength: 1, maxLength: 5 }),
  breaks: fc.array(fc.constantFrom('', ' \\\n', ' \\\n# a comment\n', ' \\ \n\n'), { minLength: 5, maxLength: 5 }),
  before: fc.constantFrom('', '# a comment\n', '\n'),
  heredoc: fc.boolean(),
})

test('whatever is written is read again, at its lines', () => {
  fc.assert(
    fc.property(fc.array(instruction, { minLength: 1, maxLength: 8 }), (all) => {
      let text = '# why\n'
      const wanted = all.map(({ keyword, words, breaks, before, heredoc }) => {
        text += before
        const line = text.split('\n').length
        const document = heredoc && keyword === 'RUN'
        text += `${keyword} ${words.map((one, index) => (index === 0 ? one : `${breaks[index]} ${one}`)).join('')}${document ? ' <<EOF\nFROM x\nEOF' : ''}`
        const end = text.split('\n').length
        text += '\n'
        return { keyword: keyword.toUpperCase(), words: document ? [...words, '<<EOF'] : words, line, end }
      })
      expect(parseDockerfile(text).map(({ keyword, rest, line, end }) => ({ keyword, words: rest.split(/\s+/), line, end }))).toEqual(
        wanted,
      )
    }),
  )
})

test('any text is read without a fault, each of its lines at most once', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('RUN <<A', 'A', 'RUN a \\', '\\', '# escape=`', 'COPY <<-"A" b', 'ONBUILD RUN <<A', '`', 'CMD ["a"'),
  )
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      let last = 0
      for (const found of parseDockerfile(lines.join(end))) {
        expect(found.keyword).not.toBe('')
        expect(found.line).toBeGreaterThan(last)
        expect(found.end).toBeGreaterThanOrEqual(found.line)
        last = found.end
      }
      expect(last).toBeLessThanOrEqual(lines.join(end).split(/\r?\n/).length)
    }),
  )
})
