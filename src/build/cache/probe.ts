import type { Host } from '../../host/host.ts'
import { dockerHub, isLoopback, parseImageName } from '../../plan/image-name.ts'
import type { Transport } from '../../registry/transport.ts'
import { createCacheService } from './gha/service.ts'

/**
 * Whether the cache service answers, asked as BuildKit does, for an entry that is not there. For a builder that cannot
 * be given our relay: what BuildKit waits for holds all its builds, so a service in trouble is not given to it at all.
 * @returns what is wrong; never throws
 */
export async function probeService(host: Pick<Host, 'request' | 'sleep' | 'env'>): Promise<string | undefined> {
  const { env } = host
  if (!/^(1|t|true)$/i.test(env['ACTIONS_CACHE_SERVICE_V2'] ?? '')) return undefined
  const service = createCacheService(host, env['ACTIONS_RESULTS_URL'] ?? '', env['ACTIONS_RUNTIME_TOKEN'] ?? '')
  const key = 'index-probe-1-00000000'
  const body = JSON.stringify({ key, restore_keys: [key], version: '0' })
  await service.call('POST', '/twirp/github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL', body).catch(() => undefined)
  return service.trouble()
}

/** Whether the registry of a cache answers at all within five seconds. @returns what is wrong; never throws */
export async function probeRegistry(
  host: Pick<Host, 'request'>,
  reference: string,
  { ca, plainHttp }: Transport = {},
): Promise<string | undefined> {
  const named = parseImageName(reference.replace(/:[^:/]+$/, '')).registry
  const registry = named === dockerHub ? 'registry-1.docker.io' : named
  const url = `${isLoopback(registry) || plainHttp ? 'http' : 'https'}://${registry}/v2/`
  try {
    const { status } = await host.request({ method: 'GET', url, timeoutMs: 5_000, ...(ca === undefined ? {} : { ca }) })
    return status >= 500 || status === 429 ? `${registry} answers with ${status}` : undefined
  } catch (error) {
    return `${registry}: ${error instanceof Error ? error.message : String(error)}`
  }
}
