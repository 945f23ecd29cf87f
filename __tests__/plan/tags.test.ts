import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isTag, sanitised, tagFrom } from '../../src/plan/tags/fit.ts'
import { plainFlavor } from '../../src/plan/tags/flavor.ts'
import { parseTagRule } from '../../src/plan/tags/rule.ts'
import { faultOf, literalText } from '../../src/plan/tags.ts'
import { type JobName, jobs } from './payloads.ts'
import { tagging } from './tags/tagging.ts'

describe('a tag that came from a version says so', () => {
  test.each<readonly [JobName, string, Readonly<Record<string, unknown>>]>([
    [
      'v1.2.3',
      'type=semver,pattern={{version}}\ntype=semver,pattern={{major}}\ntype=sha',
      { '1.2.3': 'semver 1.2.3', 1: 'semver 1.2.3', 'sha-90dd603': undefined, latest: 'semver 1.2.3' },
    ],
    ['2026.7', 'type=pep440,pattern={{major}}', { 2026: 'pep440 2026.7', latest: 'pep440 2026.7' }],
    ['v1.2.3', 'type=ref,event=tag', { 'v1.2.3': undefined, latest: undefined }],
    ['main', 'type=raw,value=latest', { latest: undefined }],
    ['v1.2.3', 'type=raw,value=1,priority=1\ntype=semver,pattern={{major}}', { 1: 'semver 1.2.3', latest: 'semver 1.2.3' }],
  ])('%s: %s', async (job, tags, expected) => {
    const made = (await tagging(job, { tags })).tags
    const versions = made.map(({ name, version }) => [name, version && `${version.scheme} ${version.value}`])
    expect(Object.fromEntries(versions)).toEqual(expected)
  })
  test('a tag that one line moves and another does not, moves', async () => {
    const { tags } = await tagging('2026.7', { tags: 'type=pep440,pattern={{version}}\ntype=pep440,pattern={{major}}.{{minor}}' })
    expect(tags).toEqual([
      { name: '2026.7', moves: true, version: { scheme: 'pep440', value: '2026.7' } },
      { name: 'latest', moves: true, version: { scheme: 'pep440', value: '2026.7' } },
    ])
  })
})

test('names are listed as docker/metadata-action lists them: latest twice, where a line gives it, too', async () => {
  const { names, tags } = await tagging('main', { tags: 'latest', flavor: 'latest=true' })
  expect(names).toEqual(['latest', 'latest'])
  expect(tags).toEqual([{ name: 'latest', moves: true }])
})

describe('what has another effect than it looks like is said', () => {
  test.each<readonly [JobName, string, readonly string[]]>([
    ['feature/a&b', 'type=ref,event=branch', ['The tag feature-a-b is that of feature/a&b: a name that differs only']],
    ['-ünï', 'type=ref,event=branch', ['The tag --n- is written n-: no registry takes it as it is.']],
    ['v1.2.3', 'type=raw,value=[{{branch}}]', ['"[]" makes no tag that a registry takes: left out.']],
    ['nightly', 'type=semver,pattern={{version}}', ['tags: type=semver,pattern={{version}}: nightly is not a version by semver.']],
    ['nightly', 'type=pep440,pattern={{version}}', ['tags: type=pep440,pattern={{version}}: nightly is not a version by PEP 440.']],
    ['nightly', 'type=match,pattern=v', ['tags: type=match,pattern=v: v does not match nightly.']],
    ['nightly', 'type=match,pattern=n,group=1', ['tags: type=match,pattern=n,group=1: Group 1 does not exist for the pattern n.']],
    [
      'v1.2.3',
      'type=semver,pattern={{version}},match=x(.)',
      ['tags: type=semver,pattern={{version}},match=x(.): x(.) does not match v1.2.3.'],
    ],
    ['main', 'type=sha,colour=blue', ['tags: type=sha,colour=blue: colour has no effect: type=sha does not take it.']],
    ['main', 'v1,v2', ['tags: v1,v2: of several values the last alone counts: give each tag a line of its own.']],
    ['main', 'a,priority=high', ['tags: a,priority=high: priority has no effect: it is not a number.']],
    ['main', "a,suffix={{date 'YYYY' tz='No/Where'}}", ['"No/Where" is no time zone: the date is in that of this machine.']],
    ['nightly', '', []],
    ['main', 'type=sha\ntype=raw,value=a b', []],
  ])('%s: %s', async (job, tags, expected) => {
    const { notices } = await tagging(job, { tags })
    expect(notices).toEqual(expected.map((text) => expect.stringContaining(text)))
  })
})

test('every line that cannot be evaluated is a problem of its own', async () => {
  const { problems } = await tagging('main', { tags: "{{a\nok\ntype=raw,value=x,enable={{branch}}\ntype=raw,value={{date 'Y' a='b'}}" })
  expect(problems.map(({ line }) => line)).toEqual(['{{a', 'type=raw,value=x,enable={{branch}}', "type=raw,value={{date 'Y' a='b'}}"])
})

describe('the variables of docker/metadata-action', () => {
  test.each([
    ['pull', { pullHeadSha: true }, 'sha-45617a1'],
    ['pull target', { pullHeadSha: true }, 'sha-45617a1'],
    ['review comment', { pullHeadSha: true }, 'sha-45617a1'],
    ['main', { pullHeadSha: true }, 'sha-90dd603'],
    ['main', { shortSha: 12 }, 'sha-90dd6032fac8'],
    ['main', { shortSha: 99 }, 'sha-90dd6032fac8bda1b6c4436a2e65de27961ed071'],
    ['main', { shortSha: 0 }, 'sha-'],
    ['main', { shortSha: -1 }, 'sha-'],
    ['main', { shortSha: 7.9 }, 'sha-90dd603'],
  ] as const)('%s with %j: %s', async (job, settings, expected) => {
    expect((await tagging(job, { tags: 'type=sha', settings })).names).toEqual([expected])
  })
})

describe('a tag that the inputs alone decide is checked before anything else', () => {
  const only = (line: string) => literalText(parseTagRule(line)[0] as never, { ...plainFlavor, prefix: 'p-' })
  test.each([
    ['stable', 'p-stable'],
    ['stable,prefix=,suffix=-x', 'stable-x'],
    ['stable,enable=false', undefined],
    ['type=raw,value={{branch}}', undefined],
    ['stable,suffix={{branch}}', undefined],
    ['type=sha', undefined],
    ['type=raw,value=,prefix=', undefined],
  ])('%s is %s', (line, expected) => expect(only(line)).toBe(expected))
  test.each([
    ['x'.repeat(128), undefined],
    ['a b/c', undefined],
    ['x'.repeat(129), `makes the tag "${'x'.repeat(40)}", which no registry takes`],
    ['.x', 'makes the tag ".x"'],
    ['-x', 'makes the tag "-x"'],
    ['日本', 'makes the tag "-"'],
  ])('%s', (text, expected) => {
    if (expected === undefined) expect(faultOf(text)).toBeUndefined()
    else expect(faultOf(text)).toContain(expected)
  })
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
    fc.assert(fc.property(names, (name) => tagFrom(name) === '' || isTag(tagFrom(name))))
  })
  test('that is the same when made again', () => {
    fc.assert(fc.property(names, (name) => tagFrom(tagFrom(name)) === tagFrom(name)))
  })
  test('that is the one of docker/metadata-action, where a registry takes that', () => {
    fc.assert(fc.property(names, (name) => !isTag(sanitised(name)) || tagFrom(name) === sanitised(name)))
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

test('whatever the job and the lines, no tag comes twice and all are valid', async () => {
  const line = fc.constantFrom(
    ...['type=defaults', 'type=sha', 'type=sha,format=long', 'type=ref,event=branch', 'type=ref,event=tag', 'v2', 'latest', 'type=edge'],
    ...['type=semver,pattern={{major}}', 'type=pep440,pattern={{raw}}', 'type=raw,value={{branch}}x{{tag}}', 'type=ref,event=pr'],
  )
  const job = fc.constantFrom(...(Object.keys(jobs) as readonly JobName[]))
  await fc.assert(
    fc.asyncProperty(job, fc.array(line), fc.constantFrom('', 'latest=true', 'prefix=/'), async (name, lines, flavor) => {
      const { tags } = await tagging(name, { tags: lines.join('\n'), flavor })
      return tags.every((one) => isTag(one.name)) && new Set(tags.map((one) => one.name)).size === tags.length
    }),
  )
})
