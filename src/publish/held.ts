import { ActionError } from '../errors.ts'
import { movingTagsLabel } from '../plan/labels.ts'
import type { Manifest, RegistryClient } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'
import { type Pedigree, readPedigree } from './pedigree.ts'

/** An image that a tag holds, or is to hold: byte for byte, so that it can be put again. */
export type Held = Readonly<{ digest: string; manifest: Manifest; pedigree: Pedigree }>

/** What a tag or digest holds now; undefined when there is none. What was read once is not read again. */
export type ReadHeld = (reference: string) => Promise<Held | undefined>

type Child = Readonly<{ digest?: string; platform?: Readonly<{ os?: string }> }>
type Labels = Readonly<Record<string, string>>
type ManifestJson = Readonly<{ config?: Readonly<{ digest?: string }>; manifests?: readonly Child[]; annotations?: Labels }>
type ConfigJson = Readonly<{ architecture?: string; config?: Readonly<{ Labels?: Readonly<Record<string, string>> | null }> }>

const parse = <T>(body: Uint8Array): T => JSON.parse(new TextDecoder().decode(body)) as T

async function manifestOf(client: RegistryClient, digest: string): Promise<Manifest | undefined> {
  const manifest = await client.getManifest(digest)
  if (manifest && digestOf(manifest.body) !== digest)
    throw new ActionError('digest-mismatch', `The registry answers ${digestOf(manifest.body)} where ${digest} was asked for.`)
  return manifest ? { ...manifest, digest } : undefined
}

/** What an image says of itself, and the machine it is for: undefined for an index of several. */
export type Said = Readonly<{ labels: Labels; architecture: string | undefined }>

/**
 * The labels of an image; of an index, those of the first child that runs somewhere (attestations do not), and over them
 * the annotations of one that a merge has made: it set the tags, with inputs of its own.
 */
export async function labelsOf(client: RegistryClient, manifest: Manifest): Promise<Labels> {
  return (await saidBy(client, manifest)).labels
}

/** The same, with the machine it is for. */
export async function saidBy(client: RegistryClient, manifest: Manifest): Promise<Said> {
  const json = parse<ManifestJson>(manifest.body)
  const child = json.manifests?.find(({ platform }) => platform?.os !== 'unknown')?.digest
  const image = child === undefined ? json : parse<ManifestJson>((await manifestOf(client, child))?.body ?? new TextEncoder().encode('{}'))
  const config = image.config?.digest === undefined ? undefined : await client.getBlob(image.config.digest)
  const merged = json.annotations?.[movingTagsLabel] === undefined ? {} : json.annotations
  const said = config && parse<ConfigJson>(config)
  return { labels: { ...said?.config?.Labels, ...merged }, architecture: child === undefined ? said?.architecture : undefined }
}

/** Reads what the tags of one repository hold; images that are not of `source` say nothing of themselves. Labels that cannot be read are none: the image says nothing of itself. */
export function createReader(client: RegistryClient, source: string | undefined): ReadHeld {
  const known = new Map<string, Held>()
  return async (reference) => {
    const digest = await client.head(reference)
    const before = digest === undefined ? undefined : known.get(digest)
    if (digest === undefined || before) return before
    const manifest = await manifestOf(client, digest)
    if (!manifest) return undefined
    const held = { digest, manifest, pedigree: readPedigree(await labelsOf(client, manifest).catch(() => ({})), source) }
    known.set(digest, held)
    return held
  }
}
