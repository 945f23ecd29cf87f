import { describe, expect, test } from '@jest/globals'
import { healthcheckOf, runHealthcheck } from '../../src/smoke/healthcheck.ts'
import { createFakeHost, type StreamAnswer } from '../fake-host.ts'

describe('the command of a HEALTHCHECK', () => {
  test.each<readonly [Parameters<typeof healthcheckOf>[0], readonly string[] | undefined, number | undefined]>([
    [{ Test: ['CMD', 'curl', '-f', 'x'] }, ['curl', '-f', 'x'], 30_000],
    [{ Test: ['CMD-SHELL', 'curl -f x || exit 1'], Timeout: 10e9 }, ['/bin/sh', '-c', 'curl -f x || exit 1'], 10_000],
    [{ Test: ['NONE'] }, undefined, undefined],
    [{ Test: [] }, undefined, undefined],
    [{}, undefined, undefined],
    [null, undefined, undefined],
  ])('%j', (declared, argv, timeoutMs) => {
    expect(healthcheckOf(declared)).toEqual(argv && { argv, timeoutMs })
  })
  test('by the shell of the image', () =>
    expect(healthcheckOf({ Test: ['CMD-SHELL', 'x'] }, ['/bin/bash', '-ec'])?.argv).toEqual(['/bin/bash', '-ec', 'x']))
})

const check = async (...answers: readonly StreamAnswer[]) => {
  let asked = 0
  const host = createFakeHost({ stream: { 'docker exec': () => answers[asked++] ?? {} } })
  const start = host.now()
  const outcome = await runHealthcheck(host, 'c', { argv: ['sh', '-c', 'check'], timeoutMs: 2_000 }, {}, new AbortController().signal)
  return { outcome, asked, tookMs: host.now() - start, argv: host.argvs()[0] }
}
const exits = (exitCode: number, ...lines: string[]): StreamAnswer => ({ lines, ended: { kind: 'exited', exitCode } })

describe('is run in the container', () => {
  test('once, when it passes', async () =>
    expect(await check({ takes: 40 })).toEqual({
      outcome: { kind: 'passed', value: 40 },
      asked: 1,
      tookMs: 40,
      argv: 'docker exec c sh -c check',
    }))
  test('again, when it fails', async () =>
    expect(await check(exits(1), exits(1), {})).toMatchObject({ outcome: { kind: 'passed' }, asked: 3 }))
  test('no more than three times', async () =>
    expect(await check(exits(1, 'a'), exits(1, 'b'), exits(1, 'refused'), {})).toMatchObject({
      outcome: { red: { code: 'healthcheck-broken', evidence: ['refused'], message: expect.stringContaining('ended with 1: check') } },
      asked: 3,
    }))
  test('once, when its program is missing', async () =>
    expect(await check(exits(127, 'sh: 1: curl: not found'))).toMatchObject({ outcome: { kind: 'failed' }, asked: 1 }))
  test('for as long as it may take', async () =>
    expect(await check({ takes: 9e9 }, { takes: 9e9 }, { takes: 9e9 })).toMatchObject({
      outcome: { red: { message: expect.stringContaining('gave no answer within 2 s') } },
    }))
})
