import { setFlagsFromString } from 'node:v8'

/**
 * Bodies of layers go through this process, and each 64 MB of them begin a collection. Of a heap as small as ours one at a
 * stretch takes 5 ms; in steps, beside threads that mark, it takes five times the work, when the model is starting.
 */
export function collectAtAStretch(): void {
  setFlagsFromString('--no-incremental-marking')
}
