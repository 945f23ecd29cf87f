import { randomBytes } from 'node:crypto'
import type { Environment, Host } from '../../../host/host.ts'
import type { CacheTraffic } from './blobs.ts'
import { createCacheRelay } from './relay.ts'
import { createCacheService } from './service.ts'
import { relayToken } from './token.ts'

/** An open door to the cache service: what buildx gets to find it, and what came of it. */
export interface CacheDoor extends AsyncDisposable {
  readonly environment: Environment
  readonly traffic: Readonly<CacheTraffic>
  /** Why the service was asked no more. */
  readonly trouble: () => string | undefined
}

/** `only` is the ref whose scope alone is read, if the token has it. */
export type DoorOptions = Readonly<{ read: boolean; write: boolean; only?: string }>

/** Opens a relay on the loopback between the builder and the cache service of the job. */
export async function openCacheDoor(host: Host, options: DoorOptions): Promise<CacheDoor> {
  const { env } = host
  // As buildx decides it (util/buildflags, cache.go).
  const isNew = /^(1|t|true)$/i.test(env['ACTIONS_CACHE_SERVICE_V2'] ?? '')
  const base = (isNew ? env['ACTIONS_RESULTS_URL'] : env['ACTIONS_CACHE_URL']) || env['ACTIONS_RESULTS_URL'] || ''
  const given = env['ACTIONS_RUNTIME_TOKEN'] ?? ''
  const nonce = () => randomBytes(16).toString('hex')
  const token = relayToken(given, nonce(), options.only)
  const service = createCacheService(host, base, given)
  let port = 0
  const { rules, traffic } = createCacheRelay(host, service, { token, nonce, read: options.read, write: options.write })
  const relay = await host.relay(rules(() => `http://127.0.0.1:${port}`))
  port = relay.port
  const url = `http://127.0.0.1:${port}/`
  return {
    environment: {
      ACTIONS_RUNTIME_TOKEN: token,
      ACTIONS_RESULTS_URL: url,
      ...(isNew ? { ACTIONS_CACHE_SERVICE_V2: 'True' } : { ACTIONS_CACHE_URL: url }),
    },
    traffic,
    trouble: service.trouble,
    [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
  }
}
