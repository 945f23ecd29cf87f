import type { ImageConfig } from '../build/image.ts'
import { messageOf } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { sanitiseLine } from '../host/sanitise.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { failed, type Outcome, passed, stopped } from '../outcome.ts'
import { awaitService } from './await-service.ts'
import { type Container, lastLines, postMortem, untilStopped } from './container.ts'
import type { Contract } from './contract.ts'
import { judgeAnswer } from './expect.ts'
import { notReady } from './not-ready.ts'
import type { Exchange, SmokeReport } from './smoke-report.ts'
import { stayUp } from './stay-up.ts'

const predictTimeoutMs = 60_000
const largestAnswer = 1 << 20
const bodyShown = 2_000

async function askPredict(host: Host, url: string, body: string, headers: Contract['headers']): Promise<Exchange | string> {
  const start = host.now()
  try {
    const answer = await host.request({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body,
      timeoutMs: predictTimeoutMs,
      maxBytes: largestAnswer,
    })
    return { path: new URL(url).pathname, status: answer.status, ms: host.now() - start, body: new TextDecoder().decode(answer.body) }
  } catch (error) {
    return messageOf(error)
  }
}

const notYet = [502, 503, 504]
const againMs = 200

/** Asks for a prediction until the answer is not that it is too early for one: of a server that tells its health by nothing else. */
async function untilPredicts(
  host: Host,
  ask: () => Promise<Exchange | string>,
  untilMs: number,
  signal: AbortSignal,
): Promise<Exchange | string> {
  for (;;) {
    const answer = await ask()
    if (typeof answer === 'string' || !notYet.includes(answer.status) || host.now() >= untilMs || signal.aborted) return answer
    await host.sleep(againMs, signal).catch(() => undefined)
  }
}

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
): Promise<Outcome<SmokeReport>> {
  const watch = new AbortController()
  const death = untilStopped(host, started.name, env, AbortSignal.any([watch.signal, signal]))
  try {
    if (!expected.http) return await stayUp(host, started, expected, env, death, signal)
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
    if (smoke.predictBody === undefined) return passed({ ...seen, compared: false })

    const dead = death.then(() => 'ended' as const)
    const { path } = contract.predict
    const body = smoke.predictBody
    const ask = () => askPredict(host, container.baseUrl + path, body, contract.headers)
    const untilMs = host.now() + contract.startTimeoutMs - readiness.afterMs
    const asking = good?.proof === 'listening' ? untilPredicts(host, ask, untilMs, AbortSignal.any([watch.signal, signal])) : ask()
    const predict = await Promise.race([asking, dead])
    if (signal.aborted) return stopped
    if (predict === 'ended') return await postMortem(host, container.name, env)
    if (typeof predict === 'string') {
      // A server that dies while it answers breaks the connection a moment before the engine says so.
      const died = await Promise.race([dead, host.sleep(500).then(() => 'alive' as const)])
      if (died === 'ended') return await postMortem(host, container.name, env)
      return failed('predict-timeout', `POST ${path} gave no answer (${predict}).`, await lastLines(host, container.name, env))
    }
    const told = [
      `POST ${path} ${smoke.predictBody.slice(0, bodyShown)}`,
      `answered ${predict.status}: ${predict.body.slice(0, bodyShown)}`,
    ]
    if (predict.status < 200 || predict.status >= 300) {
      return failed('predict-failed', `POST ${path} answered ${predict.status}.`, [
        ...told,
        ...(await lastLines(host, container.name, env)),
      ])
    }
    // A protocol may answer 200 and say in the body that it failed.
    const refused = contract.predict.answer === undefined ? [] : judgeAnswer({ kind: 'json', value: contract.predict.answer }, predict.body)
    if (refused[0]) {
      const { path: at, got, expected: wanted } = refused[0]
      return failed('predict-failed', `POST ${path} answered ${predict.status}, but ${at} is ${got}, not ${wanted}.`, [
        ...told,
        ...(await lastLines(host, container.name, env)),
      ])
    }
    const found = smoke.expectation ? judgeAnswer(smoke.expectation, predict.body) : []
    const [first] = found
    if (first) {
      return failed('predict-mismatch', `POST ${path}: ${first.path} is ${first.got}, expected ${first.expected}.`, [
        ...found.slice(0, 20).map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`),
        ...told,
      ])
    }
    return passed({ ...seen, predict, compared: smoke.expectation !== undefined })
  } finally {
    watch.abort()
  }
}
