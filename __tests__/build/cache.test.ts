import { describe, expect, test } from '@jest/globals'
import { cacheRights, cacheScope, chooseCache } from '../../src/build/cache.ts'
import type { ImageStore } from '../../src/build/engine.ts'
import type { Inputs } from '../../src/inputs/inputs.ts'
import type { Event } from '../../src/plan/event.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import { parseTagRule } from '../../src/plan/tags/rule.ts'
import { createEvent, createInputs } from '../builders.ts'

const now = Date.parse('2026-01-02T03:04:05Z')
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const tokenOf = (claims: unknown) => `${encode({ alg: 'RS256' })}.${encode(claims)}.signature`
const scopes = (...permissions: readonly number[]) =>
  tokenOf({ ac: JSON.stringify(permissions.map((Permission) => ({ Scope: 'refs/heads/main', Permission }))) })

describe('what a token of the cache service allows', () => {
  test.each([
    ['write', scopes(3)],
    ['write', scopes(1, 2)],
    ['read', scopes(1)],
    ['read', scopes()],
    ['none', tokenOf({})],
    ['none', tokenOf({ ac: '[{"Permission":3}]', exp: now / 1000 })],
    ['write', tokenOf({ ac: '[{"Permission":3}]', exp: now / 1000 + 1, nbf: now / 1000 })],
    ['none', tokenOf({ ac: '[{"Permission":3}]', nbf: now / 1000 + 1 })],
    ['none', 'opaque'],
    ['none', 'a.b'],
    ['none', 'a.!.c'],
    ['none', ''],
    ['none', tokenOf({ ac: 'no JSON' })],
  ])('%s: %s', (rights, token) => expect(cacheRights(token, now)).toBe(rights))
})

const service = { ACTIONS_RUNTIME_TOKEN: scopes(3), ACTIONS_RESULTS_URL: 'https://cache/' }
const scope = 'iris-x'
const asked = (kind: Inputs['cache']['kind']) => createInputs({ cache: { kind, scope } })
const pull: Partial<Event> = { name: 'pull_request', ref: { kind: 'pull', number: 7 } }

describe('the cache is used where the runner gives it and the store can export to it, and written on branches of our own', () => {
  const written = { kind: 'gha', scope, write: true }
  const read = { kind: 'gha', scope, write: false }
  const none = { kind: 'none' }
  const told = (words: string) => ({ kind: 'none', notice: expect.stringContaining(words) })
  test.each<readonly [string, Inputs['cache']['kind'], Partial<Event>, ImageStore, Record<string, string>, unknown]>([
    ['on a branch', 'auto', {}, 'containerd', service, written],
    ['asked for', 'gha', {}, 'containerd', service, written],
    ['by the older address', 'auto', {}, 'containerd', { ...service, ACTIONS_RESULTS_URL: '', ACTIONS_CACHE_URL: 'https://c/' }, written],
    ['on a pull request', 'auto', pull, 'containerd', service, read],
    ['of a fork', 'auto', { origin: 'fork' }, 'containerd', service, read],
    ['on a tag', 'auto', { ref: { kind: 'tag', name: 'v1' } }, 'containerd', service, read],
    ['where the job may only read', 'auto', {}, 'containerd', { ...service, ACTIONS_CACHE_MODE: 'read' }, read],
    ['with a token that may only read', 'auto', {}, 'containerd', { ...service, ACTIONS_RUNTIME_TOKEN: scopes(1) }, read],
    ['with a token that cannot be read', 'auto', {}, 'containerd', { ...service, ACTIONS_RUNTIME_TOKEN: 'x' }, told('cannot be used')],
    ['on the classic store', 'auto', {}, 'classic', service, told('classic image store')],
    ['switched off', 'none', {}, 'containerd', service, none],
    ['where the job may not', 'auto', {}, 'containerd', { ...service, ACTIONS_CACHE_MODE: 'none' }, none],
    ['without a token', 'auto', {}, 'containerd', { ACTIONS_RESULTS_URL: 'https://cache/' }, none],
    ['without an address', 'auto', {}, 'containerd', { ACTIONS_RUNTIME_TOKEN: scopes(3) }, none],
    ['asked for without a service', 'gha', {}, 'containerd', {}, told('cache: gha is asked for')],
  ])('%s', (_, kind, event, store, job, expected) =>
    expect(chooseCache(asked(kind), createEvent(event), store, job, now)).toEqual(expected),
  )
})

describe('one scope for one image', () => {
  const base = createInputs({ build: { target: 'serve' } })
  const other = (overrides: Parameters<typeof createInputs>[0]) => cacheScope(createInputs({ build: { target: 'serve' }, ...overrides }))
  test('named by the image and a hash', () => expect(cacheScope(base)).toMatch(/^iris-[0-9a-f]{12}$/))
  test.each([
    ['image', { images: [parseImageName('ghcr.io/other/iris')] }],
    ['Dockerfile', { build: { target: 'serve', file: '/repo/other.Dockerfile' } }],
    ['target', { build: { target: 'other' } }],
  ])('another %s has another', (_, overrides) => expect(other(overrides)).not.toBe(cacheScope(base)))
  test('another checkout, commit or tag has the same', () => {
    const moved = other({
      workingDirectory: '/w/x',
      build: { target: 'serve', context: '/w/x', file: '/w/x/Dockerfile', dockerfile: 'FROM a' },
    })
    expect(moved).toBe(cacheScope(base))
    expect(other({ tags: parseTagRule('v9'), push: 'false' })).toBe(cacheScope(base))
  })
  test('a name that is given is taken as it is', () => expect(cacheScope(asked('auto'))).toBe(scope))
})
