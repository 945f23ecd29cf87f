import { killAll } from './process.ts'

/** The runner gives 7.5 s after its first signal. After this time (ms) a run is not waited for any longer... */
const patience = 5_000
/** ... and after this one (ms) neither is its cleaning up, which is left to `post`. */
const cleaning = 1_600

let abandoning = false

/** Returns at once, but where a run is being abandoned: then the process leaves when that is done, and no sooner. */
export async function untilAbandoned(): Promise<void> {
  if (abandoning) await new Promise<never>(() => {})
}

/**
 * Aborts on the first SIGINT or SIGTERM; if the run is not over soon, everything it has started is killed, and the process
 * leaves when it is `abandoned`.
 */
export function cancelOnSignal(abandoned: () => Promise<void>): AbortSignal {
  const cancel = new AbortController()
  const leave = () => process.exit(3)
  const onSignal = () => {
    if (cancel.signal.aborted) return
    cancel.abort()
    setTimeout(() => {
      abandoning = true
      killAll()
      setTimeout(leave, cleaning)
      void abandoned().then(leave, leave)
    }, patience).unref()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return cancel.signal
}
