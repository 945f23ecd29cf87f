import type { ImageConfig } from '../build/image.ts'
import type { Environment, Host } from '../host/host.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { failed, type Outcome, passed, stopped } from '../outcome.ts'
import { judgeAll } from './ask-samples.ts'
import { type Container, lastLines, postMortem, untilStopped } from './container.ts'
import { prove, unprovenText } from './prove.ts'
import { untilHealthy } from './readiness.ts'
import type { Exchange, SmokeReport } from './smoke-report.ts'

/** Of an answer the report keeps so much. */
const bodyKept = 20_000

/**
 * What a running container is put through: it must become healthy, and predict. The first of these that fails is the
 * verdict; a container that ends meanwhile is one at once.
 */
export async function examine(
  host: Host,
  container: Container,
  smoke: SmokeInputs,
  portFrom: string,
  config: ImageConfig,
  say: (line: string) => void,
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
    const dead = death.then(() => 'ended' as const)
    let over = false
    const asked = await Promise.race([prove(host, container, smoke, config, env, say, () => over || signal.aborted), dead])
    over = true
    if (signal.aborted) return stopped
    if (asked === 'ended') return await postMortem(host, container.name, env)
    if (asked.some(({ answer }) => answer === undefined)) {
      // A server that dies while it answers breaks the connection a moment before the engine says so.
      const died = await Promise.race([dead, host.sleep(500).then(() => 'alive' as const)])
      if (died === 'ended') return await postMortem(host, container.name, env)
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
    return passed({
      ...seen,
      ...(answer && sample
        ? { predict: { path: sample.request.path, status: answer.status, ms: answer.ms, body: answer.body.slice(0, bodyKept) } }
        : {}),
      compared: judged.value.some(({ compared, result }) => compared && result === 'passed'),
      ...(judged.value.length > 0 ? { samples: judged.value } : {}),
      ...(unproven === undefined ? {} : { unproven }),
    })
  } finally {
    watch.abort()
  }
}
