import { join } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Files } from '../host/host.ts'
import { normalPlatform } from './platforms.ts'

/** A blob or manifest by its digest. */
export type Part = Readonly<{ digest: string; mediaType: string; bytes: number }>

/** The image of one platform. */
export type Child = Readonly<{ platform: string; digest: string; configDigest: string; compressedBytes: number }>

/** An image or index as an OCI layout, a folder: what another builder has built, once and byte for byte. */
export type Layout = Readonly<{
  folder: string
  /** What is published. */
  root: Part
  children: readonly Child[]
  /** In the order in which a registry takes them: the root last. */
  manifests: readonly Part[]
  /** Layers and configurations, each once. */
  blobs: readonly Part[]
}>

type Descriptor = Readonly<{
  digest: string
  mediaType: string
  size: number
  platform?: Readonly<{ os: string; architecture: string; variant?: string }>
}>
/** What of an index, a manifest or a configuration is read. */
type Json = Readonly<{
  manifests?: readonly Descriptor[]
  config?: Descriptor
  layers?: readonly Descriptor[]
  os?: string
  architecture?: string
  variant?: string
}>

/** Where a layout keeps what has this digest. */
export function blobPath(folder: string, digest: string): string {
  if (!/^sha256:[a-f0-9]{64}$/.test(digest)) throw new ActionError('internal', `"${digest.slice(0, 100)}" is no digest.`)
  return join(folder, 'blobs', 'sha256', digest.slice('sha256:'.length))
}

const partOf = ({ digest, mediaType, size }: Descriptor): Part => ({ digest, mediaType, bytes: size })

/** Reads the layout whose image has the digest `wanted`. @throws ActionError internal when it is not whole */
export function readLayout(files: Pick<Files, 'readText'>, folder: string, wanted: string): Layout {
  const read = (path: string): Json => {
    const text = files.readText(path)
    if (text === undefined) throw new ActionError('internal', `The builder left no whole image: ${path} is missing.`)
    return JSON.parse(text) as Json
  }
  const top = read(join(folder, 'index.json')).manifests?.find(({ digest }) => digest === wanted)
  if (!top) throw new ActionError('internal', `The builder left another image than ${wanted}, which it says it built.`)
  const children: Child[] = []
  const manifests: Part[] = []
  const blobs = new Map<string, Part>()
  const visit = (descriptor: Descriptor): void => {
    const json = read(blobPath(folder, descriptor.digest))
    for (const child of json.manifests ?? []) visit(child)
    const { config, layers = [] } = json
    if (config) {
      for (const part of [config, ...layers]) blobs.set(part.digest, partOf(part))
      const platform = descriptor.platform ?? read(blobPath(folder, config.digest))
      const { os = 'unknown', architecture = 'unknown', variant } = platform
      // An attestation is filed under unknown/unknown.
      if (os !== 'unknown')
        children.push({
          platform: normalPlatform([os, architecture, ...(variant ? [variant] : [])].join('/')),
          digest: descriptor.digest,
          configDigest: config.digest,
          compressedBytes: [config, ...layers].reduce((sum, { size }) => sum + size, 0),
        })
    }
    manifests.push(partOf(descriptor))
  }
  visit(top)
  return { folder, root: partOf(top), children, manifests, blobs: [...blobs.values()] }
}
