import { killAll } from './process.ts'

/** The runner gives 7.5 s after its first signal; a run that is not out by then leaves the rest to `post` (ms). */
const patience = 6_500

/** Aborts on the first SIGINT or SIGTERM; if the run is not over soon, everything is killed and the process leaves. */
export function cancelOnSignal(): AbortSignal {
  const cancel = new AbortController()
  const onSignal = () => {
    if (cancel.signal.aborted) return
    cancel.abort()
    setTimeout(() => {
      killAll()
      process.exit(3)
    }, patience).unref()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return cancel.signal
}
