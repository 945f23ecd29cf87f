import { expect, test } from '@jest/globals'
import { type CacheArguments, type CacheFolders, cacheArguments, cacheRegistries } from '../../../src/build/cache/arguments.ts'
import type { LayerCache } from '../../../src/build/cache/choose.ts'

const gha = { kind: 'gha', scope: 'iris', mode: 'max', read: true, write: true } as const
const registry = { kind: 'registry', reference: 'ghcr.io/acme/cache:iris', mode: 'min', write: true } as const
const local = { kind: 'local', scope: 'iris', mode: 'max', write: true } as const
const given = (...to: readonly string[]) => ({ kind: 'given', from: [], to }) as const
const ghaEntry = 'type=gha,scope=iris,timeout=30s'
const registryEntry = 'type=registry,ref=ghcr.io/acme/cache:iris'
const options = 'image-manifest=true,oci-mediatypes=true,compression=zstd,ignore-error=true'

test.each<readonly [string, LayerCache, CacheFolders | undefined, CacheArguments]>([
  ['none', { kind: 'none' }, undefined, { from: [], to: [] }],
  ['gha', gha, undefined, { from: [ghaEntry], to: [`${ghaEntry},mode=max,ignore-error=true,compression=zstd`] }],
  ['gha, read only', { ...gha, write: false }, undefined, { from: [ghaEntry], to: [] }],
  [
    'gha, written only',
    { ...gha, read: false, mode: 'min' },
    undefined,
    { from: [], to: [`${ghaEntry},mode=min,ignore-error=true,compression=zstd`] },
  ],
  ['registry', registry, undefined, { from: [registryEntry], to: [`${registryEntry},mode=min,${options}`] }],
  ['registry, read only', { ...registry, write: false }, undefined, { from: [registryEntry], to: [] }],
  [
    'local',
    local,
    { last: '/c/1', next: '/c,2' },
    { from: ['type=local,src=/c/1'], to: ['type=local,"dest=/c,2",mode=max,oci-mediatypes=true,compression=zstd,ignore-error=true'] },
  ],
  ['local, for the first time', { ...local, write: false }, {}, { from: [], to: [] }],
  [
    'the image itself',
    { kind: 'image', references: ['ghcr.io/acme/iris:latest'], write: true },
    undefined,
    { from: ['type=registry,ref=ghcr.io/acme/iris:latest'], to: ['type=inline'] },
  ],
  ['the image itself, not pushed', { kind: 'image', references: [], write: false }, undefined, { from: [], to: [] }],
  ['given to read', { kind: 'given', from: ['user/app:cache'], to: [] }, undefined, { from: ['user/app:cache'], to: [] }],
  ['given as a reference', given('user/app:cache'), undefined, { from: [], to: ['type=registry,ref=user/app:cache,ignore-error=true'] }],
  ['given with attributes', given('type=s3,bucket=b'), undefined, { from: [], to: ['type=s3,bucket=b,ignore-error=true'] }],
  ['given for a backend without ignore-error', given('type=inline'), undefined, { from: [], to: ['type=inline'] }],
  [
    'given with an ignore-error of its own',
    given('type=gha,ignore-error=false'),
    undefined,
    { from: [], to: ['type=gha,ignore-error=false'] },
  ],
])('%s', (_, cache, folders, expected) => expect(cacheArguments(cache, folders)).toEqual(expected))

test.each<readonly [LayerCache, readonly string[]]>([
  [registry, ['ghcr.io']],
  [{ ...registry, reference: 'localhost:5000/cache:a' }, ['localhost:5000']],
  [{ ...registry, reference: 'acme/cache:a' }, ['docker.io']],
  [
    {
      kind: 'image',
      references: ['ghcr.io/acme/iris:latest', 'quay.io/acme/cache:iris', `127.0.0.1:41/x@sha256:${'0'.repeat(64)}`],
      write: true,
    },
    ['ghcr.io', 'quay.io', '127.0.0.1:41'],
  ],
  [gha, []],
])('%j is read from the registries %j', (cache, names) => expect([...cacheRegistries(cache)]).toEqual(names))
