import type { Host } from '../../host/host.ts'
import type { Replay } from '../replay.ts'
import { percentile } from './percentile.ts'

/** Repeated predictions of a server that has answered before, one at a time; times in ms, null where calls failed. */
export type Warm = Readonly<{
  calls: number
  /** Of these, not answered with 2xx. */
  failed: number
  concurrency: 1
  p50: number | null
  p95: number | null
  p99: number | null
  /** Each call that was answered, in its turn. */
  times?: readonly number[]
}>

/** Enough for percentiles; the tests may still run beside it. A limit is held against more. */
const mostCalls = 40
const mostCallsForLimit = 100
/** A fast server is done by then; a slow one is not waited for. */
export const boxMs = 250
/** With a limit there are enough calls for its percentile, if they are as fast as it says. */
const callsForLimit = 20
const longestBoxMs = 10_000

/** How long may be measured: longer where there is a limit to be held. */
export function warmBudget(maxLatencyMs: number | undefined): number {
  return maxLatencyMs === undefined
    ? boxMs
    : Math.min(Math.max(boxMs, callsForLimit * maxLatencyMs), Math.max(longestBoxMs, maxLatencyMs + boxMs))
}

const shown = (ms: number): number | null => (Number.isFinite(ms) ? Math.round(ms * 10) / 10 : null)

/**
 * Sends the requests again, in turn and one at a time, until there are forty answers, a hundred with a limit, or the time is over. A call that
 * failed counts as one without end; one that is broken off because the time is over counts with the time it had, if that
 * is above the limit. Undefined when nothing came back.
 */
export async function measureWarm(
  host: Pick<Host, 'request' | 'now' | 'sleep' | 'workspace'>,
  baseUrl: string,
  replays: readonly Replay[],
  maxLatencyMs: number | undefined,
  signal: AbortSignal,
): Promise<Warm | undefined> {
  const stop = new AbortController()
  const until = AbortSignal.any([stop.signal, signal])
  const over = host.sleep(warmBudget(maxLatencyMs), until).then(
    () => stop.abort(),
    () => undefined,
  )
  const took: number[] = []
  let failed = 0
  const most = maxLatencyMs === undefined ? mostCalls : mostCallsForLimit
  while (took.length < most && !until.aborted) {
    const replay = replays[took.length % replays.length]
    if (!replay) break
    const start = host.now()
    const answer = await replay.send(host, baseUrl, until)
    if (typeof answer !== 'string' && answer.status >= 200 && answer.status < 300) {
      took.push(answer.ms)
    } else if (until.aborted) {
      const had = host.now() - start
      if (maxLatencyMs !== undefined && had > maxLatencyMs && !signal.aborted) took.push(had)
    } else {
      failed++
      took.push(Number.POSITIVE_INFINITY)
    }
  }
  stop.abort()
  await over
  if (took.length === 0) return undefined
  const sorted = took.toSorted((a, b) => a - b)
  const [p50, p95, p99] = [50, 95, 99].map((p) => shown(percentile(sorted, p)))
  const times = took.flatMap((ms) => shown(ms) ?? [])
  return { calls: took.length, failed, concurrency: 1, p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null, times }
}
