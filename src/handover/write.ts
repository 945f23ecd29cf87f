import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { blobPath, readLayout } from '../build/layout.ts'
import { ActionError, messageOf } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import { dockerPush, withTag } from '../publish/carry.ts'
import type { Gated } from '../publish/gated.ts'
import { proveSame } from '../publish/publish.ts'
import { type GateRecord, recordArtifact, recordType } from '../publish/record.ts'
import type { Manifest } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'
import { isOwnLayout } from './own-layout.ts'
import type { LayoutPlace } from './place.ts'
import { type Arrived, savingRules } from './saving-rules.ts'

type Root = NonNullable<Arrived['root']>

/** A layout that was written: what it holds, its bytes on disk, and those of the image alone (compressed). */
export type Written = Readonly<{ digest: string; bytes: number; compressedBytes: number }>

/** What is written beside the image: the record of its gates, and the name that other tools find the image by. */
export type Beside = Readonly<{ recordFor: (digest: string) => GateRecord; refName: string | undefined }>

/** From the engine, as it would push: each layer is written once, as it comes. */
async function fromEngine(host: Host, image: Gated, folder: string, env: Environment, signal: AbortSignal): Promise<Root> {
  const arrived: Arrived = {}
  const door = randomUUID()
  await using relay = await host.relay(savingRules(host.files, folder, door, host.runId, arrived))
  const reference = `127.0.0.1:${relay.port}/${door}:${host.runId}`
  const { exitCode, said } = await withTag(host, image, reference, env, () => dockerPush(host, reference, env, signal))
  if (relay.requests() === 0)
    throw new ActionError(
      'push-failed',
      `The engine is on another machine and does not reach this one (${said.split('\n').at(-1) ?? ''}): use push: digest, or a builder, whose layout is here anyway.`,
    )
  if (exitCode !== 0 || !arrived.root)
    throw new ActionError('push-failed', `The engine did not give the image away: ${said.split('\n').at(-1) ?? ''}`)
  return arrived.root
}

/** From a layout that is here already: that of another builder, or the one the image was taken from. */
async function fromLayout(
  host: Host,
  { folder: from, root, blobs, manifests }: NonNullable<Gated['layout']>,
  folder: string,
): Promise<Root> {
  for (const { digest } of [...blobs, ...manifests]) {
    await host.files.copy(blobPath(from, digest), blobPath(folder, digest))
    const actual = `sha256:${await host.files.digest(blobPath(folder, digest))}`
    if (actual !== digest) throw new ActionError('digest-mismatch', `${digest} has changed on this machine: its bytes are now ${actual}.`)
  }
  return { digest: root.digest, mediaType: root.mediaType, size: root.bytes }
}

/** From a registry, as it is there. */
async function fromRegistry(host: Host, { client, root, manifests, blobs }: NonNullable<Gated['origin']>, folder: string): Promise<Root> {
  for (const { digest, body } of manifests)
    host.files.writeText(blobPath(folder, digest), new TextDecoder('utf-8', { ignoreBOM: true }).decode(body))
  for (const { digest } of blobs)
    if (!(await client.saveBlob(digest, blobPath(folder, digest))))
      throw new ActionError('digest-mismatch', `${digest}, a layer of ${root.digest}, is not to be had any more.`)
  return { digest: root.digest, mediaType: root.mediaType, size: root.body.length }
}

/** Whether each part is there, as long as it is said to be. @throws ActionError push-failed */
function measure(host: Host, folder: string, digest: string): number {
  const { blobs, manifests } = readLayout(host.files, folder, digest)
  let bytes = 0
  for (const part of [...blobs, ...manifests]) {
    if (host.files.stat(blobPath(folder, part.digest))?.bytes !== part.bytes)
      throw new ActionError('push-failed', `The engine did not give away ${part.digest}, which is a part of the image.`)
    bytes += part.bytes
  }
  return bytes
}

/** Puts the folder where it was asked for; what of ours is there from before gives way. */
function settle(host: Host, staging: string, { folder, given }: LayoutPlace): void {
  if (host.files.kind(folder) !== undefined && host.files.list(folder).length > 0) {
    if (!isOwnLayout(host.files, folder)) throw new ActionError('push-failed', `${given} holds something else now: it is not overwritten.`)
    host.files.remove(folder)
  }
  host.files.move(staging, folder)
}

/**
 * Writes a gated image as an OCI layout, the record of its gates beside it. The folder appears when it is whole, and only
 * if it holds what was tested. @throws ActionError push-failed, digest-mismatch
 */
export async function writeLayout(
  host: Host,
  image: Gated,
  place: LayoutPlace,
  { recordFor, refName }: Beside,
  env: Environment,
  signal: AbortSignal,
): Promise<Written> {
  const { files } = host
  const staging = `${place.folder}.${host.runId}`
  host.leave({ kind: 'folder', path: staging })
  try {
    files.makeFolder(join(staging, 'blobs', 'sha256'))
    files.makeFolder(dirname(place.folder))
    const root = image.layout
      ? await fromLayout(host, image.layout, staging)
      : image.origin
        ? await fromRegistry(host, image.origin, staging)
        : await fromEngine(host, image, staging, env, signal)
    const body = new TextEncoder().encode(files.readText(blobPath(staging, root.digest)) ?? '')
    const manifest: Manifest = { digest: root.digest, mediaType: root.mediaType, body }
    const { config, layers = [] } = proveSame(image, manifest)

    const artifact = recordArtifact(recordFor(root.digest), manifest)
    const texts = [...artifact.blobs, artifact.manifest].map((blob) => ({ digest: blob.digest, text: new TextDecoder().decode(blob.body) }))
    for (const { digest, text } of texts) files.writeText(blobPath(staging, digest), text)
    const record = { mediaType: artifact.manifest.mediaType, digest: artifact.manifest.digest, size: artifact.manifest.body.length }
    const annotations = refName === undefined ? {} : { annotations: { 'org.opencontainers.image.ref.name': refName } }
    const index = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        { ...root, ...annotations },
        { ...record, artifactType: recordType },
      ],
    }
    files.writeText(join(staging, 'index.json'), JSON.stringify(index))
    files.writeText(join(staging, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
    for (const name of files.list(staging)) if (name.startsWith('upload-')) files.remove(join(staging, name))
    const bytes = measure(host, staging, root.digest)
    if (signal.aborted) throw new ActionError('cancelled', 'The run was cancelled while the layout was written.')
    settle(host, staging, place)
    const compressedBytes = [config, ...layers].reduce((sum, part) => sum + (part?.size ?? 0), 0)
    return { digest: digestOf(body), bytes: bytes + texts.reduce((sum, { text }) => sum + text.length, 0), compressedBytes }
  } catch (error) {
    files.remove(staging)
    if (error instanceof ActionError) throw error
    throw new ActionError('push-failed', `The layout ${place.given} cannot be written (${messageOf(error)}).`, { cause: error })
  }
}
