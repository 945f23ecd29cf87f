import { describe, expect, test } from '@jest/globals'
import { untilReady } from '../../src/smoke/readiness.ts'
import { waitingText } from '../../src/smoke/waiting.ts'
import { createFakeHost } from '../fake-host.ts'

const contract = { startTimeoutMs: 120_000, port: { port: 8000, from: 'input' } } as const
const answer = { kind: 'answer', path: '/health', status: 503, body: '{"status":\n "loading"}', because: 'status 503' } as const

describe('while a model is waited for, a line says how long, of what, and what was seen', () => {
  test.each([
    [undefined, 'nothing answers on port 8000'],
    [{ kind: 'silence', error: 'connect ECONNREFUSED' }, 'nothing answers on port 8000 (connect ECONNREFUSED)'],
    [answer, 'GET /health answered 503: {"status": "loading"}'],
    [{ ...answer, body: '' }, 'GET /health answered 503'],
    [{ ...answer, status: 200, because: 'ready is false' }, 'GET /health answered 200, ready is false: {"status": "loading"}'],
    [{ ...answer, body: 'x'.repeat(200) }, `GET /health answered 503: ${'x'.repeat(120)}...`],
  ] as const)('%#', (seen, text) =>
    expect(waitingText(45_000, contract, seen)).toBe(`waiting for the model: 45.0 s of at most 2m 0s; ${text}`),
  )
})

test('every 15 s, and of a model that is there before not once', async () => {
  const told = async (readyMs: number) => {
    const host = createFakeHost()
    const start = host.now()
    const times: unknown[] = []
    const good = { kind: 'ready', path: '/health', status: 200, proof: 'health' } as const
    const watcher = async () => (host.now() - start >= readyMs ? good : ({ kind: 'waiting', seen: answer } as const))
    await untilReady(host, [watcher], 120_000, new Promise(() => {}), undefined, (seen) => times.push([host.now() - start, seen]))
    return times
  }
  expect(await told(14_000)).toEqual([])
  expect(await told(46_000)).toEqual([15_000, 30_000, 45_000].map((ms) => [ms, answer]))
})
