import type { Ended } from '../host/host.ts'
import { failed, type Outcome, passed, skipped, stopped } from '../outcome.ts'
import type { TestReport } from './junit.ts'

/** What the tests have shown; no report when the runner writes none. */
export type TestVerdict = Readonly<{ report?: TestReport }>

/** Ended, report and rules -> red or green. An exit of 0 is believed only if the report does not contradict it. */
export function judgeTests(
  run: Readonly<{
    ended: Ended
    report: TestReport | undefined
    pytest: boolean
    mustReport: boolean
    timeoutMs: number
    lastLines: readonly string[]
  }>,
  acceptNone: boolean,
): Outcome<TestVerdict> {
  const { ended, report, lastLines } = run
  if (ended.kind === 'stopped') return stopped
  if (ended.kind === 'timeout') return failed('tests-timeout', `The tests were still running after ${run.timeoutMs / 1000} s.`, lastLines)
  if (ended.kind === 'killed') return failed('tests-crashed', `The test runner was ended by ${ended.signal}.`, lastLines)
  const { exitCode } = ended
  const none = report !== undefined && report.tests === 0 && report.errors === 0
  if ((run.pytest && exitCode === 5) || (exitCode === 0 && none)) {
    return acceptNone
      ? skipped('no tests, which accept: no-tests permits')
      : failed('tests-not-collected', `No test was found to run (exit ${exitCode}).`, lastLines)
  }
  const broken = report ? report.failed + report.errors : 0
  if (run.mustReport && !report && exitCode !== 0) {
    return failed('tests-crashed', `pytest ended with ${exitCode} before it could report.`, lastLines)
  }
  if (broken > 0 || exitCode === 1) {
    const names = report?.failures.slice(0, 10).map(({ name, message }) => `${name}: ${message.split('\n')[0] ?? ''}`) ?? []
    const count = report ? `${broken} of ${report.tests} tests failed` : `The tests failed (exit ${exitCode})`
    return failed(
      'tests-failed',
      `${count}${exitCode === 0 ? ', though the runner ended with 0' : ''}.`,
      names.length > 0 ? names : lastLines,
    )
  }
  if (exitCode !== 0) return failed('tests-crashed', `The test runner ended with ${exitCode}.`, lastLines)
  if (run.mustReport && !report) return failed('tests-crashed', 'pytest ended with 0 but left no report.', lastLines)
  return passed(report ? { report } : {})
}
