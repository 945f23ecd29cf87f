import { ActionError } from '../errors.ts'
import type { Manifest, RegistryClient } from '../registry/client.ts'

/** Stores a manifest under its digest, and no tag. @throws ActionError digest-mismatch where the registry says that it took another */
export async function storeManifest(client: RegistryClient, manifest: Manifest): Promise<void> {
  const stored = await client.putManifest(manifest.digest, manifest)
  if (stored !== '' && stored !== manifest.digest)
    throw new ActionError('digest-mismatch', `The registry stored ${stored} instead of ${manifest.digest}.`)
}
