import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Attempt, isTransientError, patience, pauseBefore, transientStatuses, withRetry } from '../../src/registry/retry.ts'
import { createFakeHost } from '../fake-host.ts'

const failing = (code: string, message = 'x') => Object.assign(new Error(message), { code })

describe('transient is what may well go better the next time', () => {
  test('of statuses', () => expect([...transientStatuses].toSorted()).toEqual([408, 425, 429, 500, 502, 503, 504]))
  test.each([
    ...[
      failing('ECONNRESET'),
      failing('ECONNREFUSED'),
      failing('EPIPE'),
      failing('ETIMEDOUT'),
      failing('EAI_AGAIN'),
      failing('ENETUNREACH'),
    ],
    ...[new Error('socket hang up'), new Error('aborted'), new Error('timed out after 30000 ms'), 'ECONNRESET'],
  ])('%s', (error) => expect(isTransientError(error)).toBe(true))
  test.each([failing('ENOTFOUND'), failing('CERT_HAS_EXPIRED'), new Error('denied'), 'x', {}])('not %s', (error) =>
    expect(isTransientError(error)).toBe(false),
  )
})

describe('the pause before another try', () => {
  const now = Date.UTC(2026, 0, 2, 3, 4, 5)
  test.each([
    [1, 500],
    [2, 1_000],
    [5, 8_000],
    [6, 15_000],
    [50, 15_000],
  ])('grows, and is anything up to that: before try %d at most %d ms', (tries, most) => {
    expect([pauseBefore(tries, undefined, now, 0), pauseBefore(tries, undefined, now, 1)]).toEqual([0, most])
  })
  test.each([
    ['7', 7_000],
    ['0', 0],
    ['Fri, 02 Jan 2026 03:04:35 GMT', 30_000],
    ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
    ['99999', 99_999_000],
    ['soon', 500],
    ['', 500],
  ])('is what the server asks for: Retry-After "%s" is %d ms', (retryAfter, ms) => expect(pauseBefore(1, retryAfter, now, 1)).toBe(ms))
  test('is not nothing because the server wrote what is neither seconds nor a date', () => expect(pauseBefore(1, '-1', now, 1)).toBe(500))
  test('is never negative and always a number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99 }),
        fc.option(fc.string(), { nil: undefined }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, asked, random) => {
          const ms = pauseBefore(tries, asked, now, random)
          return ms >= 0 && Number.isFinite(ms)
        },
      ),
    )
  })
})

/** Tries against a server that does `each` for every try, from 1; errors are thrown. */
async function attempts(each: (tries: number, ms: number) => Attempt<string> | Error, signal?: AbortSignal) {
  const host = createFakeHost()
  const start = host.now()
  const at: number[] = []
  const result = await withRetry(host, signal, async () => {
    at.push(host.now() - start)
    const outcome = each(at.length, host.now() - start)
    if (outcome instanceof Error) throw outcome
    return outcome
  }).catch((error: unknown) => error)
  return { result, at, tookMs: host.now() - start }
}

const again: Attempt<string> = { kind: 'again', value: 'busy' }
const done: Attempt<string> = { kind: 'done', value: 'done' }

describe('trying again', () => {
  test('until it is done', async () => {
    const { result, at } = await attempts((tries) => (tries < 4 ? again : done))
    expect([result, at.length]).toEqual(['done', 4])
  })
  test('after a transient error', async () =>
    expect((await attempts((tries) => (tries < 3 ? failing('ECONNRESET') : done))).result).toBe('done'))
  test.each(Array.from({ length: 20 }, (_, index) => index))('survives anything transient of a minute (%d)', async () => {
    expect((await attempts((_, ms) => (ms < 60_000 ? again : done))).result).toBe('done')
  })
  test('the time that tries take is none of the trouble: a layer of ten minutes that breaks at its end is sent again', async () => {
    const host = createFakeHost()
    let tries = 0
    const result = await withRetry(host, undefined, async () => {
      await host.sleep(600_000)
      if (++tries < 3) throw failing('ECONNRESET')
      return done
    })
    expect([result, tries]).toEqual(['done', 3])
  })
  test('what is silent was so from the beginning of its silence: it is given up after two minutes and a half at most', async () => {
    const host = createFakeHost()
    const start = host.now()
    const hanging = withRetry(host, undefined, async () => {
      await host.sleep(30_000)
      throw new Error('timed out after 30000 ms')
    })
    await expect(hanging).rejects.toThrow('timed out')
    expect(host.now() - start).toBeGreaterThan(patience)
    expect(host.now() - start).toBeLessThan(150_000)
  })
  test('progress makes the trouble a new one', async () => {
    const { result, at } = await attempts((_, ms) => (ms < 600_000 ? { ...again, progress: true } : done))
    expect([result, at.length > 600]).toEqual(['done', true])
  })
  test.each([
    ['120', 1],
    ['121', 0],
  ])('a pause of Retry-After: %s s is kept %d times', async (retryAfter, kept) => {
    const { at } = await attempts(() => ({ ...again, retryAfter }))
    expect(at).toHaveLength(1 + kept)
  })
  test('not after an error that is permanent', async () => {
    const error = failing('ENOTFOUND')
    expect(await attempts(() => error)).toEqual({ result: error, at: [0], tookMs: 0 })
  })
  test('when the server says so, not before', async () => {
    const { at } = await attempts((tries) => (tries === 1 ? { ...again, retryAfter: '20' } : done))
    expect(at).toEqual([0, 20_000])
  })
  test('ends when the patience does, with the last answer', async () => {
    const { result, at, tookMs } = await attempts(() => again)
    expect(result).toBe('busy')
    expect(tookMs).toBeLessThanOrEqual(patience + 15_000)
    expect(tookMs).toBeGreaterThanOrEqual(patience)
    expect(at.length).toBeLessThan(40)
  })
  test('ends when the patience does, with the last error', async () => {
    const error = failing('ECONNREFUSED')
    expect((await attempts(() => error)).result).toBe(error)
  })
  test('ends by the signal', async () => {
    const stop = new AbortController()
    const { result, at } = await attempts(() => {
      setImmediate(() => stop.abort())
      return again
    }, stop.signal)
    expect([(result as Error).name, at.length]).toEqual(['AbortError', 1])
  })
  test('does not hammer a server that asks for no pause', async () => {
    const { at } = await attempts((tries) => (tries < 200 ? { ...again, retryAfter: '0' } : failing('ENOTFOUND')))
    expect(at.length).toBeLessThan(50)
  })
})
