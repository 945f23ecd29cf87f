import type { Parts } from '../inspect/layers/kept.ts'
import type { RegistryClient } from '../registry/client.ts'
import { storeManifest } from './store-manifest.ts'

type Descriptor = Readonly<{ digest?: string }>
type ManifestJson = Readonly<{ mediaType?: string; config?: Descriptor; layers?: readonly Descriptor[] }>

/**
 * Brings an image into a repository that lacks nothing of it but what was kept of it here: the engine is not asked for
 * bytes that it has handed over before.
 * @param root the digest of its manifest
 * @returns it; undefined where there is more to bring, or the image is an index @throws ActionError
 */
export async function putParts(client: RegistryClient, root: string, parts: Parts): Promise<string | undefined> {
  const body = parts.get(root)
  const { mediaType, config, layers } = body ? (JSON.parse(new TextDecoder().decode(body)) as ManifestJson) : {}
  if (!body || !mediaType || !config || !layers) return undefined
  const named = [...new Set([config, ...layers].map(({ digest = '' }) => digest))]
  if (named.includes('')) return undefined
  // Asked first: where more is missing than is at hand, the engine brings all of it.
  const there = await Promise.all(named.map((digest) => parts.has(digest) || client.hasBlob(digest)))
  if (there.includes(false)) return undefined
  await Promise.all(
    named.map(async (digest) => {
      const part = parts.get(digest)
      if (part) await client.putBlob(digest, part)
    }),
  )
  await storeManifest(client, { digest: root, mediaType, body })
  return root
}
