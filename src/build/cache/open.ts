import { cacheServiceEnvironment, cacheServiceGiven } from '../../host/environment.ts'
import type { Environment, Host } from '../../host/host.ts'
import type { Event } from '../../plan/event.ts'
import { parseImageName } from '../../plan/image-name.ts'
import type { Access } from '../../plan/plan.ts'
import type { CacheFolders } from './arguments.ts'
import type { CacheChoice, LayerCache } from './choose.ts'
import { openLocalCache } from './folder.ts'
import { type CacheDoor, openCacheDoor } from './gha/door.ts'
import { probeRegistry, probeService } from './probe.ts'

/** A layer cache as a build uses it; `cache` is none where what was chosen does not answer. */
export type OpenCache = Readonly<{
  cache: LayerCache
  notice?: string
  folders?: CacheFolders
  /** For the buildx client alone. */
  environment: Environment
  door?: Pick<CacheDoor, 'traffic' | 'trouble'>
  /** Aborted when the builder would wait in vain for what it reads: it is to build without. */
  broken?: AbortSignal
  /** After a green build. */
  keep?: () => Promise<void>
}>

const usesService = (cache: LayerCache) =>
  cache.kind === 'gha' || (cache.kind === 'given' && [...cache.from, ...cache.to].some((entry) => /type=gha\b/.test(entry)))

/** On a tag only what the default branch wrote is read: the tag itself never writes. */
function onlyScope({ ref, defaultBranch }: Event): Readonly<{ only?: string }> {
  return ref.kind === 'tag' && defaultBranch !== undefined ? { only: `refs/heads/${defaultBranch}` } : {}
}

/**
 * Gets the chosen cache ready. A builder on this machine reaches the cache service through our relay, which bounds
 * every call; for another the service is asked once beforehand, and given only if it answers. The same for a registry.
 */
export async function openCache(
  host: Host,
  choice: CacheChoice,
  event: Event,
  near: boolean,
  scope: AsyncDisposableStack,
  notice: (text: string) => void,
  access: ReadonlyMap<string, Access> = new Map(),
): Promise<OpenCache> {
  const { cache } = choice
  const without = (trouble: string): OpenCache => ({
    cache: { kind: 'none' },
    notice: `The layer cache could not be used, the build goes on without: ${trouble}.`,
    environment: {},
  })
  if (cache.kind === 'local') {
    const { folders, keep } = await openLocalCache(host, cache.scope, cache.write, notice)
    return { cache, folders, keep, environment: {} }
  }
  if (cache.kind === 'image') {
    const { openImageCache } = await import('./image.ts')
    const opened = scope.use(await openImageCache(host, cache.references, access, near))
    return { cache: { ...cache, references: opened.references }, environment: {}, door: opened, broken: opened.broken }
  }
  if (cache.kind === 'registry') {
    const { registry } = parseImageName(cache.reference.replace(/:[^:/]+$/, ''))
    const trouble = await probeRegistry(host, cache.reference, access.get(registry)?.transport)
    return trouble === undefined ? { cache, environment: {} } : without(trouble)
  }
  if (!usesService(cache) || !cacheServiceGiven(host.env)) return { cache, environment: {} }
  if (near) {
    const rights = cache.kind === 'gha' ? { read: cache.read, write: cache.write } : { read: true, write: true }
    const door = scope.use(await openCacheDoor(host, { ...rights, ...(cache.kind === 'gha' ? onlyScope(event) : {}) }))
    return { cache, environment: door.environment, door }
  }
  const trouble = await probeService(host)
  return trouble === undefined ? { cache, environment: cacheServiceEnvironment(host.env) } : without(trouble)
}
