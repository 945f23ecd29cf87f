import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startFreshEngine } from '../../script/fresh-engine.ts'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, type Job, leftovers } from './action.ts'

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

/** A job with a server for the engine's own platform, which needs no base image. */
function project(host: string, bin: string): Job {
  const more = { DOCKER_HOST: host, RUNNER_ENVIRONMENT: 'github-hosted', PATH: `${bin}:${process.env['PATH']}` }
  const job = createJob(fixture('platforms'), undefined, more)
  execFileSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', 'server-amd64', '.'], {
    cwd: job.workspace,
    env: { ...process.env, GOARCH: 'amd64', CGO_ENABLED: '0' },
  })
  return job
}
const inputs = () => ({
  ...{ images: `${registry.host}/acme/switched`, username: registry.username, password: registry.password, test: 'false' },
  ...{ provenance: 'mode=min', 'start-timeout': '20s', 'predict-body': '{}', 'predict-expect': '{"prediction": 0}' },
})
const driver = (host: string) => docker('--host', host, 'info', '--format', '{{json .DriverStatus}}')

describe('the engine of a hosted runner', () => {
  test('that has nothing in it is switched to the containerd store, and does there what the classic one cannot', async () => {
    await using engine = await startFreshEngine()
    using job = project(engine.host, engine.bin)
    const kept = await job.main({ ...inputs(), 'image-store': 'keep' })
    expect(kept).toMatchObject({ exitCode: 3, outputs: { 'failure-code': 'build-unsupported' } })
    expect(driver(engine.host)).not.toContain('io.containerd.snapshotter')

    const ran = await job.main(inputs())
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3000) }).toEqual({ exitCode: 0, log: '' })
    expect(ran.log).toMatch(/^The engine was switched to the containerd image store in [\d.]+ m?s/m)
    expect(driver(engine.host)).toContain('io.containerd.snapshotter')
    expect(JSON.parse(engine.settings())).toMatchObject({ bridge: 'mlia-fresh0', features: { 'containerd-snapshotter': true } })
    expect(leftovers(ran.state, ['--host', engine.host])).toEqual([])

    // The next step of the job finds it so.
    const again = await job.main(inputs())
    expect(again).toMatchObject({ exitCode: 0 })
    expect(again.log).not.toContain('was switched')
  })

  test('that cannot be restarted stays as it is, and the run goes on', async () => {
    await using engine = await startFreshEngine({ restarts: false })
    using job = project(engine.host, engine.bin)
    const before = engine.settings()
    const ran = await job.main({ ...inputs(), provenance: 'false' })
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3000) }).toEqual({ exitCode: 0, log: '' })
    expect(ran.log).toContain('The engine stays on the classic image store: it did not come up on the other.')
    expect(engine.settings()).toBe(before)
  })
})
