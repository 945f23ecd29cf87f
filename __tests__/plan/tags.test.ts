import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Invalid } from '../../src/inputs/parse.ts'
import type { Event } from '../../src/plan/event.ts'
import { computeTags, parseTagRule, tagFrom } from '../../src/plan/tags.ts'
import { commit, createEvent } from '../builders.ts'

const valid = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/
const branch = (name: string): Partial<Event> => ({ ref: { kind: 'branch', name } })
const tag = (name: string): Partial<Event> => ({ ref: { kind: 'tag', name } })

/** Tags as text, one that moves with a star. */
const tagsOf = (lines: readonly string[], event: Partial<Event>) =>
  computeTags(lines.map(parseTagRule), createEvent(event)).map(({ name, moves }) => name + (moves ? '*' : ''))

describe('without tags, the commit and what the ref is give them; the most telling comes first', () => {
  test.each([
    ['the default branch', branch('main'), ['sha-1f2e3d4', 'latest*']],
    ['another branch', branch('topic'), ['topic*', 'sha-1f2e3d4']],
    ['a branch with a slash', branch('feature/x'), ['feature-x*', 'sha-1f2e3d4']],
    ['a branch, no default known', { ...branch('main'), defaultBranch: 'trunk' }, ['main*', 'sha-1f2e3d4']],
    ['a version', tag('v1.4.2'), ['1.4.2', '1.4*', 'sha-1f2e3d4']],
    ['a version without v', tag('1.4.2'), ['1.4.2', '1.4*', 'sha-1f2e3d4']],
    ['a pre-release, which moves nothing', tag('v1.4.2-rc.1'), ['1.4.2-rc.1', 'sha-1f2e3d4']],
    ['a version with build metadata', tag('v1.4.2+cu121'), ['1.4.2', '1.4*', 'sha-1f2e3d4']],
    ['a tag that is no version', tag('nightly-7'), ['nightly-7', 'sha-1f2e3d4']],
    ['a tag of a folder', tag('iris/v1'), ['iris-v1', 'sha-1f2e3d4']],
    ['a pull request', { ref: { kind: 'pull', number: 7 } } as Partial<Event>, ['pr-7*', 'sha-1f2e3d4']],
    ['no ref', { ref: { kind: 'none' } } as Partial<Event>, ['sha-1f2e3d4']],
    ['nothing known', { ref: { kind: 'none' }, sha: '' } as Partial<Event>, []],
    ['a branch of nothing that a tag may hold', branch('---'), ['sha-1f2e3d4']],
  ])('%s', (_, event, expected) => expect(tagsOf([], event)).toEqual(expected))
})

describe('lines of tags', () => {
  test.each([
    [['type=sha'], branch('main'), ['sha-1f2e3d4']],
    [['type=sha,format=long'], branch('main'), [`sha-${commit}`]],
    [['type=ref,event=branch'], branch('main'), ['main*']],
    [['type=ref,event=branch'], tag('v1'), []],
    [['type=ref,event=tag'], tag('v1.2'), ['v1.2']],
    [['type=ref,event=pr'], { ref: { kind: 'pull', number: 7 } } as Partial<Event>, ['pr-7*']],
    [['type=raw,value=stable'], branch('main'), ['stable*']],
    [['TYPE=raw, value = v2 '], branch('main'), ['v2*']],
    [['v2', 'v2', 'type=sha'], branch('main'), ['v2*', 'sha-1f2e3d4']],
    [['type=defaults', 'edge'], branch('main'), ['sha-1f2e3d4', 'latest*', 'edge*']],
  ])('%j on %j', (lines, event, expected) => expect(tagsOf(lines, event)).toEqual(expected))
  test.each([
    ['type=semver,pattern={{version}}', 'not known here'],
    ['type=', 'not known here'],
    ['type=raw,value=', 'has a tag ""'],
    ['type=raw,value=.hidden', 'has a tag ".hidden"'],
    ['-x', 'has a tag "-x"'],
    ['a b', 'has a tag "a b"'],
    ['a:b', 'has a tag "a:b"'],
    ['ünï', 'has a tag "ünï"'],
    ['x'.repeat(129), 'at most 128'],
    ['type=raw,value=a,enable=true', 'with enable, which type=raw does not take'],
    ['type=sha,format=medium', 'neither short nor long'],
    ['type=sha,value=x', 'with value'],
    ['type=ref', 'none of branch, tag, pr'],
    ['type=ref,event=push', 'none of branch, tag, pr'],
    ['type=defaults,enable=true', 'with enable'],
    ['- type=sha', 'with - type'],
  ])('%s is refused: %s', (line, reason) => {
    expect(() => parseTagRule(line)).toThrow(Invalid)
    expect(() => parseTagRule(line)).toThrow(reason)
  })
  test('128 characters are not too many', () => expect(parseTagRule('x'.repeat(128))).toEqual({ type: 'raw', value: 'x'.repeat(128) }))
})

describe('a name is made a tag', () => {
  test.each([
    ['feature/x', 'feature-x'],
    ['feature/ünïcode', 'feature-n-code'],
    ['a  b', 'a-b'],
    ['v1.0+build5', 'v1.0-build5'],
    ['.hidden', 'hidden'],
    ['-x', 'x'],
    ['_x', '_x'],
    ['$(id)', 'id-'],
    ['`rm -rf /`', 'rm--rf-'],
    ['---', ''],
    ['日本', ''],
  ])('%s -> %s', (name, expected) => expect(tagFrom(name)).toBe(expected))

  const names = fc.string({ unit: fc.constantFrom(...'abXY01./-_ +ü'), maxLength: 400 })
  test('that is valid, or nothing', () => {
    fc.assert(fc.property(names, (name) => tagFrom(name) === '' || valid.test(tagFrom(name))))
  })
  test('that is the same when made again', () => {
    fc.assert(fc.property(names, (name) => tagFrom(tagFrom(name)) === tagFrom(name)))
  })
  test('of at most 128 characters, and two long names that differ anywhere stay two', () => {
    const long = fc.string({ unit: fc.constantFrom(...'ab0.-/'), minLength: 0, maxLength: 60 })
    fc.assert(
      fc.property(long, long, (a, b) => {
        fc.pre(a !== b)
        const stem = 'x'.repeat(128)
        return tagFrom(stem + a) !== tagFrom(stem + b) && tagFrom(`${stem}y${a}`).length === 128
      }),
    )
  })
})

test('whatever the ref and the lines, no tag comes twice and all are valid', () => {
  const line = fc.constantFrom(
    'type=defaults',
    'type=sha',
    'type=sha,format=long',
    'type=ref,event=branch',
    'type=ref,event=tag',
    'v2',
    'latest',
  )
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('branch' as const, 'tag' as const), fc.string(), (lines, kind, name) => {
      const tags = computeTags(lines.map(parseTagRule), createEvent({ ref: { kind, name } }))
      return tags.every((one) => valid.test(one.name)) && new Set(tags.map((one) => one.name)).size === tags.length
    }),
  )
})

test('tags of a version say which, so that one can be compared with another', () => {
  const versions = computeTags([], createEvent({ ref: { kind: 'tag', name: 'v1.4.2' } })).map(({ name, version }) => [name, version?.value])
  expect(versions).toEqual([
    ['1.4.2', '1.4.2'],
    ['1.4', '1.4.2'],
    ['sha-1f2e3d4', undefined],
  ])
})
