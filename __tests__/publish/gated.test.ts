import { describe, expect, test } from '@jest/globals'
import { failed, type Outcome, passed, skipped, stopped } from '../../src/outcome.ts'
import { gate } from '../../src/publish/gated.ts'
import { createImage, createSmokeReport } from '../builders.ts'

describe('an image is gated when no gate is red, left out only in so many words', () => {
  const tests = { passed: passed({}), skipped: skipped('test: false'), failed: failed('tests-failed', 'x'), stopped }
  const smokes = { passed: passed(createSmokeReport()), skipped: skipped('smoke: false'), failed: failed('health-failed', 'x'), stopped }
  const good: readonly string[] = ['passed', 'skipped']
  const commands = { passed: passed(1), skipped: skipped('no gate-command'), failed: failed('gate-command-failed', 'x'), stopped }
  const rows = Object.keys(tests).flatMap((test) =>
    Object.keys(smokes).flatMap((smoke) =>
      Object.keys(commands).map((command) => [test, smoke, command, [test, smoke, command].every((one) => good.includes(one))] as const),
    ),
  )
  test.each(rows)('tests %s, smoke %s, command %s: %s', (one, other, third, isGated) => {
    const outcome = <T>(table: Readonly<Record<string, Outcome<T>>>, kind: string) => table[kind] ?? stopped
    const image = createImage()
    expect(gate(image, outcome<object>(tests, one), outcome(smokes, other), outcome(commands, third))).toBe(isGated ? image : undefined)
  })
})
