import type { Host } from '../host/host.ts'
import { nameText } from '../plan/image-name.ts'
import type { Arrived } from './set-tags.ts'

/** Hands the digest of each name over to what attests the build: actions/attest finds it without being told. */
export function declareArtifacts(host: Pick<Host, 'declareArtifact'>, arrived: readonly Arrived[]): void {
  for (const { name, image } of arrived) host.declareArtifact(`oci://${nameText(name)}@${image.digest}`)
}
