import type { BuiltImage, Runnable } from '../build/image.ts'
import { ActionError } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { sanitiseLine } from '../host/sanitise.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { failed, type Outcome, passed, skipped, stopped } from '../outcome.ts'
import { answersOf, compareWith, type Rival } from './compare.ts'
import type { Answers, Comparison } from './comparison.ts'
import { type Container, choosePort, containerName, removeContainer, startContainer } from './container.ts'
import { examine } from './examine.ts'
import { lookAt, measure, measuredText } from './measure/measure.ts'
import { replaysOf } from './replay.ts'
import type { SmokeReport } from './smoke-report.ts'

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
  rival?: Rival,
): Promise<Readonly<{ outcome: Outcome<SmokeReport>; removal: Promise<void> }>> {
  const { runnables, untested } = image
  if (!smoke.run) return { outcome: skipped('smoke: false'), removal: Promise.resolve() }
  if (signal.aborted) return { outcome: stopped, removal: Promise.resolve() }
  if (runnables.length === 0) return { outcome: skipped(`accept: untested-platforms (${untested.join(', ')})`), removal: Promise.resolve() }
  const reports: SmokeReport[] = []
  const replays = rival ? replaysOf(smoke) : []
  let answers: Answers = new Map()
  const remember = async (container: Container) => {
    answers = await answersOf(host, container.baseUrl, replays, signal)
  }
  let removal: Promise<void> = Promise.resolve()
  for (const runnable of runnables) {
    await removal
    const ran = await smokeOne(host, image, runnable, smoke, env, log, signal, rival && answers.size === 0 ? remember : undefined)
    removal = ran.removal
    if (ran.outcome.kind !== 'passed') return ran
    reports.push(ran.outcome.value)
  }
  const [first, ...others] = reports
  if (!first) return { outcome: stopped, removal }
  let comparison: Comparison | undefined
  if (rival && replays.length > 0) {
    // One model at a time, and under the name that is free then.
    await removal
    const compared = await compareWith(host, rival, answers, replays, smoke, env, log, signal)
    if (compared.kind !== 'passed') return { outcome: compared, removal }
    comparison = compared.value
  }
  const report = {
    ...first,
    ...(comparison ? { comparison } : {}),
    ...(others.length > 0 ? { others } : {}),
    ...(untested.length > 0 ? { untested } : {}),
  }
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
  remember?: (container: Container) => Promise<void>,
): ReturnType<typeof smokeTest> {
  const { port, from } = choosePort(smoke.port, image.config.exposedPorts)
  const on = runnable.platform === undefined ? '' : ` on ${runnable.platform}`
  log.line(`starting ${runnable.id}${on}, port ${port} (${from})`)
  const name = containerName(host.runId)
  const outcome = await startAndJudge().catch(async (error: unknown) => {
    await removeContainer(host, name, env)
    throw error
  })
  const removal = removeContainer(host, name, env)
  if (outcome.kind === 'failed')
    for (const line of outcome.red.evidence.flatMap((text) => text.split(/\r\n|\r|\n/))) log.line(sanitiseLine(line))
  return { outcome: named(outcome), removal }

  async function startAndJudge(): Promise<Outcome<SmokeReport>> {
    const started = await startContainer(host, runnable, port, smoke, env)
    if (started.kind !== 'passed') return started
    const { imageId, platform } = started.value
    if (imageId !== runnable.id || (runnable.platform !== undefined && platform !== undefined && platform !== runnable.platform)) {
      throw new ActionError(
        'digest-mismatch',
        `The container runs ${imageId}${platform ? ` (${platform})` : ''}, not the image that was built (${runnable.id}${on}).`,
      )
    }
    const looked = lookAt(host, name, env)
    const examined = await examine(host, started.value, smoke, from, env, signal)
    if (examined.kind !== 'passed') return examined
    const measured = await measure(host, started.value, examined.value, smoke, looked, env, signal)
    if (measured.kind === 'passed' && measured.value.measured) log.line(measuredText(measured.value.measured))
    if (measured.kind === 'passed') await remember?.(started.value)
    return measured
  }

  /** With the platform, where one was named. */
  function named(judged: Outcome<SmokeReport>): Outcome<SmokeReport> {
    const { platform } = runnable
    if (platform === undefined) return judged
    if (judged.kind === 'passed') return passed({ ...judged.value, platform })
    if (judged.kind !== 'failed') return judged
    const { code, message, evidence } = judged.red
    if (code === 'container-exited' && evidence.some((line) => /exec format error/i.test(line)))
      return failed('platform-untested', `This engine cannot run ${platform}: exec format error.`, evidence)
    return image.runnables.length > 1 ? failed(code, `On ${platform}: ${message}`, evidence) : judged
  }
}
