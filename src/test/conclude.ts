import type { Ended } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { failed, type Outcome, passed, skipped } from '../outcome.ts'
import { runsPytest, startsPytest } from './command.ts'
import { parseJunit, passedTests, type TestReport } from './junit.ts'
import type { TestSession } from './session.ts'
import { judgeTests, type TestVerdict } from './verdict.ts'

/** The answer where there is nothing to run: red, unless the user accepts it. */
export function withoutTests(inputs: Inputs, message: string): Outcome<never> {
  return inputs.accept.has('no-tests') ? skipped('no tests, which accept: no-tests permits') : failed('tests-not-found', message)
}

/** The verdict on tests that have ended, wherever they ran: by how they ended and the report they left at `path`, which is handed on. */
export function conclude(
  { host, inputs, onReport }: Pick<TestSession, 'host' | 'inputs' | 'onReport'>,
  ended: Ended,
  path: string,
  lines: readonly string[],
): Readonly<{ outcome: Outcome<TestVerdict>; report?: TestReport }> {
  const { command, timeoutMs } = inputs.test
  const xml = host.files.readUntrusted(path)
  const report = xml === undefined ? undefined : parseJunit(xml)
  if (report) onReport(report)
  const run = { ended, report, pytest: runsPytest(command), mustReport: startsPytest(command), timeoutMs, lastLines: lines.slice(-20) }
  const outcome = judgeTests(run, inputs.accept.has('no-tests'))
  return { outcome: inputs.attest === 'off' ? outcome : withNames(outcome, xml), ...(report ? { report } : {}) }
}

/** The verdict with the names of the tests that passed, of which a report tells nothing. */
export function withNames(outcome: Outcome<TestVerdict>, xml: string | undefined): Outcome<TestVerdict> {
  return outcome.kind !== 'passed' || xml === undefined ? outcome : passed({ ...outcome.value, passed: passedTests(xml) })
}
