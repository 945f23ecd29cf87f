import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** How much may be read between two collections (bytes). */
const step = 4 << 20

type Collect = (options: Readonly<{ type: 'minor' }>) => void
let collect: Collect | undefined
let read = 0

/**
 * Counts what was read from children, and has V8 collect its young generation every few MiB. Left to itself it
 * does so by the size of its own heap, on which the buffers of a stream hardly weigh: 1 GB of output then
 * takes 100 MB and more before the first is freed, with this about 30, in the same time.
 */
export function countRead(bytes: number): void {
  read += bytes
  if (read < step) return
  read = 0
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as Collect
  }
  collect({ type: 'minor' })
}
