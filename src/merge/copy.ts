import { join } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Host } from '../host/host.ts'
import type { RegistryClient } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'

/** Layers on their way at the same time: each lies on this machine's disk meanwhile. */
const atOnce = 2

type Image = Readonly<{ config?: Readonly<{ digest: string }>; layers?: readonly Readonly<{ digest: string }>[] }>

/**
 * Copies an image byte for byte from one repository to another: the layers that it lacks, through a file each, then the
 * manifest. @throws ActionError
 */
export async function copyImage(host: Host, digest: string, from: RegistryClient, to: RegistryClient, signal: AbortSignal): Promise<void> {
  const manifest = await from.getManifest(digest)
  if (!manifest || digestOf(manifest.body) !== digest)
    throw new ActionError('digest-mismatch', `${digest} is not to be had any more from where it was read.`)
  const { config, layers = [] } = JSON.parse(new TextDecoder().decode(manifest.body)) as Image
  const waiting = [...new Set([...(config ? [config] : []), ...layers].map((part) => part.digest))]
  const folder = host.files.makeTemp('copy')
  host.leave({ kind: 'folder', path: folder })
  const send = async (): Promise<void> => {
    for (let blob = waiting.shift(); blob !== undefined; blob = waiting.shift()) {
      if (signal.aborted) throw new ActionError('cancelled', 'The run was cancelled while an image was copied.')
      if (await to.hasBlob(blob)) continue
      const path = join(folder, blob.replace(':', '-'))
      if (!(await from.saveBlob(blob, path)))
        throw new ActionError('digest-mismatch', `${blob}, a layer of ${digest}, is not to be had any more.`)
      await to.putBlob(blob, path)
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
  await to.putManifest(digest, { ...manifest, digest })
}
