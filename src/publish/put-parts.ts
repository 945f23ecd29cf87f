import { ActionError } from '../errors.ts'
import type { Parts } from '../inspect/layers/kept.ts'
import type { RegistryClient } from '../registry/client.ts'

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
  const bring = async ({ digest }: Descriptor): Promise<boolean> => {
    if (digest === undefined) return false
    const part = parts.get(digest)
    if (!part) return await client.hasBlob(digest)
    await client.putBlob(digest, part)
    return true
  }
  const there = await Promise.all([config, ...layers].map(bring))
  if (there.includes(false)) return undefined
  const stored = await client.putManifest(root, { digest: root, mediaType, body })
  if (stored !== '' && stored !== root) throw new ActionError('digest-mismatch', `The registry stored ${stored} instead of ${root}.`)
  return root
}
