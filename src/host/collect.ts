import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** So much may be read from children (bytes) between two collections, and so much of what only passes by. */
const steps = { output: 4 << 20, stream: 16 << 20 } as const

type Collect = (options: Readonly<{ type: 'minor' }>) => void
let collect: Collect | undefined
/** What was read since the last one, as a share of its step. */
let read = 0

/**
 * Counts what was read, and has V8 collect its young generation every few MiB. Left to itself it does so by the size of
 * its own heap, on which the buffers of a stream hardly weigh: 1 GB of output then takes 100 MB and more before the first
 * is freed, with this about 30, in the same time; and it marks all of the heap for every 16 MB of a layer that passes by,
 * which on the way of an image of 180 MB through search, cache and push was a fifth of this process's time.
 */
export function countRead(bytes: number, kind: keyof typeof steps = 'output'): void {
  read += bytes / steps[kind]
  if (read < 1) return
  read = 0
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as Collect
  }
  collect({ type: 'minor' })
}
