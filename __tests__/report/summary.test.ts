import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { failureReport, type Report } from '../../src/report/report.ts'
import { escapeMarkdown, fenced, summaryMarkdown } from '../../src/report/summary.ts'
import { createReport, createTestReport, digest } from '../builders.ts'

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
    ['[x](http://evil)', '\\[x\\]\\(http://evil\\)'],
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

const hostile = '</details><script>x</script>\n```\n## Fake\n| a | b |\n@everyone'
const failing = (overrides: Partial<Report> = {}): Report =>
  createReport({
    result: 'failed',
    pushed: false,
    failure: failureReport('smoke', { code: 'health-failed', message: hostile, evidence: [hostile] }),
    tests: createTestReport({ failed: 1, failures: [{ name: hostile, message: hostile, file: hostile, line: 3 }] }),
    stages: [{ stage: 'smoke', state: 'failed', start: 0, duration: 5, detail: hostile }],
    notices: [hostile],
    push: { push: false, reason: hostile },
    ...overrides,
  })

/** What of a summary is not inside a code block. */
const prose = (markdown: string) => markdown.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '')

describe('the summary', () => {
  test('begins with the headline, figures next', () => {
    const [first, , second] = summaryMarkdown(createReport()).split('\n')
    expect(first).toBe('### ML image: pushed ghcr.io/acme/iris:sha-1f2e3d4 in 9.3 s')
    expect(second).toMatch(/^\*\*5 of 5 tests passed\*\* · /)
  })
  test('has a row for each stage, and its time only if it ran', () => {
    const stages = [
      { stage: 'test', state: 'passed', start: 0, duration: 3_100, detail: '5 passed' },
      { stage: 'build', state: 'failed', start: 0, duration: 900, detail: 'x' },
      { stage: 'smoke', state: 'not run', start: 0, duration: 0, detail: '' },
      { stage: 'publish', state: 'skipped', start: 0, duration: 0, detail: 'push is false' },
    ] as const
    const text = summaryMarkdown(createReport({ stages }))
    expect(text.split('\n').filter((line) => line.startsWith('| '))).toEqual([
      '| Stage | Result | Time | Detail |',
      '| Test | ✅ passed | 3.1 s | 5 passed |',
      '| Build | ❌ failed | 900 ms | x |',
      '| Smoke | not run |  |  |',
      '| Publish | skipped |  | push is false |',
    ])
    expect(text).toContain('  section Test\n  test :done, 0, 3100\n  section Build\n  build :crit, 0, 900\n```')
  })
  test('of a push tells how to pull it', () => expect(summaryMarkdown(createReport())).toContain(`docker pull ghcr.io/acme/iris@${digest}`))
  test('of a merge has a row for each platform, and tells how to pull it', () => {
    const { image: _, tests: __, smoke: ___, ...rest } = createReport()
    const parts = [{ platform: 'linux/arm64', digest: 'sha256:a', tests: 'skipped', smoke: 'passed' }] as const
    const text = summaryMarkdown({ ...rest, merged: { digest, parts } })
    expect(text).toContain('| linux/arm64 | skipped | passed | `sha256:a` |')
    expect(text).toContain(`docker pull ghcr.io/acme/iris@${digest}`)
  })
  test('of a run that did not push names the image', () =>
    expect(summaryMarkdown(createReport({ pushed: false }))).toContain(`Image \`${digest}\``))
  test('of a failure tells what happened, the proof and what to do', () => {
    const failure = failureReport('smoke', { code: 'health-failed', message: 'GET /health answers 503.', evidence: ['loading'] })
    expect(summaryMarkdown(failing({ failure, tests: createTestReport() }))).toContain(
      'GET /health answers 503.\n\n```text\nloading\n```\n\n**Next:** The server answers, but not that it is healthy',
    )
  })
  test('quotes hostile names only where they are harmless', () => {
    const outside = prose(summaryMarkdown(failing()))
    expect(outside).not.toMatch(/<script|^## |@everyone|^\| a \| b \|/m)
    expect(outside.match(/<\/?\w+/g)).toEqual(['<details', '<summary', '</summary', '</details'])
  })
})

test('whatever happened, a summary is under 1 MiB and its first line is the headline', () => {
  const text = fc.oneof(
    anyText,
    fc.integer({ min: 1, max: 1_200_000 }).map((length) => '<'.repeat(length)),
  )
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 3 }), fc.nat(60), (long, evidence, count) => {
      const failures = Array.from({ length: count }, () => ({ name: long, message: long }))
      const markdown = summaryMarkdown(
        failing({
          failure: failureReport('test', { code: 'tests-failed', message: long, evidence }),
          tests: createTestReport({ failures }),
          notices: evidence,
        }),
      )
      expect(Buffer.byteLength(markdown)).toBeLessThan(1 << 20)
      expect(markdown).toMatch(/^### ML image: stopped at test \\\(tests-failed\\\), nothing was pushed\n/)
    }),
    { numRuns: 20 },
  )
})

test('what was attested is a link where GitHub has it', () => {
  const url = 'https://github.com/acme/iris/attestations/7'
  const attested = [
    { about: 'tests' as const, subject: 'a' },
    { about: 'smoke' as const, subject: 'b', url },
  ]
  expect(summaryMarkdown(createReport({ attested }))).toContain(`Attested: tests, [smoke](${url})`)
  expect(summaryMarkdown(createReport())).not.toContain('ttested')
})
