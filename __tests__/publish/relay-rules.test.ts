import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ActionError } from '../../src/errors.ts'
import type { RelayRequest } from '../../src/host/host.ts'
import { type Carried, pushRules } from '../../src/publish/relay-rules.ts'
import type { Manifest, RegistryClient } from '../../src/registry/client.ts'
import { digestOf } from '../../src/registry/digest.ts'
import { digest } from '../builders.ts'

const login = { authorization: 'Bearer t' }
const body = new TextEncoder().encode('{"layers":[]}')
const registry = 'https://ghcr.io'

function open(putManifest: RegistryClient['putManifest'] = async (_, manifest) => manifest.digest) {
  const stored: (readonly [string, Manifest])[] = []
  const client: RegistryClient = {
    base: async () => registry,
    authorization: async () => login,
    hasBlob: async () => false,
    putBlob: async () => {},
    head: async () => undefined,
    getManifest: async () => undefined,
    getBlob: async () => undefined,
    saveBlob: async () => false,
    listTags: async () => ({ names: [], whole: true }),
    putManifest: async (reference, manifest) => {
      stored.push([reference, manifest])
      return await putManifest(reference, manifest)
    },
  }
  const carried: Carried = {}
  const rules = pushRules(client, 'acme/iris', 'door', 'run1', carried)
  const send = (method: string, path: string) => {
    const request: RelayRequest = { method, path, headers: { 'content-type': 'application/x' }, readBody: async () => body }
    return rules.route(request)
  }
  return { rules, send, stored, carried }
}

describe('the manifest that would set the tag of the run', () => {
  test('is stored by its digest alone', async () => {
    const { send, stored, carried } = open()
    const step = await send('PUT', '/v2/door/manifests/run1')
    expect(stored).toEqual([[digestOf(body), { digest: digestOf(body), mediaType: 'application/x', body }]])
    expect(carried).toEqual({ digest: digestOf(body) })
    expect(step).toEqual({
      kind: 'answer',
      status: 201,
      headers: { 'docker-content-digest': digestOf(body), location: `/v2/door/manifests/${digestOf(body)}` },
      body: '',
    })
  })
  test.each(['GET', 'HEAD', 'DELETE', 'POST'])('does not answer to %s: no such tag is there', async (method) => {
    const { send, stored } = open()
    expect(await send(method, '/v2/door/manifests/run1')).toMatchObject({ kind: 'answer', status: 404 })
    expect(stored).toEqual([])
  })
  test.each<readonly [string, RegistryClient['putManifest']]>([
    ['is stored as something else', async () => digest],
    [
      'is refused',
      async () => {
        throw new ActionError('registry-denied', 'no')
      },
    ],
  ])('that %s is told by its failure, and the engine by 502', async (_, put) => {
    const { send, carried } = open(put)
    expect(await send('PUT', '/v2/door/manifests/run1')).toMatchObject({ kind: 'answer', status: 502 })
    expect(carried.digest).toBeUndefined()
    expect(carried.failure).toBeInstanceOf(Error)
  })
})

describe('what a push needs goes on with our login', () => {
  const blob = `sha256:${'ab'.repeat(32)}`
  test.each([
    ['HEAD', `blobs/${blob}`],
    ['POST', 'blobs/uploads/'],
    ['PATCH', 'blobs/uploads/uuid?_state=abc'],
    ['PUT', `blobs/uploads/uuid?digest=${blob}`],
    ['GET', 'blobs/uploads/uuid'],
    ['HEAD', `manifests/${blob}`],
    ['PUT', `manifests/${blob}`],
  ])('%s %s', async (method, rest) => {
    expect(await open().send(method, `/v2/door/${rest}`)).toEqual({
      kind: 'forward',
      method,
      url: `${registry}/v2/acme/iris/${rest}`,
      headers: login,
    })
  })
  test.each(['/v2/', '/v2'])('%s is answered here', async (path) =>
    expect(await open().send('GET', path)).toMatchObject({ kind: 'answer', status: 200 }),
  )
})

describe('nothing else passes', () => {
  const encoded = Buffer.from('https://evil.example').toString('base64url')
  test.each([
    ['another tag', 'PUT', '/v2/door/manifests/latest'],
    ['another tag read', 'GET', '/v2/door/manifests/latest'],
    ['deleting', 'DELETE', `/v2/door/manifests/sha256:${'ab'.repeat(32)}`],
    ['the repository by its own name', 'PUT', '/v2/acme/iris/manifests/latest'],
    ['another repository', 'GET', '/v2/other/blobs/uploads/'],
    ['one as long', 'POST', '/v2/dogs/blobs/uploads/'],
    ['one that begins alike', 'POST', '/v2/door2/blobs/uploads/'],
    ['a way out', 'POST', '/v2/door/blobs/uploads/../../../other/manifests/latest'],
    ['the catalog', 'GET', '/v2/_catalog'],
    ['tags', 'GET', '/v2/door/tags/list'],
    ['the top', 'GET', '/'],
    ['a host that no Location named', 'PUT', `/elsewhere/${encoded}/x`],
    ['no host', 'GET', '/elsewhere/'],
  ])('%s', async (_, method, path) => {
    const { send, stored } = open()
    const step = await send(method, path)
    expect([step.kind, stored]).toEqual(['answer', []])
    expect(step).toMatchObject({ status: expect.any(Number) })
    expect((step as { status: number }).status).toBeGreaterThanOrEqual(400)
  })
  const climb = async (path: string) => {
    const step = await open().send('PUT', `/v2/door/blobs/uploads/${path}`)
    return step.kind === 'forward' ? new URL(step.url).pathname : 'answered'
  }
  test.each(['%2e%2e/%2e%2e', '%2E./.%2e', '../..'])('also by dots that are written otherwise: %s', async (up) =>
    expect(await climb(`${up}/manifests/latest`)).toBe('answered'),
  )
  test('also by slashes that are written otherwise', async () =>
    expect(await climb('..\\..\\manifests\\latest')).not.toBe('/v2/acme/iris/manifests/latest'))
})

describe('a Location comes back to the door, and through it to where it led', () => {
  const sentTo = `${registry}/v2/acme/iris/blobs/uploads/`
  const follow = async (location: string, from = sentTo) => {
    const { rules, send } = open()
    const path = rules.location(location, from)
    const step = await send('PUT', path)
    return { path, ...(step.kind === 'forward' ? { url: step.url, headers: step.headers } : { url: undefined, headers: undefined }) }
  }
  test.each([
    ['/v2/acme/iris/blobs/uploads/u?_state=a%2Fb', `${registry}/v2/acme/iris/blobs/uploads/u?_state=a%2Fb`, login],
    [`${registry}/v2/acme/iris/blobs/uploads/u`, `${registry}/v2/acme/iris/blobs/uploads/u`, login],
    ['u?x=1', `${registry}/v2/acme/iris/blobs/uploads/u?x=1`, login],
    ['https://store.example/bucket/key?sig=1%2B2', 'https://store.example/bucket/key?sig=1%2B2', {}],
    ['http://127.0.0.1:9000/k', 'http://127.0.0.1:9000/k', {}],
    ['/artifacts-uploads/namespaces/p/uploads/u', `${registry}/artifacts-uploads/namespaces/p/uploads/u`, {}],
    ['/v2/other/blobs/uploads/u', `${registry}/v2/other/blobs/uploads/u`, {}],
  ])('%s', async (location, url, headers) => {
    const followed = await follow(location)
    expect(followed).toMatchObject({ url, headers })
    expect(followed.path).toMatch(/^\//)
  })
  test('of another host again, relative or whole', async () => {
    const { rules, send } = open()
    rules.location('https://store.example/a', sentTo)
    for (const location of ['/b?c', 'https://store.example/b?c']) {
      expect(await send('PUT', rules.location(location, 'https://store.example/a'))).toMatchObject({
        url: 'https://store.example/b?c',
        headers: {},
      })
    }
  })
  test('wherever it leads, our login goes to the repository alone', async () => {
    const origin = fc.constantFrom('', registry, 'https://store.example', 'http://ghcr.io', 'https://ghcr.io.evil.example')
    const path = fc.array(fc.constantFrom('v2', 'acme', 'iris', 'blobs', 'uploads', 'x', '%2F'), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(origin, path, async (at, parts) => {
        const location = `${at}/${parts.join('/')}`
        const { url, headers } = await follow(location)
        const trusted = url?.startsWith(`${registry}/v2/acme/iris/`) ?? false
        return (url === undefined || url === new URL(location, sentTo).href) && (trusted || headers?.['authorization'] === undefined)
      }),
    )
  })
  test('also after one that led out of the repository on the same host', async () => {
    const { rules, send } = open()
    rules.location('/artifacts-uploads/u', sentTo)
    expect(await send('PUT', rules.location('/v2/acme/iris/blobs/uploads/u', sentTo))).toMatchObject({ headers: login })
  })
})
