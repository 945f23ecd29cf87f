import type { Host } from '../host/host.ts'

/** Statuses after which the same request may well succeed; everything else is the registry's last word. */
export const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

const transientErrors = /ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|socket hang up|aborted|timed out/i

const textOf = (error: unknown): string => {
  const code = (error as { code?: unknown }).code
  return `${typeof code === 'string' ? code : ''} ${error instanceof Error ? error.message : String(error)}`
}

/** Whether the same may well succeed in a moment: the connection failed, or broke. */
export function isTransientError(error: unknown): boolean {
  return transientErrors.test(textOf(error))
}

const firstPause = 500
const longestPause = 15_000
/** How often a server may ask for no pause before it gets one all the same. */
const patientTries = 5
/** Trouble that began so long ago (ms) and is still there is no bad minute any more; some more than that minute. */
export const patience = 65_000
/** A server that asks for a longer pause (ms) is not waited for. */
export const longestAsked = 120_000
/** Where nothing comes for so long (ms), the trouble began then and not only when it was seen. */
export const silence = 60_000

/** Milliseconds that a server asks to wait by `Retry-After` (RFC 9110: seconds, or a date); undefined when it does not. */
export function askedPause(retryAfter: string | undefined, now: number): number | undefined {
  const date = retryAfter !== undefined && /[a-z]/i.test(retryAfter) ? Date.parse(retryAfter) - now : Number.NaN
  const asked = retryAfter !== undefined && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : date
  return Number.isFinite(asked) ? Math.max(0, asked) : undefined
}

/**
 * Milliseconds to wait before try number `tries` (from 1): anything up to a ceiling that doubles (full jitter, so that jobs
 * that were thrown out together do not come back together), or what the server asked for.
 */
export function pauseBefore(tries: number, retryAfter: string | undefined, now: number, random: number): number {
  return askedPause(retryAfter, now) ?? Math.min(longestPause, firstPause * 2 ** (tries - 1)) * random
}

/** `progress`: some of what was to be done is done, so the trouble is a new one. */
export type Attempt<T> =
  | Readonly<{ kind: 'done'; value: T }>
  | Readonly<{ kind: 'again'; value: T; retryAfter?: string | undefined; progress?: boolean }>

/**
 * Tries until it is done, or a try that began when the patience was over has failed, too (then the last value or error is
 * the result), or `signal` says stop. The time that a try takes is none of the patience; only that of trouble is.
 * An error that is not transient is thrown at once.
 */
export async function withRetry<T>(
  host: Pick<Host, 'now' | 'sleep'>,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Attempt<T>>,
): Promise<T> {
  let since: number | undefined
  for (let tries = 1; ; tries++) {
    const began = host.now()
    let outcome: Attempt<T> | undefined
    let failure: unknown
    try {
      outcome = await attempt()
      if (outcome.kind === 'done') return outcome.value
    } catch (error) {
      if (signal?.aborted || !isTransientError(error)) throw error
      failure = error
    }
    const now = host.now()
    const hung = failure !== undefined && /timed out/i.test(textOf(failure))
    if (outcome?.kind === 'again' && outcome.progress) {
      since = undefined
      tries = 1
    }
    const isLast = since !== undefined && began - since >= patience
    since ??= hung ? Math.max(began, now - silence) : now
    const asked = pauseBefore(tries, outcome?.kind === 'again' ? outcome.retryAfter : undefined, now, Math.random())
    if (isLast || asked > longestAsked) {
      if (outcome) return outcome.value
      throw failure
    }
    // A server that asks for no pause, again and again, gets one.
    await host.sleep(tries > patientTries ? Math.max(asked, pauseBefore(tries - patientTries, undefined, now, 0.5)) : asked, signal)
  }
}
