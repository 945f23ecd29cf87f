import type { Advice } from '../advice/advice.ts'
import type { Attested } from '../attest/attest.ts'
import type { CacheReport } from '../build/cache/figures.ts'
import type { Check } from '../build/checks.ts'
import type { StepCount, StepReport } from '../build/progress.ts'
import { type FailureCode, type FailureKind, failures, type Stage } from '../errors.ts'
import type { LeakReport } from '../inspect/report.ts'
import type { SizeReport } from '../inspect/size/size.ts'
import type { Outcome, Red } from '../outcome.ts'
import type { PushDecision } from '../plan/push-policy.ts'
import type { MetricsReport } from '../quality/metrics-report.ts'
import type { SmokeReport } from '../smoke/smoke-report.ts'
import type { TestReport } from '../test/junit.ts'

/** Raised when a field changes its meaning or goes. */
export const reportVersion = 1

/** `quality` and `gate` are there only where they were asked for. */
export type StageName = 'test' | 'build' | 'inspect' | 'smoke' | 'quality' | 'gate' | 'publish'

/**
 * `stopped`: under way when another stage was red. `not run`: never started. `reused`: an earlier run has passed it.
 * Times in ms, `start` from that of the run.
 */
export type StageReport = Readonly<{
  stage: StageName
  state: 'passed' | 'failed' | 'skipped' | 'stopped' | 'not run' | 'reused'
  start: number
  duration: number
  detail: string
}>

export type FailureReport = Readonly<{
  stage: Stage
  code: FailureCode
  kind: FailureKind
  message: string
  evidence: readonly string[]
  /** What is known of the cause, by a name from docs/troubleshooting.md. */
  cause?: Readonly<{ name: string; text: string }>
  /** Where, as a path from the workspace. */
  at?: Readonly<{ file: string; line: number }>
  remedy: string
}>

export type ImageReport = Readonly<{
  /** As the engine names it; after a push, as the registry does. */
  digest: string
  /** Empty where the image is an index: each of its images has its own. */
  imageid: string
  store: 'containerd' | 'classic'
  compressedBytes?: number
  steps: StepCount
  /** Each step of the Dockerfile. */
  stepList: readonly StepReport[]
  cache?: CacheReport
  inputHash: string
}>

/** An index that a merge has made: the image of each platform, and how its gates came out in the job that built it. */
export type MergeReport = Readonly<{
  /** Empty when it did not reach a registry. */
  digest: string
  parts: readonly Readonly<{ platform: string; digest: string; tests: 'passed' | 'skipped'; smoke: 'passed' | 'skipped' }>[]
}>

/** An image that was published before for the same inputs, where it was found (`ghcr.io/acme/iris:sha-1f2e3d4`), and the page of its run. */
export type PromotionReport = Readonly<{ digest: string; found: string; revision: string; run?: string }>

/** Everything a run has to tell; every output, summary and annotation is made from it. */
export type Report = Readonly<{
  version: typeof reportVersion
  result: 'passed' | 'failed'
  durationMs: number
  /** Made of what was known when the process was ended from outside: it did not come to tell by itself. */
  unfinished?: true
  /** Where the code is that was run: the page of the repository (`https://github.com/acme/iris`) and the commit. */
  source?: Readonly<{ url: string; revision: string }>
  names: readonly string[]
  tags: readonly string[]
  push: PushDecision
  pushed: boolean
  pushedTags: readonly string[]
  stages: readonly StageReport[]
  failure?: FailureReport
  image?: ImageReport
  /** The image is not of this run: what earned its push was reused. */
  promoted?: PromotionReport
  /** In place of image, tests and smoke, of a merge. */
  merged?: MergeReport
  tests?: TestReport
  smoke?: SmokeReport
  /** What was searched for secrets, where none was found. */
  leaks?: LeakReport
  /** What it weighs, layer by layer. */
  size?: SizeReport
  /** What the metrics are, with `metrics-file`. */
  metrics?: MetricsReport
  /** What was signed after the push, with `attest`. */
  attested?: readonly Attested[]
  /** What BuildKit's own checks say of the Dockerfile, the gravest first. */
  checks: readonly Check[]
  /** What could be better, the greatest gain first. */
  advice?: readonly Advice[]
  notices: readonly string[]
}>

/** Compressed bytes of the image, as far as they are known; of several platforms those that the size report is about. */
export function imageBytes({ image, size }: Pick<Report, 'image' | 'size'>): number | undefined {
  return image && (size?.platform === undefined ? (image.compressedBytes ?? size?.bytes) : size.bytes)
}

export function failureReport(stage: Stage, red: Red): FailureReport {
  const { kind, remedy } = failures[red.code]
  const { cause, ...rest } = red
  return { stage, ...rest, kind, ...(cause ? { cause: { name: cause.name, text: cause.text } } : {}), remedy: cause?.fix ?? remedy }
}

export function stateOf(outcome: Outcome<unknown>): StageReport['state'] {
  return outcome.kind
}
