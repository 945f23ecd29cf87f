import { join } from 'node:path'
import type { Origin } from '../build/origin.ts'
import { ActionError } from '../errors.ts'
import type { Host } from '../host/host.ts'
import type { RegistryClient } from '../registry/client.ts'

/** Layers on their way at the same time: each lies on this machine's disk meanwhile. */
const atOnce = 3

/**
 * Copies an image byte for byte from its registry to a repository that lacks it: the layers that are not there, through a
 * file each, then the manifests, that of the whole image last. @returns its digest @throws ActionError
 */
export async function copyOrigin(
  host: Host,
  { client: from, root, manifests, blobs }: Origin,
  to: RegistryClient,
  signal: AbortSignal,
): Promise<string> {
  const waiting = blobs.toSorted((a, b) => b.bytes - a.bytes)
  const folder = host.files.makeTemp('copy')
  host.leave({ kind: 'folder', path: folder })
  const send = async (): Promise<void> => {
    for (let blob = waiting.shift(); blob !== undefined; blob = waiting.shift()) {
      if (signal.aborted) throw new ActionError('cancelled', 'The run was cancelled while the image was copied.')
      if (await to.hasBlob(blob.digest)) continue
      const path = join(folder, blob.digest.replace(':', '-'))
      if (!(await from.saveBlob(blob.digest, path)))
        throw new ActionError('digest-mismatch', `${blob.digest}, a layer of ${root.digest}, is not to be had any more.`)
      await to.putBlob(blob.digest, path)
      host.files.remove(path)
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, send))
  } finally {
    // One that is refused ends the others, too.
    waiting.length = 0
    host.files.remove(folder)
  }
  for (const manifest of manifests) {
    const stored = await to.putManifest(manifest.digest, manifest)
    if (stored !== '' && stored !== manifest.digest)
      throw new ActionError('digest-mismatch', `The registry stored ${stored} instead of ${manifest.digest}.`)
  }
  return root.digest
}
