import { describe, expect, test } from '@jest/globals'
import type { Ended } from '../../src/host/host.ts'
import type { Outcome } from '../../src/outcome.ts'
import { parseJunit, type TestReport } from '../../src/test/junit.ts'
import { judgeTests, type TestVerdict } from '../../src/test/verdict.ts'
import { createTestReport } from '../builders.ts'

const exit = (exitCode: number): Ended => ({ kind: 'exited', exitCode })
const green = createTestReport()
const red = createTestReport({ failed: 1, failures: [{ name: 'a::b', message: 'assert 1\nmore' }] })
const none = createTestReport({ tests: 0 })
const uncollected = createTestReport({ tests: 1, errors: 1 })

/** `pytest`: as the action calls it. `with pytest`: a command of the user in which it occurs. */
type Runner = 'pytest' | 'with pytest' | 'other'

const judge = (ended: Ended, report: TestReport | undefined, runner: Runner = 'pytest', acceptNone = false): Outcome<TestVerdict> => {
  const how = { pytest: runner !== 'other', mustReport: runner === 'pytest' }
  return judgeTests({ ended, report, ...how, timeoutMs: 90_000, lastLines: ['the end'] }, acceptNone)
}
const told = (outcome: Outcome<TestVerdict>) => (outcome.kind === 'failed' ? outcome.red.code : outcome.kind)

describe('an exit of 0 is believed only if the report does not contradict it', () => {
  test.each<readonly [string, Ended, TestReport | undefined, Runner, string]>([
    ['green', exit(0), green, 'pytest', 'passed'],
    ['green, by another runner with a report', exit(0), green, 'other', 'passed'],
    ['green, by another runner without one', exit(0), undefined, 'other', 'passed'],
    ['green, by a command that keeps the report to itself', exit(0), undefined, 'with pytest', 'passed'],
    ['0 without a report', exit(0), undefined, 'pytest', 'tests-crashed'],
    ['0 with a failure', exit(0), red, 'pytest', 'tests-hidden-failures'],
    ['0 with an error', exit(0), uncollected, 'other', 'tests-hidden-failures'],
    ['0 with no test', exit(0), none, 'pytest', 'tests-vacuous'],
    ['0 with no test, by another runner', exit(0), none, 'other', 'tests-vacuous'],
    ['red', exit(1), red, 'pytest', 'tests-failed'],
    ['1 without a report', exit(1), undefined, 'pytest', 'tests-crashed'],
    ['1 by a command', exit(1), undefined, 'with pytest', 'tests-failed'],
    ['1 by another runner', exit(1), undefined, 'other', 'tests-failed'],
    ['interrupted by errors of collection', exit(2), uncollected, 'pytest', 'tests-failed'],
    ['interrupted', exit(2), green, 'pytest', 'tests-crashed'],
    ['an internal error', exit(3), undefined, 'pytest', 'tests-crashed'],
    ['a usage error', exit(4), undefined, 'with pytest', 'tests-crashed'],
    ['5 of pytest', exit(5), none, 'pytest', 'tests-not-collected'],
    ['5 of pytest without a report', exit(5), undefined, 'with pytest', 'tests-not-collected'],
    ['5 of another runner', exit(5), undefined, 'other', 'tests-crashed'],
    ['no such command', exit(127), undefined, 'other', 'tests-crashed'],
    ['killed', { kind: 'killed', signal: 'SIGKILL' }, green, 'pytest', 'tests-crashed'],
    ['too slow', { kind: 'timeout' }, green, 'pytest', 'tests-timeout'],
    ['stopped', { kind: 'stopped' }, red, 'pytest', 'stopped'],
  ])('%s', (_, ended, report, runner, expected) => expect(told(judge(ended, report, runner))).toBe(expected))
})

describe('a run that is red by imports alone is told apart', () => {
  const failing = (...messages: readonly string[]) =>
    createTestReport({ failed: messages.length, failures: messages.map((message) => ({ name: 'a', message })) })
  const importing = "ModuleNotFoundError: No module named 'torch'"
  test.each<readonly [TestReport | undefined, readonly string[], string]>([
    [failing(importing, 'ImportError: cannot import name x'), [], 'tests-import-error'],
    [failing(importing, 'assert 1 == 0'), [importing], 'tests-failed'],
    [undefined, ['x', `E   ${importing}`], 'tests-import-error'],
    [undefined, ['x'], 'tests-failed'],
  ])('%#', (report, lastLines, code) => {
    const run = { ended: exit(1), report, pytest: true, mustReport: false, timeoutMs: 1, lastLines }
    expect(judgeTests(run, false)).toMatchObject({ red: { code } })
  })
})

test('a module that pytest could not collect for an import is told as that', () => {
  const report = parseJunit(
    '<testsuite><testcase name="test_a"><error message="collection failure">E   ModuleNotFoundError: No module named x</error></testcase></testsuite>',
  )
  expect(told(judge(exit(2), report))).toBe('tests-import-error')
})

describe('no tests are accepted where that is said, and nothing else is', () => {
  test.each<readonly [Ended, TestReport | undefined, string]>([
    [exit(5), none, 'skipped'],
    [exit(0), none, 'skipped'],
    [exit(1), red, 'tests-failed'],
    [exit(2), undefined, 'tests-crashed'],
    [exit(0), undefined, 'tests-crashed'],
  ])('%j', (ended, report, expected) => expect(told(judge(ended, report, 'pytest', true))).toBe(expected))
})

describe('the message says what happened', () => {
  test.each<readonly [Ended, TestReport | undefined, string, readonly string[]]>([
    [exit(1), red, '1 of 5 tests failed.', ['a::b: assert 1']],
    [exit(0), red, '1 of 5 tests failed, though the runner ended with 0.', ['a::b: assert 1']],
    [exit(1), undefined, 'pytest ended with 1 and left no report.', ['the end']],
    [exit(5), undefined, 'No test was found to run (exit 5).', ['the end']],
    [exit(0), none, 'The test runner ended with 0, and its report holds no test.', ['the end']],
    [exit(2), green, 'The test runner ended with 2.', ['the end']],
    [{ kind: 'killed', signal: 'SIGSEGV' }, undefined, 'The test runner was ended by SIGSEGV.', ['the end']],
    [{ kind: 'timeout' }, undefined, 'The tests were still running after 90 s.', ['the end']],
  ])('%j', (ended, report, message, evidence) => expect(judge(ended, report)).toMatchObject({ red: { message, evidence } }))
  test('a command that is red without a report says how it ended', () =>
    expect(judge(exit(1), undefined, 'other')).toMatchObject({ red: { message: 'The tests failed (exit 1).' } }))
  test('at most ten failures are quoted', () => {
    const many = createTestReport({ tests: 99, failed: 99, failures: Array(99).fill({ name: 'a', message: 'b' }) })
    expect(judge(exit(1), many)).toMatchObject({ red: { evidence: Array(10).fill('a: b') } })
  })
  test('a runner that is red for another reason than a test does not say that tests failed', () => {
    expect(judge(exit(1), green)).not.toMatchObject({ red: { message: expect.stringContaining('0 of 5 tests failed') } })
  })
})

test('a green run hands its report on', () => {
  expect(judge(exit(0), green)).toEqual({ kind: 'passed', value: { report: green } })
  expect(judge(exit(0), undefined, 'other')).toEqual({ kind: 'passed', value: {} })
})
