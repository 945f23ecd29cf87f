import { join } from 'node:path'
import { blobPath, type Layout, readLayout } from '../build/layout.ts'
import { ActionError, messageOf } from '../errors.ts'
import type { Files } from '../host/host.ts'
import { type GateRecord, parseRecord, readArtifact, recordType } from '../publish/record.ts'
import { digestOf } from '../registry/digest.ts'
import { type LayoutPlace, placeText } from './place.ts'

/** A layout that somebody handed over, and what the record beside the image says of its gates. */
export type Handed = Readonly<{ layout: Layout; record?: GateRecord }>

type Reading = Pick<Files, 'readUntrusted'>
type Entry = Readonly<{ digest?: unknown; artifactType?: unknown }>

/** Reads a small blob. @throws ActionError digest-mismatch when it is not what its name says */
function readChecked(files: Reading, path: string): string | undefined {
  const text = files.readUntrusted(path)
  const [, hex] = /\/blobs\/sha256\/([a-f0-9]{64})$/.exec(path) ?? []
  if (text !== undefined && hex !== undefined && digestOf(text) !== `sha256:${hex}`)
    throw new ActionError('digest-mismatch', `sha256:${hex} has changed on its way: its bytes are now ${digestOf(text)}.`)
  return text
}

/** Of several records the first that is about this image. */
function findRecord(files: Reading, folder: string, entries: readonly Entry[], image: string): GateRecord | undefined {
  for (const { digest, artifactType } of entries) {
    if (artifactType !== recordType || typeof digest !== 'string') continue
    const manifest = readChecked(files, blobPath(folder, digest))
    const artifact = manifest === undefined ? undefined : readArtifact(new TextEncoder().encode(manifest))
    const content = artifact?.subject === image ? readChecked(files, blobPath(folder, artifact.content)) : undefined
    const record = content === undefined ? undefined : parseRecord(new TextEncoder().encode(content))
    if (record?.image === image) return record
  }
  return undefined
}

function readEntries(files: Reading, { folder, given }: LayoutPlace): readonly Entry[] {
  const text = files.readUntrusted(join(folder, 'index.json'))
  if (text === undefined) throw new ActionError('layout-unusable', `${given} is no OCI layout: it has no index.json.`)
  return (JSON.parse(text) as { manifests?: readonly Entry[] }).manifests ?? []
}

/**
 * Opens a layout: its one image, or that with the digest `wanted`. Manifests and configurations are held against their
 * digests; layers are not read yet. @throws ActionError layout-unusable, digest-mismatch
 */
export function openLayout(files: Pick<Files, 'readUntrusted' | 'stat'>, place: LayoutPlace, wanted: string | undefined): Handed {
  const { folder } = place
  try {
    const entries = readEntries(files, place)
    const images = entries.filter(({ artifactType }) => artifactType !== recordType)
    const digests = [...new Set(images.flatMap(({ digest }) => (typeof digest === 'string' ? [digest] : [])))]
    const [digest, ...others] = digests.filter((one) => wanted === undefined || one === wanted)
    if (digest === undefined)
      throw new ActionError('layout-unusable', `${placeText(place)} holds no image${wanted === undefined ? '' : ` ${wanted}`}.`)
    if (others.length > 0)
      throw new ActionError(
        'layout-unusable',
        `${placeText(place)} holds ${digests.length} images: say which, as ${placeText(place)}@${digest}.`,
      )
    const layout = readLayout({ readText: (path) => readChecked(files, path) }, folder, digest)
    for (const part of [...layout.blobs, ...layout.manifests]) {
      const bytes = files.stat(blobPath(folder, part.digest))?.bytes
      if (bytes === undefined) throw new ActionError('layout-unusable', `${placeText(place)} lacks ${part.digest}, a part of its image.`)
      if (bytes !== part.bytes)
        throw new ActionError('digest-mismatch', `${part.digest} has changed on its way: it has ${bytes} bytes, not ${part.bytes}.`)
    }
    if (layout.children.length === 0) throw new ActionError('layout-unusable', `${placeText(place)} holds no image that could be run.`)
    const record = findRecord(files, folder, entries, digest)
    return { layout, ...(record ? { record } : {}) }
  } catch (error) {
    if (error instanceof ActionError && error.code !== 'internal') throw error
    throw new ActionError('layout-unusable', `${placeText(place)} is no whole layout (${messageOf(error)}).`, { cause: error })
  }
}

/** Blobs that are read at the same time. */
const atOnce = 2

/** Reads every blob and holds it against its digest. @throws ActionError digest-mismatch */
export async function verifyBlobs(files: Pick<Files, 'digest'>, { folder, blobs }: Layout, signal: AbortSignal): Promise<void> {
  const waiting = blobs.toSorted((a, b) => b.bytes - a.bytes)
  const verify = async (): Promise<void> => {
    for (let blob = waiting.shift(); blob && !signal.aborted; blob = waiting.shift()) {
      const hex = await files.digest(blobPath(folder, blob.digest))
      if (`sha256:${hex}` === blob.digest) continue
      waiting.length = 0
      throw new ActionError(
        'digest-mismatch',
        `${blob.digest} has changed on its way: its bytes are now ${hex === undefined ? 'gone' : `sha256:${hex}`}.`,
      )
    }
  }
  await Promise.all(Array.from({ length: atOnce }, verify))
}
