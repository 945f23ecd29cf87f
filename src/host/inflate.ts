import { Readable, type Transform } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { countRead } from './collect.ts'

const options = { chunkSize: 1 << 20 }

/** What undoes the compression that the first bytes of a stream tell (RFC 1952, RFC 8878). */
function undoing(first: Uint8Array): Transform | undefined {
  if (first[0] === 0x1f && first[1] === 0x8b) return createGunzip(options)
  if (first[0] === 0x28 && first[1] === 0xb5 && first[2] === 0x2f && first[3] === 0xfd) return createZstdDecompress(options)
  return undefined
}

/** With what was read so far collected in time. */
async function* counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    countRead(piece.length, 'stream')
    yield piece
  }
}

/** As `Host.inflate`. Its work is done by threads of Node's own, beside everything else. */
export async function* inflate(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = counted(source)[Symbol.asyncIterator]()
  // So many bytes tell the compression; they may come one by one.
  let first: Uint8Array = new Uint8Array()
  while (first.length < 4) {
    const next = await pieces.next()
    if (next.done) break
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value])
  }
  if (first.length === 0) return
  const begun = async function* (): AsyncGenerator<Uint8Array> {
    yield first
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value
  }
  const transform = undoing(first)
  if (!transform) {
    yield* begun()
    return
  }
  const input = Readable.from(begun(), { objectMode: false, highWaterMark: 1 << 20 })
  input.on('error', (error) => transform.destroy(error))
  yield* counted(input.pipe(transform) as AsyncIterable<Uint8Array>)
}
