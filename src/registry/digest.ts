import { createHash } from 'node:crypto'

/** `sha256:` and the hash of bytes (of a text: in UTF-8), as registries name manifests and blobs (OCI image spec, descriptor). */
export function digestOf(content: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}
