import { describe, expect, test } from '@jest/globals'
import { watchCheck } from '../../src/smoke/probe.ts'
import { type Readiness, untilReady } from '../../src/smoke/readiness.ts'
import { type Answer, createFakeHost } from '../fake-host.ts'

const baseUrl = 'http://127.0.0.1:32768'
const url = `${baseUrl}/health`

type Server = (ms: number) => Answer | Error
type Waited = Readonly<{ readiness: Readiness; times: readonly number[]; tookMs: number; underWay: number }>

/** Waits for a server whose answers depend on the time since the start (ms). */
async function wait(server: Server, timeoutMs = 120_000, endsAfter?: number): Promise<Waited> {
  const times: number[] = []
  let underWay = 0
  const host = createFakeHost({
    request: {
      [`GET ${url}`]: () => {
        times.push(host.now() - start)
        const answer = server(host.now() - start)
        if (answer instanceof Error) throw answer
        return answer
      },
    },
  })
  const { request } = host
  const counted: typeof request = async (asked) => {
    underWay++
    return await request(asked).finally(() => underWay--)
  }
  const start = host.now()
  const ended = endsAfter === undefined ? new Promise(() => {}) : host.sleep(endsAfter)
  const watcher = watchCheck(
    { host: { request: counted }, baseUrl, headers: {} },
    { path: '/health', condition: { kind: 'not-falsy' } },
    undefined,
  )
  const readiness = await untilReady(host, [watcher], timeoutMs, ended)
  const tookMs = host.now() - start
  await new Promise(setImmediate)
  return { readiness, times, tookMs, underWay }
}

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
const readyAt =
  (when: number): Server =>
  (ms) =>
    ms >= when ? { status: 200 } : refused

test('it is asked every 50 ms for 10 s, then every 100 ms', async () => {
  const { times } = await wait(() => refused, 12_000)
  expect(times.slice(0, 4)).toEqual([0, 50, 100, 150])
  expect(times.filter((ms) => ms >= 9_900 && ms < 10_400)).toEqual([9_900, 9_950, 10_000, 10_100, 10_200, 10_300])
  expect(times.at(-1)).toBe(11_900)
})

describe('a good answer is noticed within 100 ms of being possible', () => {
  test.each([0, 1, 49, 51, 777, 9_999, 10_001, 33_333])('at %d ms', async (when) => {
    const { readiness, tookMs } = await wait(readyAt(when))
    expect(readiness).toMatchObject({ kind: 'ready', goods: [{ status: 200 }] })
    expect(tookMs - when).toBeLessThanOrEqual(100)
    expect(readiness).toHaveProperty('afterMs', tookMs)
  })
  test('also when the probes before it hang', async () => {
    const { tookMs } = await wait((ms) => (ms < 1_000 ? { takes: 9e9 } : { status: 200 }))
    expect(tookMs).toBeLessThanOrEqual(1_100)
  })
  test('however long they hang', async () => {
    const { tookMs } = await wait((ms) => (ms < 3_000 ? { takes: 9e9 } : { status: 200 }))
    expect(tookMs).toBeLessThanOrEqual(3_100)
  })
  test('also when it answers slowly', async () => {
    expect((await wait((ms) => (ms >= 500 ? { status: 204, takes: 900 } : { status: 503 }))).readiness).toEqual({
      kind: 'ready',
      afterMs: 1_400,
      goods: [{ kind: 'ready', path: '/health', status: 204, proof: 'health' }],
    })
  })
})

test.each([199, 301, 304, 404, 500, 503])('%d is no good answer', async (status) =>
  expect((await wait(() => ({ status, body: 'no' }), 300)).readiness).toEqual({
    kind: 'late',
    seen: { kind: 'answer', path: '/health', status, body: 'no', because: `status ${status}` },
  }),
)

describe('late, with the last that was heard', () => {
  test('an error', async () =>
    expect((await wait(() => refused, 300)).readiness).toEqual({
      kind: 'late',
      seen: { kind: 'silence', error: 'connect ECONNREFUSED' },
    }))
  test('a status before an error', async () => {
    expect((await wait((ms) => (ms < 100 ? { status: 503, body: 'loading' } : refused), 300)).readiness).toEqual({
      kind: 'late',
      seen: { kind: 'answer', path: '/health', status: 503, body: 'loading', because: 'status 503' },
    })
  })
  test('the newest status', async () =>
    expect((await wait((ms) => ({ status: ms < 100 ? 404 : 503 }), 300)).readiness).toMatchObject({ kind: 'late', seen: { status: 503 } }))
  test('nothing, when nothing was heard', async () => expect((await wait(() => ({ takes: 9e9 }), 300)).readiness).toEqual({ kind: 'late' }))
  test('at its time, and of a long answer the beginning', async () => {
    const { readiness, tookMs } = await wait(() => ({ status: 500, body: 'x'.repeat(9_999) }), 2_000)
    expect(tookMs).toBe(2_000)
    expect(readiness).toMatchObject({ seen: { body: 'x'.repeat(500) } })
  })
})

describe('the end of the container', () => {
  test('is noticed at once, never at the time-out', async () => {
    const { readiness, tookMs } = await wait(() => refused, 120_000, 3_210)
    expect(readiness).toEqual({ kind: 'ended' })
    expect(tookMs).toBe(3_210)
  })
  test('is noticed while probes hang', async () => expect((await wait(() => ({ takes: 9e9 }), 120_000, 700)).tookMs).toBe(700))
})

test('no probe is left under way', async () => {
  const results = [wait(readyAt(500)), wait(() => ({ takes: 9e9 }), 500), wait(() => ({ takes: 9e9 }), 9_000, 500)]
  for (const { underWay } of await Promise.all(results)) expect(underWay).toBe(0)
})
