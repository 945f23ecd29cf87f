/** A clock that stands still while anything is being done and jumps to the next sleeper when nothing is. */
export interface VirtualClock {
  readonly now: () => number
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

type Sleeper = { readonly at: number; readonly wake: () => void }

export function createClock(start = Date.UTC(2026, 0, 2, 3, 4, 5)): VirtualClock {
  let sleepers: readonly Sleeper[] = []
  let now = start
  let driving = false

  // One sleeper a turn of the event loop, so that all promises settle before the next one wakes.
  const drive = () => {
    const [next] = sleepers.toSorted((a, b) => a.at - b.at)
    driving = next !== undefined
    if (!next) return
    sleepers = sleepers.filter((sleeper) => sleeper !== next)
    now = Math.max(now, next.at)
    next.wake()
    setImmediate(drive)
  }

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const aborted = () => reject(Object.assign(new Error('The operation was aborted'), { name: 'AbortError' }))
        if (signal?.aborted) return aborted()
        const onAbort = () => {
          sleepers = sleepers.filter((other) => other !== sleeper)
          aborted()
        }
        const sleeper: Sleeper = {
          at: now + ms,
          wake: () => {
            signal?.removeEventListener('abort', onAbort)
            resolve()
          },
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        sleepers = [...sleepers, sleeper]
        if (driving) return
        driving = true
        setImmediate(drive)
      }),
  }
}
