import { describe, expect, test } from '@jest/globals'
import type { Tag } from '../../src/plan/tags.ts'
import { namesOfCommits, namesOfVersions } from '../../src/publish/announced.ts'

const [one, two] = ['1a2b3c4d5e6f70819203a4b5c6d7e8f901234567', '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432']

describe('tags named by a commit', () => {
  test.each([
    [['sha-1a2b3c4'], ['sha-1a2b3c4']],
    [
      [`sha-${one}`, '1a2b3c4', `git-${one}-cuda`],
      [`sha-${one}`, '1a2b3c4', `git-${one}-cuda`],
    ],
    [
      ['sha-9f8e7d6', 'sha-1a2b3c4'],
      ['sha-1a2b3c4', 'sha-9f8e7d6'],
    ],
    [['latest', 'main', '1.4.2', 'sha-0000000', 'deadbeef', '1a2b3c'], []],
  ])('%j, the order is that of the commits', (names, found) => expect(namesOfCommits(names, [one, two])).toEqual(found))
})

describe('tags named by a higher version', () => {
  const ours = {
    digest: '',
    manifest: { digest: '', mediaType: '', body: new Uint8Array() },
    pedigree: { version: '1.4.2', movingTags: [] },
  }
  const names = ['1.4.1', '1.4.2', '1.4.3', '1.4.10', '1.5.0', '2.0.0', '2.0.0-rc.1', 'latest', 'sha-1a2b3c4', '20261121']
  const of = (tag: Tag) => namesOfVersions(names, tag, ours)
  const version = { scheme: 'semver', value: '1.4.2' } as const
  test('the highest first', async () =>
    expect(await of({ name: 'latest', moves: true, version })).toEqual(['2.0.0', '2.0.0-rc.1', '1.5.0', '1.4.10', '1.4.3']))
  test('of the line first', async () =>
    expect(await of({ name: '1.4', moves: true, version })).toEqual(['1.4.10', '1.4.3', '2.0.0', '2.0.0-rc.1', '1.5.0']))
  test('none for a tag that came from no version', async () => expect(await of({ name: 'latest', moves: true })).toEqual([]))
})
