import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { painter } from '../../src/host/colour.ts'
import { brokenOf, refusalOf } from '../../src/report/refusal.ts'
import { renderRefusal, renderText } from '../../src/report/render-text.ts'
import { failureReport, type Report } from '../../src/report/report.ts'
import { createReport, createTestReport, digest } from '../builders.ts'
import { everyKind } from './every-kind.ts'
import { sampleReports } from './reports.ts'

const plain = { paint: painter(false), width: 80 }
const coloured = { paint: painter(true), width: 80 }

test('a green run: how it ended, what was measured, the stages, the tags', () => {
  expect(renderText(createReport(), plain)).toBe(`✓ pushed ghcr.io/acme/iris:sha-1f2e3d4 in 9.3 s

  5 of 5 tests passed · cache 3/4 steps · image 61.4 MB · /health 200 in 820 ms
  · predict not proven

  ✓ Test     3.1 s  5 passed
  ✓ Build    6.0 s  sha256:d1d1d1d1d1d1
  ✓ Smoke    1.4 s  /health 200
  ✓ Publish  1.9 s  2 tags

Pushed
  ghcr.io/acme/iris:sha-1f2e3d4
  ghcr.io/acme/iris:latest
  ghcr.io/acme/iris@${digest}
`)
})

test('a red one: what happened, the proof, where, the cause, what to do', () => {
  const text = renderText(everyKind['smoke red'] ?? createReport(), plain)
  expect(text).toContain(`✗ stopped at smoke (health-failed), nothing was pushed
`)
  expect(text).toContain(`  GET /health still answers 503 after 120 s.
    last answer: {"status": "loading"}
    INFO: loading the model
  Cause  The model loads for longer than start-timeout.
  Next   Set start-timeout: 5m.
`)
})

test('red tests, each with its place', () => {
  const text = renderText(everyKind['tests red'] ?? createReport(), plain)
  expect(text).toContain(`  ✗ Test     3.0 s  tests-failed
  - Smoke           not run
  - Publish         not run
`)
  expect(text).toContain(`Failed tests
  ✗ tests/test_iris.py:3 tests/test_iris::test_setosa
    assert 1 == 2
  ✗ tests/test_iris::test_virginica
    boom
`)
})

test('of many tests the first are shown, and how many there are more', () => {
  const failures = Array.from({ length: 25 }, (_, i) => ({ name: `test_${i}`, message: 'x' }))
  const text = renderText(createReport({ tests: createTestReport({ failed: 25, failures }) }), plain)
  expect(text).toContain('test_9\n')
  expect(text).not.toContain('test_10')
  expect(text).toContain('  and 15 more\n')
})

test('what was found in the Dockerfile, advice with its gain, and how much more it weighs', () => {
  expect(renderText(everyKind['fork'] ?? createReport(), plain)).toContain(
    '  ! Dockerfile:7 UndefinedVar: Usage of undefined variable $X\n',
  )
  const text = renderText(everyKind['green'] ?? createReport(), plain)
  expect(text).toContain(
    '  + Dockerfile:1 slim-base: python:3.11 is 900 MB (100.0 MB less)\n  + layer-order: m (30.0 s less)\n  + root: m (runs as root)\n',
  )
  expect(text).toContain('  61.4 MB, 1.4 MB more than ghcr.io/acme/iris:latest\n')
})

test.each([
  [60_000_000, 'as much as'],
  [60_040_000, 'as much as'],
  [63_100_000, '3.1 MB more than'],
  [58_000_000, '2.0 MB less than'],
])('an image of %d bytes after one of 60 MB weighs %s it', (bytes, how) => {
  const size = { bytes, layers: [], previous: { reference: 'ghcr.io/acme/iris:latest', digest, bytes: 60_000_000 } }
  expect(renderText(createReport({ size }), plain)).toContain(` MB, ${how} ghcr.io/acme/iris:latest\n`)
})

describe('whatever a report holds', () => {
  const escapes = fc.constantFrom('\u001b[2J', '\u001b]0;x\u0007', '\r', '\n', '\u0007', 'a', ' ', 'word')
  const hostile = fc.array(fc.oneof(escapes, fc.string({ maxLength: 8 })), { maxLength: 20 }).map((pieces) => pieces.join(''))
  const report = hostile.map((text) =>
    createReport({
      result: 'failed',
      names: [text],
      failure: failureReport('smoke', { code: 'health-failed', message: text, evidence: [text], at: { file: text, line: 1 } }),
      tests: createTestReport({ failures: [{ name: text, message: text, file: text, line: 1 }] }),
      stages: [{ stage: 'smoke', state: 'passed', start: 0, duration: 5, detail: text }],
      checks: [{ rule: text, message: text }],
      advice: [{ rule: text, message: text, why: text, gain: { kind: 'risk', text } }],
      notices: [text],
    }),
  )
  test('nothing moves the cursor, and every escape is a colour of ours', () =>
    fc.assert(
      fc.property(report, (one) => {
        expect(renderText(one, plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
        expect(renderText(one, coloured).replace(/\u001b\[(0|1|2|31|32|33|36)m/g, '')).toBe(renderText(one, plain))
      }),
    ))
})

test.each(Object.entries<Report>({ ...everyKind, ...sampleReports }))(
  '%s: no line is wider than the terminal, but for a word that is',
  (_, report) => {
    for (const width of [60, 80, 200]) {
      for (const line of renderText(report, { ...plain, width }).split('\n')) {
        const most = Math.min(width, 120)
        expect([...line].length <= most || line.trim().split(' ').length === 1).toBe(true)
      }
    }
  },
)

describe('a run that came to no stage', () => {
  test('has every problem, with what is a good value', () => {
    const refusal = refusalOf([
      { input: 'port', value: '0', reason: 'is no port', example: 'port: 8080' },
      { input: 'images', value: '', reason: 'names no image', example: 'images: a/b' },
    ])
    expect(renderRefusal(refusal, plain)).toBe(`✗ nothing was run (bad-input)

  ✗ port: "0" is no port
    such as port: 8080
  ✗ images: is empty names no image
    such as images: a/b

  Next   Correct the inputs named above; nothing has been run.
`)
  })
  test('or what broke', () => {
    const text = renderRefusal(brokenOf(new Error('boom')), plain)
    expect(text).toMatch(/^✗ nothing was run \(internal\)\n\n {2}boom\n {4}Error: boom/)
    expect(text).toContain('  Next   This is a fault of the action')
  })
})
