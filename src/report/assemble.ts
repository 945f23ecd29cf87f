import type { Advice } from '../advice/advice.ts'
import type { Attested } from '../attest/attest.ts'
import type { CacheReport } from '../build/cache/figures.ts'
import type { Check } from '../build/checks.ts'
import type { BuiltImage } from '../build/image.ts'
import type { Inspection } from '../inspect/report.ts'
import type { SizeReport } from '../inspect/size/size.ts'
import { type Outcome, stopped } from '../outcome.ts'
import { nameText } from '../plan/image-name.ts'
import { inputHashLabel } from '../plan/labels.ts'
import type { Plan } from '../plan/plan.ts'
import type { Published } from '../publish/publish.ts'
import type { MetricsReport } from '../quality/metrics-report.ts'
import type { SmokeReport } from '../smoke/smoke-report.ts'
import type { TestReport } from '../test/junit.ts'
import { type FailureReport, failureReport, type ImageReport, type Report, reportVersion, type StageReport } from './report.ts'

/** What the pipeline hands over at its end. */
export type Findings = Readonly<{
  plan: Plan
  stages: readonly StageReport[]
  outcomes: Readonly<{
    test: Outcome<unknown>
    build: Outcome<BuiltImage>
    inspect: Outcome<Inspection>
    smoke: Outcome<SmokeReport>
    quality: Outcome<MetricsReport>
    gate: Outcome<unknown>
    publish: Outcome<Published>
  }>
  testReport: TestReport | undefined
  cache?: CacheReport | undefined
  /** The digest of the image's configuration. */
  imageid?: string | undefined
  /** What reached a registry, also when not all of it did. */
  published: Published | undefined
  attested?: readonly Attested[]
  size?: SizeReport | undefined
  notices: readonly string[]
  checks: readonly Check[]
  advice?: readonly Advice[]
  cancelled: boolean
  durationMs: number
}>

/** Of a run that was stopped before its first stage. */
export const nothingRan: Findings['outcomes'] = {
  ...{ test: stopped, build: stopped, inspect: stopped, smoke: stopped, quality: stopped, gate: stopped, publish: stopped },
}

/** The first red stage in the order of a run; else that it was cancelled. */
function failureOf({ outcomes, stages, cancelled }: Findings): FailureReport | undefined {
  for (const stage of ['test', 'build', 'inspect', 'smoke', 'quality', 'gate', 'publish'] as const) {
    const outcome = outcomes[stage]
    if (outcome.kind === 'failed') return failureReport(stage, outcome.red)
  }
  if (!cancelled) return undefined
  const underWay = stages.find(({ state }) => state === 'stopped')?.stage ?? 'plan'
  return failureReport(underWay, { code: 'cancelled', message: 'The run was cancelled.', evidence: [] })
}

function imageOf({ plan, outcomes, published, cache, imageid }: Findings): ImageReport | undefined {
  if (outcomes.build.kind !== 'passed') return undefined
  const { digest, store, steps, stepReports, compressedBytes } = outcomes.build.value
  const bytes = published?.compressedBytes || compressedBytes
  return {
    digest: published?.digest || digest,
    imageid: imageid ?? '',
    store,
    ...(bytes ? { compressedBytes: bytes } : {}),
    steps,
    stepList: stepReports,
    ...(cache ? { cache } : {}),
    inputHash: plan.labels[inputHashLabel] ?? '',
  }
}

/** Where the files of a run can be looked at; of a laptop's nobody knows whether they are anywhere else. */
export function sourceOf({ event }: Pick<Plan, 'event'>): Report['source'] {
  const { source, serverUrl, repository, sha } = event
  return source === 'github' && repository !== '' && sha !== '' ? { url: `${serverUrl}/${repository}`, revision: sha } : undefined
}

export function assembleReport(findings: Findings): Report {
  const { plan, outcomes, published, testReport } = findings
  const failure = failureOf(findings)
  const image = imageOf(findings)
  const pushedTags = published?.pushedTags ?? []
  const source = sourceOf(plan)
  return {
    version: reportVersion,
    result: failure ? 'failed' : 'passed',
    durationMs: findings.durationMs,
    ...(source ? { source } : {}),
    names: plan.names.map(nameText),
    tags: plan.tags.map(({ name }) => name),
    push: plan.push,
    pushed: plan.push.only === 'digest' ? published?.digest !== undefined && published.digest !== '' : pushedTags.length > 0,
    pushedTags,
    stages: findings.stages,
    ...(failure ? { failure } : {}),
    ...(image ? { image } : {}),
    ...(testReport ? { tests: testReport } : {}),
    ...(outcomes.smoke.kind === 'passed' ? { smoke: outcomes.smoke.value } : {}),
    ...(outcomes.inspect.kind === 'passed' && outcomes.inspect.value.leaks ? { leaks: outcomes.inspect.value.leaks } : {}),
    ...(findings.size ? { size: findings.size } : {}),
    ...(outcomes.quality.kind === 'passed' ? { metrics: outcomes.quality.value } : {}),
    ...(findings.attested && findings.attested.length > 0 ? { attested: findings.attested } : {}),
    checks: findings.checks,
    ...(findings.advice && findings.advice.length > 0 ? { advice: findings.advice } : {}),
    notices: findings.notices,
  }
}
