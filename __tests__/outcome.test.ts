import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { failed, passed, skipped, stopped, tail } from '../src/outcome.ts'

test('an outcome is a value that says what it is', () => {
  expect([passed(1), failed('tests-failed', 'x', ['y']), skipped('test: false'), stopped]).toEqual([
    { kind: 'passed', value: 1 },
    { kind: 'failed', red: { code: 'tests-failed', message: 'x', evidence: ['y'] } },
    { kind: 'skipped', reason: 'test: false' },
    { kind: 'stopped' },
  ])
})

test('of many lines the last are kept', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 9 }), (lines, size) => {
      const last = tail(size)
      for (const line of lines) last.push(line)
      expect(last.lines).toEqual(lines.slice(-size))
    }),
  )
})
