import type { Host } from '../../host/host.ts'
import type { Search } from '../leaks/search.ts'
import { type LayerReading, readLayer } from './layer.ts'
import type { Take } from './source.ts'

/** A layer with more than this, compressed, is one of weights: it is not looked into (bytes). */
export const largestLayer = 256 << 20
/** So long at most (ms). */
export const longestSearch = 30_000

/** What was found in the layers that have come, by digest. */
export interface Readings extends AsyncDisposable {
  readonly take: Take
  readonly of: ReadonlyMap<string, LayerReading>
  /** Aborted when the time for all of them is over. */
  readonly over: AbortSignal
}

/** Begins the time in which layers are read. */
export function openReadings(host: Host, search: Search, signal: AbortSignal): Readings {
  const readings = new Map<string, LayerReading>()
  const over = new AbortController()
  const done = new AbortController()
  const limit = host.sleep(longestSearch, AbortSignal.any([done.signal, signal])).then(
    () => over.abort(),
    () => undefined,
  )
  return {
    take: async (digest, body) => {
      if (!over.signal.aborted) readings.set(digest, await readLayer(host, body, search, true))
    },
    of: readings,
    over: over.signal,
    [Symbol.asyncDispose]: async () => {
      done.abort()
      await limit
    },
  }
}
