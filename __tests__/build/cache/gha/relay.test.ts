import { describe, expect, test } from '@jest/globals'
import { createCacheRelay } from '../../../../src/build/cache/gha/relay.ts'
import { createCacheService } from '../../../../src/build/cache/gha/service.ts'
import type { RelayRequest, RelayStep } from '../../../../src/host/host.ts'
import { createFakeHost, type RequestScript } from '../../../fake-host.ts'

const base = 'https://results.example'
const twirp = '/twirp/github.actions.results.api.v1.CacheService/'
const token = 'shown'
const version = 'v'
const index = 'index-iris-1-f921bd05'
const layer = `buildkit-blob-1-sha256:${'a'.repeat(64)}`
const text = JSON.stringify({ layers: [{ blob: `sha256:${'a'.repeat(64)}` }] })
const json = (body: object, status = 200) => ({ status, body: JSON.stringify(body) })
const found = (url: string, key: string) => json({ ok: true, signed_download_url: url, matched_key: key })

/** A relay before a service of which `scripts` says what it answers, by call; what is left out knows nothing. */
function open(scripts: Readonly<Record<string, RequestScript>> = {}, rights = { read: true, write: true }) {
  const host = createFakeHost({
    request: {
      [`POST ${base}${twirp}GetCacheEntryDownloadURL`]: json({ ok: false }),
      [`POST ${base}${twirp}CreateCacheEntry`]: json({ ok: true, signed_upload_url: 'https://blobs/up?sig=s' }),
      [`POST ${base}${twirp}FinalizeCacheEntryUpload`]: json({ ok: true, entry_id: '7' }),
      'PUT https://blobs/up': { status: 201 },
      ...scripts,
    },
  })
  const service = createCacheService(host, base, 'secret')
  let names = 0
  const relay = createCacheRelay(host, service, { token, nonce: () => `n${++names}`, ...rights })
  const rules = relay.rules(() => 'http://127.0.0.1:1')
  const send = (request: Partial<RelayRequest>) =>
    rules.route({
      method: 'POST',
      path: '/',
      headers: { authorization: `Bearer ${token}` },
      readBody: async () => new Uint8Array(),
      ...request,
    })
  const encode = (body: object | string) => async () => new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
  const call = async (name: string, body: object) => readStep(await send({ path: `${twirp}${name}`, readBody: encode(body) }))
  const get = (link: unknown) => send({ method: 'GET', path: new URL(String(link)).pathname })
  const put = (link: unknown, body: string) => send({ method: 'PUT', path: new URL(String(link)).pathname, readBody: encode(body) })
  return {
    host,
    service,
    relay,
    send,
    call,
    get,
    put,
    asked: () => host.requests.map(({ url, body }) => `${url.split('/').at(-1)} ${body ?? ''}`),
  }
}

function readStep(step: RelayStep): Readonly<Record<string, unknown>> & { status: number } {
  if (step.kind !== 'answer') throw new Error('the step is no answer')
  return { status: step.status, ...(JSON.parse(step.body || '{}') as object) }
}

const lookUp = (key: string) => ['GetCacheEntryDownloadURL', { key, restore_keys: [key], version }] as const
const reserve = (key: string) => ['CreateCacheEntry', { key, version }] as const
const withIndex = {
  [`POST ${base}${twirp}GetCacheEntryDownloadURL`]: ({ body }: { body?: string | Uint8Array }) =>
    String(body).includes('index-') ? found('https://blobs/index?sig=s', `${index}#3`) : found('https://blobs/layer?sig=s', layer),
  'GET https://blobs/index': { body: text },
  'GET https://blobs/layer': { status: 206, headers: { 'content-range': 'bytes 0-0/700' }, body: 'x' },
}

describe('calls go on with the real token and come back with links to the relay', () => {
  test('a layer that is there', async () => {
    const { host, relay, call, get } = open(withIndex)
    const { signed_download_url: link, ...rest } = await call(...lookUp(layer))
    expect(rest).toEqual({ status: 200, ok: true, matched_key: layer })
    expect(host.requests[0]?.headers).toMatchObject({ authorization: 'Bearer secret' })
    expect(await get(link)).toMatchObject({ status: 307, headers: { location: 'https://blobs/layer?sig=s' } })
    expect(relay.traffic).toMatchObject({ lookups: 1, found: 1, downloaded: 700 })
  })
  test('a layer that is not', async () => expect(await open().call(...lookUp(layer))).toEqual({ status: 200, ok: false }))
  test('an upload in blocks', async () => {
    const { call, send } = open()
    const { signed_upload_url: link } = await call(...reserve(layer))
    const step = await send({ method: 'PUT', path: `${new URL(String(link)).pathname}?comp=block&blockid=MQ%3D%3D` })
    expect(step).toMatchObject({ kind: 'forward', method: 'PUT', url: 'https://blobs/up?sig=s&comp=block&blockid=MQ%3D%3D' })
  })
  test('but not for another client', async () => {
    const step = await open().send({ path: `${twirp}CreateCacheEntry`, headers: { authorization: 'Bearer other' } })
    expect(step).toMatchObject({ status: 401 })
  })
  test.each([
    ['another call', { path: `${twirp}DeleteCacheEntry` }],
    ['another path', { path: '/anything' }],
    ['a link that was not given', { method: 'GET', path: '/blob/n99' }],
  ])('and not %s', async (_, request) => {
    const { host, send } = open()
    expect(await send({ readBody: async () => new TextEncoder().encode('{}'), ...request })).toMatchObject({ status: 404 })
    expect(host.requests).toEqual([])
  })
  test('a link to read is none to write', async () => {
    const { call, put } = open(withIndex)
    expect(await put((await call(...lookUp(layer))).signed_download_url, 'x')).toMatchObject({ status: 405 })
  })
})

describe('an index', () => {
  const read = async (opened: ReturnType<typeof open>) => {
    const { signed_download_url: link } = await opened.call(...lookUp(index))
    expect(await opened.get(link)).toMatchObject({ kind: 'answer', status: 200, body: text })
  }
  test('that was read has its layers looked up for the export, once', async () => {
    const opened = open(withIndex)
    await read(opened)
    expect(await opened.call(...lookUp(layer))).toMatchObject({ ok: true })
    expect(opened.asked().filter((one) => one.includes('buildkit-blob'))).toHaveLength(1)
  })
  test('that says nothing new is not written', async () => {
    const opened = open(withIndex)
    await read(opened)
    const before = opened.host.requests.length
    expect(await opened.call(...lookUp(`${index}#`))).toMatchObject({ ok: true, matched_key: `${index}#3` })
    const { signed_upload_url: link } = await opened.call(...reserve(`${index}#4`))
    expect(await opened.put(link, text)).toMatchObject({ status: 201 })
    expect(await opened.call('FinalizeCacheEntryUpload', { key: `${index}#4`, version, size_bytes: 9 })).toMatchObject({ ok: true })
    expect(opened.host.requests.slice(before).filter(({ url }) => !url.endsWith('GetCacheEntryDownloadURL'))).toEqual([])
    expect(opened.relay.traffic.uploaded).toBe(0)
  })
  test('that says something new is, under the number that BuildKit gave it', async () => {
    const opened = open(withIndex)
    await read(opened)
    const { signed_upload_url: link } = await opened.call(...reserve(`${index}#4`))
    expect(await opened.put(link, '{"layers":[]}')).toMatchObject({ status: 201 })
    await opened.call('FinalizeCacheEntryUpload', { key: `${index}#4`, version, size_bytes: 13 })
    expect(
      opened.host.requests.slice(-3).map(({ method, url, body }) => `${method} ${url.split('/').at(-1)} ${String(body ?? '')}`),
    ).toEqual([
      `POST CreateCacheEntry {"key":"${index}#4","version":"v"}`,
      expect.stringMatching(/^PUT up\?sig=s /),
      `POST FinalizeCacheEntryUpload {"key":"${index}#4","version":"v","size_bytes":13}`,
    ])
  })
  test('whose number is taken gets the time as one', async () => {
    const taken: RequestScript = ({ body }) =>
      String(body).includes('#1"') ? json({ code: 'already_exists' }, 409) : json({ ok: true, signed_upload_url: 'https://blobs/up' })
    const opened = open({ [`POST ${base}${twirp}CreateCacheEntry`]: taken })
    const { signed_upload_url: link } = await opened.call(...reserve(`${index}#1`))
    expect(await opened.put(link, text)).toMatchObject({ status: 201 })
    await opened.call('FinalizeCacheEntryUpload', { key: `${index}#1`, version })
    expect(opened.asked().at(-1)).toMatch(/"key":"index-iris-1-f921bd05#\d+"/)
    expect(opened.asked().at(-1)).not.toContain('#1"')
  })
  test('that is none ends the use of the cache', async () => {
    const opened = open({ ...withIndex, 'GET https://blobs/index': { body: '<html>' } })
    const { signed_download_url: link } = await opened.call(...lookUp(index))
    expect(await opened.get(link)).toMatchObject({ status: 400 })
    expect(opened.service.trouble()).toBe('the index of the cache cannot be read')
  })
})

describe('rights', () => {
  test('a job that may only write is told that nothing is there, and the service is not asked', async () => {
    const { host, call } = open(withIndex, { read: false, write: true })
    expect(await call(...lookUp(layer))).toEqual({ status: 200, ok: false })
    expect(host.requests).toEqual([])
  })
  test('a run that only reads writes nothing', async () => {
    const { host, call } = open({}, { read: true, write: false })
    expect(await call(...reserve(layer))).toMatchObject({ ok: false })
    expect(host.requests).toEqual([])
  })
})

describe('a service in trouble is asked no more', () => {
  const call = `POST ${base}${twirp}GetCacheEntryDownloadURL`
  test.each<readonly [string, RequestScript, number, string]>([
    ['hangs', { takes: Number.POSITIVE_INFINITY }, 1, 'GetCacheEntryDownloadURL: timed out after 5000 ms'],
    ['is denied', json({ msg: 'no' }, 403), 1, 'GetCacheEntryDownloadURL is answered with 403'],
    ['is unauthenticated', json({}, 401), 1, 'is answered with 401'],
    ['is busy', { status: 503 }, 3, 'is answered with 503'],
    ['has too much to do for a minute', { status: 429, headers: { 'retry-after': '60' } }, 1, 'is answered with 429'],
    ['has too much to do for a second, always', { status: 429, headers: { 'retry-after': '1' } }, 3, 'is answered with 429'],
    ['talks garbage', { body: '<html>' }, 1, 'something else than JSON'],
    ['gives no link', json({ ok: true }), 1, 'gives no link'],
  ])('that %s', async (_, script, requests, trouble) => {
    const opened = open({ [call]: script })
    expect(await opened.call(...lookUp(layer))).toMatchObject({ status: 503 })
    expect(await opened.call(...reserve(layer))).toMatchObject({ status: 503 })
    expect(opened.host.requests).toHaveLength(requests)
    expect(opened.service.trouble()).toContain(trouble)
    expect(opened.service.trouble()).not.toContain('secret')
  })
  test('but one that only stumbles is', async () => {
    let calls = 0
    const opened = open({ [call]: () => (++calls < 3 ? { status: 503 } : found('https://blobs/l', layer)) })
    expect(await opened.call(...lookUp(layer))).toMatchObject({ ok: true })
    expect(opened.service.trouble()).toBeUndefined()
  })
})

describe('a blob store is asked for the first byte before BuildKit is sent there', () => {
  test.each<readonly [string, RequestScript, number, string | undefined]>([
    ['and hangs', { takes: Number.POSITIVE_INFINITY }, 400, undefined],
    ['and is busy', { status: 503 }, 400, 'a layer could not be downloaded, the blob store answers with 503'],
    ['and no longer has it', { status: 404 }, 404, undefined],
    ['and finds the link too old', { status: 403 }, 403, undefined],
  ])('%s', async (_, script, status, trouble) => {
    const { service, call, get } = open({ ...withIndex, 'GET https://blobs/layer': script })
    expect(await get((await call(...lookUp(layer)))['signed_download_url'])).toMatchObject({ status })
    if (trouble === undefined) expect(service.trouble()).toBeUndefined()
    else expect(service.trouble()).toContain(trouble)
  })
})

describe('a blob on its way', () => {
  const upload = async () => {
    const opened = open()
    const { signed_upload_url: link } = await opened.call(...reserve(layer))
    const step = await opened.send({ method: 'PUT', path: new URL(String(link)).pathname })
    if (step.kind !== 'forward') throw new Error('the step is no forward')
    return { ...opened, link, step }
  }
  test('is counted', async () => {
    const { relay, step } = await upload()
    step.onEnd?.({ status: 201, sent: 500, received: 0 })
    expect(relay.traffic.uploaded).toBe(500)
  })
  // BuildKit would ask ten times more, after ten seconds, thirty, a minute and longer.
  test('is tried once more where the store is busy, and then given up', async () => {
    const { service, step } = await upload()
    expect(step.settle?.(503)).toBe(503)
    step.onEnd?.({ status: 503, sent: 0, received: 0 })
    expect(service.trouble()).toBeUndefined()
    expect(step.settle?.(503)).toBe(400)
    step.onEnd?.({ status: 503, sent: 0, received: 0 })
    expect(service.trouble()).toBe('a layer could not be uploaded, the blob store answers with 503')
  })
  test.each([
    [502, 'gives no answer'],
    [429, 'answers with 429'],
  ])('is given up at %i', async (status, said) => {
    const { service, step } = await upload()
    expect(step.settle?.(status)).toBe(400)
    step.onEnd?.({ status, sent: 0, received: 0 })
    expect(service.trouble()).toContain(said)
  })
  test('is cut off when the export has its time behind it', async () => {
    const { host, service, link, put } = await upload()
    await host.sleep(120_000)
    expect(await put(link, 'x')).toMatchObject({ status: 400 })
    expect(service.trouble()).toBe('the export was cut off after 120 s')
  })
})

describe('a blob that comes in blocks', () => {
  /** Blocks of a blob of which the store has the first; `answers` are the store's to the others, each given when it is called. */
  const upload = async (content = 'block') => {
    const waiting: ((status: number) => void)[] = []
    const opened = open({
      'PUT https://blobs/up': () => new Promise((resolve) => waiting.push((status) => resolve({ status }))),
    })
    const { signed_upload_url: link } = await opened.call(...reserve(layer))
    const path = new URL(String(link)).pathname
    const headers = { 'content-length': String(content.length), 'x-ms-version': '2023-11-03', host: '127.0.0.1:1', 'content-type': 'a/b' }
    const readBody = async () => new TextEncoder().encode(content)
    const block = (id: string, length = content.length) =>
      opened.send({
        method: 'PUT',
        path: `${path}?comp=block&blockid=${id}`,
        headers: { ...headers, 'content-length': String(length) },
        readBody,
      })
    const end = () => opened.send({ method: 'PUT', path: `${path}?comp=blocklist` })
    const first = await block('1')
    if (first.kind !== 'forward') throw new Error('the step is no forward')
    const store = () => opened.host.requests.filter(({ method }) => method === 'PUT')
    return { ...opened, block, end, first, store, waiting }
  }
  const isUnder = async (work: Promise<unknown>) =>
    await Promise.race([work.then(() => false), new Promise((done) => setImmediate(done, true))])
  const taken = { kind: 'answer', status: 201 }

  test('goes on block by block until the store has taken one', async () => {
    const { block, first, store } = await upload()
    expect(await block('2')).toMatchObject({ kind: 'forward' })
    first.onEnd?.({ status: 503, sent: 5, received: 0 })
    expect(await block('2')).toMatchObject({ kind: 'forward' })
    expect(store()).toEqual([])
  })
  test('is then taken before it is there, four blocks at once, and ends when the store has all', async () => {
    const { block, end, first, store, waiting, relay } = await upload()
    first.onEnd?.({ status: 201, sent: 5, received: 0 })
    for (const id of ['2', '3', '4', '5']) expect(await block(id)).toMatchObject(taken)
    expect(store().map(({ url }) => url)).toEqual(['2', '3', '4', '5'].map((id) => `https://blobs/up?sig=s&comp=block&blockid=${id}`))
    expect(store()[0]).toMatchObject({
      headers: { 'x-ms-version': '2023-11-03', 'content-type': 'a/b' },
      body: new TextEncoder().encode('block'),
    })
    expect(Object.keys(store()[0]?.headers ?? {})).toEqual(['x-ms-version', 'content-type'])
    const sixth = block('6')
    expect(await isUnder(sixth)).toBe(true)
    waiting[1]?.(201)
    expect(await sixth).toMatchObject(taken)
    const ending = end()
    expect(await isUnder(ending)).toBe(true)
    for (const give of waiting) give(201)
    expect(await ending).toMatchObject({ kind: 'forward', url: 'https://blobs/up?sig=s&comp=blocklist' })
    expect(relay.traffic.uploaded).toBe(6 * 5)
  })
  test('is not held where a block is large', async () => {
    const { block, first } = await upload()
    first.onEnd?.({ status: 201, sent: 5, received: 0 })
    expect(await block('2', 5 << 20)).toMatchObject({ kind: 'forward' })
  })
  test('is sent again once where the store is busy', async () => {
    const { block, end, first, store, waiting, service } = await upload()
    first.onEnd?.({ status: 201, sent: 5, received: 0 })
    await block('2')
    const ending = end()
    waiting[0]?.(503)
    expect(await isUnder(ending)).toBe(true)
    while (waiting.length < 2) await new Promise(setImmediate)
    waiting[1]?.(201)
    expect(await ending).toMatchObject({ kind: 'forward' })
    expect([store().length, service.trouble()]).toEqual([2, undefined])
  })
  test.each([
    ['a refusal', [403], 'answers with 403'],
    ['a store that stays busy', [503, 503], 'answers with 503'],
  ])('never ends without a block: %s', async (_, statuses, said) => {
    const { block, end, first, waiting, service, store } = await upload()
    first.onEnd?.({ status: 201, sent: 5, received: 0 })
    await block('2')
    const ending = end()
    for (const [n, status] of statuses.entries()) {
      while (waiting.length <= n) await new Promise(setImmediate)
      waiting[n]?.(status)
    }
    expect(await ending).toMatchObject({ kind: 'answer', status: 400 })
    expect(service.trouble()).toBe(`a layer could not be uploaded, the blob store ${said}`)
    expect(await block('3')).toMatchObject({ kind: 'answer', status: 400 })
    expect(store()).toHaveLength(statuses.length)
  })
})

describe('the service as GHES and act have it', () => {
  const older = '/_apis/artifactcache/'
  test('gives links that lead over the relay, and nothing where nothing is', async () => {
    const { send, get } = open({
      [`GET ${base}${older}cache?keys=a`]: json({ cacheKey: 'a', archiveLocation: 'https://blobs/a' }),
      [`GET ${base}${older}cache?keys=b`]: { status: 204 },
      'GET https://blobs/a': {},
    })
    const { archiveLocation } = readStep(await send({ method: 'GET', path: `${older}cache?keys=a&version=v` }))
    expect(await get(archiveLocation)).toMatchObject({ status: 307, headers: { location: 'https://blobs/a' } })
    expect(await send({ method: 'GET', path: `${older}cache?keys=b&version=v` })).toMatchObject({ status: 204, body: '' })
  })
  test('takes uploads with the real token', async () => {
    const { send } = open({ [`POST ${base}${older}caches`]: json({ cacheId: 7 }, 201) })
    expect(await send({ path: `${older}caches` })).toMatchObject({ status: 201 })
    expect(await send({ method: 'PATCH', path: `${older}caches/7` })).toMatchObject({
      kind: 'forward',
      url: `${base}${older}caches/7`,
      headers: { authorization: 'Bearer secret' },
    })
  })
})
