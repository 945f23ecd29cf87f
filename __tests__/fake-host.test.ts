import { expect, test } from '@jest/globals'
import { createFakeHost } from './fake-host.ts'

test('sleepers wake in the order of their time, and at it, however they were laid down', async () => {
  const host = createFakeHost()
  const start = host.now()
  const woken: (readonly [string, number])[] = []
  const nap = async (name: string, ms: number) => {
    await host.sleep(ms)
    woken.push([name, host.now() - start])
  }
  const third = async () => {
    await nap('second', 20)
    await nap('third', 5)
  }
  await Promise.all([nap('last', 90_000), third(), nap('first', 10), nap('also first', 10)])
  expect(woken).toEqual([
    ['first', 10],
    ['also first', 10],
    ['second', 20],
    ['third', 25],
    ['last', 90_000],
  ])
})

test('a sleeper that is told to stop rejects, and the time it would have slept does not pass', async () => {
  const host = createFakeHost()
  const start = host.now()
  const stop = new AbortController()
  const sleeping = host.sleep(60_000, stop.signal)
  stop.abort()
  await expect(sleeping).rejects.toThrow('aborted')
  await host.sleep(5)
  expect(host.now() - start).toBe(5)
})

test('a long command ends by its own time, by its time-out, or by the signal, whichever is first', async () => {
  const scripted = { takes: 3_000, lines: ['working'] }
  const command = { argv: ['pytest', '-q'], env: {} }
  const run = async (timeoutMs: number, stopAfter: number) => {
    const host = createFakeHost({ stream: { pytest: scripted } })
    const stop = new AbortController()
    void host.sleep(stopAfter).then(() => stop.abort())
    const ended = await host.stream(command, { signal: stop.signal, timeoutMs, onLine: () => {} })
    return ended.kind
  }
  expect(await run(9_000, 9_000)).toBe('exited')
  expect(await run(1_000, 9_000)).toBe('timeout')
  expect(await run(9_000, 1_000)).toBe('stopped')
})

test('what is not scripted is refused, and the longest script that fits is taken', async () => {
  const host = createFakeHost({ capture: { docker: { stdout: 'any' }, 'docker info': { stdout: 'info' } } })
  await expect(host.capture({ argv: ['git', 'log'], env: {} })).rejects.toThrow('nothing is scripted for: git log')
  expect((await host.capture({ argv: ['docker', 'info', '--format'], env: {} })).stdout).toBe('info')
  expect((await host.capture({ argv: ['docker', 'ps'], env: {} })).stdout).toBe('any')
})
