import type { Attested, Attestor } from './attest/attest.ts'
import type { BuiltImage } from './build/image.ts'
import { childEnvironment } from './host/environment.ts'
import type { Environment, Host, StageLog } from './host/host.ts'
import type { Inputs } from './inputs/inputs.ts'
import { failed, type Outcome, passed, skipped } from './outcome.ts'
import type { Plan } from './plan/plan.ts'
import { withinDeadline } from './publish/deadline.ts'
import { declareArtifacts } from './publish/declare.ts'
import type { Gated } from './publish/gated.ts'
import { createHistory } from './publish/history.ts'
import { type Published, publish } from './publish/publish.ts'
import { type GateRecord, handedOn, recordOf, runNumber } from './publish/record.ts'
import type { SmokeReport } from './smoke/smoke-report.ts'
import type { TestVerdict } from './test/verdict.ts'

/** An image whose gates are green, and the run that it is of. */
export type Publishing = Readonly<{
  host: Host
  inputs: Inputs
  plan: Plan
  gated: BuiltImage & Gated
  tests: Outcome<TestVerdict>
  smoked: Outcome<SmokeReport>
  /** The engine's own platform. */
  native: string
  /** The record of gates that were passed in a job before. */
  reused: GateRecord | undefined
  /** The docker client's environment. */
  env: Environment
  /** Ends a push between two tags; `signal` stops the writing of a folder also when a gate is red. */
  cancel: AbortSignal
  signal: AbortSignal
  attestor: Attestor | undefined
  notice: (text: string) => void
  /** Gets what the registries hold, also when not all of it could be put there. */
  onPublished: (published: Published) => void
  /** Gets a line for each tag that keeps something newer. */
  onKept: (lines: readonly string[]) => void
  onAttested: (attested: readonly Attested[]) => void
}>

const stateOf = ({ kind }: Outcome<unknown>) => (kind === 'passed' ? kind : 'skipped')

/** The last stage: the image goes to its registries, or into the folder that another job publishes. */
export async function publishGated(publishing: Publishing, log: StageLog): Promise<Outcome<Published>> {
  const { host, inputs, plan, gated, tests, smoked, native, reused, env, cancel, signal, attestor } = publishing
  // What the tests left running may have waited for its hour.
  const changed = host.changedCommandFiles()
  if (changed.length > 0) return failed('runner-files-changed', `Something changed ${changed.join(', ')} after the tests.`)
  const states = { tests: stateOf(tests), smoke: stateOf(smoked) } as const
  const recordFor = (digest: string) => handedOn(recordOf(digest, gated, states, plan, native, runNumber(host.env)), reused)
  if (plan.push.layout) {
    const { publishLayout } = await import('./handover/publish-layout.ts')
    const how = { recordFor, refName: plan.tags[0]?.name }
    const written = await publishLayout(host, gated, plan.push.layout, how, env, publishing.notice, signal)
    publishing.onPublished(written)
    return passed(written)
  }
  if (!plan.push.push) return skipped(plan.push.reason)
  const code = childEnvironment('code', host.env)
  const history = createHistory(host, plan.event, inputs.credentials.githubToken, inputs.workingDirectory, code)
  const { published, kept, failure, arrived } = await withinDeadline(host, inputs.pushTimeoutMs, cancel, (timed, until) =>
    publish(timed, plan, gated, history, env, log, until, recordFor),
  )
  publishing.onPublished(published)
  publishing.onKept(kept)
  if (failure) return failed(failure.code, failure.message)
  declareArtifacts(host, arrived, log)
  if (attestor) {
    const { smokeSuite, testSuite } = await import('./attest/suites.ts')
    publishing.onAttested(await attestor({ tests: testSuite(tests), smoke: smokeSuite(smoked) }, arrived, log, cancel))
  }
  return passed(published)
}
