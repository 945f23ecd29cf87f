import { describe, expect, test } from '@jest/globals'
import { createKeeper } from '../../../src/inspect/layers/kept.ts'
import { sha256 } from '../../fake-registry.ts'

const bytes = (length: number, value = 1) => new Uint8Array(length).fill(value)
const megabyte = 1 << 20

async function* inPieces(all: Uint8Array, of = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < all.length; at += of) yield all.subarray(at, at + of)
}

/** Hands a body over and reads it. @returns how much of it was read */
async function hand(
  keeper: ReturnType<typeof createKeeper>,
  body: Uint8Array,
  told: number | undefined,
  digest = sha256(body),
  enough = Infinity,
) {
  let read = 0
  for await (const piece of keeper.along(digest, inPieces(body), told)) {
    read += piece.length
    if (read >= enough) break
  }
  return read
}

test('a small part is kept as it was, and read on by whoever reads it', async () => {
  const keeper = createKeeper()
  const body = bytes(2_500)
  expect(await hand(keeper, body, body.length)).toBe(2_500)
  expect([...keeper.parts]).toEqual([[sha256(body), Buffer.from(body)]])
})

describe('not kept is', () => {
  type Case = Readonly<{ what: string; body: Uint8Array; told?: number; digest?: string; enough?: number }>
  test.each<Case>([
    { what: 'one that is larger', body: bytes(megabyte + 1), told: megabyte + 1 },
    { what: 'one whose length nobody told', body: bytes(10) },
    { what: 'one that is larger than was told', body: bytes(megabyte + 1), told: 10 },
    { what: 'one that is not what its digest says', body: bytes(10), told: 10, digest: sha256('other') },
    { what: 'one that was not read to its end', body: bytes(5_000), told: 5_000, enough: 1_000 },
  ])('$what', async ({ body, told, digest, enough }) => {
    const keeper = createKeeper()
    await hand(keeper, body, told, digest, enough)
    expect(keeper.parts.size).toBe(0)
  })

  test('what would be more than 8 MiB in all', () => {
    const keeper = createKeeper()
    for (let value = 0; value < 10; value++) {
      const body = bytes(megabyte, value)
      keeper.keep(sha256(body), body)
    }
    expect(keeper.parts.size).toBe(8)
  })
})
