import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createTarReader } from '../../../src/inspect/layers/tar.ts'

type Read = Readonly<{ path: string; bytes: number; text: string }>

function read(archive: Uint8Array, piece = archive.length, most = 1 << 20): readonly Read[] {
  const files: Read[] = []
  const reader = createTarReader(most, ({ path, bytes, head }) => files.push({ path, bytes, text: Buffer.from(head).toString('latin1') }))
  for (let at = 0; at < archive.length; at += piece) reader.push(archive.subarray(at, at + piece))
  expect(reader.ended()).toBe(true)
  return files
}

/** A tar archive of these files, by the tar of the machine. */
function pack(files: Readonly<Record<string, string>>, ...args: readonly string[]): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-tar-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text, 'latin1')
    }
    return execFileSync('tar', ['--create', '--directory', folder, '--sort=name', ...args, '.'], { maxBuffer: 64 << 20 })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const long = `${'d'.repeat(90)}/${'e'.repeat(120)}/${'f'.repeat(99)}.txt`

describe('a tar stream', () => {
  test.each(['--format=gnu', '--format=pax', '--format=posix'])('%s: names of every length, in pieces of every length', (format) => {
    const files = { 'a.txt': 'A', empty: '', [long]: 'deep', 'ü/ß.txt': 'text', block: 'x'.repeat(512), more: 'y'.repeat(1_300) }
    const archive = pack(files, format)
    const wanted = Object.entries(files).map(([path, text]) => ({ path: `/${path}`, bytes: text.length, text }))
    for (const piece of [archive.length, 511, 512, 513, 7]) expect(new Set(read(archive, piece))).toEqual(new Set(wanted))
  })
  test('of a large file only its beginning is given, and the next one is found', () => {
    const archive = pack({ a: 'x'.repeat(5_000), b: 'next' })
    expect(read(archive, 700, 100)).toEqual([
      { path: '/a', bytes: 5_000, text: 'x'.repeat(100) },
      { path: '/b', bytes: 4, text: 'next' },
    ])
  })
  test('links and folders are no files', () => {
    expect(read(pack({ 'x/y': '1' }, '--transform=s/y/z/'))).toEqual([{ path: '/x/z', bytes: 1, text: '1' }])
  })
  test('what is none is refused', () => {
    const reader = createTarReader(10, () => {})
    expect(() => reader.push(Buffer.from(`\0${'x'.repeat(2_000)}`))).toThrow('no tar archive')
  })
  test('whatever the files and the pieces are', () => {
    const name = fc.stringMatching(/^[a-z]{1,12}(\/[a-z]{1,12}){0,3}\.f$/)
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, fc.string({ maxLength: 1_500, unit: 'grapheme-ascii' })), {
          selector: ([path]) => path,
          minLength: 1,
          maxLength: 5,
        }),
        fc.integer({ min: 1, max: 2_000 }),
        (files, piece) => {
          const archive = pack(Object.fromEntries(files))
          expect(
            read(archive, piece)
              .map(({ path, text }) => [path.slice(1), text])
              .toSorted(),
          ).toEqual(files.toSorted())
        },
      ),
      { numRuns: 15 },
    )
  })
})
