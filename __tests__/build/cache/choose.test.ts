import { describe, expect, test } from '@jest/globals'
import {
  asksForExport,
  type CachePlace,
  cacheReference,
  cacheScope,
  cacheText,
  chooseCache,
  unread,
} from '../../../src/build/cache/choose.ts'
import type { Inputs } from '../../../src/inputs/inputs.ts'
import type { Event } from '../../../src/plan/event.ts'
import { parseImageName } from '../../../src/plan/image-name.ts'
import { parseTagRule } from '../../../src/plan/tags/rule.ts'
import { createEvent, createInputs } from '../../builders.ts'

const now = Date.parse('2026-01-02T03:04:05Z')
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const tokenOf = (claims: unknown) => `${encode({ alg: 'RS256' })}.${encode(claims)}.signature`
const scopes = (...permissions: readonly number[]) =>
  tokenOf({ ac: JSON.stringify(permissions.map((Permission) => ({ Scope: 'refs/heads/main', Permission }))) })

const service = { ACTIONS_RUNTIME_TOKEN: scopes(3), ACTIONS_RESULTS_URL: 'https://cache/' }
const scope = 'iris-x'
const asked = (cache: Partial<Inputs['cache']> = {}) =>
  createInputs({ cache: { kind: 'auto', mode: 'auto', scope, from: [], to: [], ...cache } })
const near: CachePlace = { store: 'containerd', near: true }
const far: CachePlace = { store: 'containerd', near: false }
const tags = [{ name: 'sha-1', moves: false }]
const classic: CachePlace = { store: 'classic', near: true, pushes: true, tags }

const pull: Partial<Event> = { name: 'pull_request', ref: { kind: 'pull', number: 7 } }
const onTag: Partial<Event> = { ref: { kind: 'tag', name: 'v1' } }
const queued: Partial<Event> = { name: 'merge_group', ref: { kind: 'branch', name: 'gh-readonly-queue/main/pr-1' } }
const onBranch: Partial<Event> = { ref: { kind: 'branch', name: 'topic' } }
const job = (more: Readonly<Record<string, string>>) => ({ ...service, ...more })

describe('the cache is chosen by what is there, and written where it is read again', () => {
  const gha = (read: boolean, write: boolean) => ({ cache: { kind: 'gha', scope, mode: 'max', read, write } })
  const registry = (reference: string, write: boolean) => ({ cache: { kind: 'registry', reference, mode: 'max', write } })
  const local = (write: boolean) => ({ cache: { kind: 'local', scope, mode: 'max', write } })
  const itself = (write: boolean, ...names: readonly string[]) => ({
    cache: { kind: 'image', references: names.map((name) => `ghcr.io/acme/iris:${name}`), write },
  })
  const none = { cache: { kind: 'none' } }
  const told = (words: string) => ({ ...none, notice: expect.stringContaining(words) })
  const image = 'ghcr.io/acme/cache'
  test.each<readonly [string, Partial<Inputs['cache']>, Partial<Event>, CachePlace, Readonly<Record<string, string>>, object]>([
    ['on the default branch', {}, {}, near, service, gha(true, true)],
    ['on another branch', {}, onBranch, near, service, gha(true, true)],
    ['asked for', { kind: 'gha' }, {}, near, service, gha(true, true)],
    ['by the older address', {}, {}, near, job({ ACTIONS_RESULTS_URL: '', ACTIONS_CACHE_URL: 'https://c/' }), gha(true, true)],
    [
      'with large layers, which would fill it',
      {},
      {},
      { ...near, large: 'torch with CUDA' },
      service,
      { cache: { ...gha(true, true).cache, mode: 'min' } },
    ],
    ['with large layers, as asked for', { mode: 'max' }, {}, { ...near, large: 'torch with CUDA' }, service, gha(true, true)],
    ['on a pull request', {}, pull, near, service, gha(true, false)],
    ['of a fork', {}, { origin: 'fork' }, near, service, gha(true, false)],
    ['with foreign code', {}, { foreignCode: true }, near, service, gha(true, false)],
    ['on a tag', {}, onTag, near, service, gha(true, false)],
    ['in the merge queue', {}, queued, near, service, gha(true, false)],
    ['where the job may only read', {}, {}, near, job({ ACTIONS_CACHE_MODE: 'read' }), gha(true, false)],
    ['where the job may do both', {}, {}, near, job({ ACTIONS_CACHE_MODE: 'write' }), gha(true, true)],
    ['where the job may only write', {}, {}, near, job({ ACTIONS_CACHE_MODE: 'write-only' }), gha(false, true)],
    [
      'where it may only write, and our relay is out of reach',
      {},
      {},
      far,
      job({ ACTIONS_CACHE_MODE: 'write-only' }),
      told('may only write it, and BuildKit'),
    ],
    ['where it may only write, on a pull request', {}, pull, near, job({ ACTIONS_CACHE_MODE: 'write-only' }), told('nobody would read')],
    ['with a token that may only read', {}, {}, near, job({ ACTIONS_RUNTIME_TOKEN: scopes(1) }), gha(true, false)],
    ['with a token that may nothing', {}, {}, near, job({ ACTIONS_RUNTIME_TOKEN: scopes() }), told('neither read nor write')],
    ['with a token that cannot be used', {}, {}, near, job({ ACTIONS_RUNTIME_TOKEN: tokenOf({}) }), told('cannot be used')],
    ['with a token that only others read', {}, {}, near, job({ ACTIONS_RUNTIME_TOKEN: 'opaque' }), local(true)],
    ['asked for with such a token', { kind: 'gha' }, {}, near, job({ ACTIONS_RUNTIME_TOKEN: 'opaque' }), told('cannot be used')],
    ['on the classic store', {}, {}, classic, service, itself(true, 'latest', 'main')],
    ['on the classic store without the service', {}, {}, classic, {}, itself(true, 'latest', 'main')],
    ['on the classic store, not to be pushed', {}, pull, { store: 'classic', near: true }, {}, itself(false, 'latest', 'main')],
    ['on the classic store, on a tag', {}, onTag, { ...classic, tags: [{ name: '1', moves: true }] }, {}, itself(true, 'latest', 'main')],
    [
      'on the classic store, on a branch',
      {},
      { ref: { kind: 'branch', name: 'a/b' }, defaultBranch: 'm/n' },
      { ...classic, tags: [...tags, { name: 'a-b', moves: true }] },
      {},
      itself(true, 'a-b', 'latest', 'm-n'),
    ],
    [
      'on the classic store, when another is asked for',
      { kind: 'gha' },
      {},
      classic,
      service,
      { ...itself(true, 'latest', 'main'), notice: expect.stringMatching(/^cache: gha is asked for.*classic image store/) },
    ],
    ['on the classic store, switched off', { kind: 'none' }, {}, classic, service, none],
    ['switched off', { kind: 'none' }, {}, near, service, none],
    ['where the job may not', {}, {}, near, job({ ACTIONS_CACHE_MODE: 'none' }), none],
    ['without a token', {}, {}, near, { ACTIONS_RESULTS_URL: 'https://cache/' }, none],
    ['without an address', {}, {}, near, { ACTIONS_RUNTIME_TOKEN: scopes(3) }, none],
    ['asked for without a service', { kind: 'gha' }, {}, near, {}, told('cache: gha is asked for')],
    ['in a registry', { kind: 'registry', image: `${image}:c` }, {}, near, {}, registry(`${image}:c`, true)],
    ['in the registry that is named', { image }, {}, near, service, registry(`${image}:${scope}`, true)],
    ['in a registry, on another branch', { image }, onBranch, near, {}, registry(`${image}:${scope}`, false)],
    ['in a registry, on a pull request', { image }, pull, near, {}, registry(`${image}:${scope}`, false)],
    [
      'in a registry, from the classic store',
      { image: `${image}:c` },
      {},
      classic,
      {},
      {
        cache: { kind: 'image', references: [`${image}:c`, 'ghcr.io/acme/iris:latest', 'ghcr.io/acme/iris:main'], write: true },
        notice: expect.stringMatching(/^cache-image is asked for/),
      },
    ],
    ['in a folder', { kind: 'local' }, {}, near, service, local(true)],
    ['in a folder, on a tag', { kind: 'local' }, onTag, near, service, local(false)],
  ])('%s', (_, cache, event, place, env, expected) => {
    const { because, ...choice } = chooseCache(asked(cache), createEvent(event), place, env, now)
    expect(choice).toEqual(expected)
    expect(because).toMatch(/./)
  })
  test.each([
    ['auto', 'max'],
    ['max', 'max'],
    ['min', 'min'],
  ] as const)('cache-mode %s keeps %s', (mode, kept) =>
    expect(chooseCache(asked({ mode }), createEvent(), near, service, now)).toMatchObject({ cache: { mode: kept } }),
  )
})

describe('caches that are given win', () => {
  const from = ['type=gha', 'ghcr.io/acme/iris:cache', 'type=local,src=/c']
  const to = ['type=gha,mode=max', 'type=inline']
  const given = (place: CachePlace, env: Readonly<Record<string, string>>) =>
    chooseCache(asked({ kind: 'none', from, to }), createEvent(pull), place, env, now)
  test('as they are', () => expect(given(near, service)).toEqual({ cache: { kind: 'given', from, to }, because: expect.any(String) }))
  test('without what the classic store has no use for', () => {
    expect(given(classic, service)).toMatchObject({
      cache: { from: ['ghcr.io/acme/iris:cache'], to: ['type=inline'] },
      notice: expect.stringContaining('classic image store'),
    })
  })
  // BuildKit reads the token before it exports, and ignore-error does not cover that.
  test('without the cache service where its token would break the build', () => {
    expect(given(near, job({ ACTIONS_RUNTIME_TOKEN: 'opaque' }))).toMatchObject({
      cache: { from: from.slice(1), to: ['type=inline'] },
      notice: expect.stringContaining('token'),
    })
  })
})

describe('one scope for one image', () => {
  const amd64 = ['linux/amd64']
  const base = createInputs({ build: { target: 'serve' } })
  const other = (overrides: Parameters<typeof createInputs>[0], platforms = amd64) =>
    cacheScope(createInputs({ build: { target: 'serve' }, ...overrides }), platforms)
  test('named by the image and a hash', () => expect(cacheScope(base, amd64)).toMatch(/^iris-[0-9a-f]{12}$/))
  test.each([
    ['image', { images: [parseImageName('ghcr.io/other/iris')] }],
    ['Dockerfile', { build: { target: 'serve', file: '/repo/other.Dockerfile' } }],
    ['target', { build: { target: 'other' } }],
  ])('another %s has another', (_, overrides) => expect(other(overrides)).not.toBe(cacheScope(base, amd64)))
  test('another platform has another, in whichever order', () => {
    expect(other({}, ['linux/arm64'])).not.toBe(cacheScope(base, amd64))
    expect(other({}, ['linux/arm64', 'linux/amd64'])).toBe(other({}, ['linux/amd64', 'linux/arm64']))
  })
  test('another checkout, commit or tag has the same', () => {
    const moved = other({
      workingDirectory: '/w/x',
      build: { target: 'serve', context: '/w/x', file: '/w/x/Dockerfile', dockerfile: 'FROM a' },
    })
    expect(moved).toBe(cacheScope(base, amd64))
    expect(other({ tags: parseTagRule('v9'), push: 'false' })).toBe(cacheScope(base, amd64))
  })
  test('a name that is given is taken as it is', () => expect(cacheScope(asked(), amd64)).toBe(scope))
})

test.each([
  ['ghcr.io/acme/cache', 'iris-1', 'ghcr.io/acme/cache:iris-1'],
  ['ghcr.io/acme/cache:mine', 'iris-1', 'ghcr.io/acme/cache:mine'],
  ['localhost:5000/cache', 'a/b', 'localhost:5000/cache:a-b'],
])('a registry cache in %s with scope %s is %s', (image, name, reference) => expect(cacheReference(image, name)).toBe(reference))

test('the cache is told in one line with the reason', () => {
  const text = (cache: Partial<Inputs['cache']>, env: Readonly<Record<string, string>> = {}) =>
    cacheText(chooseCache(asked(cache), createEvent(), near, env, now))
  expect(text({}, service)).toBe('gha, scope iris-x, read and written (the runner gives the cache service)')
  expect(text({}, job({ ACTIONS_CACHE_MODE: 'write-only' }))).toContain('written only')
  expect(text({ image: 'ghcr.io/a/b:c' })).toBe('registry, ghcr.io/a/b:c, read and written (cache-image is given)')
  expect(text({ kind: 'local' })).toBe('local, scope iris-x, read and written (cache: local)')
  expect(cacheText(chooseCache(asked(), createEvent(), classic, {}, now))).toBe(
    'the image itself, from ghcr.io/acme/iris:latest, ghcr.io/acme/iris:main, kept in what is pushed (the classic image store exports no other)',
  )
  expect(text({ to: ['type=inline'] })).toBe('as given (cache-from and cache-to)')
  expect(text({})).toBe('none (there is no cache service; the builder keeps its own layers)')
})

describe('a cache that broke a build is written anew and not read', () => {
  const gha = { kind: 'gha', scope, mode: 'max', read: true, write: true } as const
  test('where it may be written', () => expect(unread(gha)).toEqual({ ...gha, read: false }))
  test('and left out elsewhere', () => expect(unread({ ...gha, write: false })).toEqual({ kind: 'none' }))
  test('in what is pushed', () =>
    expect(unread({ kind: 'image', references: ['a'], write: true })).toEqual({ kind: 'image', references: [], write: true }))
  test('as given', () => expect(unread({ kind: 'given', from: ['a'], to: ['b'] })).toEqual({ kind: 'given', from: [], to: ['b'] }))
})

test.each<readonly [Partial<Inputs['cache']>, boolean]>([
  [{}, false],
  [{ kind: 'none' }, false],
  [{ kind: 'gha' }, true],
  [{ kind: 'local' }, true],
  [{ image: 'ghcr.io/acme/cache' }, true],
  [{ from: ['type=gha'] }, false],
  [{ to: ['type=inline'] }, false],
  [{ to: ['type=inline', 'type=gha'] }, true],
  [{ kind: 'none', to: ['ghcr.io/acme/cache:a'] }, true],
])('%j asks for a cache that is exported: %s', (cache, expected) => expect(asksForExport(asked(cache).cache)).toBe(expected))
