import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { discard } from './disk.ts'
import { realFiles } from './files.ts'
import type { Host } from './host.ts'
import { request } from './http.ts'
import { inflate } from './inflate.ts'
import { capture, letGo, stream } from './process.ts'
import { openRelay } from './relay.ts'

/** What a runner and a laptop have in common: the machine. Temporary folders are made below `tempRoot`. */
export function machine(
  tempRoot: string,
): Pick<
  Host,
  | 'hostname'
  | 'runId'
  | 'files'
  | 'now'
  | 'sleep'
  | 'capture'
  | 'letGo'
  | 'stream'
  | 'request'
  | 'relay'
  | 'cloudToken'
  | 'discard'
  | 'inflate'
> {
  return {
    hostname: hostname(),
    runId: randomBytes(6).toString('hex'),
    files: realFiles(tempRoot),
    now: () => Date.now(),
    sleep: async (ms, signal) => void (await sleep(ms, undefined, signal ? { signal } : {})),
    capture,
    letGo,
    stream,
    request,
    relay: openRelay,
    cloudToken: async (asked) => (await import('./clouds.ts')).cloudToken(asked),
    discard,
    inflate,
  }
}
