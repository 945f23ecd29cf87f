import { describe, expect, test } from '@jest/globals'
import { ActionError } from '../../src/errors.ts'
import type { Host } from '../../src/host/host.ts'
import { endOf, withinDeadline } from '../../src/publish/deadline.ts'
import { createFakeHost } from '../fake-host.ts'

const never = new AbortController().signal
const minutes = 60_000

describe('publishing has its time', () => {
  test('and nothing is left of the clock when it is done before', async () => {
    const host = createFakeHost()
    const start = host.now()
    expect(await withinDeadline(host, 30 * minutes, never, async () => 'done')).toBe('done')
    expect(host.now()).toBe(start)
  })
  test.each<readonly [string, (host: Host) => Promise<unknown>]>([
    ['a request that hangs', (host) => host.request({ method: 'GET', url: 'https://ghcr.io/v2/', timeoutMs: 90 * minutes })],
    ['a pause', (host) => host.sleep(90 * minutes)],
    ['a pause with a signal of its own', (host) => host.sleep(90 * minutes, never)],
  ])('after which %s ends with push-timeout', async (_, wait) => {
    const host = createFakeHost({ request: { 'GET https://ghcr.io': { takes: Number.POSITIVE_INFINITY } } })
    const start = host.now()
    const waiting = withinDeadline(host, 30 * minutes, never, wait)
    await expect(waiting).rejects.toMatchObject({ code: 'push-timeout', message: 'Publishing took longer than push-timeout (1800 s).' })
    expect(host.now() - start).toBe(30 * minutes)
  })
  test('after which its signal says so', async () => {
    const host = createFakeHost()
    const end = await withinDeadline(host, minutes, never, async (timed, signal) => {
      await timed.sleep(2 * minutes).catch(() => undefined)
      return endOf(signal)
    })
    expect(end.code).toBe('push-timeout')
  })
  test('a cancel ends the signal alone: what looks after the tags goes on', async () => {
    const host = createFakeHost({ request: { 'GET https://ghcr.io': {} } })
    const cancel = new AbortController()
    const ended = await withinDeadline(host, minutes, cancel.signal, async (timed, signal) => {
      cancel.abort()
      const answer = await timed.request({ method: 'GET', url: 'https://ghcr.io/v2/', timeoutMs: minutes })
      return { code: endOf(signal).code, status: answer.status }
    })
    expect(ended).toEqual({ code: 'cancelled', status: 200 })
  })
  test('an error of its own stays what it is', async () => {
    const error = new ActionError('registry-denied', 'no')
    await expect(withinDeadline(createFakeHost(), minutes, never, () => Promise.reject(error))).rejects.toBe(error)
  })
})
