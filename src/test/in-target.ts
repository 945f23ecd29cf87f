import type { TestStage } from '../build/with-tests.ts'
import { failed, type Outcome, passed, type Red, skipped, stopped } from '../outcome.ts'
import { parseJunit, type TestReport } from './junit.ts'
import { judgeTests, type TestVerdict } from './verdict.ts'

/**
 * The verdict on a stage of the Dockerfile that tests. A stage that runs the tests is red by its exit status; one of
 * files alone (`FROM scratch`) leaves `junit.xml`, and `status` with the exit code of a run that was not to fail it.
 */
export function judgeStage(
  stage: TestStage,
  timeoutMs: number,
  acceptNone: boolean,
  onReport: (report: TestReport) => void,
): Outcome<TestVerdict> {
  if (stage.outcome === 'stopped') return stopped
  if (stage.outcome === 'timeout') {
    const [step = '', ...output] = stage.output
    return failed('tests-timeout', `The test stage of the Dockerfile was still at ${step} after ${timeoutMs / 1000} s.`, output.slice(-20))
  }
  if (stage.outcome === 'failed') {
    const last = stage.output.slice(-20)
    // As many as an annotation shows.
    const evidence = last.slice(-10)
    const red: Red = last.some((line) => /\b(ModuleNotFoundError|ImportError)\b/.test(line))
      ? { code: 'tests-import-error', message: 'The test stage of the Dockerfile is red: an import failed.', evidence }
      : { code: 'tests-failed', message: `The test stage of the Dockerfile is red: ${stage.output[0] ?? ''}`, evidence }
    return { kind: 'failed', red: { ...red, ...stage.why } }
  }
  const report = stage.junit === undefined ? undefined : parseJunit(stage.junit)
  if (report) onReport(report)
  if (stage.junit !== undefined && !report) return failed('tests-crashed', 'junit.xml of the test stage is no JUnit report.')
  if (stage.status === undefined && report === undefined) return passed({})
  const exitCode = /^\s*\d{1,3}\s*$/.test(stage.status ?? '0') ? Number(stage.status ?? '0') : undefined
  if (exitCode === undefined)
    return failed('tests-crashed', `status of the test stage is "${stage.status?.slice(0, 40)}", not an exit code.`)
  if (acceptNone && exitCode === 5) return skipped('no tests, which accept: no-tests permits')
  return judgeTests({ ended: { kind: 'exited', exitCode }, report, pytest: true, mustReport: false, timeoutMs, lastLines: [] }, acceptNone)
}
