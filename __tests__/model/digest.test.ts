import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { artefactDigest, lfsPointer } from '../../src/model/digest.ts'

const oid = 'ab'.repeat(32)

describe('one digest for a model', () => {
  test('of no file there is none', () => expect(artefactDigest([])).toBeUndefined())
  test('of one file it is its own, wherever it lies', () => {
    expect(artefactDigest([{ path: 'a', sha256: oid }])).toBe(`sha256:${oid}`)
    expect(artefactDigest([{ path: 'b', sha256: oid }])).toBe(`sha256:${oid}`)
  })
  test('of several that of the list that sha256sum prints', () => {
    const list = `${oid}  B\n${oid}  a/b\n${oid}  é\n`
    const files = ['é', 'a/b', 'B'].map((path) => ({ path, sha256: oid }))
    expect(artefactDigest(files)).toBe(`sha256:${createHash('sha256').update(list).digest('hex')}`)
  })
  test('the order in which they were found is nothing to it', () => {
    const file = fc.record({ path: fc.string({ minLength: 1 }), sha256: fc.constant(oid) })
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: ({ path }) => path }), (files) =>
        expect(artefactDigest([...files].reverse())).toBe(artefactDigest(files)),
      ),
    )
  })
})

describe('a pointer of Git LFS', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 12345\n`
  test.each<readonly [string, string, string | undefined]>([
    ['says what it stands for', pointer, oid],
    ['also with an extension', pointer.replace('oid', `ext-0-foo sha256:${oid}\noid`), oid],
    ['has a version', pointer.replace('version', 'v'), undefined],
    ['has a whole digest', pointer.replace(oid, 'ab'), undefined],
    ['has nothing behind it', `${pointer}more\n`, undefined],
    ['is not empty', '', undefined],
  ])('%s', (_, text, expected) => expect(lfsPointer(text)).toEqual(expected && { sha256: expected, bytes: 12345 }))
})
