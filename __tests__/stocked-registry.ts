import { createLayout } from './a-layout.ts'
import { createFakeRegistry, type FakeRegistry } from './fake-registry.ts'

export const made = createLayout('/l')
export const indexType = 'application/vnd.oci.image.index.v1+json'
const manifestType = 'application/vnd.oci.image.manifest.v1+json'

/** A registry that holds an index of two platforms and an attestation. */
export function stocked(): FakeRegistry {
  const registry = createFakeRegistry()
  for (const [path, text] of Object.entries(made.files)) {
    const digest = `sha256:${path.split('/').at(-1)}`
    const json = text.startsWith('{') ? (JSON.parse(text) as { config?: { digest?: string }; manifests?: object }) : {}
    if (json.manifests || json.config?.digest)
      registry.manifests.set(`acme/iris@${digest}`, {
        mediaType: json.manifests ? indexType : manifestType,
        body: new TextEncoder().encode(text),
      })
    else registry.blobs.set(digest, text)
  }
  return registry
}
