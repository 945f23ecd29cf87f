import { bytesText, callText, count } from '../../amounts.ts'
import type { Environment, Host } from '../../host/host.ts'
import { failed, type Outcome, passed, stopped } from '../../outcome.ts'
import { inspect, postMortem } from '../container.ts'
import type { Examined } from '../examine.ts'
import type { SmokeReport } from '../smoke-report.ts'
import { askPeak, readPeak } from './memory.ts'
import { measureWarm, type Warm } from './warm.ts'

/** What a run of the image costs; times in ms. */
export type Measured = Readonly<{
  /** From the start of the container to its first good answer. */
  coldStart: number
  firstPredict?: number
  warm?: Warm
  /** Bytes, with the page cache. */
  peakMemory?: number
}>

/** Clocks of two machines differ; of one, the engine is no further ahead of us than this (ms). */
const longestLead = 10_000

/** From the start of the container by the engine's clock, where that is ours; else from when we began to ask, at `at`. */
export function coldStartOf(at: number, startedAt: number | undefined, firstAnswerMs: number): number {
  const lead = startedAt === undefined ? Number.NaN : at - startedAt
  return Math.round(firstAnswerMs + (lead >= 0 && lead <= longestLead ? lead : 0))
}

/**
 * Measures a container whose answers were good: its start, its predictions when warm, its memory. Red is what is slower
 * than `max-latency`, and a server that dies of being asked again.
 */
export async function measure(
  host: Host,
  { report, container, replays }: Examined,
  at: number,
  maxLatencyMs: number | undefined,
  env: Environment,
  signal: AbortSignal,
): Promise<Outcome<SmokeReport>> {
  if (!report.health) return passed(report)
  const { pid = 0, id = '' } = container
  const near = readPeak(host, pid, id) !== undefined
  const [warm, far] = await Promise.all([
    replays.length > 0 ? measureWarm(host, container.baseUrl, replays, maxLatencyMs, signal) : undefined,
    near ? undefined : askPeak(host, container.name, env),
  ])
  if (signal.aborted) return stopped
  if (warm && warm.failed > 0) {
    const found = await inspect(host, container.name, env)
    if (!found?.State.Running) return await postMortem(host, container.name, env)
  }
  const peakMemory = near ? readPeak(host, pid, id) : far
  const measured: Measured = {
    coldStart: coldStartOf(at, container.startedAt, report.health.ms),
    ...(report.predict ? { firstPredict: report.predict.ms } : {}),
    ...(warm ? { warm } : {}),
    ...(peakMemory === undefined ? {} : { peakMemory }),
  }
  const slow = maxLatencyMs === undefined ? undefined : tooSlow(warm, maxLatencyMs)
  return slow === undefined ? passed({ ...report, measured }) : failed('latency-exceeded', slow, [measuredText(measured)])
}

function tooSlow(warm: Warm | undefined, maxLatencyMs: number): string | undefined {
  if (!warm || (warm.p95 !== null && warm.p95 <= maxLatencyMs)) return undefined
  const calls = `${warm.calls} ${warm.calls === 1 ? 'call' : 'calls'}`
  if (warm.p95 === null)
    return `${warm.failed} of ${calls} failed when the sample was asked again: no 95th percentile within ${maxLatencyMs} ms.`
  return `Warm predictions take ${warm.p95} ms (95th percentile of ${calls}), max-latency is ${maxLatencyMs} ms.`
}

const ms = (value: number | null) => (value === null ? 'failed' : callText(value))

/** One line of all that was measured. */
export function measuredText({ coldStart, firstPredict, warm, peakMemory }: Measured): string {
  const calls = warm ? `${count(warm.calls, 'call')}, one at a time${warm.failed > 0 ? `, ${warm.failed} failed` : ''}` : ''
  return [
    `first good answer after ${callText(coldStart)}`,
    ...(firstPredict === undefined ? [] : [`first prediction ${callText(firstPredict)}`]),
    ...(warm ? [`warm p50 ${ms(warm.p50)}, p95 ${ms(warm.p95)}, p99 ${ms(warm.p99)} (${calls})`] : []),
    ...(peakMemory === undefined ? [] : [`peak memory ${bytesText(peakMemory)}`]),
  ].join(', ')
}
