import { describe, expect, test } from '@jest/globals'
import { openImageCache, splitReference } from '../../../src/build/cache/image.ts'
import type { RelayStep } from '../../../src/host/host.ts'
import { nameText } from '../../../src/plan/image-name.ts'
import type { Access } from '../../../src/plan/plan.ts'
import { type Answer, createFakeHost } from '../../fake-host.ts'
import { createFakeRegistry, registryLogin, sha256 } from '../../fake-registry.ts'

const layer = 'a layer'
const inline = JSON.stringify({ config: {}, 'moby.buildkit.cache.v0': '' })
const reference = 'ghcr.io/acme/iris:latest'
const mediaType = 'application/vnd.docker.distribution.manifest.v2+json'
const access = new Map<string, Access>([['ghcr.io', { kind: 'given', credential: registryLogin, from: 'x' }]])

type Case = Readonly<{
  config?: string
  configType?: string
  layers?: readonly string[]
  lost?: boolean
  near?: boolean
  access?: ReadonlyMap<string, Access>
  references?: readonly string[]
  fault?: (request: string) => Answer | undefined
}>

/** A registry that holds one image as `latest`, and what is made of it as a cache. */
async function open(more: Case = {}) {
  const { config = inline, configType = 'application/vnd.docker.container.image.v1+json', layers = [layer], fault } = more
  const registry = createFakeRegistry({ auth: 'bearer', ...(fault ? { fault } : {}) })
  const manifest = JSON.stringify({
    config: { mediaType: configType, digest: sha256(config) },
    layers: layers.map((text) => ({ digest: sha256(text) })),
  })
  registry.manifests.set('acme/iris:latest', { mediaType, body: new TextEncoder().encode(manifest) })
  registry.blobs.set(sha256(config), config)
  if (!more.lost) for (const text of layers) registry.blobs.set(sha256(text), text)
  const host = createFakeHost({ request: { 'GET https://': registry.answer, 'HEAD https://': registry.answer } })
  const start = host.now()
  const cache = await openImageCache(
    host,
    more.references ?? ['ghcr.io/acme/iris:none', reference],
    more.access ?? access,
    more.near ?? true,
  )
  return { registry, host, cache, manifest, took: host.now() - start }
}

describe('an image tells of its steps', () => {
  test('and the builder reads them through a door, without a login', async () => {
    const { cache, host, manifest, registry } = await open()
    expect(cache.trouble()).toBeUndefined()
    expect(cache.references).toHaveLength(1)
    const [, name = ''] = new RegExp(`^127\\.0\\.0\\.1:41001/([\\w-]{36})@${sha256(manifest)}$`).exec(cache.references[0] ?? '') ?? []
    const ask = (path: string, method = 'GET') => host.relays[0]?.send({ method, path: path.replace('NAME', name) })
    const headers = { 'content-type': mediaType, 'docker-content-digest': sha256(manifest) }
    expect(await ask('/v2/')).toMatchObject({ status: 200 })
    expect(await ask(`/v2/NAME/manifests/${sha256(manifest)}`)).toEqual({ kind: 'answer', status: 200, headers, body: manifest })
    expect(await ask(`/v2/NAME/blobs/${sha256(layer)}`, 'HEAD')).toMatchObject({
      kind: 'forward',
      method: 'HEAD',
      url: `https://ghcr.io/v2/acme/iris/blobs/${sha256(layer)}`,
      headers: { authorization: expect.stringMatching(/^Bearer /) },
      idleMs: 10_000,
    })
    expect(new Set(registry.scopes)).toEqual(new Set(['repository:acme/iris:pull']))
    for (const [path, method, status] of [
      [`/v2/NAME/blobs/${sha256('other')}`, 'GET', 404],
      [`/v2/NAME/manifests/${sha256('other')}`, 'GET', 404],
      ['/v2/NAME/manifests/latest', 'GET', 404],
      [`/v2/acme/iris/blobs/${sha256(layer)}`, 'GET', 404],
      ['/v2/NAME/blobs/uploads/', 'POST', 405],
      ['/v2/NAME/manifests/latest', 'PUT', 405],
      [`/v2/NAME/manifests/${sha256(manifest)}`, 'DELETE', 405],
    ] as const)
      expect(await ask(path, method)).toMatchObject({ kind: 'answer', status })
    await cache[Symbol.asyncDispose]()
    expect(host.relays[0]?.isClosed()).toBe(true)
  })
  test('to a builder that does not reach the door under its own name', async () => {
    const { cache, host } = await open({ near: false })
    expect(cache.references).toEqual([reference])
    expect(host.relays).toEqual([])
  })
  test('and so does a cache that another builder keeps', async () => {
    const { cache } = await open({ config: '{"layers":[]}', configType: 'application/vnd.buildkit.cacheconfig.v0' })
    expect(cache.references).toHaveLength(1)
  })
})

describe('what is no use is not given to the builder', () => {
  test.each<readonly [string, Case]>([
    ['an image that tells of no steps', { config: '{"config":{}}' }],
    ['one that has lost a layer', { lost: true }],
    ['one that is not there', { references: ['ghcr.io/acme/iris:none'] }],
    ['one that is closed to us', { access: new Map() }],
  ])('%s', async (_, more) => {
    const { cache, host } = await open(more)
    expect(cache.references).toEqual([])
    expect(cache.trouble()).toBeUndefined()
    expect(host.relays).toEqual([])
  })
  test.each<readonly [string, Answer]>([
    ['does not answer', { takes: Number.POSITIVE_INFINITY }],
    ['answers with 503', { status: 503 }],
    ['answers with something else', { body: 'hello' }],
  ])('one whose registry %s, for five seconds at most', async (_, answer) => {
    const { cache, took } = await open({ fault: (request) => (request.includes('/manifests/') ? answer : undefined) })
    expect(cache.references).toEqual([])
    expect(cache.trouble()).toMatch(/./)
    expect(took).toBeLessThanOrEqual(5_000)
  })
})

describe('a layer that does not come', () => {
  const exchange = async () => {
    const { cache, host, manifest } = await open()
    const [, name = ''] = /:41001\/([\w-]+)@/.exec(cache.references[0] ?? '') ?? []
    expect(manifest).toContain(sha256(layer))
    const end = async (status: number, received = 0, takes = 0) => {
      const step = (await host.relays[0]?.send({ path: `/v2/${name}/blobs/${sha256(layer)}` })) as RelayStep
      if (takes > 0) await host.sleep(takes)
      if (step.kind === 'forward') step.onEnd?.({ status, sent: 0, received })
    }
    return { cache, end }
  }
  test('is told of at once where the registry says so', async () => {
    const { cache, end } = await exchange()
    await end(404)
    expect(cache.broken.aborted).toBe(true)
    expect(cache.trouble()).toContain(reference)
  })
  // A build that fails breaks off what it reads.
  test('is told of at the second time where it was broken off', async () => {
    const { cache, end } = await exchange()
    await end(502)
    expect(cache.broken.aborted).toBe(false)
    await end(502)
    expect(cache.broken.aborted).toBe(true)
  })
  test('is told of at once where nothing came at all', async () => {
    const { cache, end } = await exchange()
    await end(502, 0, 10_000)
    expect(cache.broken.aborted).toBe(true)
    expect(cache.trouble()).toContain('nothing came in 10 s')
  })
  test('is none where all came, or is somewhere else', async () => {
    const { cache, end } = await exchange()
    await end(200, 7)
    await end(307, 1)
    expect(cache.broken.aborted).toBe(false)
    expect(cache.traffic.downloaded).toBe(8)
  })
})

test.each([
  ['ghcr.io/acme/iris:latest', 'ghcr.io/acme/iris', 'latest'],
  ['localhost:5000/iris:v1', 'localhost:5000/iris', 'v1'],
])('%s is %s with the tag %s', (text, name, tag) => {
  const split = splitReference(text)
  expect([nameText(split.name), split.tag]).toEqual([name, tag])
})
