import { normalPlatform } from '../build/platforms.ts'
import { ActionError } from '../errors.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import type { GateRecord } from '../publish/record.ts'
import type { Manifest, RegistryClient } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'

/** An entry of an index (OCI image spec, descriptor). */
export type Descriptor = Readonly<{
  mediaType: string
  digest: string
  size: number
  platform?: Platform
  annotations?: Readonly<Record<string, string>>
}>
type Platform = Readonly<{ os: string; architecture: string; variant?: string; 'os.version'?: string }>

/** The image of one platform, with its record and what belongs to it. */
export type Part = Readonly<{
  platform: string
  /** First the image itself, then its attestations. */
  entries: readonly [Descriptor, ...Descriptor[]]
  /** The commit that its labels name; empty when they name none. */
  revision: string
  record: GateRecord
}>

type Index = Readonly<{ manifests?: readonly Descriptor[] }>
type Image = Readonly<{ config?: Readonly<{ digest?: string }> }>
type Config = Partial<Platform> & Readonly<{ config?: Readonly<{ Labels?: Readonly<Record<string, string>> | null }> }>

const parse = <T>(body: Uint8Array): T => JSON.parse(new TextDecoder().decode(body)) as T
const attestationOf = 'vnd.docker.reference.digest'

/** @throws ActionError digest-ungated when the registry does not have it, digest-mismatch when it has something else */
async function manifestOf(client: RegistryClient, name: ImageName, digest: string): Promise<Manifest> {
  const manifest = await client.getManifest(digest)
  if (!manifest)
    throw new ActionError('digest-ungated', `${nameText(name)} does not have ${digest}, of which a record says that it is gated.`)
  const actual = digestOf(manifest.body)
  if (actual !== digest) throw new ActionError('digest-mismatch', `${nameText(name)} answers ${actual} where ${digest} was asked for.`)
  return { ...manifest, digest }
}

async function configOf(client: RegistryClient, { digest, body }: Manifest): Promise<Config> {
  const config = parse<Image>(body).config?.digest
  const blob = config === undefined ? undefined : await client.getBlob(config)
  if (!blob) throw new ActionError('digest-mismatch', `${digest} is not the manifest of an image.`)
  return parse<Config>(blob)
}

const textOf = ({ os, architecture, variant }: Platform) => normalPlatform([os, architecture, ...(variant ? [variant] : [])].join('/'))

async function partOf(
  client: RegistryClient,
  manifest: Manifest,
  entry: Omit<Descriptor, 'platform'> & Readonly<{ platform?: Platform }>,
  attestations: readonly Descriptor[],
  record: GateRecord,
): Promise<Part> {
  const { os = 'linux', architecture = 'unknown', variant, 'os.version': version, config } = await configOf(client, manifest)
  const own = { architecture, os, ...(variant ? { variant } : {}), ...(version ? { 'os.version': version } : {}) }
  const platform = entry.platform ?? own
  return {
    platform: textOf(platform),
    entries: [{ ...entry, platform }, ...attestations],
    revision: config?.Labels?.['org.opencontainers.image.revision'] ?? '',
    record,
  }
}

/** The platforms of an image that is gated: one of a plain manifest, of an index each, with their attestations. */
export async function partsOf(client: RegistryClient, name: ImageName, record: GateRecord): Promise<readonly Part[]> {
  const root = await manifestOf(client, name, record.image)
  const { manifests } = parse<Index>(root.body)
  if (!manifests) {
    const entry = { mediaType: root.mediaType, digest: root.digest, size: root.body.length }
    return [await partOf(client, root, entry, [], record)]
  }
  // Attestations are filed under unknown/unknown, and name what they are about.
  const images = manifests.filter(({ platform }) => platform?.os !== 'unknown')
  return await Promise.all(
    images.map(async (entry) => {
      const attestations = manifests.filter(({ annotations }) => annotations?.[attestationOf] === entry.digest)
      return await partOf(client, await manifestOf(client, name, entry.digest), entry, attestations, record)
    }),
  )
}
