import { messageOf } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { failed, type Outcome, passed, stopped } from '../outcome.ts'
import { type Container, lastLines, postMortem, untilStopped } from './container.ts'
import { judgeAnswer } from './expect.ts'
import { runHealthcheck } from './healthcheck.ts'
import { untilHealthy } from './readiness.ts'
import type { Exchange, SmokeReport } from './smoke-report.ts'

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

/**
 * What a running container is put through: it must become healthy, and predict. The first of these that fails is the
 * verdict; a container that ends meanwhile is one at once.
 */
export async function examine(
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
    // Beside the prediction, which it does not hold up.
    const until = AbortSignal.any([watch.signal, signal])
    const check = container.healthcheck && runHealthcheck(host, container.name, container.healthcheck, env, until)
    check?.catch(() => {})
    const checked = async (report: SmokeReport): Promise<Outcome<SmokeReport>> => {
      const own = await check
      return own === undefined || own.kind === 'passed' ? passed(report) : own.kind === 'failed' ? own : stopped
    }
    if (smoke.predictBody === undefined) return await checked({ ...seen, compared: false })

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
    return await checked({ ...seen, predict, compared: smoke.expectation !== undefined })
  } finally {
    watch.abort()
  }
}
