import { ActionError } from '../errors.ts'
import type { Host } from '../host/host.ts'

/** Why `signal` has ended the push: what it says itself, or that the run was cancelled. */
export function endOf(signal: AbortSignal): ActionError {
  const reason: unknown = signal.reason
  return reason instanceof ActionError ? reason : new ActionError('cancelled', 'The run was cancelled while the image was pushed.')
}

/**
 * Lets `use` have `ms` for all it asks of registries: then its requests and pauses end with push-timeout, and its signal
 * says so. They share connections, as they all go to a few registries. A cancel ends the signal alone: tags that are being moved are still looked after.
 */
export async function withinDeadline<T>(
  host: Host,
  ms: number,
  cancel: AbortSignal,
  use: (timed: Host, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ended = new AbortController()
  const over = new AbortController()
  const timer = host.sleep(ms, ended.signal).then(
    () => over.abort(new ActionError('push-timeout', `Publishing took longer than push-timeout (${ms / 1000} s).`)),
    () => undefined,
  )
  const orOver = (signal?: AbortSignal) => (signal ? AbortSignal.any([signal, over.signal]) : over.signal)
  const told = (error: unknown): never => {
    throw over.signal.aborted ? over.signal.reason : error
  }
  const timed: Host = {
    ...host,
    request: (asked) => host.request({ ...asked, reuse: true, signal: orOver(asked.signal) }).catch(told),
    sleep: (pause, signal) => host.sleep(pause, orOver(signal)).catch(told),
  }
  try {
    return await use(timed, orOver(cancel))
  } finally {
    ended.abort()
    await timer
  }
}
