import { describe, expect, test } from '@jest/globals'
import { loadTemplateCheck } from '../../src/plan/tags/libraries.ts'
import { inputsOf, problemsOf, reasonsOf } from './reading.ts'

describe('images are names, one a line, or the fields of a single line', () => {
  test.each<readonly [string, readonly string[]]>([
    ['ghcr.io/acme/iris', ['ghcr.io/acme/iris']],
    ['acme/iris, ghcr.io/acme/iris', ['acme/iris', 'ghcr.io/acme/iris']],
    ['acme/iris\nghcr.io/acme/iris', ['acme/iris', 'ghcr.io/acme/iris']],
    ['"acme/iris"', ['acme/iris']],
    ['# ours\nacme/iris', ['acme/iris']],
    ['ghcr.io/Acme/Iris', ['ghcr.io/acme/iris']],
    ['docker.io/acme/iris', ['docker.io/acme/iris']],
    ['NAME = acme/iris , Enable = true', ['acme/iris']],
    ['name=acme/iris,enable=false\nname=quay.io/a/b', ['quay.io/a/b']],
    ['acme/iris\nname=quay.io/a/b', ['acme/iris', 'quay.io/a/b']],
    ['acme/iris\nacme/iris', ['acme/iris', 'acme/iris']],
    ['name=a/b=c', ['a/b']],
    ['a/b,c/d\ne/f', ['c/d', 'e/f']],
  ])('%j', (images, texts) => expect(inputsOf({ images }).imageTexts).toEqual(texts))
  test('a name that comes twice is pushed to once', () =>
    expect(inputsOf({ images: 'acme/iris\ndocker.io/acme/iris' }).images).toEqual([
      { registry: 'docker.io', path: 'acme/iris', given: 'acme/iris' },
    ]))
  test('a name that does not count is said', () =>
    expect(inputsOf({ images: 'a/b,c/d\ne/f' }).notices).toEqual([
      'images: "a/b" of the line "a/b,c/d" does not count, only c/d: give each name a line of its own.',
    ]))
})

test('a field that is quoted once is parted all the same, and that is said', () => {
  const { tags, notices } = inputsOf({ tags: 'type=match,"pattern=^v\\d{1,2}"\n"type=match,""pattern=^v\\d{1,2}"""' })
  expect(tags.map((rule) => rule.type === 'match' && rule.pattern)).toEqual(['^v\\d{1', '^v\\d{1,2}'])
  expect(notices).toEqual(['tags: "pattern=^v\\d{1,2}" is parted at its comma: quote the whole line, and the field with "" in it.'])
})

describe('every bad line is a problem of its own', () => {
  test.each<readonly [Readonly<Record<string, string>>, readonly string[]]>([
    [{ images: 'a/b\nc//d\nname=,enable=true\nfoo=bar' }, ['name=,enable=true', 'foo=bar', 'c//d']],
    [{ images: 'a/b\n   \nc/d' }, [' ']],
    [{ images: 'a/b,' }, ['a/b,']],
    [{ tags: 'type=semver\ntype=sha\ntype=ref,event=x\n.x' }, ['type=semver', 'type=ref,event=x', '.x']],
    [{ flavor: 'latest=x\nfoo=bar\nprefix=p-' }, ['latest=x', 'foo=bar']],
    [{ tags: 'x', flavor: 'prefix=.' }, ['x']],
    [{ flavor: 'prefix=.,onlatest=true' }, ['prefix=.,onlatest=true']],
    [{ tags: 'ghcr.io/acme/iris:v1' }, ['ghcr.io/acme/iris:v1']],
    [{ labels: '"a=1' }, ['"a=1']],
  ])('%j', (given, values) => expect(problemsOf(given).map(({ value }) => value)).toEqual(values))
  test('a whole reference is one that docker/build-push-action takes, not this', () => {
    expect(reasonsOf({ tags: 'ghcr.io/acme/iris:v1' })).toEqual([
      'tags is a whole reference: give the name in images, and the tag alone here',
    ])
  })
})

describe('what is no template is told with the other problems', () => {
  const check = (given: Readonly<Record<string, string>>) => loadTemplateCheck(Object.values(given))
  test.each([
    [{ tags: 'type=raw,value={{branch\nok{{sha}}\nx,suffix={{/if}}' }, ['type=raw,value={{branch', 'x,suffix={{/if}}']],
    [{ tags: 'type=raw,value={{branch,enable=false' }, []],
    [{ labels: 'a={{\nb={{x}}', annotations: 'c={{#if}}' }, ['a={{', 'c={{#if}}']],
    [{ flavor: 'prefix={{,latest=true' }, ['prefix={{,latest=true']],
    [{ tags: "{{date 'YYYY'}}" }, []],
  ])('%j', async (given, values) => {
    const templateFault = await check(given)
    const problems = problemsOf(given, { templateFault })
    expect(problems.map(({ value }) => value)).toEqual(values)
    for (const { reason } of problems) expect(reason).toContain('has an expression that cannot be evaluated (')
  })
})

describe('the variables of docker/metadata-action are read as it reads them', () => {
  test.each([
    [{}, { pullHeadSha: false, shortSha: 7, annotationLevels: ['manifest'], exported: true }],
    [{ DOCKER_METADATA_PR_HEAD_SHA: 'TRUE' }, { pullHeadSha: true }],
    [{ DOCKER_METADATA_PR_HEAD_SHA: '1' }, { pullHeadSha: false }],
    [{ DOCKER_METADATA_SHORT_SHA_LENGTH: '12' }, { shortSha: 12 }],
    [{ DOCKER_METADATA_SHORT_SHA_LENGTH: '' }, { shortSha: 7 }],
    [{ DOCKER_METADATA_ANNOTATIONS_LEVELS: 'manifest,index' }, { annotationLevels: ['manifest', 'index'] }],
    [{ DOCKER_METADATA_SET_OUTPUT_ENV: 'f' }, { exported: false }],
  ])('%j', (env, expected) => expect(inputsOf({}, { env }).settings).toMatchObject(expected))
  test.each([
    [{ DOCKER_METADATA_SHORT_SHA_LENGTH: 'seven' }, 'DOCKER_METADATA_SHORT_SHA_LENGTH', 'is not a number of characters'],
    [{ DOCKER_METADATA_SET_OUTPUT_ENV: 'maybe' }, 'DOCKER_METADATA_SET_OUTPUT_ENV', 'is neither true nor false'],
    [{ DOCKER_METADATA_ANNOTATIONS_LEVELS: 'manifest, index' }, 'DOCKER_METADATA_ANNOTATIONS_LEVELS', 'has the level " index"'],
  ])('%j is refused', (env, input, reason) => {
    expect(problemsOf({ annotations: 'a=1' }, { env })).toEqual([
      { input, value: Object.values(env)[0], reason: expect.stringContaining(reason), example: expect.stringContaining(`${input}: `) },
    ])
  })
  test('levels matter only to annotations', () => expect(problemsOf({}, { env: { DOCKER_METADATA_ANNOTATIONS_LEVELS: 'x' } })).toEqual([]))
})
