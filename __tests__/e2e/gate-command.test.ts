import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, leftovers } from './action.ts'

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

const writes = () => registry.accessLog().filter(({ method }) => method !== 'GET' && method !== 'HEAD')
const inputs = () => ({
  images: `${registry.host}/acme/around-gate`,
  username: registry.username,
  password: registry.password,
  test: 'false',
})

describe('gate-command', () => {
  test('sees the image, its digest and the running container, and is the last before the push', async () => {
    using job = createJob(fixture('service'))
    const ran = await job.main({
      ...inputs(),
      'gate-command': [
        `docker image inspect "$IMAGE" --format '{{.Id}}' > seen`,
        'echo "$DIGEST" >> seen',
        `python3 -c "import urllib.request as r; print(r.urlopen('$BASE_URL/health').status)" >> seen`,
        `docker container inspect --format '{{.State.Running}}' "$CONTAINER" >> seen`,
        'env | cut -d= -f1 | sort > names',
        'echo "::set-output name=digest::forged"',
      ].join('\n'),
      'test-env': 'GIVEN=1',
    })
    expect(ran).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })
    const { digest } = ran.outputs
    expect(readFileSync(join(job.workspace, 'seen'), 'utf8').split('\n')).toEqual([digest, digest, '200', 'true', ''])
    const names = readFileSync(join(job.workspace, 'names'), 'utf8').split('\n')
    expect(names).toEqual(expect.arrayContaining(['GIVEN', 'IMAGE', 'PATH']))
    expect(names.filter((name) => /^(GITHUB|INPUT|ACTIONS|RUNNER)_|TOKEN|PASSWORD/.test(name) && name !== 'RUNNER_TRACKING_ID')).toEqual([])
    expect(ran.log).toContain('│ ::set-output')
    expect(ran.log).toMatch(/^Smoke: [\s\S]*^Gate command: passed[\s\S]*^Publish: /m)
    expect(leftovers(ran.state)).toEqual([])
  })

  test.each<readonly [string, Readonly<Record<string, string>>, RegExp]>([
    ['that says no', { 'gate-command': 'echo CVE-2026-1 is critical\nexit 7' }, /gate-command ended with exit code 7.*CVE-2026-1/],
    ['a red step before the last', { 'gate-command': 'false | cat\ntrue' }, /gate-command ended with exit code 1/],
    ['too long', { 'gate-command': 'sleep 60', 'test-timeout': '1s' }, /still running after 1 s/],
    ['without a container', { smoke: 'false', 'gate-command': 'test -n "$BASE_URL"' }, /ended with exit code 1/],
  ])('%s: red, nothing published, the container gone', async (_, more, says) => {
    using job = createJob(fixture('service'))
    const before = writes().length
    const ran = await job.main({ ...inputs(), ...more })
    expect(ran).toMatchObject({
      exitCode: 1,
      outputs: { 'failed-stage': 'gate', 'failure-code': 'gate-command-failed', pushed: 'false' },
    })
    expect(ran.log.split('\n').find((line) => line.startsWith('::error'))).toMatch(says)
    expect(ran.summary).toMatch(/stopped at gate/)
    expect(writes()).toHaveLength(before)
    expect(leftovers(ran.state)).toEqual([])
  })

  test('is not run when the tests are red, and the container does not stay', async () => {
    using job = createJob(fixture('service'))
    const ran = await job.main({ ...inputs(), test: 'true', 'test-env': 'VERDICT=red', 'gate-command': 'touch ran' })
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'test' } })
    expect(existsSync(join(job.workspace, 'ran'))).toBe(false)
    expect(leftovers(ran.state)).toEqual([])
  })

  test('cancelled in it: out within 7 s, nothing left', async () => {
    using job = createJob(fixture('service'))
    const marker = `test=${randomUUID()}`
    const run = job.start({ ...inputs(), 'run-args': `--label ${marker}`, 'gate-command': 'touch began; sleep 300' })
    for (const start = Date.now(); !existsSync(join(job.workspace, 'began')); await sleep(20))
      if (Date.now() - start > 60_000) throw new Error('gate-command did not begin within 60 s')
    expect(docker('ps', '--quiet', '--filter', `label=${marker}`)).not.toBe('')
    const began = performance.now()
    run.child.kill('SIGINT')
    const ran = await run.ended
    expect(performance.now() - began).toBeLessThan(7_000)
    expect(ran).toMatchObject({ exitCode: 3, outputs: { 'failure-code': 'cancelled', 'failed-stage': 'gate', pushed: 'false' } })
    expect(leftovers(ran.state)).toEqual([])
  })
})
