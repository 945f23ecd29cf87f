import { join } from 'node:path'
import type { FailureCode } from '../errors.ts'
import type { Host } from '../host/host.ts'
import { nameText } from '../plan/image-name.ts'
import type { Plan } from '../plan/plan.ts'
import type { TestReport } from '../test/junit.ts'
import { sourceOf } from './assemble.ts'
import { failureReport, type Report, reportVersion, type StageReport } from './report.ts'

/** What is known in the middle of a run. */
export type SoFar = Readonly<{
  stages: readonly StageReport[]
  notices: readonly string[]
  tests?: TestReport | undefined
  durationMs: number
}>

/** Of failed tests so many are written down. */
const mostFailures = 50

/** A report of a run that is not over. */
function draftReport(plan: Plan, { stages, notices, tests, durationMs }: SoFar): Report {
  const source = sourceOf(plan)
  return {
    version: reportVersion,
    result: 'failed',
    durationMs,
    unfinished: true,
    ...(source ? { source } : {}),
    names: plan.names.map(nameText),
    tags: plan.tags.map(({ name }) => name),
    push: plan.push,
    pushed: false,
    pushedTags: [],
    stages,
    ...(tests ? { tests: { ...tests, failures: tests.failures.slice(0, mostFailures) } } : {}),
    checks: [],
    notices,
  }
}

/** The draft as the report of a run that has ended so: at the stage that was red, else at the one under way. */
export function endedDraft(draft: Report, code: Extract<FailureCode, 'killed' | 'cancelled'>): Report {
  const at = draft.stages.find(({ state }) => state === 'failed') ?? draft.stages.find(({ state }) => state === 'stopped')
  const message =
    code === 'killed' ? 'The process of this step was ended before it could tell how the run came out.' : 'The run was cancelled.'
  return { ...draft, failure: failureReport(at?.stage ?? 'plan', { code, message, evidence: [] }) }
}

/** Beside the report. Not in a folder of its own: it is written while others are made and removed. */
const pathOf = (host: Pick<Host, 'env' | 'runId'>) => {
  const temp = host.env['RUNNER_TEMP']
  return temp ? join(temp, `ml-image-draft-${host.runId}.json`) : undefined
}

/**
 * Writes down what is known each time that it is called, for a summary that `post` writes where this process does not come to
 * it. Nothing on a laptop, which has no post, nor where no summary is wanted.
 */
export function openDraft(host: Host, plan: Plan, summary: boolean): (soFar: SoFar) => void {
  const path = pathOf(host)
  if (!summary || path === undefined) return () => {}
  host.leave({ kind: 'draft', path })
  let begun = false
  return (soFar) => {
    // It was told and taken away, while what was killed for that comes to its end.
    if (begun && host.files.kind(path) !== 'file') return
    begun = true
    host.files.writePrivate(path, host.masked(JSON.stringify(draftReport(plan, soFar))))
  }
}

/** The summary is written. */
export function closeDraft(host: Host): void {
  const path = pathOf(host)
  if (path !== undefined) host.files.remove(path)
}

/** What a run had written down; undefined where it has told by itself, or had nothing to tell. */
export function readDraft(files: Pick<Host['files'], 'readUntrusted'>, path: string): Report | undefined {
  const text = files.readUntrusted(path)
  if (text === undefined) return undefined
  try {
    const draft = JSON.parse(text) as Report
    return draft.version === reportVersion ? draft : undefined
  } catch {
    // Killed while it was being written.
    return undefined
  }
}
