import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Flood } from '../../src/host/flood.ts'

function through(chunks: readonly number[], most: number): string {
  let got = ''
  const flood = new Flood({ push: (chunk) => (got += Buffer.from(chunk).toString('latin1')), end: () => (got += '.') }, most)
  let next = 0
  for (const size of chunks) flood.push(Buffer.from(Array.from({ length: size }, () => 97 + (next++ % 26))))
  flood.end()
  return got
}

test('what is not too much passes whole, and its end is told', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 20 }), (chunks) => {
      const size = chunks.reduce((sum, one) => sum + one, 0)
      return through(chunks, size).length === size + 1
    }),
  )
})

test('of too much the beginning and the end are passed, and no more than that', () => {
  const chunks = Array<number>(1_000).fill(10_000)
  const got = through(chunks, 100_000)
  expect(got.length).toBeGreaterThan(100_000 + (256 << 10))
  expect(got.length).toBeLessThan(100_000 + (256 << 10) + 20_001)
  expect(got.endsWith(through([10_000_000], 10_000_000).slice(-1_000))).toBe(true)
})
