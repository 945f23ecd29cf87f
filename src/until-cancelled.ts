import { ActionError } from './errors.ts'

/**
 * Waits for something that cannot be broken off, and that leaves nothing behind, only until the run is cancelled.
 * @throws ActionError cancelled
 */
export function untilCancelled<T>(cancel: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new ActionError('cancelled', 'The run was cancelled.'))
    if (cancel.aborted) stop()
    cancel.addEventListener('abort', stop, { once: true })
    void work.then(resolve, reject).finally(() => cancel.removeEventListener('abort', stop))
  })
}
