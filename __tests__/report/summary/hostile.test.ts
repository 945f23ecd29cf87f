import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { annotationsOf } from '../../../src/report/annotations.ts'
import { failureReport, type Report } from '../../../src/report/report.ts'
import { brokenMarkdown, refusalMarkdown } from '../../../src/report/summary/early.ts'
import { summaryMarkdown } from '../../../src/report/summary/summary.ts'
import { commit, createReport, createSmokeReport, createTestReport, digest } from '../../builders.ts'

/** GFM as GitHub reads it. Links are those of the source: a second search, in the text that came of it, is not GitHub's. */
function parse(markdown: string): Root {
  const mdastExtensions = gfmFromMarkdown().map(({ transforms: _, ...rest }) => rest)
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions })
}

const nasty = fc.constantFrom(
  ...[
    '`',
    '``',
    '```',
    '````text',
    '~~~',
    '|',
    '\\',
    '\\|',
    '\\\\|',
    '<',
    '>',
    '&',
    '&lt;',
    '&#60;',
    '&#124;',
    '\u0000',
    '\u001b[31m',
    '\u202e',
  ],
  ...['</details>', '</summary>', '<details>', '<!--', '-->', '<script>', '<img src=x onerror=alert(1)>', '<a href=http://evil.example>'],
  ...[
    '@everyone',
    '@octocat',
    '#1',
    'acme/iris#1',
    'http://evil.example',
    'https://evil.example/a|b',
    'HTTPS://evil.example',
    'ftp://evil.example',
  ],
  ...[
    'www.evil.example',
    'mailto:a@b.example',
    'a@b.example',
    '[x](http://evil.example)',
    '![x](y)',
    '[^1]',
    '[^1]: x',
    '[x]: http://evil.example',
  ],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\n---\n',
    '\n===\n',
    '\n# h\n',
    '\n> q\n',
    '\n- l\n',
    '\n1. l\n',
    '\n|a|\n|-|\n',
    '\n\n    code',
    '\t',
    '    ',
  ],
  ...[
    '\ud83d',
    '\ude00',
    '$x$',
    '**',
    '__',
    '~~',
    '*',
    '_',
    '::error::x',
    '```mermaid\n',
    '|--|',
    ':-',
    '../..',
    '-',
    '=',
    '1.',
    '+',
    '\u2028',
    ']',
    ')',
    '(',
  ],
)
const text = fc.array(fc.oneof(nasty, fc.string({ maxLength: 4 })), { maxLength: 6 }).map((parts) => parts.join(''))

/** A report in which every text that is another's is the next of a list; all parts there, as many as there may be. */
function reportOf(texts: readonly string[], numbers: Readonly<{ failures: number; others: number }>): Report {
  let next = 0
  const any = () => texts[next++ % texts.length] ?? ''
  const some = <T>(make: () => T): readonly T[] => Array.from({ length: numbers.others }, make)
  const at = () => ({ file: any(), line: 3 })
  const smoke = createSmokeReport({
    platform: any(),
    health: { path: any(), status: 200, ms: 1, body: any() },
    predict: { path: any(), status: 200, ms: 1, body: any() },
    measured: { coldStart: 1_000, peakMemory: 5 },
    samples: some(() => ({
      ...{ name: any(), source: 'given' as const, from: any(), method: any(), path: any(), result: 'failed' as const },
      ...{ compared: true, why: any() },
    })),
    comparison: {
      ...{ with: any(), model: 'same', samples: 2, differing: 1, ignored: some(any) },
      largest: { sample: any(), path: any(), previous: any(), now: { [any()]: any() } },
    },
  })
  return createReport({
    result: 'failed',
    source: { url: 'https://github.com/acme/iris', revision: commit },
    names: [any()],
    tags: some(any),
    pushedTags: some(any),
    push: { push: false, reason: any() },
    failure: {
      ...failureReport('smoke', { code: 'health-failed', message: any(), evidence: some(any), at: at() }),
      cause: { name: any(), text: any() },
      remedy: any(),
    },
    stages: [
      { stage: 'test', state: 'failed', start: 0, duration: 5, detail: any() },
      { stage: 'smoke', state: 'failed', start: 0, duration: 5, detail: any() },
    ],
    tests: createTestReport({
      failed: numbers.failures,
      failures: Array.from({ length: numbers.failures }, () => ({ name: any(), message: any(), ...at() })),
      slowest: some(() => ({ name: any(), seconds: 2 })),
    }),
    smoke,
    leaks: { layers: 1, files: 1, bytes: 1, leftOut: some(() => ({ layer: any(), why: any() })), advice: some(any), ignored: some(any) },
    size: {
      bytes: 9_000_000,
      previous: { reference: any(), digest, bytes: 8_000_000 },
      layers: some(() => ({ digest: any(), bytes: 1_000_000, instruction: any(), own: true, at: at(), isNew: true })),
    },
    metrics: {
      file: any(),
      metrics: { [any()]: 1 },
      requirements: some(() => ({ requirement: any(), name: any(), state: 'broken' as const, got: 1 })),
      previous: any(),
    },
    image: {
      ...{ digest: any(), imageid: any(), store: 'containerd', steps: { hit: 1, total: 2 }, inputHash: any() },
      stepList: some(() => ({ name: any(), cached: false, ms: 2_000 })),
      cache: { kind: 'gha', because: any(), scope: any(), trouble: any() },
    },
    promoted: { digest: any(), found: any(), revision: any(), run: any() },
    attested: some(() => ({ about: 'tests' as const, subject: any(), url: any() })),
    merged: { digest: any(), parts: some(() => ({ platform: any(), digest: any(), tests: 'passed' as const, smoke: 'passed' as const })) },
    checks: some(() => ({ rule: any(), message: any(), url: any(), at: at() })),
    advice: some(() => ({ rule: any(), message: any(), why: any(), at: at(), fix: any(), gain: { kind: 'risk' as const, text: any() } })),
    notices: some(any),
  })
}

const allOf = (node: Nodes): readonly Nodes[] => [node, ...('children' in node ? node.children.flatMap(allOf) : [])]

/** The blocks of a text, as they stand in each other: whatever words are in them. */
function blocks(node: Nodes): unknown {
  if (node.type === 'table') return `table ${node.children.map(({ children }) => children.length).join(' ')}`
  if (node.type === 'html') return node.value.replace(/>[^<]+</, '><')
  if (node.type === 'code') return `code ${node.lang}`
  if (node.type === 'paragraph' || node.type === 'heading') return node.type
  return 'children' in node ? { [node.type]: node.children.map(blocks) } : node.type
}

const ours = /^https:\/\/(github\.com\/acme\/iris\/blob\/[a-f0-9]{40}\/(?!\.\.?(\/|$))|docs\.docker\.com\/)/

/** All that others could have put there, and have not. */
function expectHarmless(markdown: string): void {
  const nodes = allOf(parse(markdown))
  const html = nodes.flatMap((node) => (node.type === 'html' ? [node.value] : []))
  expect(html.filter((value) => !/^(<details( open)?><summary>[^<>@]*<\/summary>|<\/details>)$/.test(value))).toEqual([])
  expect(html.filter((value) => value === '</details>').length).toBe(html.length / 2)
  expect(nodes.flatMap((node) => (node.type === 'link' && !ours.test(node.url) ? [node.url] : []))).toEqual([])
  const foreign = [
    'image',
    'imageReference',
    'linkReference',
    'definition',
    'footnoteReference',
    'footnoteDefinition',
    'thematicBreak',
    'break',
    'delete',
  ]
  expect(nodes.filter(({ type }) => foreign.includes(type))).toEqual([])
  expect(nodes.flatMap((node) => (node.type === 'text' && /@\w|#\d/.test(node.value) ? [node.value] : []))).toEqual([])
  for (const node of nodes)
    if (node.type === 'table')
      expect(new Set(node.children.map(({ children }) => children.length))).toEqual(new Set([node.children[0]?.children.length]))
}

describe('whatever others wrote', () => {
  test('a summary has the blocks that it has with plain words', () => {
    const numbers = { failures: 11, others: 1 }
    const plain = blocks(parse(summaryMarkdown(reportOf(['xx'], numbers))))
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 40 }), (texts) => {
        const markdown = summaryMarkdown(
          reportOf(
            texts.map((one) => `x${one}x`),
            numbers,
          ),
        )
        expect(blocks(parse(markdown))).toEqual(plain)
      }),
      { numRuns: 300 },
    )
  })
  test('no markup, link, mention or reference of theirs is in it, and its tables are whole', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 40 }), fc.nat(3), (texts, others) => {
        expectHarmless(summaryMarkdown(reportOf(texts, { failures: others * 4, others })))
      }),
      { numRuns: 300 },
    )
  })
  test('nor in that of a run which did not begin', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expectHarmless(refusalMarkdown([{ input: a, value: b, reason: a, example: b }]))
        expectHarmless(brokenMarkdown('internal', a, b))
      }),
      { numRuns: 300 },
    )
  })
})

describe('however much it is', () => {
  const long = fc.oneof(
    text,
    fc.integer({ min: 1, max: 1 << 20 }).chain((length) => nasty.map((part) => part.repeat(length / part.length))),
  )
  test('a summary is under 1 MiB, begins with its headline, and there are ten annotations of a level at most', () => {
    fc.assert(
      fc.property(
        fc.array(long, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(0, 3, 50, 10_000),
        fc.constantFrom(0, 1, 100),
        (texts, failures, others) => {
          const report = reportOf(texts, { failures, others })
          const markdown = summaryMarkdown(report)
          expect(Buffer.byteLength(markdown)).toBeLessThan(1 << 20)
          expect(markdown).toMatch(/^### ML image: stopped at smoke/)
          const levels = Object.groupBy(annotationsOf(report), ({ level }) => level)
          expect(Math.max(0, ...Object.values(levels).map((all) => all.length))).toBeLessThanOrEqual(10)
        },
      ),
      { numRuns: 300 },
    )
  })
  test('what was shortened is still whole markdown', () => {
    fc.assert(
      fc.property(long, (one) => expectHarmless(summaryMarkdown(reportOf([one], { failures: 10_000, others: 100 })))),
      { numRuns: 10 },
    )
  })
})
