import type { Host } from '../host/host.ts'

/** Statuses after which the same request may well succeed; everything else is the registry's last word. */
export const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

const transientErrors = /ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|socket hang up|aborted|timed out/i

export function isTransientError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return transientErrors.test(`${typeof code === 'string' ? code : ''} ${error instanceof Error ? error.message : String(error)}`)
}

const firstPause = 500
const longestPause = 15_000
/** How often a server may ask for no pause before it gets one all the same. */
const patientTries = 5
/** How long one request is tried again before it is given up (ms). */
export const patience = 60_000

/** Milliseconds to wait before try number `tries` (from 1): doubling, with jitter, or what the server asked for. */
export function pauseBefore(tries: number, retryAfter: string | undefined, now: number, random: number): number {
  const date = retryAfter !== undefined && /[a-z]/i.test(retryAfter) ? Date.parse(retryAfter) - now : Number.NaN
  const asked = retryAfter !== undefined && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : date
  // Longer than there is patience is longer: the caller gives up instead of asking before it may.
  if (Number.isFinite(asked)) return Math.max(0, asked)
  const ceiling = Math.min(longestPause, firstPause * 2 ** (tries - 1))
  return ceiling / 2 + (ceiling / 2) * random
}

export type Attempt<T> = Readonly<{ kind: 'done'; value: T }> | Readonly<{ kind: 'again'; value: T; retryAfter?: string | undefined }>

/**
 * Tries until it is done, the patience is over (then the last value or error is the result), or `signal` says stop.
 * An error that is not transient is thrown at once.
 */
export async function withRetry<T>(
  host: Pick<Host, 'now' | 'sleep'>,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Attempt<T>>,
): Promise<T> {
  const start = host.now()
  for (let tries = 1; ; tries++) {
    let outcome: Attempt<T> | undefined
    let failure: unknown
    try {
      outcome = await attempt()
      if (outcome.kind === 'done') return outcome.value
    } catch (error) {
      if (signal?.aborted || !isTransientError(error)) throw error
      failure = error
    }
    const asked = pauseBefore(tries, outcome?.kind === 'again' ? outcome.retryAfter : undefined, host.now(), Math.random())
    // A server that asks for no pause, again and again, gets one.
    const pause = tries > patientTries ? Math.max(asked, pauseBefore(tries - patientTries, undefined, host.now(), 0)) : asked
    if (host.now() + pause - start > patience) {
      if (outcome) return outcome.value
      throw failure
    }
    await host.sleep(pause, signal)
  }
}
