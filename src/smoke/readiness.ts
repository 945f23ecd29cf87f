import { messageOf } from '../errors.ts'
import type { Host } from '../host/host.ts'

/** How the wait for a first good answer ended. */
export type Readiness =
  | Readonly<{ kind: 'ready'; afterMs: number; status: number }>
  | Readonly<{ kind: 'late'; lastStatus?: number; lastBody?: string; lastError?: string }>
  | Readonly<{ kind: 'ended' }>

/** Every 50 ms for 10 s, then 100 ms (spec: noticed within 100 ms). */
const eager = { everyMs: 50, forMs: 10_000 }
const patientMs = 100
/** Also bounds how many probes are under way: one that hangs never delays the next. */
const probeTimeoutMs = 5_000

/**
 * Asks `url` again and again until it answers 2xx, the time is over, or `ended` settles (the container stopped, or
 * the run). Probes overlap.
 */
export async function untilHealthy(
  host: Pick<Host, 'request' | 'sleep' | 'now'>,
  url: string,
  timeoutMs: number,
  ended: Promise<unknown>,
): Promise<Readiness> {
  const start = host.now()
  const stop = new AbortController()
  let last: Omit<Extract<Readiness, { kind: 'late' }>, 'kind'> = {}
  let found: Readiness | undefined

  const probe = async () => {
    try {
      const answer = await host.request({ method: 'GET', url, timeoutMs: probeTimeoutMs, maxBytes: 64 << 10, signal: stop.signal })
      if (answer.status >= 200 && answer.status < 300) found ??= { kind: 'ready', afterMs: host.now() - start, status: answer.status }
      else last = { lastStatus: answer.status, lastBody: new TextDecoder().decode(answer.body.subarray(0, 500)) }
    } catch (error) {
      if (!stop.signal.aborted && last.lastStatus === undefined) last = { lastError: messageOf(error) }
    } finally {
      if (found) stop.abort()
    }
  }
  const gone = ended.then(() => {
    found ??= { kind: 'ended' }
    stop.abort()
  })

  while (!found) {
    const waited = host.now() - start
    if (waited >= timeoutMs) break
    void probe()
    await Promise.race([host.sleep(waited < eager.forMs ? eager.everyMs : patientMs, stop.signal).catch(() => undefined), gone])
  }
  stop.abort()
  return found ?? { kind: 'late', ...last }
}
