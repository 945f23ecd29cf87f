import { describe, expect, test } from '@jest/globals'
import type { LayerCache } from '../../../src/build/cache/choose.ts'
import { openCache } from '../../../src/build/cache/open.ts'
import { createEvent } from '../../builders.ts'
import { createFakeHost, type RequestScript } from '../../fake-host.ts'

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${encode({})}.${encode({ ac: '[{"Scope":"refs/tags/v1","Permission":3},{"Scope":"refs/heads/main","Permission":1}]' })}.c2ln`
const service = { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: 'https://results/', ACTIONS_CACHE_SERVICE_V2: 'True' }
const gha = { kind: 'gha', scope: 'iris', mode: 'max', read: true, write: true } as const
const registry = { kind: 'registry', reference: 'ghcr.io/acme/cache:iris', mode: 'max', write: true } as const

async function open(cache: LayerCache, near: boolean, request: Readonly<Record<string, RequestScript>> = {}, event = createEvent()) {
  const host = createFakeHost({ env: service, request })
  await using scope = new AsyncDisposableStack()
  const opened = await openCache(host, { cache, because: 'x' }, event, near, scope, () => {})
  return { host, opened }
}
const call = 'POST https://results/twirp/github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL'

describe('a builder on this machine', () => {
  test('gets a relay, without a question beforehand and without the token', async () => {
    const { host, opened } = await open(gha, true)
    expect(opened).toMatchObject({
      cache: gha,
      environment: { ACTIONS_RESULTS_URL: 'http://127.0.0.1:41001/', ACTIONS_CACHE_SERVICE_V2: 'True' },
    })
    expect(JSON.stringify(opened.environment)).not.toContain(token)
    expect(host.requests).toEqual([])
    expect(host.relays[0]?.isClosed()).toBe(true)
  })
  test('reads on a tag what the default branch wrote', async () => {
    const { opened } = await open(gha, true, {}, createEvent({ ref: { kind: 'tag', name: 'v1' } }))
    const claims = Buffer.from(opened.environment['ACTIONS_RUNTIME_TOKEN']?.split('.')[1] ?? '', 'base64url').toString()
    expect(JSON.parse(JSON.parse(claims).ac)).toEqual([{ Scope: 'refs/heads/main', Permission: 1 }])
  })
})

describe('another builder gets the service itself, if it answers', () => {
  test('well', async () => {
    const { opened } = await open(gha, false, { [call]: { body: '{"ok":false}' } })
    expect(opened).toEqual({ cache: gha, environment: service })
  })
  test.each<readonly [string, RequestScript]>([
    ['not', { takes: Number.POSITIVE_INFINITY }],
    ['with garbage', { body: '<html>' }],
    ['with 401', { status: 401, body: '{}' }],
    ['with 429', { status: 429 }],
    ['with 503', { status: 503 }],
  ])('%s', async (_, answer) => {
    const { opened } = await open(gha, false, { [call]: answer })
    expect(opened).toEqual({
      cache: { kind: 'none' },
      notice: expect.stringMatching(/^The layer cache could not be used/),
      environment: {},
    })
  })
})

describe('a registry is used if it answers', () => {
  const url = 'GET https://ghcr.io/v2/'
  test.each([200, 401, 404])('%i', async (status) => {
    expect((await open(registry, true, { [url]: { status } })).opened).toEqual({ cache: registry, environment: {} })
  })
  test.each<readonly [string, RequestScript]>([
    ['not', { takes: Number.POSITIVE_INFINITY }],
    ['with 503', { status: 503 }],
  ])('%s', async (_, answer) => {
    expect((await open(registry, true, { [url]: answer })).opened).toMatchObject({
      cache: { kind: 'none' },
      notice: expect.stringContaining('ghcr.io'),
    })
  })
})

test('none needs nothing', async () =>
  expect((await open({ kind: 'none' }, true)).opened).toEqual({ cache: { kind: 'none' }, environment: {} }))
