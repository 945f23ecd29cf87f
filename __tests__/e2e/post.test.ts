import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, leftovers } from './action.ts'

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

const inputs = () => ({
  images: `${registry.host}/acme/model`,
  username: registry.username,
  password: registry.password,
  test: 'false',
  'run-env': 'MODE=deaf',
  'start-timeout': '60s',
})

/** Waits until something is so. */
async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const start = Date.now(); !isSo(); await sleep(20)) if (Date.now() - start > 60_000) throw new Error(`not within 60 s: ${what}`)
}

describe('a run that does not come to its end', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s: out within 7 s, nothing left, result told', async (signal) => {
    using job = createJob(fixture('service'))
    const marker = `test=${randomUUID()}`
    const run = job.start({ ...inputs(), 'run-args': `--label ${marker}` })
    const running = () => docker('ps', '--quiet', '--filter', `label=${marker}`).split('\n').filter(Boolean).length
    await until('the container runs', () => running() > 0)
    const began = performance.now()
    run.child.kill(signal)
    const ran = await run.ended
    expect(performance.now() - began).toBeLessThan(7_000)
    expect(ran.exitCode).toBe(3)
    expect(ran.outputs).toMatchObject({
      'failure-code': 'cancelled',
      'failed-stage': expect.stringMatching(/^(inspect|smoke)$/),
      pushed: 'false',
    })
    expect(ran.summary).toContain('cancelled')
    expect(leftovers(ran.state)).toEqual([])
  })

  test('killed outright: post removes what it left and writes the summary, and a second post finds nothing', async () => {
    using job = createJob(fixture('service'))
    const marker = `test=${randomUUID()}`
    const run = job.start({ ...inputs(), 'run-args': `--label ${marker}` })
    const running = () => docker('ps', '--quiet', '--filter', `label=${marker}`).split('\n').filter(Boolean).length
    await until('the container runs', () => running() > 0)
    run.child.kill('SIGKILL')
    const ran = await run.ended
    expect(leftovers(ran.state)).not.toEqual([])
    expect(ran.summary).toBe('')
    const post = await job.post(ran.state)
    expect(post.exitCode).toBe(0)
    expect(post.summary).toMatch(/^### ML image: ended during (inspect|smoke) \\\(killed\\\), nothing was pushed\n/)
    expect(post.summary).toContain('| Build | ✅ passed |')
    expect(post.summary).toContain('| Smoke | stopped |  | under way |')
    expect(post.log).toContain('container')
    expect(leftovers(ran.state)).toEqual([])
    const again = await job.post(ran.state)
    expect(again.exitCode).toBe(0)
    expect(again).toMatchObject({ summary: '', log: expect.stringContaining('nothing was left behind') })
  })
})

test('a run that ended before the engine had removed its image: post removes it, and does not say that the run broke off', async () => {
  using job = createJob(fixture('service'))
  const ran = await job.main({ images: 'localhost:1/acme/late', push: 'false', test: 'false', smoke: 'false' })
  docker('image', 'rm', ...(ran.outputs['tags']?.split('\n') ?? []))
  expect({ exitCode: ran.exitCode, left: leftovers(ran.state) }).toEqual({ exitCode: 0, left: [] })
  const { name = '' } =
    (JSON.parse(ran.state['traces'] ?? '[]') as { kind: string; name?: string }[]).find(({ kind }) => kind === 'image') ?? {}
  docker('tag', 'python:3.11-slim', name)
  const post = await job.post(ran.state)
  expect(post.log).toContain(`nothing was left behind; the engine had yet to remove image ${name}.`)
  expect(leftovers(ran.state)).toEqual([])
})
