import type { FailureCode } from '../errors.ts'
import type { Ended } from '../host/host.ts'
import { failed, type Outcome, passed, skipped, stopped } from '../outcome.ts'
import type { TestReport } from './junit.ts'

/** What the tests have shown; no report when the runner writes none. */
export type TestVerdict = Readonly<{
  report?: TestReport
  /** Names of those that passed, where they are to be attested. */
  passed?: readonly string[]
}>

/** One run of the tests, as it ended. */
export type TestRun = Readonly<{
  ended: Ended
  report: TestReport | undefined
  /** The command runs pytest, as far as can be told. */
  pytest: boolean
  /** It is started by the action itself, so that a report must be there. */
  mustReport: boolean
  timeoutMs: number
  lastLines: readonly string[]
}>

const importErrors = /\b(ModuleNotFoundError|ImportError)\b/

/** What a red run with tests in it is called: an import that fails is told apart, as its remedy is another. */
function codeOfRed(report: TestReport | undefined, lastLines: readonly string[], exitCode: number): FailureCode {
  if (exitCode === 0) return 'tests-hidden-failures'
  const onlyImports = report
    ? report.failures.length > 0 && report.failures.every(({ message }) => importErrors.test(message))
    : lastLines.some((line) => importErrors.test(line))
  return onlyImports ? 'tests-import-error' : 'tests-failed'
}

/** Ended, report and rules -> red or green. An exit of 0 is believed only if the report does not contradict it. */
export function judgeTests(run: TestRun, acceptNone: boolean): Outcome<TestVerdict> {
  const { ended, report, lastLines } = run
  if (ended.kind === 'stopped') return stopped
  if (ended.kind === 'timeout') return failed('tests-timeout', `The tests were still running after ${run.timeoutMs / 1000} s.`, lastLines)
  if (ended.kind === 'killed') return failed('tests-crashed', `The test runner was ended by ${ended.signal}.`, lastLines)
  const { exitCode } = ended
  const none = report !== undefined && report.tests === 0 && report.errors === 0
  if ((run.pytest && exitCode === 5) || (exitCode === 0 && none)) {
    if (acceptNone) return skipped('no tests, which accept: no-tests permits')
    return exitCode === 0
      ? failed('tests-vacuous', 'The test runner ended with 0, and its report holds no test.', lastLines)
      : failed('tests-not-collected', 'No test was found to run (exit 5).', lastLines)
  }
  if (run.mustReport && !report) return failed('tests-crashed', `pytest ended with ${exitCode} and left no report.`, lastLines)
  const broken = report ? report.failed + report.errors : 0
  if (report && broken === 0 && exitCode === 1) return failed('tests-failed', 'The tests passed, but the command ended with 1.', lastLines)
  if (broken > 0 || exitCode === 1) {
    const names = report?.failures.slice(0, 10).map(({ name, message }) => `${name}: ${message.split('\n')[0] ?? ''}`) ?? []
    const count = report ? `${broken} of ${report.tests} tests failed` : `The tests failed (exit ${exitCode})`
    const hidden = exitCode === 0 ? ', though the runner ended with 0' : ''
    return failed(codeOfRed(report, lastLines, exitCode), `${count}${hidden}.`, names.length > 0 ? names : lastLines)
  }
  if (exitCode !== 0) return failed('tests-crashed', `The test runner ended with ${exitCode}.`, lastLines)
  return passed(report ? { report } : {})
}
