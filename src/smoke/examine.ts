import type { ImageConfig } from '../build/image.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { sanitiseLine } from '../host/sanitise.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { failed, type Outcome, passed, stopped } from '../outcome.ts'
import { type Asked, askSamples, judgeAll } from './ask-samples.ts'
import { awaitService } from './await-service.ts'
import { type Container, isRunning, lastLines, postMortem, untilStopped } from './container.ts'
import type { Contract } from './contract.ts'
import { runHealthcheck } from './healthcheck.ts'
import { notReady } from './not-ready.ts'
import { findSamples, unprovenText } from './prove.ts'
import { type Replay, replaysOf } from './replay.ts'
import type { Exchange, SmokeReport } from './smoke-report.ts'
import { stayUp } from './stay-up.ts'
import { untilPredicts } from './until-predicts.ts'

/** Of an answer the report keeps so much. */
const bodyKept = 20_000
/** An output may hold 1 MiB. */
const samplesKept = 100
/** Promised: a dead container is told within two seconds. */
const deathKnownMs = 1_900

/** What came of it: the container as it is reached in the end, and the requests that may be sent again. */
export type Examined = Readonly<{ report: SmokeReport; container: Container; replays: readonly Replay[] }>

/**
 * What a running container is put through: it must become ready as its contract says, and predict. The first of these
 * that fails is the verdict; a container that ends meanwhile is one at once.
 */
export async function examine(
  host: Host,
  started: Container,
  expected: Contract,
  smoke: SmokeInputs,
  image: ImageConfig,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
): Promise<Outcome<Examined>> {
  const watch = new AbortController()
  const death = untilStopped(host, started.name, env, AbortSignal.any([watch.signal, signal]))
  try {
    if (!expected.http) {
      const stayed = await stayUp(host, started, expected, env, death, signal)
      return stayed.kind === 'passed' ? passed({ report: stayed.value, container: started, replays: [] }) : stayed
    }
    const say = (text: string) => log.line(sanitiseLine(text))
    const awaited = await awaitService(host, started, expected, smoke, image, env, death, say)
    const { readiness, contract, container } = awaited
    if (signal.aborted) return stopped
    if (readiness.kind === 'ended') return await postMortem(host, container.name, env)
    if (readiness.kind !== 'ready') return await notReady(host, awaited, env)
    const good = readiness.goods.at(-1)
    const health: Exchange = { path: good?.path ?? '', status: good?.status ?? 0, ms: readiness.afterMs, body: '' }
    const seen = {
      imageId: container.imageId,
      port: container.port,
      portFrom: contract.port.from,
      preset: contract.preset,
      presetFrom: contract.by,
      health,
    }
    // Beside the prediction, which it does not hold up.
    const until = AbortSignal.any([watch.signal, signal])
    const check = container.healthcheck && runHealthcheck(host, container.name, container.healthcheck, env, until)
    check?.catch(() => undefined)
    const dead = death.then(() => 'ended' as const)
    const protocol = { headers: contract.headers, ...(contract.predict.answer === undefined ? {} : { answer: contract.predict.answer }) }
    const prove = async (): Promise<Outcome<readonly Asked[]>> => {
      const samples = await findSamples(host, container, contract.predict.path, smoke, image, env, say)
      if (smoke.record !== undefined) return await (await import('./record.ts')).record(host, container, samples, smoke.record)
      const ask = () => askSamples(host, container.baseUrl, samples, () => until.aborted, protocol)
      const untilMs = host.now() + contract.startTimeoutMs - readiness.afterMs
      return passed(good?.proof === 'listening' ? await untilPredicts(host, ask, untilMs, until, say) : await ask())
    }
    const proving = await Promise.race([prove(), dead])
    if (signal.aborted) return stopped
    if (proving === 'ended') return await postMortem(host, container.name, env)
    if (proving.kind !== 'passed') return proving
    const asked = proving.value
    if (asked.some(({ red }) => red)) {
      // A server that dies while it answers breaks the connection before the engine says so: on a busy machine a second.
      const broken = asked.some(({ answer }) => answer === undefined)
      const died = broken ? await Promise.race([dead, host.sleep(deathKnownMs).then(() => 'alive' as const)]) : 'alive'
      if (died === 'ended' || !(await isRunning(host, container.name, env))) return await postMortem(host, container.name, env)
    }
    const judged = judgeAll(asked)
    if (judged.kind === 'failed') {
      const { code, message, evidence } = judged.red
      const lines = code === 'predict-mismatch' ? [] : await lastLines(host, container.name, env)
      return failed(code, message, [...evidence, ...lines])
    }
    if (judged.kind !== 'passed') return judged
    const first = asked.find(({ red }) => !red)
    const { answer, sample } = first ?? {}
    const unproven = unprovenText(asked)
    const own = await check
    if (own !== undefined && own.kind !== 'passed') return own.kind === 'failed' ? own : stopped
    const report: SmokeReport = {
      ...seen,
      ...(answer && sample
        ? { predict: { path: sample.request.path, status: answer.status, ms: answer.ms, body: answer.body.slice(0, bodyKept) } }
        : {}),
      compared: judged.value.some(({ compared, result }) => compared && result === 'passed'),
      ...(judged.value.length > 0 ? { samples: judged.value.slice(0, samplesKept), sampleCount: judged.value.length } : {}),
      ...(unproven === undefined ? {} : { unproven }),
    }
    return passed({ report, container, replays: replaysOf(asked, contract) })
  } finally {
    watch.abort()
  }
}
