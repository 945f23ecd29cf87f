import type { BuiltImage, Runnable } from '../build/image.ts'
import { ActionError } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { sanitiseLine } from '../host/sanitise.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { failed, type Outcome, passed, skipped, stopped } from '../outcome.ts'
import { containerName, removeContainer, startContainer } from './container.ts'
import { contractText, expectService } from './contract.ts'
import { examine } from './examine.ts'
import { explain } from './explain.ts'
import type { SmokeReport } from './smoke-report.ts'
import { witness } from './witness.ts'

/**
 * Starts the image, waits for its health, asks for a prediction, and takes the container away again; of several
 * platforms one after the other, as models are large. `removal` may go on after the verdict: await it before the run ends.
 */
export async function smokeTest(
  host: Host,
  image: BuiltImage,
  smoke: SmokeInputs,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
): Promise<Readonly<{ outcome: Outcome<SmokeReport>; removal: Promise<void> }>> {
  const { runnables, untested } = image
  if (!smoke.run) return { outcome: skipped('smoke: false'), removal: Promise.resolve() }
  if (signal.aborted) return { outcome: stopped, removal: Promise.resolve() }
  if (runnables.length === 0) return { outcome: skipped(`accept: untested-platforms (${untested.join(', ')})`), removal: Promise.resolve() }
  const reports: SmokeReport[] = []
  let removal: Promise<void> = Promise.resolve()
  for (const runnable of runnables) {
    await removal
    const ran = await smokeOne(host, image, runnable, smoke, env, log, signal)
    removal = ran.removal
    if (ran.outcome.kind !== 'passed') return ran
    reports.push(ran.outcome.value)
  }
  const [first, ...others] = reports
  if (!first) return { outcome: stopped, removal }
  const report = { ...first, ...(others.length > 0 ? { others } : {}), ...(untested.length > 0 ? { untested } : {}) }
  return { outcome: passed(report), removal }
}

async function smokeOne(
  host: Host,
  image: BuiltImage,
  runnable: Runnable,
  smoke: SmokeInputs,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
): ReturnType<typeof smokeTest> {
  const contract = expectService(smoke, image.config)
  const on = runnable.platform === undefined ? '' : ` on ${runnable.platform}`
  log.line(`starting ${runnable.id}${on}; ${contractText(contract)}`)
  const name = containerName(host.runId)
  const seen = witness(host)
  const judged = startAndJudge().then((outcome) => explain(host, outcome, { image, smoke, contract, seen }, env))
  const outcome = await judged.catch(async (error: unknown) => {
    await removeContainer(host, name, env)
    throw error
  })
  const removal = removeContainer(host, name, env)
  if (outcome.kind === 'failed')
    for (const line of outcome.red.evidence.flatMap((text) => text.split(/\r\n|\r|\n/))) log.line(sanitiseLine(line))
  return { outcome: named(outcome), removal }

  async function startAndJudge(): Promise<Outcome<SmokeReport>> {
    const started = await startContainer(host, runnable, contract, smoke, env)
    if (started.kind !== 'passed') return started
    const { imageId, platform } = started.value
    if (imageId !== runnable.id || (runnable.platform !== undefined && platform !== undefined && platform !== runnable.platform)) {
      throw new ActionError(
        'digest-mismatch',
        `The container runs ${imageId}${platform ? ` (${platform})` : ''}, not the image that was built (${runnable.id}${on}).`,
      )
    }
    return await examine(seen.host, started.value, contract, smoke, image.config, env, log, signal)
  }

  /** With the platform, where one was named. */
  function named(judged: Outcome<SmokeReport>): Outcome<SmokeReport> {
    const { platform } = runnable
    if (platform === undefined) return judged
    if (judged.kind === 'passed') return passed({ ...judged.value, platform })
    if (judged.kind !== 'failed') return judged
    const { code, message, evidence } = judged.red
    if ((code === 'container-exited' || code === 'exec-format') && evidence.some((line) => /exec format error/i.test(line)))
      return failed('platform-untested', `This engine cannot run ${platform}: exec format error.`, evidence)
    return image.runnables.length > 1 ? failed(code, `On ${platform}: ${message}`, evidence) : judged
  }
}
