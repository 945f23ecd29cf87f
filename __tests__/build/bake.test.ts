import { describe, expect, test } from '@jest/globals'
import type { BuildRequest } from '../../src/build/argv.ts'
import { bakeArgv, bakeDefinition, isScratchStage, type TestTarget } from '../../src/build/bake.ts'
import { createInputs } from '../builders.ts'

const { build } = createInputs()
const gha = { kind: 'gha', scope: 'iris', mode: 'max', read: true } as const

const request = (overrides: Partial<BuildRequest> = {}): BuildRequest => ({
  build,
  labels: {},
  builder: 'default',
  store: 'containerd',
  cache: { kind: 'none' },
  localName: 'run:1',
  metadataFile: '/t/metadata.json',
  ...overrides,
})
const targets = (overrides: Partial<BuildRequest>, test: TestTarget = { stage: 'test' }) =>
  (JSON.parse(bakeDefinition(request(overrides), test)) as { target: unknown }).target

const files = { context: '/repo', dockerfile: '/repo/Dockerfile', args: {} }
const output = ['type=image,name=run:1,compression=zstd,oci-mediatypes=true']
const cacheFrom = { 'cache-from': ['type=gha,scope=iris,timeout=30s'] }
const cacheTo = { 'cache-to': ['type=gha,scope=iris,timeout=30s,mode=max,ignore-error=true,compression=zstd'] }

describe('one definition holds the image, as it is built without tests, and the stage that tests', () => {
  const image = { ...files, labels: {}, output }
  const tests = { ...files, target: 'test', output: ['type=cacheonly'] }
  const args = { A: '1', B: 'x y"' }
  test.each<readonly [string, Partial<BuildRequest>, object, object]>([
    ['at its simplest', {}, image, tests],
    ['of the classic store', { store: 'classic' }, { ...image, output: ['type=image,name=run:1'] }, tests],
    ['with labels, for the image alone', { labels: { k: 'a=b' } }, { ...image, labels: { k: 'a=b' } }, tests],
    ['with annotations', { annotations: ['manifest:a=${b}'] }, { ...image, annotations: ['manifest:a=$${b}'] }, tests],
    [
      'of the classic store without',
      { store: 'classic', annotations: ['manifest:a=b'] },
      { ...image, output: ['type=image,name=run:1'] },
      tests,
    ],
    ['with a target, of the image', { build: { ...build, target: 'serve' } }, { ...image, target: 'serve' }, tests],
    ['with arguments, for both', { build: { ...build, args } }, { ...image, args }, { ...tests, args }],
    [
      'with what else was asked for, for both',
      { build: { ...build, options: { ...build.options, pull: true, network: 'none' } } },
      { ...image, pull: true, network: 'none' },
      { ...tests, pull: true, network: 'none' },
    ],
    [
      'for several platforms, of which the tests need one',
      { build: { ...build, options: { ...build.options, platforms: ['linux/amd64', 'linux/386'] } } },
      { ...image, platforms: ['linux/amd64', 'linux/386'] },
      tests,
    ],
    ['by another builder', { layoutFolder: '/t/l' }, { ...image, output: ['type=oci,dest=/t/l,tar=false,compression=zstd'] }, tests],
    ['with a cache to read', { cache: { ...gha, write: false } }, { ...image, ...cacheFrom }, tests],
    ['with a cache to write', { cache: { ...gha, write: true } }, { ...image, ...cacheFrom, ...cacheTo }, tests],
  ])('%s', (_, overrides, forImage, forTests) => expect(targets(overrides)).toEqual({ image: forImage, test: forTests }))
  test('a stage of files alone is written to a folder', () => {
    const stage = { stage: 'report', reportFolder: '/t/report' }
    expect(targets({}, stage)).toMatchObject({ test: { target: 'report', output: ['type=local,dest=/t/report'] } })
  })
  // bake reads its JSON as HCL: a string is a template.
  test('a value that looks like a template is a value', () => {
    const { image } = targets({ build: { ...build, args: { A: '${B}', C: '%{if}' } } }) as { image: typeof files }
    expect(image.args).toEqual({ A: '$${B}', C: '%%{if}' })
  })
})

test('the argv names the builder, the definition and both targets', () => {
  expect(bakeArgv(request({ builder: 'desktop-linux' }), '/t/bake.json')).toEqual([
    ...['docker', 'buildx', 'bake', '--builder', 'desktop-linux', '--progress', 'rawjson', '--provenance=false', '--sbom=false'],
    ...['--metadata-file', '/t/metadata.json', '--file', '/t/bake.json', 'image', 'test'],
  ])
})

describe('a stage of files alone', () => {
  const dockerfile = 'FROM python:3.11 AS base\nFROM base AS run\nfrom --platform=linux/amd64 scratch as Report\nFROM scratchy AS other\n'
  test.each(['Report', 'report'])('%s', (stage) => expect(isScratchStage(dockerfile, stage)).toBe(true))
  test.each(['base', 'run', 'other', 'nope', 'scratch'])('is not %s', (stage) => expect(isScratchStage(dockerfile, stage)).toBe(false))
  test('may be named by its number', () => expect(isScratchStage(dockerfile, '2')).toBe(true))
  test('may begin as another one of files alone', () => {
    expect(isScratchStage('FROM scratch AS files\nFROM files AS report\n', 'report')).toBe(true)
  })
})
