import { describe, expect, test } from '@jest/globals'
import type { Pedigree } from '../../src/publish/pedigree.ts'
import { asMerged, asReleased, isOfLine } from '../../src/publish/released.ts'

describe('who releases a version is after', () => {
  test.each([
    ['1.4.2', '1.4', true],
    ['1.4.2', '1', true],
    ['v1.4.2', 'v1', true],
    ['1.4.2-cpu', '1-cpu', true],
    ['1.4.2', 'latest', true],
    ['1.4.2-cpu', 'latest-cpu', true],
    ['1.4.2', '1.5', false],
    ['14.0.0', '1', false],
    ['1.4.2-rc.1', '1.4', false],
    ['1.4.2-rc.1', 'latest', false],
    ['1.4.2-cpu', 'latest', false],
    ['1.4.2', 'latest-cpu', false],
    ['1.4', '1.4', false],
    ['sha-1f2e3d4', 'latest', false],
    ['20261121', 'latest', false],
  ])('%s: %s %s', (name, tag, expected) => expect(isOfLine(name, tag)).toBe(expected))
})

describe('the image under the tag of a version', () => {
  const version = { scheme: 'semver', value: '1.4.2' } as const
  const line = { name: '1.4', moves: true, version }
  const held = (pedigree: Partial<Pedigree>) => ({
    digest: 'sha256:aa',
    manifest: { digest: 'sha256:aa', mediaType: '', body: new Uint8Array() },
    pedigree: { revision: 'f'.repeat(40), version: 'sha-fffffff', movingTags: ['latest'], ...pedigree },
  })
  test('that was promoted is of that version, and after its line', async () =>
    expect((await asReleased('1.4.3', line, held({}))).pedigree).toMatchObject({ version: '1.4.3', movingTags: ['latest', '1.4'] }))
  test('that was released once before is of the later version', async () =>
    expect((await asReleased('1.4.3', line, held({ version: '1.4.0' }))).pedigree.version).toBe('1.4.3'))
  test.each([
    ['that was built for it is what its labels say', '1.4.3', line, { version: '1.4.3' }],
    ['that is of nobody known is so', '1.4.3', line, { revision: '' }],
    ['of another line is not looked at', '1.5.0', line, {}],
    ['is as it was where no version gave the tag', '1.4.3', { name: 'latest', moves: true }, {}],
  ])('%s', async (_, name, tag, { revision = 'f'.repeat(40), ...pedigree }: { revision?: string; version?: string }) => {
    const { revision: known, ...unknown } = held(pedigree).pedigree
    const image = { ...held(pedigree), pedigree: revision === '' ? unknown : { ...unknown, revision: known } }
    expect(await asReleased(name, tag, image)).toBe(image)
  })
})

describe('the image under the tag of a commit', () => {
  const latest = { name: 'latest', moves: true }
  const held = (revision: string) => ({
    digest: 'sha256:aa',
    manifest: { digest: 'sha256:aa', mediaType: '', body: new Uint8Array() },
    pedigree: { revision, movingTags: ['pr-12'] },
  })
  const [head, merge] = ['e'.repeat(40), 'f'.repeat(40)]
  test('that was merged is of that commit, and after the tags of the branch', () =>
    expect(asMerged(merge, latest, held(head)).pedigree).toEqual({ revision: merge, movingTags: ['pr-12', 'latest'] }))
  test.each([
    ['that was built for it is what its labels say', merge, latest, held(merge)],
    ['of no commit of the branch, too', undefined, latest, held(head)],
    ['and where a version gave the tag', merge, { ...latest, version: { scheme: 'semver', value: '1.4.2' } as const }, held(head)],
  ])('%s', (_, commit, tag, image) => expect(asMerged(commit, tag, image)).toBe(image))
})
