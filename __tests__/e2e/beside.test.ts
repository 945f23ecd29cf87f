import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, fixture, leftovers } from './action.ts'

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

const inputs = () => ({ images: `${registry.host}/acme/model`, username: registry.username, password: registry.password })
/** Command lines of processes that hold `text`, this one's own left out. */
const processes = (text: string) =>
  execFileSync('sh', ['-c', `ps -eo args | grep -F '${text}' | grep -v grep || true`], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean)
/** A step that the layer cache does not know. */
const step = (seconds: number) => `STEP=sh -c sleep\${IFS}${seconds}.${String(Date.now()).slice(-6)}`

test('20 s of tests beside 20 s of build take less than 25 s', async () => {
  using job = createJob(fixture('service'))
  const ran = await job.main({ ...inputs(), 'test-env': 'SECONDS_TO_TEST=20', 'build-args': step(20) })
  expect(ran).toMatchObject({ exitCode: 0, outputs: { result: 'passed' } })
  expect(ran.ms).toBeGreaterThan(20_000)
  expect(ran.ms).toBeLessThan(25_000)
})

test('a red test stops a build that would take 600 s within 2 s, and leaves no process', async () => {
  using job = createJob(fixture('service'))
  const marker = step(600)
  const ran = await job.main({ ...inputs(), 'test-env': 'VERDICT=red\nSECONDS_TO_TEST=4', 'build-args': marker })
  const stages = JSON.parse(execFileSync('cat', [ran.outputs['report'] ?? ''], { encoding: 'utf8' })) as {
    stages: { stage: string; state: string; start: number; duration: number }[]
  }
  const end = (stage: string) => {
    const found = stages.stages.find((one) => one.stage === stage)
    return (found?.start ?? 0) + (found?.duration ?? 0)
  }
  expect(ran.outputs).toMatchObject({ 'failed-stage': 'test', 'failure-code': 'tests-failed' })
  expect(stages.stages.find(({ stage }) => stage === 'build')?.state).toBe('stopped')
  expect(end('test')).toBeGreaterThan(4_000)
  expect(end('build') - end('test')).toBeLessThan(2_000)
  expect(processes('sleep 600')).toEqual([])
  expect(processes('buildx build')).toEqual([])
})

test('a red build stops tests that would take 600 s', async () => {
  using job = createJob(fixture('service'))
  const ran = await job.main({ ...inputs(), 'test-env': 'SECONDS_TO_TEST=600', 'build-args': 'STEP=false' })
  expect(ran.outputs).toMatchObject({ 'failed-stage': 'build', 'failure-code': 'build-failed' })
  expect(ran.ms).toBeLessThan(30_000)
  expect(processes(job.workspace)).toEqual([])
})

test('test-first: the build waits for the tests', async () => {
  using job = createJob(fixture('service'))
  const ran = await job.main({ ...inputs(), 'test-first': 'true', 'test-env': 'VERDICT=red' })
  expect(ran.outputs).toMatchObject({ 'failed-stage': 'test' })
  expect(ran.summary).toContain('| Build | not run |')
})

test('eight runs at once on one engine do not meet', async () => {
  const runs = Array.from({ length: 8 }, async (_, index) => {
    using job = createJob(fixture('service'))
    return await job.main({
      ...inputs(),
      images: `${registry.host}/acme/run-${index % 2}`,
      test: 'false',
      'predict-body': '{"features": [1]}',
    })
  })
  const ran = await Promise.all(runs)
  const red = ran.filter(({ exitCode }) => exitCode !== 0)
  expect(red.map(({ log }) => log)).toEqual([])
  expect(new Set(ran.map(({ outputs }) => outputs['digest'])).size).toBe(1)
  expect(ran.flatMap(({ state }) => leftovers(state))).toEqual([])
})
