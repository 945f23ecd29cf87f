import type { Host, RelayRules } from '../../../host/host.ts'
import { answer, type Body } from './answer.ts'
import { type CacheTraffic, createBlobs } from './blobs.ts'
import { createCalls } from './calls.ts'
import { createIndexes } from './index-entry.ts'
import { type CacheServiceClient, twirp } from './service.ts'

export type CacheRelayOptions = Readonly<{
  /** The token that BuildKit shows; see `relayToken`. */
  token: string
  /** Random text for the name of a blob. */
  nonce: () => string
  /** `false`: what is there already is not asked for (a job with cache-mode write-only may not). */
  read: boolean
  write: boolean
}>

export type CacheRelay = Readonly<{ rules: (origin: () => string) => RelayRules; traffic: CacheTraffic }>

const older = '/_apis/artifactcache/'

/**
 * The rules of a door between BuildKit and the cache service. Calls are made by us, with limits, and with the token,
 * which BuildKit never gets; blobs pass through. What the index of the cache names is looked up while the build runs,
 * and an index that says what the old one said is not written again: an export of nothing new costs no round trip.
 */
export function createCacheRelay(
  host: Pick<Host, 'request' | 'now' | 'sleep'>,
  service: CacheServiceClient,
  options: CacheRelayOptions,
): CacheRelay {
  const traffic: CacheTraffic = { lookups: 0, found: 0, downloaded: 0, uploaded: 0 }
  const { token, nonce, read, write } = options
  const unavailable = () => answer(503, { code: 'unavailable', msg: service.trouble() ?? 'the cache service fails' })

  const rules = (origin: () => string): RelayRules => {
    const indexes = createIndexes()
    // For the export, which asks for one after the other.
    const onLayers = (keys: readonly string[], version: string) => write && calls.foresee(keys, version)
    const blobs = createBlobs({ host, service, indexes, traffic, origin, nonce, onLayers })
    const calls = createCalls({ host, service, indexes, blobs, count: (what) => traffic[what]++, read, write })
    return {
      location: (location) => location,
      route: async (request) => {
        const [path = ''] = request.path.split('?')
        const blob = blobs.find(path)
        if (service.trouble() !== undefined) return blob ? answer(400) : unavailable()
        try {
          if (blob) return await blobs.pass(request, blob)
          if (request.headers['authorization'] !== `Bearer ${token}`) return answer(401, { code: 'unauthenticated', msg: 'not ours' })
          if (path.startsWith(twirp))
            return await calls.ask(path.slice(twirp.length), JSON.parse(new TextDecoder().decode(await request.readBody())) as Body)
          if (path.startsWith(older)) return await calls.askOlder(request)
          return answer(404, { code: 'bad_route', msg: 'no such call' })
        } catch {
          return blob ? answer(400) : unavailable()
        }
      },
    }
  }
  return { rules, traffic }
}
