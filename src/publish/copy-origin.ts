import type { Origin } from '../build/origin.ts'
import type { Host } from '../host/host.ts'
import type { RegistryClient } from '../registry/client.ts'
import { copyBlobs } from './copy-blobs.ts'
import { endOf } from './deadline.ts'
import type { Sent } from './progress.ts'
import { storeManifest } from './store-manifest.ts'

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
  sent?: Sent,
): Promise<string> {
  const largestFirst = blobs.toSorted((a, b) => b.bytes - a.bytes).map(({ digest }) => digest)
  const ended = () => (signal.aborted ? endOf(signal) : undefined)
  await copyBlobs(host, { blobs: largestFirst, of: root.digest, from, to }, atOnce, ended, sent)
  for (const manifest of manifests) await storeManifest(to, manifest)
  return root.digest
}
