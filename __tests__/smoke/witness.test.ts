import { expect, test } from '@jest/globals'
import { witness } from '../../src/smoke/witness.ts'
import { createFakeHost, type RequestScript } from '../fake-host.ts'

const url = 'http://127.0.0.1:32768/health'
const get = { method: 'GET', url, timeoutMs: 1_000 }

function watched(...answers: readonly RequestScript[]) {
  let next = 0
  const script: RequestScript = async (asked) => {
    const answer = answers[next++] ?? {}
    return typeof answer === 'function' ? await answer(asked) : answer
  }
  return witness(createFakeHost({ request: { [`GET ${url}`]: script, [`POST ${url}`]: script } }))
}
const broken = () => {
  throw new Error('socket hang up')
}

test('of each method and path the last answer is kept', async () => {
  const seen = watched({ status: 503, body: 'loading' }, { body: 'ok' }, { status: 422, body: 'no' })
  await seen.host.request(get)
  await seen.host.request(get)
  await seen.host.request({ ...get, method: 'POST' })
  expect(seen.exchanges()).toEqual([
    { method: 'GET', path: '/health', status: 200, body: 'ok' },
    { method: 'POST', path: '/health', status: 422, body: 'no' },
  ])
  expect(seen.origin()).toBe('http://127.0.0.1:32768')
})

test('silence is kept, but not against an answer before it; the caller hears it all the same', async () => {
  const seen = watched(broken, { status: 500 }, broken)
  await expect(seen.host.request(get)).rejects.toThrow('socket hang up')
  expect(seen.exchanges()).toEqual([{ method: 'GET', path: '/health', body: '', error: 'socket hang up' }])
  await seen.host.request(get)
  await expect(seen.host.request(get)).rejects.toThrow('socket hang up')
  expect(seen.exchanges()).toEqual([{ method: 'GET', path: '/health', status: 500, body: '' }])
})

test('a probe that was called off says nothing', async () => {
  const seen = watched({ takes: 9e9 })
  const stop = new AbortController()
  const asked = seen.host.request({ ...get, signal: stop.signal, timeoutMs: 9e9 })
  stop.abort()
  await expect(asked).rejects.toThrow('aborted')
  expect(seen.exchanges()).toEqual([])
})

test('a long body is cut off', async () => {
  const seen = watched({ body: 'x'.repeat(1 << 20) })
  expect((await seen.host.request(get)).body).toHaveLength(1 << 20)
  expect(seen.exchanges()[0]?.body).toHaveLength(4_096)
})
