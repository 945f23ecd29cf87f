import type { Sought } from '../../previous/find.ts'
import { digestOf } from '../../registry/digest.ts'
import { type Named, readManifest } from '../layers/source.ts'
import type { ImageJson } from '../surfaces.ts'
import { type Before, platformOf } from './weigh.ts'

type Child = Readonly<{ digest?: string; platform?: ImageJson }>

/** More platforms than an image is built for. */
const mostPlatforms = 12

const textOf = (body: Uint8Array) => new TextDecoder().decode(body)

/**
 * What the image before this one weighs, by its manifests: of an index that is one request for each platform, and no layer is
 * pulled. Undefined of what is no image. @throws ActionError
 */
export async function weighBefore(sought: Extract<Sought, { kind: 'found' }>): Promise<Before | undefined> {
  const { client, manifest, reference, digest, architecture } = sought.image
  const text = textOf(manifest.body)
  const { manifests } = JSON.parse(text) as Readonly<{ manifests?: readonly Child[] }>
  const images = new Map<string, readonly Named[]>()
  if (!manifests && architecture !== undefined) images.set(platformOf({ architecture }), readManifest(text, digest).layers)
  // An attestation is filed under unknown/unknown.
  const children = (manifests ?? []).filter(({ platform }) => platform?.os !== undefined && platform.os !== 'unknown')
  await Promise.all(
    children.slice(0, mostPlatforms).map(async ({ digest: wanted = '', platform = {} }) => {
      const child = await client.getManifest(wanted)
      if (child && digestOf(child.body) === wanted) images.set(platformOf(platform), readManifest(textOf(child.body), wanted).layers)
    }),
  )
  return images.size > 0 ? { reference, digest, images } : undefined
}
