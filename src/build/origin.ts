import type { Manifest, RegistryClient } from '../registry/client.ts'

/** An image as it is in a registry, whole: all that another place needs to have the same. */
export type Origin = Readonly<{
  client: RegistryClient
  /** What it is called by. */
  root: Manifest
  /** Of the images of an index, attestations too, and of the root: it is the last, as a registry takes it. */
  manifests: readonly Manifest[]
  /** Layers and configurations, each once. */
  blobs: readonly Readonly<{ digest: string; bytes: number }>[]
}>
