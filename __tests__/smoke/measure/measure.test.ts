import { describe, expect, test } from '@jest/globals'
import { coldStartOf, type Measured, measure, measuredText } from '../../../src/smoke/measure/measure.ts'
import { peakFiles } from '../../../src/smoke/measure/memory.ts'
import { replaysOf } from '../../../src/smoke/replay.ts'
import { samplesOf } from '../../../src/smoke/samples-of.ts'
import { createInputs, createSmokeReport, digest } from '../../builders.ts'
import { type Answer, type CaptureScript, createFakeHost } from '../../fake-host.ts'
import { createFiles } from '../../memory-files.ts'

const id = 'ab'.repeat(32)
const container = { name: 'c', baseUrl: 'http://x', port: 8000, imageId: digest }
const predict = { path: '/predict', status: 200, ms: 40, body: '{}' }
const version1 = {
  '/proc/77/cgroup': `4:memory:/docker/${id}\n0::/docker/${id}\n`,
  [`/sys/fs/cgroup/memory/docker/${id}/memory.max_usage_in_bytes`]: '123000000\n',
}
const version2 = {
  '/proc/77/cgroup': `0::/system.slice/docker-${id}.scope\n`,
  [`/sys/fs/cgroup/system.slice/docker-${id}.scope/memory.peak`]: '45000000\n',
}

type Case = Readonly<{
  maxLatencyMs?: number
  files?: Readonly<Record<string, string>>
  answer?: Answer
  exec?: CaptureScript
  /** How long ago the engine says that the container started, and how it is later. */
  ago?: number
  runsLater?: boolean
}>

async function measuring({
  maxLatencyMs,
  files = version1,
  answer = { takes: 3 },
  exec = { exitCode: 1 },
  ago = 300,
  runsLater = true,
}: Case) {
  const host = createFakeHost({
    files: createFiles(files),
    capture: {
      'docker container inspect': { stdout: JSON.stringify([{ State: { Running: runsLater, ExitCode: 1 } }]) },
      'docker exec': exec,
      'docker logs': { stdout: 'last words\n' },
    },
    request: { 'POST http://x/predict': answer },
  })
  const [sample] = samplesOf(createInputs({ smoke: { predictBody: '{}' } }).smoke, '/predict')
  const answer200 = { status: 200, headers: {}, ms: 40, body: '{}', cut: false }
  const replays = sample ? replaysOf([{ sample, answer: answer200 }], { headers: {} }) : []
  const at = host.now()
  const started = { ...container, id, pid: 77, startedAt: at - ago }
  const examined = { report: createSmokeReport({ predict }), container: started, replays }
  const outcome = await measure(host, examined, at, maxLatencyMs, {}, new AbortController().signal)
  return { host, outcome }
}

describe('an image that answers is measured', () => {
  test('its start, its predictions and its memory', async () => {
    const { outcome, host } = await measuring({})
    expect(outcome).toMatchObject({
      kind: 'passed',
      value: { measured: { coldStart: 1_120, firstPredict: 40, warm: { calls: 40, p95: 3 }, peakMemory: 123_000_000 } },
    })
    expect(host.argvs()).toEqual([])
  })
  test('by the second version of control groups', async () =>
    expect((await measuring({ files: version2 })).outcome).toMatchObject({ value: { measured: { peakMemory: 45_000_000 } } }))
  test('on another machine from inside, and where that cannot be not at all', async () => {
    const asked = await measuring({ files: {}, exec: { stdout: '7000000\n', exitCode: 1 } })
    expect(asked.outcome).toMatchObject({ value: { measured: { peakMemory: 7_000_000 } } })
    expect((await measuring({ files: {} })).outcome).not.toHaveProperty('value.measured.peakMemory')
  })
  test('the process of somebody else that has the same number here is not taken for it', () =>
    expect(peakFiles('0::/user.slice/session-1.scope\n', id)).toEqual([]))
  test.each([
    [300, 1_120],
    [0, 820],
    [-50, 820],
    [3_600_000, 820],
  ])('a clock that says it started %d ms ago: %d ms', (ago, coldStart) => expect(coldStartOf(1e12, 1e12 - ago, 820)).toBe(coldStart))
})

describe('max-latency', () => {
  test('is held', async () => expect((await measuring({ maxLatencyMs: 3 })).outcome.kind).toBe('passed'))
  test('is not, and the figures are told', async () =>
    expect((await measuring({ maxLatencyMs: 2 })).outcome).toEqual({
      kind: 'failed',
      red: {
        code: 'latency-exceeded',
        message: 'Warm predictions take 3 ms (95th percentile of 83 calls), max-latency is 2 ms.',
        evidence: [
          'first good answer after 1120 ms, first prediction 40 ms, warm p50 3 ms, p95 3 ms, p99 3 ms (83 calls, one at a time), peak memory 123 MB',
        ],
      },
    }))
  test('is not held by answers that fail', async () =>
    expect((await measuring({ maxLatencyMs: 3, answer: { status: 500 } })).outcome).toMatchObject({
      red: {
        code: 'latency-exceeded',
        message: '100 of 100 calls failed when the sample was asked again: no 95th percentile within 3 ms.',
      },
    }))
})

test('a server that dies of being asked again is told as dead', async () =>
  expect((await measuring({ answer: { status: 502 }, runsLater: false })).outcome).toMatchObject({
    red: { code: 'container-exited', evidence: ['last words'] },
  }))

test.each<readonly [Measured, string]>([
  [{ coldStart: 5 }, 'first good answer after 5 ms'],
  [
    { coldStart: 5, firstPredict: 7.4, warm: { calls: 1, failed: 1, concurrency: 1, p50: null, p95: null, p99: null } },
    'first good answer after 5 ms, first prediction 7 ms, warm p50 failed, p95 failed, p99 failed (1 call, one at a time, 1 failed)',
  ],
])('%j', (measured, text) => expect(measuredText(measured)).toBe(text))
