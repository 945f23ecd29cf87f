import { randomUUID } from 'node:crypto'
import { messageOf } from '../../errors.ts'
import type { Host, RelayRules, RelayStep } from '../../host/host.ts'
import { type ImageName, parseImageName } from '../../plan/image-name.ts'
import type { Access } from '../../plan/plan.ts'
import { atHand } from '../../registry/at-hand.ts'
import { createClient, type Manifest, type RegistryClient } from '../../registry/client.ts'
import { memoryOf } from '../../registry/open.ts'
import { isClosed } from '../../registry/registry-error.ts'
import type { CacheTraffic } from './gha/blobs.ts'

/** How long the search for images to read from may take (ms), and how long a layer may stand still on its way. */
const patience = 5_000
const idleMs = 10_000

/** An image in a registry that tells of the steps it was made by, or a cache that another builder keeps there. */
type Source = Readonly<{ client: RegistryClient; name: ImageName; reference: string; manifest: Manifest }>
type ManifestJson = Readonly<{
  config?: Readonly<{ mediaType?: string; digest: string }>
  layers?: readonly Readonly<{ digest: string }>[]
}>

const parse = <T>(body: Uint8Array): T => JSON.parse(new TextDecoder().decode(body)) as T

/** Name and tag of `name:tag`. */
export function splitReference(reference: string): Readonly<{ name: ImageName; tag: string }> {
  const [, name = reference, tag = ''] = /^(.*):([^:/]*)$/.exec(reference) ?? []
  return { name: parseImageName(name), tag }
}

/** What `reference` holds, if BuildKit can read steps from it and none of its layers is missing. */
async function findSource(client: RegistryClient, reference: string): Promise<Source | undefined> {
  const { name, tag } = splitReference(reference)
  const manifest = await client.getManifest(tag)
  if (!manifest) return undefined
  const { config, layers } = parse<ManifestJson>(manifest.body)
  if (!config || !layers) return undefined
  // BuildKit's own names: cache/remotecache/v1/spec.go, exporter/containerimage/exptypes.
  if (!config.mediaType?.includes('buildkit.cacheconfig')) {
    const body = await client.getBlob(config.digest)
    if (!body || !('moby.buildkit.cache.v0' in parse<object>(body))) return undefined
  }
  // The classic store asks for a missing layer again and again for a minute.
  const there = await Promise.all(layers.map(({ digest }) => client.hasBlob(digest, 'pull')))
  return there.every(Boolean) ? { client, name, reference, manifest } : undefined
}

/**
 * The rules of a door from which the engine reads `sources` and nothing else: manifests that were read already, and their
 * blobs with our login, so that the builder needs none. `broke` is told of a blob that does not come.
 */
function doorRules(
  host: Pick<Host, 'now'>,
  sources: ReadonlyMap<string, Source>,
  traffic: CacheTraffic,
  broke: (why: string) => void,
): RelayRules {
  const answer = (status: number, body = ''): RelayStep => ({ kind: 'answer', status, body })
  const brokenOff = new Set<string>()
  const allowed = new Map(
    [...sources].map(([key, { manifest }]) => {
      const { config, layers = [] } = parse<ManifestJson>(manifest.body)
      return [key, new Set([config?.digest, ...layers.map(({ digest }) => digest)])]
    }),
  )
  return {
    route: async ({ method, path }) => {
      if (method !== 'GET' && method !== 'HEAD') return answer(405)
      if (/^\/v2\/?$/.test(path)) return answer(200, '{}')
      const [, key = '', kind, digest = ''] = /^\/v2\/([\w-]+)\/(manifests|blobs)\/(sha256:[a-f0-9]{64})$/.exec(path) ?? []
      const source = sources.get(key)
      if (!source) return answer(404)
      const { client, name, manifest } = source
      if (kind === 'manifests') {
        if (digest !== manifest.digest) return answer(404)
        const headers = { 'content-type': manifest.mediaType, 'docker-content-digest': digest }
        return { kind: 'answer', status: 200, headers, body: new TextDecoder().decode(manifest.body) }
      }
      if (!allowed.get(key)?.has(digest)) return answer(404)
      const headers = await client.authorization('pull')
      const start = host.now()
      const onEnd = ({ status, received }: Readonly<{ status: number; received: number }>) => {
        traffic.downloaded += received
        // 502 may be the engine's own doing: a build that fails elsewhere breaks off what it reads, and does not ask again.
        const silent = received === 0 && host.now() - start >= idleMs
        if (status >= 400 && (status !== 502 || silent || brokenOff.has(digest)))
          broke(`a layer of ${source.reference} cannot be read (${silent ? `nothing came in ${idleMs / 1000} s` : `HTTP ${status}`})`)
        if (status === 502) brokenOff.add(digest)
      }
      return {
        kind: 'forward',
        method,
        url: `${await client.base()}/v2/${name.path}/blobs/${digest}`,
        headers,
        idleMs,
        onEnd,
        ...(client.ca === undefined ? {} : { ca: client.ca }),
      }
    },
    // Where the registry keeps its blobs the engine gets them without us.
    location: (location, sentTo) => new URL(location, sentTo).href,
  }
}

/** Images to read steps from, as the builder finds them. */
export interface ImageCache extends AsyncDisposable {
  readonly references: readonly string[]
  readonly traffic: Readonly<CacheTraffic>
  /** Why it was not read to its end; then `broken` is aborted, too. */
  readonly trouble: () => string | undefined
  readonly broken: AbortSignal
}

/**
 * Looks for what of `references` steps can be read from, and opens a door to it; a builder that is not `near` gets the
 * references themselves. Never throws, and never takes longer than five seconds.
 */
export async function openImageCache(
  host: Host,
  references: readonly string[],
  access: ReadonlyMap<string, Access>,
  near: boolean,
): Promise<ImageCache> {
  const over = new AbortController()
  const found = new AbortController()
  const hurried: Host = {
    ...host,
    // What is read after the search has time.
    request: (asked) => host.request(found.signal.aborted ? asked : { ...asked, signal: over.signal }),
    sleep: (ms) => host.sleep(ms, found.signal.aborted ? undefined : over.signal),
  }
  const broken = new AbortController()
  const traffic: CacheTraffic = { lookups: 0, found: 0, downloaded: 0, uploaded: 0 }
  let trouble: string | undefined
  let unanswered: string | undefined
  const broke = (why: string) => {
    trouble ??= why
    broken.abort()
  }
  void host.sleep(patience, found.signal).then(
    () => over.abort(),
    () => undefined,
  )
  const search = references.map(async (reference) => {
    try {
      const { name } = splitReference(reference)
      const asked = access.get(name.registry)
      return await findSource(
        createClient(hurried, name, atHand(asked, 'pull'), asked?.transport, memoryOf(asked, name.registry)),
        reference,
      )
    } catch (error) {
      // An image that is not ours to read, or not there yet: GHCR answers both alike.
      if (!isClosed(error)) unanswered ??= messageOf(error)
      return undefined
    }
  })
  const all = (await Promise.all(search)).filter((source) => source !== undefined)
  found.abort()
  if (all.length === 0) trouble = unanswered
  const sources = new Map(all.map((source) => [randomUUID(), source]))
  const relay = near && sources.size > 0 ? await host.relay(doorRules(host, sources, traffic, broke)) : undefined
  return {
    references: [...sources].map(([key, { reference, manifest }]) =>
      relay ? `127.0.0.1:${relay.port}/${key}@${manifest.digest}` : reference,
    ),
    traffic,
    trouble: () => trouble,
    broken: broken.signal,
    [Symbol.asyncDispose]: async () => void (await relay?.[Symbol.asyncDispose]()),
  }
}
