import { describe, expect, test } from '@jest/globals'
import { usualPaths, watchCandidates } from '../../src/smoke/candidates.ts'
import { expectService } from '../../src/smoke/contract.ts'
import { type Readiness, untilReady } from '../../src/smoke/readiness.ts'
import { createImage, createInputs } from '../builders.ts'
import { type Answer, createFakeHost } from '../fake-host.ts'

const baseUrl = 'http://127.0.0.1:32768'
const notFound: Answer = { status: 404 }

/** Waits for a server of which no path is known; it answers by path and time (ms), 404 where nothing is said. */
async function wait(
  server: (path: string, ms: number) => Answer | Error | undefined,
  hasSample = false,
): Promise<Readiness & { asked: readonly string[]; tookMs: number }> {
  const asked: string[] = []
  const host = createFakeHost({
    request: {
      '': ({ url }) => {
        const path = url.slice(baseUrl.length)
        asked.push(path)
        const answer = server(path, host.now() - start)
        if (answer instanceof Error) throw answer
        return answer ?? notFound
      },
    },
  })
  const start = host.now()
  const contract = expectService(createInputs().smoke, createImage().config)
  const watcher = watchCandidates({ host, baseUrl, headers: {} }, host, contract, hasSample)
  const readiness = await untilReady(host, [watcher], 5_000, new Promise(() => {}))
  return { ...readiness, asked, tookMs: host.now() - start }
}

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
const only =
  (...paths: readonly string[]) =>
  (path: string) =>
    paths.includes(path) ? { status: 200 } : undefined
const pathOf = (readiness: Readiness) => (readiness.kind === 'ready' ? readiness.goods[0]?.path : readiness.kind)

describe('the path that decides', () => {
  test.each([...usualPaths, '/'])('is %s, where only that is there', async (path) => expect(pathOf(await wait(only(path)))).toBe(path))
  test('is a path of health before the root', async () => expect(pathOf(await wait(only('/', '/ping')))).toBe('/ping'))
  test('is the root only when none of health is there', async () =>
    expect(await wait((path) => (path === '/' ? {} : path === '/healthz' ? { status: 503 } : undefined))).toMatchObject({
      kind: 'late',
      seen: { path: '/healthz', status: 503 },
    }))
  test('is not one that says what another contradicts', async () =>
    expect(await wait((path) => (path === '/health' ? {} : path === '/ready' ? { body: '{"ready": false}' } : undefined))).toMatchObject({
      kind: 'late',
      seen: { path: '/ready', because: 'ready is false' },
    }))
  test('is not held up by one that is broken for itself', async () =>
    expect(pathOf(await wait((path) => (path === '/health' ? {} : path === '/ping' ? { status: 500 } : undefined)))).toBe('/health'))
  test('is not held up by one that hangs, but for a moment', async () => {
    const waited = await wait((path) => (path === '/health' ? {} : path === '/ready' ? { takes: 9e9 } : undefined))
    expect(pathOf(waited)).toBe('/health')
    expect(waited.tookMs).toBeLessThanOrEqual(400)
  })
  test('may be another than the first, which hangs', async () => {
    const waited = await wait((path) => (path === '/health' ? { takes: 9e9 } : path === '/ready' ? {} : undefined))
    expect(pathOf(waited)).toBe('/ready')
    expect(waited.tookMs).toBeLessThanOrEqual(1_500)
  })
})

describe('where there is no path of health', () => {
  test.each<readonly [string, Answer]>([
    ['/predict', { status: 405 }],
    ['/predict', { status: 422 }],
    ['/openapi.json', { status: 200 }],
  ])('%s shows that the application is up: %j', async (path, answer) =>
    expect(await wait((asked) => (asked === path ? answer : undefined))).toMatchObject({
      kind: 'ready',
      goods: [{ path, proof: 'listening' }],
    }),
  )
  test('a sample is to tell, after a second of 404', async () => {
    const waited = await wait(() => undefined, true)
    expect(waited).toMatchObject({ kind: 'ready', goods: [{ proof: 'listening' }] })
    expect(waited.tookMs).toBeGreaterThanOrEqual(1_000)
  })
  test('without one nothing is proven', async () =>
    expect(await wait(() => undefined)).toMatchObject({ kind: 'late', seen: { status: 404 } }))
  test.each([401, 403, 302])('nor by %d everywhere', async (status) =>
    expect(await wait(() => ({ status }))).toMatchObject({ kind: 'late', seen: { status } }),
  )
})

describe('what is asked', () => {
  test('is one path, until there is any answer', async () =>
    expect(new Set((await wait((_, ms) => (ms < 3_000 ? refused : {}))).asked.slice(0, 60))).toEqual(new Set(['/health'])))
  test('is then everything at once', async () => {
    const waited = await wait((path, ms) => (ms < 1_000 ? refused : path === '/health' ? {} : undefined))
    expect(pathOf(waited)).toBe('/health')
    expect(waited.tookMs).toBe(1_000)
  })
  test('is seldom a path that is not there', async () => {
    const { asked } = await wait((path) => (path === '/health' ? { status: 503 } : undefined))
    const count = (wanted: string) => asked.filter((path) => path === wanted).length
    expect(count('/health')).toBeGreaterThan(90)
    expect(count('/ready')).toBeLessThanOrEqual(11)
  })
})
