import { describe, expect, test } from '@jest/globals'
import { failed, type Outcome, passed, skipped, stopped } from '../../src/outcome.ts'
import { gate } from '../../src/publish/gated.ts'
import type { MetricsReport } from '../../src/quality/metrics-report.ts'
import { createImage, createSmokeReport } from '../builders.ts'

describe('an image is gated when no gate is red, left out only in so many words', () => {
  const tests = { passed: passed({}), skipped: skipped('test: false'), failed: failed('tests-failed', 'x'), stopped }
  const smokes = { passed: passed(createSmokeReport()), skipped: skipped('smoke: false'), failed: failed('health-failed', 'x'), stopped }
  const qualities = {
    passed: passed({ file: 'm.json', metrics: {}, requirements: [] }),
    skipped: skipped('no metrics-file'),
    failed: failed('metric-not-met', 'x'),
    stopped,
  }
  const good: readonly string[] = ['passed', 'skipped']
  const commands = { passed: passed(1), skipped: skipped('no gate-command'), failed: failed('gate-command-failed', 'x'), stopped }
  const leaks = { layers: 1, files: 2, bytes: 3, leftOut: [], advice: [], ignored: [] }
  const searches = { passed: passed({ leaks }), skipped: skipped('leak-check: false'), failed: failed('secret-in-image', 'x'), stopped }
  const rows = Object.keys(tests).flatMap((test) =>
    Object.keys(smokes).flatMap((smoke) =>
      Object.keys(qualities).flatMap((quality) =>
        Object.keys(commands).flatMap((command) =>
          Object.keys(searches).map((search) => {
            const kinds = [test, smoke, quality, command, search] as const
            return [...kinds, kinds.every((one) => good.includes(one))] as const
          }),
        ),
      ),
    ),
  )
  test.each(rows)('tests %s, smoke %s, quality %s, command %s, inspect %s: %s', (test, smoke, quality, command, search, isGated) => {
    const outcome = <T>(table: Readonly<Record<string, Outcome<T>>>, kind: string) => table[kind] ?? stopped
    const image = createImage()
    const gated = gate(
      image,
      outcome<object>(tests, test),
      outcome(smokes, smoke),
      outcome<MetricsReport>(qualities, quality),
      outcome(commands, command),
      outcome(searches, search),
    )
    expect(gated).toBe(isGated ? image : undefined)
  })
})
