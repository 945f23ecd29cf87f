import { describe, expect, test } from '@jest/globals'
import { movingTags, notesOf, parseTag } from '../../script/release.ts'

describe('a tag of a release', () => {
  test.each([
    ['v1.2.3', { numbers: [1, 2, 3], pre: false }],
    ['v10.0.0-rc.1', { numbers: [10, 0, 0], pre: true }],
  ])('%s', (tag, version) => expect(parseTag(tag)).toEqual(version))
  test.each(['v1', 'v1.2', '1.2.3', 'v1.2.3.4', 'v1.2.3-', 'latest'])('%s is none', (tag) =>
    expect(() => parseTag(tag)).toThrow(`${tag} is no tag of a release`),
  )
})

describe('the tags that follow', () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['v1.0.0', ['v1.0.0'], ['v1', 'v1.0']],
    ['v1.2.3', ['v1', 'v1.2', 'v1.2.2', 'v1.2.3', 'v0.9.0'], ['v1', 'v1.2']],
    ['v1.2.3', ['v1.2.3', 'v1.3.0'], ['v1.2']],
    ['v1.2.3', ['v1.2.3', 'v1.2.4'], []],
    ['v1.2.9', ['v1.2.9', 'v1.2.10'], []],
    ['v1.10.0', ['v1.9.0', 'v1.10.0'], ['v1', 'v1.10']],
    ['v1.9.5', ['v1.9.5', 'v2.0.0'], ['v1', 'v1.9']],
    ['v2.0.0-rc.1', ['v1.0.0', 'v2.0.0-rc.1'], []],
    ['v1.2.3', ['v1.2.3', 'v1.3.0-rc.1', 'v1.2.3-rc.2'], ['v1', 'v1.2']],
  ])('%s among %j: %j', (tag, all, moving) => expect(movingTags(tag, all)).toEqual(moving))
})

describe('the notes', () => {
  const changelog =
    '# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-02-03\n\n### Added\n\n- One.\n\n## [1.0.0] - 2026-01-02\n\n- Two.\n\n[1.1.0]: https://x\n'
  test('are the section of the version, without its heading', () => {
    expect(notesOf(changelog, 'v1.1.0')).toBe('### Added\n\n- One.')
    expect(notesOf(changelog, 'v1.0.0')).toBe('- Two.')
  })
  test.each(['v1.2.0', 'v1.1', 'vUnreleased'])('%s: there are none', (tag) =>
    expect(() => notesOf(changelog, tag)).toThrow(`CHANGELOG.md says nothing of ${tag.slice(1)}`),
  )
})
