import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { commentText, type Order, quoted } from '../../../src/report/comment/body.ts'
import { compare } from '../../../src/report/comment/movement.ts'
import { failureReport, type Report } from '../../../src/report/report.ts'
import { commit, createReport, createTestReport, digest } from '../../builders.ts'

const identity = { marker: '<!-- m -->', figures: 'f', job: 'image', leg: '' }
const event = { sha: commit, runUrl: 'https://github.com/acme/iris/actions/runs/42' }
const against = { reference: 'ghcr.io/acme/iris:latest', digest, revision: commit }
const textOf = (report: Report, more: Partial<Order> = {}) =>
  commentText({ report, identity, rows: [], against, event, stamp: { id: 42, attempt: 1 }, ...more })

const rows = compare({ bytes: 381.2e6, tests: { passed: 44, skipped: 0 } }, { bytes: 412e6, tests: { passed: 42, skipped: 0 } })
const layers = [
  { digest, bytes: 1e6, instruction: 'COPY . .', own: true, isNew: true },
  { digest, bytes: 30e6, instruction: 'COPY model.pkl .', own: true, isNew: true, at: { file: 'Dockerfile', line: 7 } },
  { digest, bytes: 90e6, instruction: 'FROM', own: false, isNew: false },
]

describe('a comment', () => {
  test('says first what moved, then by how much, then of what', () => {
    const size = { bytes: 412e6, layers, previous: { reference: 'x', digest, bytes: 381.2e6 } }
    expect(textOf(createReport({ size }), { rows, identity: { ...identity, leg: 'cpu' } })).toBe(
      [
        '<!-- run 42.1 -->',
        '### ML image: gates passed, image grew by 30.8 MB (8.1 %), 2 fewer tests passed',
        '',
        '`ghcr.io/acme/iris`, job `image` (`cpu`), 9.3 s',
        '',
        '| | Before | Now | Change |',
        '|:--|--:|--:|--:|',
        '| Image, compressed | 381.2 MB | 412.0 MB | **+30.8 MB (+8.1 %)** |',
        '| Tests | 44 passed | 42 passed | **2 fewer** |',
        '',
        '<details><summary>Layers that are new (2)</summary>',
        '',
        '```text',
        '   30.0 MB  Dockerfile:7 COPY model.pkl .',
        '    1.0 MB  COPY . .',
        '```',
        '</details>',
        '',
        '[This run](https://github.com/acme/iris/actions/runs/42) of `1f2e3d4`, compared with `ghcr.io/acme/iris:latest` (`sha256:d1d1d1d1d1d1`) and the published run of `1f2e3d4`.',
        '',
      ].join('\n'),
    )
  })
  test('without anything to compare with has figures alone', () => {
    const text = textOf(createReport(), { rows: compare({}, { bytes: 412e6 }), against: {}, stamp: undefined })
    expect(text).toContain('### ML image: gates passed\n')
    expect(text).toContain('| | Now |\n|:--|--:|\n| Image, compressed | 412.0 MB |\n')
    expect(text).toMatch(/of `1f2e3d4`\.\n$/)
  })
  test('of a red run tells what happened, the proof and what to do', () => {
    const failure = failureReport('smoke', {
      code: 'health-failed',
      message: 'GET /health answers 503.',
      evidence: ['loading'],
      at: { file: 'a.py', line: 3 },
    })
    const text = textOf(createReport({ result: 'failed', failure }))
    expect(text).toContain('### ML image: stopped at smoke (health-failed)\n')
    expect(text).toContain(
      '```text\nGET /health answers 503.\n```\n\n```text\nloading\n```\n\n`a.py:3`\n\n**Next:** The server answers, but not that it is healthy',
    )
  })
  test('has the tests that failed, where they did', () => {
    const failures = [
      { name: 'tests/test_a::test_x', message: 'assert 1 == 2', file: 'tests/test_a.py', line: 5 },
      { name: 'tests/test_a::test_y', message: 'boom' },
    ]
    expect(textOf(createReport({ tests: createTestReport({ failed: 2, failures }) }))).toContain(
      '<details open><summary>Failed tests (2)</summary>\n\n```text\ntests/test_a.py:5 tests/test_a::test_x\n    assert 1 == 2\ntests/test_a::test_y\n    boom\n```\n</details>',
    )
  })
  test('leads to the advice', () => {
    const advice = { rule: 'r', message: 'm', why: 'w', gain: { kind: 'size' } } as const
    expect(textOf(createReport({ advice: [advice] }))).toContain('1 piece of advice in the summary of the run.')
  })
})

describe('text of others in a line', () => {
  test.each([
    '@octocat',
    'fixes #12',
    'acme/iris#12',
    'GH-3',
    'https://github.com/acme/iris/issues/1',
    'www.example.com',
    'a\n| b |',
    '\u001b[31mred',
  ])('%j tells nobody and leads nowhere', (text) => {
    const shown = quoted(`x ${text}`)
    expect(shown).not.toMatch(/@\w|#\d|GH-|:\/\/|www\.|[\n\u001b]|(?<!\\)[|[]/)
    expect(shown.replace(/[\\\u200b]/g, '')).toContain(text.replace(/\n/g, ' ').replace('\u001b', ''))
  })
})

const hostile =
  '--></details><script>x</script>\n```\n## Fake\n| a | b |\n@everyone #1 GH-1 https://github.com/acme/iris/issues/1 <!-- ml-image-action:x -->'
const anyText = fc.oneof(
  fc.string({
    unit: fc.oneof(
      fc.constantFrom('`', '~', '\n', '\r', '<', '>', '|', '@', '#', '[', ']', '&', ' ', '\u0000', '\ud800'),
      fc.string({ minLength: 1, maxLength: 3 }),
    ),
  }),
  fc.constant(hostile),
)

/** Words of others wherever they may stand. */
const everywhere = (text: string): Report =>
  createReport({
    result: 'failed',
    pushed: false,
    failure: {
      ...failureReport('smoke', { code: 'health-failed', message: text, evidence: [text, text], at: { file: text, line: 3 } }),
      cause: { name: 'x', text },
      remedy: text,
    },
    names: [text],
    tests: createTestReport({
      failed: 2,
      failures: [
        { name: text, message: text, file: text, line: 3 },
        { name: text, message: text },
      ],
    }),
    size: { bytes: 412e6, layers: [{ digest, bytes: 1, instruction: text, own: true, isNew: true, at: { file: text, line: 1 } }] },
    notices: [text],
  })

const shown = (text: string) =>
  textOf(everywhere(text), {
    rows,
    identity: { ...identity, job: text, leg: text },
    against: { reference: text, digest, revision: commit },
  })

/** What a reader of markdown makes of a text, line by line: headings, cells, quotes, HTML; of a code block that it is one. */
function structure(markdown: string): readonly string[] {
  const kinds: string[] = []
  let fence: string | undefined
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const [, run] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
    if (fence !== undefined) {
      if (run?.startsWith(fence) && /^ {0,3}[`~]+\s*$/.test(line)) fence = undefined
      continue
    }
    if (run !== undefined) fence = run
    const bare = line.replace(/`[^`]*`/g, 'code').replace(/\\./g, '')
    const cells = /^\s*\|/.test(line) ? bare.split('|').length : 0
    const tags = (bare.match(/<[/!a-z]/gi) ?? []).join('')
    const links = (bare.match(/\]\(|\]\[|@\w|#\w|GH-\d|:\/\//g) ?? []).length
    kinds.push(
      `${run ? 'code' : (/^ {0,3}(#{1,6} |>|[-*+] |\d+[.)] |={2,}|-{2,})/.exec(line)?.[1] ?? (line.trim() === '' ? 'blank' : 'text'))} ${cells} ${tags} ${links}`,
    )
  }
  return kinds
}

test('whatever others wrote, a comment has the structure that it has with plain words', () => {
  const plain = structure(shown('xx'))
  fc.assert(
    fc.property(anyText, (text) => expect(structure(shown(`x${text}x`))).toEqual(plain)),
    { numRuns: 1_000 },
  )
})

test('what is too long has less of everything, and says how much there is', () => {
  const text = Array.from({ length: 30 }, () => 'x'.repeat(600)).join('\n')
  const many = <T>(one: T) => Array.from({ length: 60 }, () => one)
  const report: Report = {
    ...everywhere(text),
    tests: createTestReport({ failed: 60, failures: many({ name: text, message: text }) }),
    size: { bytes: 1, layers: many({ digest, bytes: 1, instruction: text, own: true, isNew: true }) },
    failure: failureReport('test', { code: 'tests-failed', message: text, evidence: many(text) }),
  }
  const markdown = textOf(report, { rows })
  expect(markdown.length).toBeGreaterThan(20_000)
  expect(markdown.length).toBeLessThan(60_100)
  expect(markdown).toContain('Failed tests (60)')
  expect(markdown).toContain('Layers that are new (60)')
  // The message, the evidence, and the names of tests: of each what the second step has room for.
  expect(markdown.match(/^x{300}$/gm)?.length).toBe(60)
  expect(structure(markdown).at(-2)).toMatch(/^text/)
})

test('whatever happened, a comment is shorter than GitHub takes, and whole', () => {
  const long = fc.oneof(
    anyText,
    fc.integer({ min: 1, max: 1_000_000 }).map((length) => '<'.repeat(length)),
    fc.integer({ min: 1, max: 200_000 }).map((length) => '`\n'.repeat(length)),
    fc.integer({ min: 1, max: 200_000 }).map((length) => '😀'.repeat(length)),
  )
  fc.assert(
    fc.property(long, fc.nat(10_000), fc.nat(300), (text, count, lines) => {
      const failures = Array.from({ length: count }, () => ({ name: text, message: text, file: text, line: 1 }))
      const layer = { digest, bytes: 1, instruction: text, own: true, isNew: true }
      const report: Report = {
        ...everywhere(text),
        tests: createTestReport({ failed: count, failures }),
        size: { bytes: 1, layers: Array.from({ length: lines }, () => layer) },
        failure: failureReport('test', { code: 'tests-failed', message: text, evidence: Array.from({ length: lines }, () => text) }),
      }
      const markdown = commentText({ report, identity: { ...identity, job: text, leg: text }, rows, against, event, stamp: undefined })
      expect(markdown.length).toBeLessThan(65_000)
      expect(markdown.isWellFormed()).toBe(true)
      expect(markdown).toMatch(/^### ML image: stopped at test \(tests-failed\)\n/)
      expect(markdown).toMatch(/compared with `ghcr\.io\/acme\/iris:latest`.*\.\n$/)
      expect(structure(markdown).at(-2)).toMatch(/^text/)
    }),
    { numRuns: 40 },
  )
})
