import type { Outcome } from '../outcome.ts'
import { nameText } from '../plan/image-name.ts'
import type { Plan } from '../plan/plan.ts'
import type { Published } from '../publish/publish.ts'
import { failureReport, type Report, reportVersion, type StageReport } from './report.ts'

/** A run that had nothing to do but to publish. */
export type PublishRun = Readonly<{
  plan: Plan
  /** How its one stage came out, and what the registries hold, also when not all of it could be put there. */
  publishing: Outcome<Published>
  published: Published | undefined
  cancelled: boolean
  stages: readonly StageReport[]
  notices: readonly string[]
  durationMs: number
}>

/** The report of such a run, with nothing of its image. */
export function reportOfPublish({ plan, publishing, published, cancelled, stages, notices, durationMs }: PublishRun): Report {
  const red = publishing.kind === 'failed' ? publishing.red : undefined
  const broken = red ?? (cancelled ? { code: 'cancelled' as const, message: 'The run was cancelled.', evidence: [] } : undefined)
  const pushedTags = published?.pushedTags ?? []
  return {
    version: reportVersion,
    result: broken ? 'failed' : 'passed',
    durationMs,
    names: plan.names.map(nameText),
    tags: plan.tags.map(({ name }) => name),
    push: plan.push,
    pushed: pushedTags.length > 0,
    pushedTags,
    stages: stages.filter(({ stage }) => stage === 'publish'),
    ...(broken ? { failure: failureReport('publish', broken) } : {}),
    checks: [],
    notices,
  }
}
