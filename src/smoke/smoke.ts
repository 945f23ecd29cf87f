import type { BuiltImage, Runnable } from '../build/image.ts'
import { ActionError, messageOf } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { sanitiseLine } from '../host/sanitise.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { failed, type Outcome, passed, skipped, stopped } from '../outcome.ts'
import {
  type Container,
  choosePort,
  containerName,
  lastLines,
  postMortem,
  removeContainer,
  startContainer,
  untilStopped,
} from './container.ts'
import { judgeAnswer } from './expect.ts'
import { untilHealthy } from './readiness.ts'

/** One answer of the image: what was asked, status, milliseconds. */
export type Exchange = Readonly<{ path: string; status: number; ms: number; body: string }>

/** What the image under test has shown. No `predict`: none was asked for, so the model is not proven. */
export type SmokeReport = Readonly<{
  imageId: string
  /** Which of the platforms this is, where they were named. */
  platform?: string
  port: number
  portFrom: string
  health: Exchange
  predict?: Exchange
  compared: boolean
  /** The same of the further platforms. */
  others?: readonly SmokeReport[]
  /** Platforms that were not run, which the user accepts. */
  untested?: readonly string[]
}>

const predictTimeoutMs = 60_000
const largestAnswer = 1 << 20
const bodyShown = 2_000

async function askPredict(host: Host, url: string, body: string): Promise<Exchange | string> {
  const start = host.now()
  try {
    const answer = await host.request({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
      timeoutMs: predictTimeoutMs,
      maxBytes: largestAnswer,
    })
    return { path: new URL(url).pathname, status: answer.status, ms: host.now() - start, body: new TextDecoder().decode(answer.body) }
  } catch (error) {
    return messageOf(error)
  }
}

async function judge(
  host: Host,
  container: Container,
  smoke: SmokeInputs,
  portFrom: string,
  env: Environment,
  signal: AbortSignal,
): Promise<Outcome<SmokeReport>> {
  const watch = new AbortController()
  const death = untilStopped(host, container.name, env, AbortSignal.any([watch.signal, signal]))
  try {
    const readiness = await untilHealthy(host, container.baseUrl + smoke.healthPath, smoke.startTimeoutMs, death)
    if (signal.aborted) return stopped
    if (readiness.kind === 'ended') return await postMortem(host, container.name, env)
    if (readiness.kind === 'late') {
      const lines = await lastLines(host, container.name, env)
      const seconds = smoke.startTimeoutMs / 1000
      if (readiness.lastStatus !== undefined) {
        return failed('health-failed', `GET ${smoke.healthPath} still answers ${readiness.lastStatus} after ${seconds} s.`, [
          `last answer: ${readiness.lastBody ?? ''}`,
          ...lines,
        ])
      }
      return failed(
        'not-listening',
        `Nothing answered on port ${container.port} (${portFrom}) within ${seconds} s (${readiness.lastError ?? 'no answer'}).`,
        lines,
      )
    }
    const health: Exchange = { path: smoke.healthPath, status: readiness.status, ms: readiness.afterMs, body: '' }
    const seen = { imageId: container.imageId, port: container.port, portFrom, health }
    if (smoke.predictBody === undefined) return passed({ ...seen, compared: false })

    const dead = death.then(() => 'ended' as const)
    const predict = await Promise.race([askPredict(host, container.baseUrl + smoke.predictPath, smoke.predictBody), dead])
    if (signal.aborted) return stopped
    if (predict === 'ended') return await postMortem(host, container.name, env)
    if (typeof predict === 'string') {
      // A server that dies while it answers breaks the connection a moment before the engine says so.
      const died = await Promise.race([dead, host.sleep(500).then(() => 'alive' as const)])
      if (died === 'ended') return await postMortem(host, container.name, env)
      return failed('predict-timeout', `POST ${smoke.predictPath} gave no answer (${predict}).`, await lastLines(host, container.name, env))
    }
    const told = [
      `POST ${smoke.predictPath} ${smoke.predictBody.slice(0, bodyShown)}`,
      `answered ${predict.status}: ${predict.body.slice(0, bodyShown)}`,
    ]
    if (predict.status < 200 || predict.status >= 300) {
      return failed('predict-failed', `POST ${smoke.predictPath} answered ${predict.status}.`, [
        ...told,
        ...(await lastLines(host, container.name, env)),
      ])
    }
    const found = smoke.expectation ? judgeAnswer(smoke.expectation, predict.body) : []
    const [first] = found
    if (first) {
      return failed('predict-mismatch', `POST ${smoke.predictPath}: ${first.path} is ${first.got}, expected ${first.expected}.`, [
        ...found.slice(0, 20).map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`),
        ...told,
      ])
    }
    return passed({ ...seen, predict, compared: smoke.expectation !== undefined })
  } finally {
    watch.abort()
  }
}

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
    return await judge(host, started.value, smoke, from, env, signal)
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
