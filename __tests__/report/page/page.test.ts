import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { renderPage } from '../../../src/report/page/page.ts'
import { failureReport, type Report } from '../../../src/report/report.ts'
import { createReport, createSmokeReport, createTestReport, digest } from '../../builders.ts'
import { sampleReports } from '../reports.ts'

type Node = DefaultTreeAdapterTypes.Node
const childrenOf = (node: Node): readonly Node[] => ('childNodes' in node ? node.childNodes : [])

/** What a browser makes of a page: its elements with the names of their attributes, in their order; no text. */
function structure(page: string): readonly string[] {
  const walk = (node: Node): readonly string[] => {
    const own = 'tagName' in node ? [`${node.tagName} ${node.attrs.map(({ name }) => name).join(' ')}`] : []
    return [...own, ...(node.nodeName === '#comment' ? ['comment'] : []), ...childrenOf(node).flatMap(walk)]
  }
  return walk(parse(page))
}

function faults(page: string): readonly string[] {
  const found: string[] = []
  parse(page, { onParseError: ({ code, startLine }) => found.push(`${code} at line ${startLine}`) })
  return found
}

function textOf(page: string): string {
  const walk = (node: Node): string =>
    'value' in node ? node.value : 'tagName' in node && node.tagName === 'style' ? '' : childrenOf(node).map(walk).join('')
  return walk(parse(page)).replace(/\s+/g, ' ')
}

const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '`', '/', '=', '!', '-', '\n', '\r', '\0', '\u202e', '\ud800', 'a', ' ') }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '</style><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</title>',
    '<!--',
    ']]>',
    '</pre></svg>',
    '&lt;',
    'javascript:alert(1)',
  ),
)

/** A report that has everything, with `text` in every place where others may write. */
function everywhere(text: string, number = 3): Report {
  const image = sampleReports.green.image
  const smoke = sampleReports.green.smoke
  if (!image || !smoke) throw new Error('a green run has an image that was smoked')
  const at = { file: text, line: 3 }
  const sample = { name: text, source: 'given', from: text, method: text, path: text, status: 200, ms: number, compared: true } as const
  const nearest = { path: text, expected: number, got: number, share: number }
  return createReport({
    result: 'failed',
    names: [text],
    tags: [text],
    pushedTags: [text],
    push: { push: true, reason: text },
    durationMs: number,
    stages: [
      { stage: 'build', state: 'failed', start: 0, duration: number, detail: text },
      { stage: 'publish', state: 'not run', start: 0, duration: 0, detail: text },
    ],
    failure: {
      ...failureReport('smoke', { code: 'health-failed', message: text, evidence: [text, text], at }),
      cause: { name: text, text },
      remedy: text,
    },
    image: {
      ...image,
      digest: `d${text}`,
      imageid: `i${text}`,
      stepList: [
        { name: text, cached: false, ms: number },
        { name: text, cached: true },
      ],
      cache: { kind: 'gha', because: text, trouble: text },
    },
    tests: createTestReport({ failed: 1, failures: [{ name: text, message: text, ...at }], slowest: [{ name: text, seconds: number }] }),
    smoke: {
      ...smoke,
      preset: text,
      presetFrom: text,
      sampleCount: 2,
      samples: [
        { ...sample, result: 'passed', nearest },
        { ...sample, result: 'failed', why: text },
      ],
      measured: {
        coldStart: number,
        firstPredict: number,
        peakMemory: number,
        warm: { calls: 3, failed: 0, concurrency: 1, p50: number, p95: number, p99: number, times: [number] },
      },
      comparison: {
        with: text,
        model: 'changed',
        samples: 2,
        differing: 1,
        ignored: [text],
        changes: [{ sample: text, path: text, previous: text, now: text, delta: number }],
      },
    },
    size: {
      bytes: number,
      layers: [
        { digest: text, bytes: number, instruction: `i${text}`, own: true, at, isNew: true },
        { digest: text, bytes: number, instruction: `i${text}`, own: false },
      ],
      previous: { reference: text, digest: text, bytes: 5 },
    },
    metrics: {
      file: text,
      metrics: { a: number, [`m${text}`]: null },
      requirements: [{ requirement: text, name: 'a', state: 'held', got: number }],
      previous: text,
    },
    merged: { digest: `d${text}`, parts: [{ platform: text, digest: text, tests: 'passed', smoke: 'passed' }] },
    promoted: { digest: text, found: text, revision: text },
    attested: [{ about: 'tests', subject: text }],
    leaks: { layers: 1, files: 1, bytes: 1, leftOut: [{ layer: text, why: text }], advice: [text], ignored: [text] },
    checks: [{ rule: text, message: text, at }],
    advice: [
      {
        rule: text,
        message: text,
        why: text,
        at,
        fix: `+${text.replaceAll('\n', ' ').replaceAll('\r', ' ')}`,
        gain: { kind: 'risk', text },
      },
    ],
    notices: [text],
  })
}

test.each(Object.entries(sampleReports))('of the sample %s is HTML without a fault', (_, report) =>
  expect(faults(renderPage(report))).toEqual([]),
)

test('whatever others wrote is text: the page has the elements that it has with plain words', () => {
  const plain = structure(renderPage(everywhere('xx')))
  expect(plain.filter((one) => one.startsWith('script'))).toEqual([])
  fc.assert(
    fc.property(anyText, (text) => {
      expect(structure(renderPage(everywhere(`x${text}x`)))).toEqual(plain)
    }),
    { numRuns: 300 },
  )
})

test('whatever others wrote, nothing of it can do something, and nothing is unseen', () => {
  const plain = new Set(structure(renderPage(everywhere('xx'))))
  fc.assert(
    fc.property(anyText, (text) => {
      const page = renderPage(everywhere(text))
      expect(
        structure(page).filter((one) => !plain.has(one) && !/^(a href rel|code|p|li|ul class|div|dt|dd|span class) ?$/.test(one)),
      ).toEqual([])
      expect(page).not.toMatch(/[\0\x1b\u202a-\u202e\u2066-\u2069]/)
    }),
    { numRuns: 200 },
  )
})

test('whatever numbers there are, the page draws with numbers', () => {
  const numbers = fc.oneof(fc.double(), fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_VALUE, Number.MIN_VALUE))
  fc.assert(
    fc.property(numbers, (number) => {
      const page = renderPage(everywhere('x', number))
      for (const [, name, value = ''] of page.matchAll(/ (x|y|x1|x2|y1|y2|width|height|dx)="([^"]*)"/g))
        expect(`${name} ${value}`).toMatch(/^\w+ -?\d+(\.\d+)?%?$/)
    }),
    { numRuns: 300 },
  )
})

describe('is bounded', () => {
  const many = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one)
  const vast = (text: string): Report => {
    const report = everywhere(text)
    const { smoke, size, metrics, tests } = report
    if (!smoke || !size || !metrics || !tests) throw new Error('it has everything')
    const failing = tests.failures
    return {
      ...report,
      failure: failureReport('test', { code: 'tests-failed', message: text, evidence: many(10_000, text) }),
      tests: { ...tests, tests: 10_000, failed: 10_000, failures: many(10_000, failing[0] ?? { name: text, message: text }) },
      smoke: { ...smoke, samples: many(5_000, smoke.samples?.[0]).filter((one) => one !== undefined) },
      size: { ...size, layers: many(2_000, size.layers[0]).filter((one) => one !== undefined) },
      checks: many(2_000, report.checks[0]).filter((one) => one !== undefined),
      advice: many(2_000, report.advice?.[0]).filter((one) => one !== undefined),
      pushedTags: many(5_000, text),
      notices: many(5_000, text),
    }
  }
  test.each([
    ['10,000 tests with short names', 'tests/test_app.py::test_predicts'],
    ['bodies of a megabyte of quotes', '"'.repeat(1 << 20)],
    ['of Chinese', '模'.repeat(100_000)],
  ])('%s: under 2 MB', (_, text) => {
    const page = renderPage(vast(text))
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000)
    expect(page.length).toBeLessThan(610_000)
    expect(faults(page)).toEqual([])
  })
  test('what is left out is counted', () =>
    expect(textOf(renderPage(vast('x')))).toContain('and 9950 more failed tests, in the report file'))
})

describe('asks nobody', () => {
  test('nothing is loaded, by its own policy either', () => {
    const page = renderPage(sampleReports.green)
    expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`)
    expect(structure(page).filter((one) => /\b(src|srcset|action|xlink:href|ping)\b/.test(one))).toEqual([])
    expect(page).not.toMatch(/url\(|@import/)
  })
  test.each([
    ['https://docs.docker.com/go/dockerfile/rule/x/', true],
    ['javascript:alert(1)', false],
    ['http://evil.example', false],
    ['https://evil.example/"onclick=x', false],
  ])('an address %s is a link: %s', (url, isLink) => {
    const page = renderPage(createReport({ checks: [{ rule: 'JSONArgsRecommended', message: 'm', url }] }))
    expect(structure(page).includes('a href rel')).toBe(isLink)
  })
})

describe('tells', () => {
  const told = (report: Report) => textOf(renderPage(report))
  test.each([
    ['green', ['pushed ', 'docker pull ', 'passed']],
    ['testRed', ['Failed tests', 'Next', 'tests-failed', 'not run']],
    ['buildRed', ['Next', 'not run']],
    ['smokeRed', ['Next', 'nothing was pushed']],
    ['cancelled', ['cancelled', 'stopped']],
    ['fork', ['not pushed', 'fork']],
  ] as const)('of %s what somebody wants to know', (name, words) => {
    const text = told(sampleReports[name])
    for (const word of words) expect(text).toContain(word)
  })
  test('first of a red run what is red, and what to do', () => {
    const text = told(sampleReports.testRed)
    expect(text.indexOf('Next')).toBeLessThan(text.indexOf('Stages'))
    expect(text.indexOf('Failed tests')).toBeLessThan(text.indexOf('Detail'))
  })
  test('nothing of what there is not', () => {
    const { tests: _, smoke: __, image: ___, ...rest } = createReport({ stages: [], pushed: false, pushedTags: [] })
    expect(told(rest)).not.toMatch(/undefined|NaN|null|Layers|Latency|Samples|Advice|Checks/)
  })
  test.each([
    [{}, 'The model is not proven: no prediction was asked for.'],
    [{ unproven: 'no sample request is given' }, 'The model is not proven: no sample request is given'],
    [{ gpuMissing: 'FROM nvidia/cuda' }, 'The model is not proven: the image is for a GPU (FROM nvidia/cuda), and there is none here.'],
    [{ predict: { path: '/predict', status: 200, ms: 1, body: '' }, untested: ['linux/arm64'] }, 'The image for linux/arm64 was not run.'],
  ])('of a smoke test with %j that %s', (smoke, text) => {
    const page = told(createReport({ smoke: createSmokeReport(smoke) }))
    expect(page).toContain(text)
    expect(page.match(/The model is not proven|was not run/g)).toHaveLength(1)
  })
  test('of layers what is new: of the base, of this build', () => {
    const layer = { digest, bytes: 5e6, instruction: 'RUN x', own: false }
    const layers = [layer, { ...layer, isNew: true }, { ...layer, own: true, isNew: true }]
    const previous = { reference: 'ghcr.io/acme/iris:latest', digest, bytes: 16e6 }
    const page = told(createReport({ size: { platform: 'linux/arm64', bytes: 15e6, layers, previous } }))
    expect(page).toContain('linux/arm64: 15.0 MB compressed in 3 layers, \u22121.0 MB against ghcr.io/acme/iris:latest (16.0 MB)')
    expect(page).toContain('Who has that one pulls 2 layers, 10.0 MB.')
    expect(page).toContain('Base image 2 layers, 1 new')
  })
  test('of a green run that has proven all nothing of that kind', () => expect(told(sampleReports.green)).not.toContain('not proven'))
  test('how an image is pulled', () => expect(told(createReport())).toContain(`docker pull ghcr.io/acme/iris@${digest}`))
})
