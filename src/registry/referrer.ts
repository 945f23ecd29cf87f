import { ActionError } from '../errors.ts'
import type { Host } from '../host/host.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import type { Manifest, RegistryClient } from './client.ts'
import { digestOf } from './digest.ts'

type Annotations = Readonly<Record<string, string>>
type Descriptor = Readonly<{ mediaType: string; digest: string; size: number; artifactType?: string; annotations?: Annotations }>
type Blob = Readonly<{ digest: string; mediaType: string; body: Uint8Array }>

/** An artifact about an image (OCI image spec 1.1, "Guidelines for Artifact Usage"): one content, of one type. */
export type Referrer = Readonly<{ manifest: Manifest; blobs: readonly Blob[]; entry: Descriptor }>

const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const indexType = 'application/vnd.oci.image.index.v1+json'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const blobOf = (text: string, mediaType: string): Blob => ({ digest: digestOf(text), mediaType, body: bytesOf(text) })
const described = ({ digest, mediaType, body }: Blob | Manifest): Descriptor => ({ mediaType, digest, size: body.length })

/** The artifact that says `content` of a manifest. */
export function referrerOf(subject: Manifest, type: string, content: string, annotations: Annotations): Referrer {
  const config = blobOf('{}', 'application/vnd.oci.empty.v1+json')
  const layer = blobOf(content, type)
  const json = {
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: type,
    config: described(config),
    layers: [described(layer)],
    subject: described(subject),
    annotations,
  }
  const manifest = blobOf(JSON.stringify(json), manifestType)
  return { manifest, blobs: [config, layer], entry: { ...described(manifest), artifactType: type, annotations } }
}

type Index = Readonly<{ mediaType?: string; manifests?: readonly Descriptor[] }>

function parseIndex(body: Uint8Array): Index | undefined {
  try {
    const index = JSON.parse(new TextDecoder().decode(body)) as Index | null
    return Array.isArray(index?.manifests) ? index : undefined
  } catch {
    return undefined
  }
}

/** What a registry lists as being about an image; undefined where it does not keep such a list (distribution spec 1.1). */
async function listed(host: Host, client: RegistryClient, name: ImageName, digest: string): Promise<ReadonlySet<string> | undefined> {
  const answer = await host.request({
    method: 'GET',
    url: `${await client.base()}/v2/${name.path}/referrers/${digest}`,
    headers: { ...(await client.authorization('pull')), accept: indexType },
    timeoutMs: 15_000,
  })
  const index = answer.status === 200 ? parseIndex(answer.body) : undefined
  return index?.manifests && new Set(index.manifests.map((entry) => entry.digest))
}

/** Tries to write into a list that others write, too. */
const mostTries = 3

/**
 * The list as a tag of its own, for registries that do not keep one ("Referrers Tag Schema"). There is no way to change it
 * in one step: it is asked for afterwards, and written again if another writer was faster.
 */
async function listByTag(client: RegistryClient, name: ImageName, digest: string, entries: readonly Descriptor[]): Promise<void> {
  const tag = digest.replace(':', '-')
  for (let tries = 0; tries < mostTries; tries++) {
    const held = await client.getManifest(tag)
    const before = held ? (parseIndex(held.body)?.manifests ?? []) : []
    const missing = entries.filter((entry) => !before.some((one) => one.digest === entry.digest))
    if (missing.length === 0) return
    const body = bytesOf(JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: [...before, ...missing] }))
    await client.putManifest(tag, { digest: digestOf(body), mediaType: indexType, body })
    const now = await client.getManifest(tag)
    const after = new Set(now ? parseIndex(now.body)?.manifests?.map((entry) => entry.digest) : [])
    if (entries.every((entry) => after.has(entry.digest))) return
  }
  throw new ActionError('push-failed', `${nameText(name)}:${tag} is written by others again and again.`)
}

/** Puts artifacts beside the image they are about, so that whoever asks the registry finds them. @throws ActionError */
export async function attachReferrers(
  host: Host,
  client: RegistryClient,
  name: ImageName,
  digest: string,
  referrers: readonly Referrer[],
): Promise<void> {
  for (const { manifest, blobs } of referrers) {
    for (const blob of blobs) if (!(await client.hasBlob(blob.digest))) await client.putBlob(blob.digest, blob.body)
    await client.putManifest(manifest.digest, manifest)
  }
  const known = await listed(host, client, name, digest)
  if (known && referrers.every(({ manifest }) => known.has(manifest.digest))) return
  await listByTag(
    client,
    name,
    digest,
    referrers.map(({ entry }) => entry),
  )
}
