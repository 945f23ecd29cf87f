import { describe, expect, test } from '@jest/globals'
import { type BuildRequest, buildArgv } from '../../src/build/argv.ts'
import { createInputs } from '../builders.ts'

const { build } = createInputs()
const gha = { kind: 'gha', scope: 'iris-0123456789ab', mode: 'max', read: true } as const
const ghaEntry = 'type=gha,scope=iris-0123456789ab,timeout=30s'

function argv(overrides: Partial<BuildRequest> = {}): readonly string[] {
  return buildArgv({
    build,
    labels: {},
    builder: 'default',
    store: 'containerd',
    cache: { kind: 'none' },
    localName: 'ml-image-action/run:f00d',
    metadataFile: '/t/metadata.json',
    ...overrides,
  })
}

const head = [
  'docker',
  'buildx',
  'build',
  '--builder',
  'default',
  '--progress',
  'rawjson',
  '--provenance=false',
  '--sbom=false',
  '--output',
]
const containerd = 'type=image,name=ml-image-action/run:f00d,compression=zstd,oci-mediatypes=true'
const files = ['--metadata-file', '/t/metadata.json', '--file', '/repo/Dockerfile']

describe('inputs and engine make one argv', () => {
  test.each<readonly [string, Partial<BuildRequest>, readonly string[]]>([
    ['the containerd store compresses by zstd', {}, [...head, containerd, ...files, '/repo']],
    ['the classic store does not', { store: 'classic' }, [...head, 'type=image,name=ml-image-action/run:f00d', ...files, '/repo']],
    [
      'annotations are for a store that keeps them',
      { annotations: ['manifest:a=b c'] },
      [...head, containerd, ...files, '--annotation', 'manifest:a=b c', '/repo'],
    ],
    [
      'which the classic one is not',
      { store: 'classic', annotations: ['manifest:a=b c'] },
      [...head, 'type=image,name=ml-image-action/run:f00d', ...files, '/repo'],
    ],
    [
      'a cache that is read and written, whose trouble is no failure',
      { cache: { ...gha, write: true } },
      [
        ...[...head, containerd, ...files, '--cache-from', ghaEntry],
        ...['--cache-to', `${ghaEntry},mode=max,ignore-error=true,compression=zstd`, '/repo'],
      ],
    ],
    ['a cache that is only read', { cache: { ...gha, write: false } }, [...head, containerd, ...files, '--cache-from', ghaEntry, '/repo']],
    [
      'target, arguments and labels, each value a word of its own',
      {
        build: { ...build, target: 'serve', args: { A: '1', B: 'x y"$(id)' }, context: '/repo/a b', file: '/repo/docker/x.Dockerfile' },
        labels: { 'org.opencontainers.image.title': 'iris', k: 'a=b' },
      },
      [
        ...[...head, containerd, '--metadata-file', '/t/metadata.json', '--file', '/repo/docker/x.Dockerfile', '--target', 'serve'],
        ...['--build-arg', 'A=1', '--build-arg', 'B=x y"$(id)', '--label', 'org.opencontainers.image.title=iris', '--label', 'k=a=b'],
        '/repo/a b',
      ],
    ],
    [
      'attestations, another compression, and what else was asked for, before the cache',
      {
        build: { ...build, options: { ...build.options, provenance: 'mode=max', sbom: 'true', compression: 'gzip', pull: true } },
        cache: { ...gha, write: false },
      },
      [
        ...[...head.slice(0, 7), '--provenance=mode=max', '--sbom=true', '--output', containerd.replace('zstd', 'gzip'), ...files],
        ...['--pull', '--cache-from', ghaEntry, '/repo'],
      ],
    ],
    [
      'several platforms, into the one store',
      { build: { ...build, options: { ...build.options, platforms: ['linux/amd64', 'linux/386'] } } },
      [...head, containerd, ...files, '--platform', 'linux/amd64,linux/386', '/repo'],
    ],
    [
      'another builder writes the same as a layout',
      { builder: 'mine', layoutFolder: '/t/layout' },
      [
        ...head.map((word) => (word === 'default' ? 'mine' : word)),
        'type=oci,dest=/t/layout,tar=false,compression=zstd',
        ...files,
        '/repo',
      ],
    ],
    [
      'with times no later than asked for',
      { builder: 'mine', layoutFolder: '/t/layout', rewritesTimes: true },
      [
        ...head.map((word) => (word === 'default' ? 'mine' : word)),
        'type=oci,dest=/t/layout,tar=false,compression=zstd,rewrite-timestamp=true',
        ...files,
        '/repo',
      ],
    ],
    ['which the own builder of an engine cannot', { rewritesTimes: true }, [...head, containerd, ...files, '/repo']],
    [
      'and all that the classic store cannot, with a remote one or one in a cluster',
      {
        builder: 'k8s',
        store: 'classic',
        layoutFolder: '/t/a, b',
        annotations: ['manifest:a=b c'],
        cache: { ...gha, write: false },
        build: { ...build, options: { ...build.options, provenance: 'mode=min', platforms: ['linux/arm64'], compression: 'gzip' } },
      },
      [
        ...['docker', 'buildx', 'build', '--builder', 'k8s', '--progress', 'rawjson', '--provenance=mode=min', '--sbom=false'],
        ...['--output', 'type=oci,"dest=/t/a, b",tar=false,compression=gzip', ...files, '--platform', 'linux/arm64'],
        ...['--annotation', 'manifest:a=b c', '--cache-from', 'type=gha,scope=iris-0123456789ab,timeout=30s', '/repo'],
      ],
    ],
  ])('%s', (_, overrides, expected) => expect(argv(overrides)).toEqual(expected))
})

test('another builder is named', () => expect(argv({ builder: 'desktop-linux' }).slice(3, 5)).toEqual(['--builder', 'desktop-linux']))
