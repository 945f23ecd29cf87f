import { createHash } from 'node:crypto'
import type { Host } from '../../host/host.ts'
import { type Hit, isForeign, type Search } from '../leaks/search.ts'
import type { HeldFile } from '../seen.ts'
import { createTarReader } from './tar.ts'

/** Of each file so much is looked at (bytes); of one that is larger and no text, nothing. */
const mostOfFile = 1 << 20
const sniffed = 8192

/** A secret in a file of a layer. */
export type FileHit = Omit<Hit, 'index'> & Readonly<{ path: string }>

/** What a layer held. `diffId` is the digest by which the configuration of the image names it, if it was asked for. */
export type LayerReading = Readonly<{
  diffId?: string
  files: number
  bytes: number
  hits: readonly FileHit[]
  /** Its files, as far as they are kept in mind. */
  held: readonly HeldFile[]
}>

const mostHits = 100
const mostHeld = 200_000

/** Reads a layer once as it comes, and looks into each of its files. One that nothing has `named` is hashed. @throws Error when it is none */
export async function readLayer(host: Host, body: AsyncIterable<Uint8Array>, search: Search, named: boolean): Promise<LayerReading> {
  const hash = named ? undefined : createHash('sha256')
  const hits: FileHit[] = []
  const held: HeldFile[] = []
  let files = 0
  let bytes = 0
  const reader = createTarReader(mostOfFile, ({ path, bytes: size, head }) => {
    files++
    if (held.length < mostHeld) held.push({ path, bytes: size })
    const isBinary = head.subarray(0, sniffed).includes(0)
    // What others have compiled is most of a layer, and nobody has put a secret of ours into it.
    if (isBinary && (size > mostOfFile || isForeign(path))) return
    bytes += head.length
    const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')
    for (const { index: _, ...hit } of search(text, path)) if (hits.length < mostHits) hits.push({ ...hit, path })
  })
  for await (const piece of host.inflate(body)) {
    hash?.update(piece)
    reader.push(piece)
  }
  return { ...(hash ? { diffId: `sha256:${hash.digest('hex')}` } : {}), files, bytes, hits, held }
}
