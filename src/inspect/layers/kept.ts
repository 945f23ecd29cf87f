import { digestOf } from '../../registry/digest.ts'

/** Parts of an image by digest, as the engine has handed them over. */
export type Parts = ReadonlyMap<string, Uint8Array>

/** Of one part, and of all together (bytes): code and configuration are below, packages and weights above. */
const mostOfOne = 1 << 20
const mostOfAll = 8 << 20

/** Keeps the small parts of an image that is looked into: a push need not ask the engine for them again. */
export interface Keeper {
  readonly keep: (digest: string, bytes: Uint8Array) => void
  /** The body of a part as it comes, with its length (bytes) if that is told; kept if it is small and what its digest says. */
  readonly along: (digest: string, body: AsyncIterable<Uint8Array>, bytes?: number) => AsyncIterable<Uint8Array>
  readonly parts: Parts
}

export function createKeeper(): Keeper {
  const parts = new Map<string, Uint8Array>()
  let sum = 0
  const keep = (digest: string, bytes: Uint8Array): void => {
    if (bytes.length > mostOfOne || sum + bytes.length > mostOfAll || parts.has(digest) || digestOf(bytes) !== digest) return
    sum += bytes.length
    parts.set(digest, bytes)
  }
  async function* along(digest: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const pieces: Uint8Array[] = []
    let bytes = 0
    for await (const piece of body) {
      bytes += piece.length
      if (bytes <= mostOfOne) pieces.push(piece)
      yield piece
    }
    if (bytes <= mostOfOne) keep(digest, Buffer.concat(pieces))
  }
  return { keep, along: (digest, body, bytes) => (bytes !== undefined && bytes <= mostOfOne ? along(digest, body) : body), parts }
}
