import { timeText } from './amounts.ts'
import { ActionError, messageOf } from './errors.ts'
import type { Host, StageLog } from './host/host.ts'
import { sanitiseLine } from './host/sanitise.ts'
import { failed, type Outcome, stopped } from './outcome.ts'
import { type StageName, type StageReport, stateOf } from './report/report.ts'

/** Runs stages, each with its log and its time; the first red one stops the others by `signal`. */
export interface StageRunner {
  readonly run: <T>(name: StageName, work: (log: StageLog) => Promise<Outcome<T>>, detail: (value: T) => string) => Promise<Outcome<T>>
  /** Aborted by the first red stage, or by the cancel of the whole run. */
  readonly signal: AbortSignal
  /** The stages in order, those that never began as `not run`; quality and the gate command are there only if they were asked for. */
  readonly reports: () => readonly StageReport[]
}

const order: readonly StageName[] = ['test', 'build', 'inspect', 'smoke', 'quality', 'gate', 'publish']

function textOf<T>(outcome: Outcome<T>, detail: (value: T) => string): string {
  switch (outcome.kind) {
    case 'passed':
      return detail(outcome.value)
    case 'failed':
      return `${outcome.red.code}: ${outcome.red.message}`
    case 'skipped':
      return outcome.reason
    case 'stopped':
      return 'stopped'
  }
}

/** Lines of the proof that are printed outside the group: the first and the last of them say most. */
const proofShown = 80

/** Why a stage is red, as the log shows it: lines that others wrote. */
function proofOf(outcome: Outcome<unknown>): readonly string[] {
  if (outcome.kind !== 'failed') return []
  const lines = outcome.red.evidence.flatMap((text) => text.split(/\r\n|\r|\n/)).map(sanitiseLine)
  if (lines.length <= proofShown) return lines
  const left = lines.length - proofShown
  return [...lines.slice(0, proofShown / 2), `[${left} lines left out]`, ...lines.slice(-proofShown / 2)]
}

/** @param onChange is told when a stage begins, which then is `stopped` for all that is known, and when it ends */
export function createStageRunner(
  host: Host,
  start: number,
  cancel: AbortSignal,
  onChange: (reports: readonly StageReport[]) => void = () => {},
): StageRunner {
  const red = new AbortController()
  const reports = new Map<StageName, StageReport>()
  const all = () =>
    order
      .filter((stage) => (stage !== 'quality' && stage !== 'gate') || reports.has(stage))
      .map((stage): StageReport => reports.get(stage) ?? { stage, state: 'not run', start: 0, duration: 0, detail: '' })
  const note = (report: StageReport) => {
    reports.set(report.stage, report)
    onChange(all())
  }
  return {
    signal: AbortSignal.any([red.signal, cancel]),
    reports: all,
    run: async (stage, work, detail) => {
      const began = host.now()
      note({ stage, state: 'stopped', start: began - start, duration: 0, detail: 'under way' })
      const log = host.log.stage(stage)
      const ended = await work(log).catch(
        (error: unknown): Outcome<never> =>
          error instanceof ActionError
            ? failed(error.code, error.message)
            : failed('internal', messageOf(error), [(error instanceof Error && error.stack) || '']),
      )
      // A gate that is killed on a cancel has failed in its own eyes; a push says by itself that it was cancelled.
      const outcome = cancel.aborted && ended.kind === 'failed' && stage !== 'publish' ? stopped : ended
      if (outcome.kind === 'failed') red.abort()
      const text = textOf(outcome, detail)
      const duration = host.now() - began
      note({ stage, state: stateOf(outcome), start: began - start, duration, detail: text })
      const result = outcome.kind === 'skipped' ? `skipped (${text})` : `${text} (${timeText(duration)})`
      log.close(result, { state: outcome.kind, proof: proofOf(outcome) })
      return outcome
    },
  }
}
