import { blobPath, type Layout, type Part } from '../build/layout.ts'
import { ActionError } from '../errors.ts'
import type { Files } from '../host/host.ts'
import type { RegistryClient } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'
import { endOf } from './deadline.ts'
import type { Sent } from './progress.ts'
import { storeManifest } from './store-manifest.ts'

/** Layers on their way at the same time, as many as Docker sends. */
const atOnce = 5

/**
 * Brings a layout into a repository without setting any of its tags: the layers that it lacks, then the manifests, that
 * of the whole image last. @returns its digest @throws ActionError
 */
export async function upload(
  files: Pick<Files, 'readText'>,
  layout: Layout,
  client: RegistryClient,
  signal: AbortSignal,
  sent: Sent = { blobs: 0, bytes: 0 },
): Promise<string> {
  const waiting = layout.blobs.toSorted((a, b) => b.bytes - a.bytes)
  const onSent = (bytes: number) => {
    sent.bytes += bytes
  }
  const send = async (): Promise<void> => {
    for (let blob: Part | undefined = waiting.shift(); blob; blob = waiting.shift()) {
      if (signal.aborted) throw endOf(signal)
      if (await client.hasBlob(blob.digest)) continue
      await client.putBlob(blob.digest, blobPath(layout.folder, blob.digest), onSent)
      sent.blobs++
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, send))
  } finally {
    // One that is refused ends the others, too.
    waiting.length = 0
  }
  for (const { digest, mediaType } of layout.manifests) {
    const body = new TextEncoder().encode(files.readText(blobPath(layout.folder, digest)) ?? '')
    if (digestOf(body) !== digest)
      throw new ActionError('digest-mismatch', `The manifest ${digest} of the build has changed on this machine.`)
    await storeManifest(client, { digest, mediaType, body })
  }
  return layout.root.digest
}
