import { ActionError, messageOf } from '../errors.ts'
import { type Problem, problemText } from '../inputs/inputs.ts'
import { type FailureReport, failureReport, reportVersion } from './report.ts'
import { problemCount } from './summary/early.ts'

/** What there is to tell of a run that came to no stage: bad input with all its problems, or what broke before. */
export type Refusal = Readonly<{
  version: typeof reportVersion
  result: 'failed'
  failure: FailureReport
  problems: readonly Problem[]
}>

export function refusalOf(problems: readonly Problem[]): Refusal {
  const red = { code: 'bad-input', message: `${problemCount(problems)}.`, evidence: problems.map(problemText) } as const
  return { version: reportVersion, result: 'failed', failure: failureReport('inputs', red), problems }
}

/** Of what was thrown. */
export function brokenOf(error: unknown): Refusal {
  const code = error instanceof ActionError ? error.code : 'internal'
  const evidence = code === 'internal' && error instanceof Error ? [error.stack ?? ''] : []
  return {
    version: reportVersion,
    result: 'failed',
    failure: failureReport('plan', { code, message: messageOf(error), evidence }),
    problems: [],
  }
}

/** Of a command line whose flags are none. */
export function flagRefusal(message: string): Refusal {
  return {
    version: reportVersion,
    result: 'failed',
    failure: failureReport('inputs', { code: 'bad-input', message, evidence: [] }),
    problems: [],
  }
}
