import type { Whole } from '../build/brought.ts'
import type { Child } from '../build/layout.ts'
import type { Origin } from '../build/origin.ts'
import { normalPlatform } from '../build/platforms.ts'
import { ActionError } from '../errors.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import { pullRules } from '../previous/pull-rules.ts'
import type { Manifest, RegistryClient } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'

type Platform = Readonly<{ os?: string; architecture?: string; variant?: string }>
type Descriptor = Readonly<{ digest: string; size: number; platform?: Platform }>
type Json = Readonly<{ manifests?: readonly Descriptor[]; config?: Descriptor; layers?: readonly Descriptor[] }>

const parse = <T>(body: Uint8Array): T => JSON.parse(new TextDecoder().decode(body)) as T

/** More manifests than an index of platforms and attestations ever has. */
const mostManifests = 200

/** Reads an image of a registry whole, but for its layers. @throws ActionError image-not-found, digest-mismatch */
export async function openRegistry(
  client: RegistryClient,
  name: ImageName,
  digest: string,
): Promise<Readonly<{ origin: Origin; whole: Whole }>> {
  const where = nameText(name)
  const manifests: Manifest[] = []
  const blobs = new Map<string, { digest: string; bytes: number }>()
  const children: Child[] = []

  const visit = async (wanted: string, said: Platform | undefined): Promise<Manifest> => {
    const found = await client.getManifest(wanted)
    if (!found) throw new ActionError('image-not-found', `${where} does not have ${wanted}.`)
    if (digestOf(found.body) !== wanted)
      throw new ActionError('digest-mismatch', `${where} answers ${digestOf(found.body)} where ${wanted} was asked for.`)
    const json = parse<Json>(found.body)
    if ((json.manifests?.length ?? 0) > mostManifests)
      throw new ActionError('image-not-found', `${where}@${wanted} is no index of an image.`)
    for (const child of json.manifests ?? []) await visit(child.digest, child.platform)
    const { config, layers = [] } = json
    if (config) {
      for (const part of [config, ...layers]) blobs.set(part.digest, { digest: part.digest, bytes: part.size })
      const own = said ?? parse<Platform>((await client.getBlob(config.digest)) ?? new TextEncoder().encode('{}'))
      const { os = 'unknown', architecture = 'unknown', variant } = own
      // An attestation is filed under unknown/unknown.
      if (os !== 'unknown')
        children.push({
          platform: normalPlatform([os, architecture, ...(variant ? [variant] : [])].join('/')),
          digest: wanted,
          configDigest: config.digest,
          compressedBytes: [config, ...layers].reduce((sum, { size }) => sum + size, 0),
        })
    }
    const manifest = { ...found, digest: wanted }
    if (!manifests.some((one) => one.digest === wanted)) manifests.push(manifest)
    return manifest
  }
  const root = await visit(digest, undefined)
  if (children.length === 0) throw new ActionError('image-not-found', `${where}@${digest} is no image of a container.`)
  const configText = async (wanted: string) => {
    const body = await client.getBlob(wanted)
    return body && new TextDecoder().decode(body)
  }
  return {
    origin: { client, root, manifests, blobs: [...blobs.values()] },
    whole: { root: digest, rules: (door) => pullRules(client, name.path, door), children, configText },
  }
}
