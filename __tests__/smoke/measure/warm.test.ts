import { describe, expect, test } from '@jest/globals'
import { measureWarm, warmBudget } from '../../../src/smoke/measure/warm.ts'
import { replaysOf } from '../../../src/smoke/replay.ts'
import { samplesOf } from '../../../src/smoke/samples-of.ts'
import { createInputs } from '../../builders.ts'
import { type Answer, createFakeHost } from '../../fake-host.ts'

const [sample] = samplesOf(createInputs({ smoke: { predictBody: '{}' } }).smoke, '/predict')
const replays = sample ? replaysOf([{ sample, answer: { status: 200, headers: {}, ms: 1, body: '{}', cut: false } }], { headers: {} }) : []

/** Answers the calls one after the other; the last answer is that of all further ones. */
async function measured(answers: readonly Answer[], maxLatencyMs?: number, signal = new AbortController().signal) {
  let calls = 0
  const host = createFakeHost({
    request: { 'POST http://x/predict': () => answers[Math.min(calls++, answers.length - 1)] ?? {} },
  })
  const start = host.now()
  const warm = await measureWarm(host, 'http://x', replays, maxLatencyMs, signal)
  return { warm, tookMs: host.now() - start, calls }
}

describe('a server is asked again', () => {
  test('forty times, if it is fast', async () => {
    const { warm, tookMs } = await measured([{ takes: 2 }])
    expect(warm).toEqual({ calls: 40, failed: 0, concurrency: 1, p50: 2, p95: 2, p99: 2, times: Array(40).fill(2) })
    expect(tookMs).toBe(80)
  })
  test('a hundred times, if a limit is to be held', async () =>
    expect(await measured([{ takes: 2 }], 50)).toMatchObject({ warm: { calls: 100 }, tookMs: 200 }))
  test('for 250 ms, if it is not', async () => {
    const { warm, tookMs } = await measured([{ takes: 30 }])
    expect([warm?.calls, tookMs]).toEqual([8, 250])
  })
  test('the slow ones of many are in the percentiles', async () => {
    const answers = Array.from({ length: 100 }, (_, i) => ({ takes: i % 10 === 9 ? 8 : 2 }))
    expect((await measured(answers)).warm).toMatchObject({ p50: 2, p95: 8, p99: 8 })
  })
  test('one that does not answer in that time is not measured', async () =>
    expect(await measured([{ takes: 9e9 }])).toMatchObject({ warm: undefined, tookMs: 250 }))
  test('calls that fail count as endless', async () => {
    const answers = Array.from({ length: 100 }, (_, i) => ({ takes: 1, status: i % 10 === 9 ? 503 : 200 }))
    const times = Array(36).fill(1)
    expect((await measured(answers)).warm).toEqual({ calls: 40, failed: 4, concurrency: 1, p50: 1, p95: null, p99: null, times })
  })
  test('a run that is stopped stops at once', async () =>
    expect(await measured([{ takes: 9e9 }], 50, AbortSignal.abort())).toMatchObject({ warm: undefined, tookMs: 0 }))
})

describe('with a limit', () => {
  test.each([
    [undefined, 250],
    [1, 250],
    [50, 1_000],
    [2_000, 10_000],
    [60_000, 60_250],
  ])('of %p ms it is measured for %d ms', (limit, budget) => expect(warmBudget(limit)).toBe(budget))
  test('a call that is broken off above it counts with the time it had', async () =>
    expect(await measured([{ takes: 10 }, { takes: 9e9 }], 50)).toMatchObject({ warm: { calls: 2, p50: 10, p95: 990 }, tookMs: 1_000 }))
  test('one below it is not counted', async () =>
    expect((await measured([{ takes: 980 }, { takes: 30 }], 50)).warm).toMatchObject({ calls: 1, p95: 980 }))
})
