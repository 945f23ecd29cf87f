import { describe, expect, test } from '@jest/globals'
import { parseImageName } from '../../src/plan/image-name.ts'
import { createClient, manifestTypes } from '../../src/registry/client.ts'
import { type Answer, createFakeHost } from '../fake-host.ts'
import { createFakeRegistry, identityToken, registryLogin, sha256 } from '../fake-registry.ts'

const manifest = {
  digest: sha256('{"layers":[]}'),
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  body: new TextEncoder().encode('{"layers":[]}'),
}

function setUp(
  options: Parameters<typeof createFakeRegistry>[0] = {},
  login: typeof registryLogin | 'none' = registryLogin,
  name = 'ghcr.io/acme/iris',
) {
  const registry = createFakeRegistry(options)
  const host = createFakeHost({ request: { '': registry.answer } })
  return { registry, host, client: createClient(host, parseImageName(name), login === 'none' ? undefined : login) }
}

describe('manifests', () => {
  test('go in and come out byte for byte', async () => {
    const { client, registry } = setUp()
    expect(await client.putManifest('v1', manifest)).toBe(manifest.digest)
    expect(await client.head('v1')).toBe(manifest.digest)
    expect(await client.getManifest('v1')).toEqual({ ...manifest, body: manifest.body })
    expect(await client.getManifest(manifest.digest)).toEqual(manifest)
    expect(registry.log).toEqual([
      'GET /v2/',
      ...['PUT', 'HEAD', 'GET'].map((method) => `${method} /v2/acme/iris/manifests/v1`),
      `GET /v2/acme/iris/manifests/${manifest.digest}`,
    ])
  })
  test('that are not there are none', async () => {
    const { client } = setUp()
    expect([await client.head('v2'), await client.getManifest('v2')]).toEqual([undefined, undefined])
  })
  test('are asked for in every form there is', async () => {
    const { client, host } = setUp()
    await client.head('v1')
    expect(host.requests.at(-1)?.headers).toEqual({ accept: manifestTypes.join(', ') })
  })
})

describe('logins', () => {
  test('none where the registry asks for none', async () => {
    const { client, host } = setUp({ auth: 'none' })
    expect(await client.authorization('pull,push')).toEqual({})
    await client.head('v1')
    expect(host.requests.some(({ headers }) => headers?.['authorization'])).toBe(false)
  })
  test('basic', async () => {
    const { client } = setUp({ auth: 'basic' })
    expect(await client.putManifest('v1', manifest)).toBe(manifest.digest)
  })
  test('a token for what is to be done, asked for once and hidden', async () => {
    const { client, registry, host } = setUp({ auth: 'bearer' })
    await client.putManifest('v1', manifest)
    await client.putManifest('v2', manifest)
    await client.head('v1')
    expect(registry.scopes).toEqual(['repository:acme/iris:pull,push', 'repository:acme/iris:pull'])
    expect(host.hidden).toEqual(['token-1', 'token-2'])
    expect(host.requests.find(({ url }) => url.includes('/token'))?.url).toContain('service=ghcr.io')
  })
  test.each([
    [300, 289_999, 1],
    [300, 290_001, 2],
    [undefined, 49_999, 1],
    [undefined, 50_001, 2],
  ])('a token of %s s is used until shortly before its end: after %d ms there were %d', async (expiresIn, ms, tokens) => {
    const { client, registry, host } = setUp({ auth: 'bearer', ...(expiresIn === undefined ? {} : { expiresIn }) })
    await client.head('v1')
    await host.sleep(ms)
    await client.head('v1')
    expect(registry.scopes).toHaveLength(tokens)
  })
  test('a token that is refused is replaced once', async () => {
    const { client, registry } = setUp({ auth: 'bearer' })
    await client.putManifest('v1', manifest)
    registry.revokeTokens()
    expect(await client.putManifest('v2', manifest)).toBe(manifest.digest)
    expect(registry.scopes).toHaveLength(2)
  })
  test('a password is never sent for a token over plain http to another machine', async () => {
    const challenge = { status: 401, headers: { 'www-authenticate': 'Bearer realm="http://evil.example/token"' } }
    const { client, host } = setUp({ fault: (request) => (request === 'GET /v2/' ? challenge : undefined) })
    await expect(client.authorization('pull')).rejects.toMatchObject({ code: 'registry-unauthorized' })
    expect(host.requests.map(({ url }) => url)).toEqual(['https://ghcr.io/v2/'])
  })
  test.each<readonly [string, Parameters<typeof createFakeRegistry>[0], typeof registryLogin | 'none', string]>([
    ['a wrong password, by token', { auth: 'bearer' }, { ...registryLogin, password: 'x' }, 'registry-unauthorized'],
    ['a wrong password, basic', { auth: 'basic' }, { ...registryLogin, password: 'x' }, 'registry-unauthorized'],
    ['none, where one is asked for', { auth: 'basic' }, 'none', 'registry-unauthorized'],
    [
      'no token in the answer',
      { auth: 'bearer', fault: (request) => (request === 'GET /token' ? { body: '{}' } : undefined) },
      registryLogin,
      'registry-unauthorized',
    ],
    [
      'an unknown scheme',
      { fault: () => ({ status: 401, headers: { 'www-authenticate': 'Negotiate' } }) },
      registryLogin,
      'registry-unauthorized',
    ],
  ])('refused: %s', async (_, options, login, code) => {
    const { client, host } = setUp(options, login)
    await expect(client.authorization('pull,push')).rejects.toMatchObject({ code })
    await expect(client.putManifest('v1', manifest)).rejects.toMatchObject({ code })
    expect(host.requests.length).toBeLessThan(12)
  })
})

describe('where the registry is', () => {
  test.each([
    ['acme/iris', 'registry-1.docker.io', 'https', 'https://registry-1.docker.io'],
    ['ghcr.io/acme/iris', 'ghcr.io', 'https', 'https://ghcr.io'],
    ['localhost:5000/iris', 'localhost:5000', 'https', 'https://localhost:5000'],
    ['localhost:5000/iris', 'localhost:5000', 'http', 'http://localhost:5000'],
  ] as const)('%s is at %s by %s', async (name, at, scheme, base) => {
    expect(await setUp({ host: at, scheme }, 'none', name).client.base()).toBe(base)
  })
  test('plain http is for the loopback alone', async () => {
    const { client, host } = setUp({ host: 'registry.example', scheme: 'http' }, 'none', 'registry.example/a')
    await expect(client.head('v1')).rejects.toMatchObject({ code: 'registry-unavailable' })
    expect(host.requests.every(({ url }) => url.startsWith('https:'))).toBe(true)
  })
})

describe('weather is survived, and what is final is told at once in the words of the registry', () => {
  const onPut = (answer: Answer, times = Number.POSITIVE_INFINITY) => ({
    fault: (request: string, count: number) => (request.startsWith('PUT') && count <= times ? answer : undefined),
  })
  test.each([408, 425, 429, 500, 502, 503, 504])('%d, three times', async (status) => {
    expect(await setUp(onPut({ status }, 3)).client.putManifest('v1', manifest)).toBe(manifest.digest)
  })
  const doubt: Answer = { status: 400, body: '{"errors":[{"code":"DIGEST_INVALID","message":"provided digest did not match"}]}' }
  test.each(['v1', manifest.digest])('a doubt about bytes that are right is got over: %s', async (reference) => {
    const { client, registry } = setUp(onPut(doubt, 2))
    expect(await client.putManifest(reference, manifest)).toBe(manifest.digest)
    expect(registry.log.filter((request) => request.startsWith('PUT'))).toHaveLength(3)
  })
  test('but not one that stays, nor one about bytes that are wrong', async () => {
    const stays = setUp(onPut(doubt))
    await expect(stays.client.putManifest('v1', manifest)).rejects.toMatchObject({ code: 'registry-refused' })
    const wrong = setUp(onPut(doubt))
    await expect(wrong.client.putManifest(sha256('other'), manifest)).rejects.toMatchObject({ code: 'registry-refused' })
    const puts = (log: readonly string[]) => log.filter((request) => request.startsWith('PUT')).length
    expect([puts(stays.registry.log), puts(wrong.registry.log)]).toEqual([4, 1])
  })
  test('a pause that is asked for', async () => {
    const { client, host } = setUp(onPut({ status: 429, headers: { 'retry-after': '30' } }, 1))
    const start = host.now()
    await client.putManifest('v1', manifest)
    expect(host.now() - start).toBe(30_000)
  })
  test.each([
    [400, 'registry-refused'],
    [401, 'registry-unauthorized'],
    [403, 'registry-denied'],
    [404, 'registry-denied'],
    [405, 'registry-denied'],
    [413, 'layer-too-large'],
    [503, 'registry-unavailable'],
    [200, 'registry-unavailable'],
  ])('%d is %s', async (status, code) => {
    const { client, registry, host } = setUp(onPut({ status, body: '{"errors":[{"code":"X","message":"said the registry"}]}' }))
    const start = host.now()
    const refusal = { code, message: `ghcr.io/acme/iris:v1 cannot be written (HTTP ${status}: said the registry)` }
    await expect(client.putManifest('v1', manifest)).rejects.toMatchObject(refusal)
    const tries = registry.log.filter((request) => request.startsWith('PUT')).length
    expect(status === 503 ? tries > 4 : tries <= 2).toBe(true)
    expect(host.now() - start).toBeLessThanOrEqual(85_000)
  })
  test('a layer that the registry has not seen yet', async () => {
    const unseen: Answer = { status: 400, body: '{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","message":"blob unknown to registry"}]}' }
    expect(await setUp(onPut(unseen, 2)).client.putManifest('v1', manifest)).toBe(manifest.digest)
  })
  describe('a tag that may not be moved', () => {
    const immutable: Answer = { status: 400, body: '{"errors":[{"code":"TAG_INVALID","message":"the tag is immutable"}]}' }
    const locked = (held: string) => {
      const world = setUp(onPut(immutable))
      world.registry.manifests.set('acme/iris:v1', { mediaType: manifest.mediaType, body: new TextEncoder().encode(held) })
      return world.client.putManifest('v1', manifest)
    }
    test('is set where it holds this very image', async () => expect(await locked('{"layers":[]}')).toBe(manifest.digest))
    test('is told with what it holds else', async () =>
      expect(locked('{"layers":[1]}')).rejects.toMatchObject({
        code: 'tag-immutable',
        message: `ghcr.io/acme/iris:v1 cannot be written (HTTP 400: the tag is immutable); it holds ${sha256('{"layers":[1]}')}`,
      }))
    test('and that cannot be read', async () => {
      const { client } = setUp(onPut(immutable))
      await expect(client.putManifest('v1', manifest)).rejects.toMatchObject({ message: expect.stringContaining('it holds another image') })
    })
  })
  test('an answer that was cut off, though it looks whole', async () => {
    const cut: Answer = { body: '{"lay', headers: { 'docker-content-digest': manifest.digest, 'content-type': manifest.mediaType } }
    const fault = (request: string, count: number) => (request.startsWith('GET /v2/acme') && count < 3 ? cut : undefined)
    const { client } = setUp({ fault })
    await client.putManifest('v1', manifest)
    for (const reference of ['v1', manifest.digest]) expect((await client.getManifest(reference))?.body).toEqual(manifest.body)
  })
  test('what is no registry is told', async () => {
    const { client } = setUp({ fault: () => ({ status: 404, body: '<html>' }) })
    await expect(client.head('v1')).rejects.toMatchObject({ message: 'ghcr.io does not answer as a registry (HTTP 404)' })
  })
})

describe('tags', () => {
  const withTags = (count: number, pageSize: number) => {
    const world = setUp({ pageSize })
    for (let number = 0; number < count; number++)
      world.registry.manifests.set(`acme/iris:v${number}`, { mediaType: '', body: new Uint8Array() })
    return world
  }
  test('are listed page by page', async () => {
    const { client, registry } = withTags(7, 3)
    expect(await client.listTags()).toEqual({ names: ['v0', 'v1', 'v2', 'v3', 'v4', 'v5', 'v6'], whole: true })
    expect(registry.log).toHaveLength(1 + 3)
  })
  test('that are too many to read are not all of them', async () => {
    const { names, whole } = await withTags(30, 1).client.listTags()
    expect([names.length, whole]).toEqual([20, false])
  })
  test('of a repository that is not there are none', async () => {
    const { client } = setUp({ fault: (request) => (request.includes('tags/list') ? { status: 404 } : undefined) })
    expect(await client.listTags()).toMatchObject({ names: [] })
  })
  test('may be null', async () => {
    const { client } = setUp({ fault: (request) => (request.includes('tags/list') ? { body: '{"tags":null}' } : undefined) })
    expect(await client.listTags()).toEqual({ names: [], whole: true })
  })
  test('that may not be listed', async () => {
    const { client } = setUp({ fault: (request) => (request.includes('tags/list') ? { status: 403 } : undefined) })
    await expect(client.listTags()).rejects.toMatchObject({ code: 'registry-denied' })
  })
})

describe('blobs', () => {
  const digest = sha256('{"config":{}}')
  const elsewhere = (location: string, stored = '{"config":{}}') => {
    const registry = createFakeRegistry({
      auth: 'basic',
      fault: (request) => (request.includes('/blobs/') ? { status: 307, headers: { location } } : undefined),
    })
    const host = createFakeHost({
      request: { 'GET https://ghcr.io': registry.answer, 'GET https://storage.example': { body: stored }, 'GET http': { body: stored } },
    })
    return { host, client: createClient(host, parseImageName('ghcr.io/acme/iris'), registryLogin) }
  }
  test('come from the registry', async () => {
    const { client, registry } = setUp()
    registry.blobs.set(digest, '{"config":{}}')
    expect(new TextDecoder().decode(await client.getBlob(digest))).toBe('{"config":{}}')
  })
  test('that are not there are none', async () => expect(await setUp().client.getBlob(digest)).toBeUndefined())
  test('come from its storage, which is not shown our login', async () => {
    const { client, host } = elsewhere('https://storage.example/x?sig=1')
    expect(await client.getBlob(digest)).toBeDefined()
    const last = host.requests.at(-1)
    expect([last?.url, last?.headers]).toEqual(['https://storage.example/x?sig=1', {}])
    expect(host.requests.at(-2)?.headers).toHaveProperty('authorization')
  })
  test('do not come over plain http', async () => {
    const { client, host } = elsewhere('http://storage.example/x')
    await expect(client.getBlob(digest)).rejects.toMatchObject({
      code: 'registry-denied',
      message: expect.stringContaining('storage.example'),
    })
    expect(host.requests.some(({ url }) => url.startsWith('http:'))).toBe(false)
  })
  test('are not followed for ever', async () => {
    const { client } = elsewhere('/v2/acme/iris/blobs/again')
    await expect(client.getBlob(digest)).rejects.toMatchObject({ message: expect.stringContaining('HTTP 307') })
  })
  test('of any size come into a file, and are what their digest says there, too', async () => {
    const { client, host } = elsewhere('https://storage.example/x')
    const path = `${host.files.makeTemp('copy')}/layer`
    expect(await client.saveBlob(digest, path)).toBe(true)
    expect(host.files.readText(path)).toBe('{"config":{}}')
    expect(await setUp().client.saveBlob(digest, path)).toBe(false)
    const wrong = elsewhere('https://storage.example/x', 'something else')
    await expect(wrong.client.saveBlob(digest, `${wrong.host.files.makeTemp('copy')}/layer`)).rejects.toMatchObject({
      code: 'digest-mismatch',
    })
  })
  test('are sent as bytes, too', async () => {
    const { client, registry } = setUp()
    await client.putBlob(digest, new TextEncoder().encode('{"config":{}}'))
    expect(registry.blobs.get(digest)).toBe('{"config":{}}')
  })
  const lost: Answer = { status: 404, body: '{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN","message":"blob upload unknown"}]}' }
  test('whose upload was lost are sent anew, but not for ever', async () => {
    const losing = (times: number) =>
      setUp({ fault: (request, count) => (/^PUT .*uploads/.test(request) && count <= times ? lost : undefined) })
    await losing(2).client.putBlob(digest, new Uint8Array())
    await expect(losing(9).client.putBlob(digest, new Uint8Array())).rejects.toMatchObject({ message: expect.stringContaining('HTTP 404') })
  })
  test('that broke off are sent only when the registry says that it wants them', async () => {
    const broken = () => {
      throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
    }
    const { client, host } = setUp({ fault: (request, count) => (/^PUT .*uploads/.test(request) && count < 2 ? broken() : undefined) })
    await client.putBlob(digest, new Uint8Array())
    expect(host.requests.filter(({ method }) => method === 'PUT').map(({ askFirst }) => askFirst ?? false)).toEqual([false, true])
  })
  test('are what their digest says', async () => {
    const { client } = elsewhere('https://storage.example/x', 'something else')
    await expect(client.getBlob(digest)).rejects.toMatchObject({ code: 'digest-mismatch' })
  })
})

describe('an identity token, as Azure and some helpers give', () => {
  const ask = (token: string, auth: 'basic' | 'bearer' = 'bearer') => {
    const registry = createFakeRegistry({ auth })
    const host = createFakeHost({ request: { '': registry.answer } })
    const credential = { kind: 'identity-token', username: '<token>', token } as const
    return { registry, host, client: createClient(host, parseImageName('ghcr.io/acme/iris'), credential) }
  }
  test('is exchanged for a token of the repository, and sent nowhere else', async () => {
    const { client, registry, host } = ask(identityToken)
    expect(await client.putManifest('v1', manifest)).toBe(manifest.digest)
    expect(registry.scopes).toEqual(['repository:acme/iris:pull,push'])
    expect(host.hidden).toEqual(['oauth-1'])
    const told = host.requests.filter(({ url, body, headers }) => JSON.stringify([url, String(body), headers]).includes(identityToken))
    expect(told.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST https://ghcr.io/token'])
  })
  test('that has run out', async () => {
    await expect(ask('old').client.head('v1')).rejects.toMatchObject({ code: 'registry-unauthorized' })
  })
  test('is no password', async () => {
    await expect(ask(identityToken, 'basic').client.head('v1')).rejects.toMatchObject({
      code: 'registry-unauthorized',
      message: 'ghcr.io wants a password, and the login to it is an identity token',
    })
  })
})

describe('a registry over plain HTTP, beyond the loopback', () => {
  const host = 'plain.example:5000'
  const open = (plainHttp: boolean, more: Parameters<typeof createFakeRegistry>[0] = {}) => {
    const registry = createFakeRegistry({ host, scheme: 'http', ...more })
    const fake = createFakeHost({ request: { '': registry.answer } })
    return { fake, client: createClient(fake, parseImageName(`${host}/iris`), registryLogin, plainHttp ? { plainHttp } : {}) }
  }
  test.each(['none', 'basic', 'bearer'] as const)('is asked so where that was said, with a login of the kind %s', async (auth) => {
    expect(await open(true, { auth }).client.putManifest('v1', manifest)).toBe(manifest.digest)
  })
  test('is never asked so by itself', async () => {
    const { client, fake } = open(false)
    await expect(client.head('v1')).rejects.toMatchObject({ code: 'registry-unavailable' })
    expect(fake.requests.every(({ url }) => url.startsWith('https:'))).toBe(true)
  })
  test('does not send the password on to another host', async () => {
    const elsewhere = { 'www-authenticate': 'Bearer realm="http://tokens.example/token",service="x"' }
    const { client, fake } = open(true, { fault: (request) => (request === 'GET /v2/' ? { status: 401, headers: elsewhere } : undefined) })
    await expect(client.head('v1')).rejects.toMatchObject({
      code: 'registry-unauthorized',
      message: expect.stringContaining('tokens.example: refused'),
    })
    expect(fake.requests.some(({ url }) => url.includes('tokens.example'))).toBe(false)
  })
})

test('certificates of its own go with every request, and to who forwards some', async () => {
  const registry = createFakeRegistry({ auth: 'bearer' })
  const host = createFakeHost({ request: { '': registry.answer } })
  const client = createClient(host, parseImageName('ghcr.io/acme/iris'), registryLogin, { ca: 'PEM' })
  await client.putManifest('v1', manifest)
  await client.putBlob(sha256('x'), new TextEncoder().encode('x'))
  expect(host.requests.length).toBeGreaterThan(3)
  expect(host.requests.every(({ ca }) => ca === 'PEM')).toBe(true)
  expect(client.ca).toBe('PEM')
})
