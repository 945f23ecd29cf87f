import { ActionError } from '../errors.ts'
import type { Host } from '../host/host.ts'
import { copyBlobs } from '../publish/copy-blobs.ts'
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
  const blobs = [...new Set([...(config ? [config] : []), ...layers].map((part) => part.digest))]
  const cancelled = () => new ActionError('cancelled', 'The run was cancelled while an image was copied.')
  await copyBlobs(host, { blobs, of: digest, from, to }, atOnce, () => (signal.aborted ? cancelled() : undefined))
  await to.putManifest(digest, { ...manifest, digest })
}
