import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ActionError } from '../../src/errors.ts'
import type { HttpAnswer, RelayRequest, RelayStep } from '../../src/host/host.ts'
import { type Carried, pushRules } from '../../src/publish/relay-rules.ts'
import type { Manifest, RegistryClient } from '../../src/registry/client.ts'
import { digestOf } from '../../src/registry/digest.ts'
import { silence } from '../../src/registry/retry.ts'
import { digest } from '../builders.ts'

const login = { authorization: 'Bearer t' }
const body = new TextEncoder().encode('{"layers":[]}')
const registry = 'https://ghcr.io'

const nothing: RegistryClient['pass'] = async () => ({ status: 200, headers: {}, body: new Uint8Array() })

function open(putManifest: RegistryClient['putManifest'] = async (_, manifest) => manifest.digest, pass: RegistryClient['pass'] = nothing) {
  const passed: string[] = []
  const fresh: boolean[] = []
  const stored: (readonly [string, Manifest])[] = []
  const client: RegistryClient = {
    base: async () => registry,
    authorization: async (_, again = false) => {
      fresh.push(again)
      return login
    },
    hasBlob: async () => false,
    referrers: async () => undefined,
    putBlob: async () => {},
    head: async () => undefined,
    getManifest: async () => undefined,
    getBlob: async () => undefined,
    saveBlob: async () => false,
    listTags: async () => ({ names: [], whole: true }),
    pass: async (method, path) => {
      passed.push(`${method} ${path}`)
      return await pass(method, path, {})
    },
    putManifest: async (reference, manifest) => {
      stored.push([reference, manifest])
      return await putManifest(reference, manifest)
    },
  }
  const carried: Carried = { blobs: 0, bytes: 0, busy: 0 }
  let gaveUp = 0
  const rules = pushRules(client, 'acme/iris', 'door', 'run1', carried, () => gaveUp++)
  const send = (method: string, path: string) => {
    const request: RelayRequest = { method, path, headers: { 'content-type': 'application/x' }, readBody: async () => body }
    return rules.route(request)
  }
  return { rules, send, stored, carried, passed, fresh, gaveUp: () => gaveUp }
}

describe('the manifest that would set the tag of the run', () => {
  test('is stored by its digest alone', async () => {
    const { send, stored, carried } = open()
    const step = await send('PUT', '/v2/door/manifests/run1')
    expect(stored).toEqual([[digestOf(body), { digest: digestOf(body), mediaType: 'application/x', body }]])
    expect(carried).toEqual({ blobs: 0, bytes: 0, busy: 0, digest: digestOf(body) })
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
    ['PATCH', 'blobs/uploads/uuid?_state=abc'],
    ['PUT', `blobs/uploads/uuid?digest=${blob}`],
    ['GET', `blobs/${blob}`],
  ])('as it comes, until there is silence: %s %s', async (method, rest) => {
    expect(await open().send(method, `/v2/door/${rest}`)).toEqual({
      kind: 'forward',
      method,
      url: `${registry}/v2/acme/iris/${rest}`,
      headers: login,
      idleMs: silence,
      settle: expect.any(Function),
      onSent: expect.any(Function),
      onEnd: expect.any(Function),
    })
  })
  test.each([
    ['HEAD', `blobs/${blob}`],
    ['POST', 'blobs/uploads/'],
    ['GET', 'blobs/uploads/uuid'],
    ['HEAD', `manifests/${blob}`],
  ])('by our client, which is patient: %s %s', async (method, rest) => {
    const { send, passed } = open()
    expect(await send(method, `/v2/door/${rest}`)).toMatchObject({ kind: 'answer', status: 200 })
    expect(passed).toEqual([`${method} ${rest}`])
  })
  test('the manifest of an image in an index, by its digest; other bytes are not', async () => {
    const { send, stored, carried } = open()
    expect(await send('PUT', `/v2/door/manifests/${digestOf(body)}`)).toMatchObject({ kind: 'answer', status: 201 })
    expect(stored.map(([reference]) => reference)).toEqual([digestOf(body)])
    expect(await send('PUT', `/v2/door/manifests/${blob}`)).toMatchObject({ kind: 'answer', status: 400 })
    expect(carried).toEqual({ blobs: 0, bytes: 0, busy: 0 })
  })
  test.each(['/v2/', '/v2'])('%s is answered here', async (path) =>
    expect(await open().send('GET', path)).toMatchObject({ kind: 'answer', status: 200 }),
  )
})

describe('weather', () => {
  const upload = '/v2/door/blobs/uploads/u?digest=x'
  const refusal = (status: number, code = 'X', headers: Readonly<Record<string, string>> = {}): HttpAnswer => ({
    status,
    headers,
    body: new TextEncoder().encode(JSON.stringify({ errors: [{ code, message: 'said the registry' }] })),
  })
  /** A layer on its way that ends so; undefined: it breaks off. */
  const layer = async ({ send }: ReturnType<typeof open>, end: HttpAnswer | undefined, method = 'PUT', path = upload) => {
    const step = await send(method, path)
    if (step.kind !== 'forward') throw new Error('a layer is passed on')
    step.onEnd?.({ status: end?.status ?? 502, sent: 1, received: 1, ...(end && end.status >= 400 ? { refusal: end } : {}) })
    return step
  }
  test('a layer that arrives is counted', async () => {
    const door = open()
    await layer(door, { status: 202, headers: {}, body }, 'PATCH')
    await layer(door, { status: 201, headers: {}, body })
    expect(door.carried).toEqual({ blobs: 1, bytes: 0, busy: 0 })
  })
  test.each([
    [503, {}, undefined],
    [429, { 'retry-after': '7' }, '7'],
  ])('a layer that meets %d may be sent again, by us and not by the engine', async (status, headers, retryAfter) => {
    const door = open()
    const step = await layer(door, refusal(status, 'X', headers))
    expect(door.carried).toEqual({ blobs: 0, bytes: 0, busy: 0, trouble: { what: `HTTP ${status}`, retryAfter } })
    expect([step.settle?.(status), step.settle?.(201), step.settle?.(401), door.gaveUp()]).toEqual([400, 201, 400, 0])
  })
  test('after one that broke off the next asks first', async () => {
    const door = open()
    expect((await layer(door, undefined)).askFirst).toBeUndefined()
    expect(door.carried.trouble).toEqual({ what: 'the connection broke off', retryAfter: undefined })
    expect((await layer(door, refusal(503))).askFirst).toBe(true)
    expect((await layer(door, undefined)).askFirst).toBeUndefined()
  })
  test.each([
    [401, 'UNAUTHORIZED', 1],
    [404, 'BLOB_UPLOAD_UNKNOWN', 2],
  ])('%d %s may pass %d times', async (status, code, times) => {
    const door = open()
    for (let count = 0; count < times; count++) await layer(door, refusal(status, code))
    expect([door.gaveUp(), door.carried.trouble?.retryAfter]).toEqual([0, '0'])
    await layer(door, refusal(status, code))
    expect([door.gaveUp(), door.carried.failure]).toEqual([1, expect.any(ActionError)])
  })
  test('a token that has run out is replaced for the next request', async () => {
    const door = open()
    await layer(door, refusal(401))
    await layer(door, undefined)
    await layer(door, undefined)
    expect(door.fresh).toEqual([false, true, false])
  })
  test('of several layers that it was too late for, each may be sent again', async () => {
    const door = open()
    const steps = [await door.send('PUT', upload), await door.send('PUT', upload), await door.send('PUT', upload)]
    const end = (step: RelayStep | undefined, answer: HttpAnswer) =>
      step?.kind === 'forward' &&
      step.onEnd?.({ status: answer.status, sent: 1, received: 1, ...(answer.status >= 400 ? { refusal: answer } : {}) })
    end(steps[0], refusal(401))
    const [again] = [await door.send('PUT', upload)]
    for (const late of steps.slice(1)) end(late, refusal(401))
    end(again, { status: 201, headers: {}, body })
    await layer(door, refusal(401))
    expect([door.gaveUp(), door.fresh]).toEqual([0, [false, false, false, true, false]])
  })
  test.each([
    [403, 'registry-denied'],
    [413, 'layer-too-large'],
  ])('%d is the last word', async (status, code) => {
    const door = open()
    await layer(door, refusal(status))
    expect(door.gaveUp()).toBe(1)
    expect(door.carried.failure).toMatchObject({ code, message: `acme/iris does not take a layer (HTTP ${status}: said the registry)` })
  })
  test.each([
    ['HEAD', 'blobs/sha256:', 404, undefined],
    ['HEAD', 'blobs/sha256:', 403, 'registry-denied'],
    ['POST', 'blobs/uploads/', 404, 'registry-denied'],
    ['POST', 'blobs/uploads/', 503, 'registry-unavailable'],
  ])('of what was asked again by our client the answer is final: %s %s %d', async (method, rest, status, code) => {
    const door = open(undefined, async () => refusal(status))
    const path = `/v2/door/${rest}${rest.endsWith(':') ? 'ab'.repeat(32) : ''}`
    expect(await door.send(method, path)).toMatchObject({ kind: 'answer', status })
    expect((door.carried.failure as ActionError | undefined)?.code).toBe(code)
  })
  test('what our client gives up is told as it tells it', async () => {
    const error = new ActionError('registry-unavailable', 'no answer')
    const door = open(undefined, () => Promise.reject(error))
    expect(await door.send('POST', '/v2/door/blobs/uploads/')).toMatchObject({ status: 502 })
    expect([door.carried.failure, door.gaveUp()]).toEqual([error, 1])
  })
  test('an answer of the registry keeps what the engine looks at, and its Location comes back to us', async () => {
    const headers = { location: '/v2/acme/iris/blobs/uploads/u?s=1', 'docker-upload-uuid': 'u', 'set-cookie': 'a=b', 'content-length': '0' }
    const door = open(undefined, async () => ({ status: 202, headers, body: new Uint8Array() }))
    expect(await door.send('POST', '/v2/door/blobs/uploads/')).toEqual({
      kind: 'answer',
      status: 202,
      headers: { location: '/v2/door/blobs/uploads/u?s=1', 'docker-upload-uuid': 'u' },
      body: '',
    })
  })
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
