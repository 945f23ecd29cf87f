import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, fixture, leftovers } from './action.ts'

let registry: Registry
let second: Registry
beforeAll(async () => {
  registry = await startRegistry()
  second = await startRegistry({ username: 'other', password: 'another-password-1' })
})
afterAll(() => {
  registry.stop()
  second.stop()
})

const sample = { test: 'false', 'predict-body': '{"features": [1]}' }
const writes = (of: Registry) => of.accessLog().filter(({ method }) => method !== 'GET' && method !== 'HEAD')

async function tagsOf(of: Registry, path: string): Promise<readonly string[]> {
  const answer = await fetch(`http://${of.host}/v2/${path}/tags/list`, {
    headers: { authorization: `Basic ${Buffer.from(`${of.username}:${of.password}`).toString('base64')}` },
  })
  return answer.ok ? [...((await answer.json()) as { tags: string[] }).tags].sort() : []
}

describe('publishing', () => {
  test('the digest arrives first, then the tags that stay, then those that move', async () => {
    using job = createJob(fixture('service'))
    const before = writes(registry).length
    const ran = await job.main({
      ...sample,
      images: `${registry.host}/acme/order`,
      username: registry.username,
      password: registry.password,
    })
    expect(ran.exitCode).toBe(0)
    const manifests = writes(registry)
      .slice(before)
      .flatMap(({ method, path }) => (path.includes('/manifests/') ? [`${method} ${path.split('/manifests/')[1]}`] : []))
    expect(manifests).toEqual([`PUT ${ran.outputs['digest']}`, 'PUT sha-1f2e3d4', 'PUT latest'])
  })

  test('a wrong password: said in so many words, nothing written', async () => {
    using job = createJob(fixture('service'))
    const before = writes(registry).length
    const ran = await job.main({
      ...sample,
      images: `${registry.host}/acme/denied`,
      username: registry.username,
      password: 'not-the-password',
    })
    expect(ran).toMatchObject({
      exitCode: 3,
      outputs: { 'failed-stage': 'publish', 'failure-code': 'registry-unauthorized', pushed: 'false' },
    })
    expect(ran.log).toContain(`lets nobody in as ${registry.username} with this password`)
    expect(writes(registry)).toHaveLength(before)
    expect(leftovers(ran.state)).toEqual([])
  })

  test('a registry that refuses gets no tags, the other goes on, and a second run completes it', async () => {
    using job = createJob(fixture('service'))
    const images = `${registry.host}/acme/two\n${second.host}/acme/two`
    const inputs = { ...sample, images, registry: registry.host, username: registry.username, password: registry.password }
    const config = { DOCKER_CONFIG: join(job.temp, 'docker') }
    mkdirSync(config.DOCKER_CONFIG)
    const partial = await job.main(inputs, config)
    expect(partial).toMatchObject({ exitCode: 3, outputs: { result: 'failed', 'failure-code': 'registry-unauthorized', pushed: 'true' } })
    expect(await tagsOf(registry, 'acme/two')).toEqual(['latest', 'sha-1f2e3d4'])
    expect(await tagsOf(second, 'acme/two')).toEqual([])

    // The login that the job has is used where none is given.
    execFileSync('docker', ['login', '--username', second.username, '--password-stdin', second.host], {
      input: second.password,
      env: { ...process.env, ...config },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const whole = await job.main(inputs, config)
    expect(whole).toMatchObject({ exitCode: 0, outputs: { result: 'passed', digest: partial.outputs['digest'] } })
    expect(await tagsOf(second, 'acme/two')).toEqual(['latest', 'sha-1f2e3d4'])
  })

  test('an engine that does not reach this machine pushes by itself, with a login that is gone afterwards', async () => {
    using job = createJob(fixture('service'))
    // Stands in for an engine on another host: to it, our loopback is its own, where nobody listens.
    const bin = join(job.temp, 'bin')
    mkdirSync(bin)
    const real = execFileSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim()
    writeFileSync(
      join(bin, 'docker'),
      `#!/bin/sh\ncase "$1 $3" in "push 127.0.0.1:"*) case "$3" in ${registry.host}/*) ;; *) echo "connect: connection refused" >&2; exit 1 ;; esac ;; esac\nexec ${real} "$@"\n`,
    )
    chmodSync(join(bin, 'docker'), 0o755)
    const ran = await job.main(
      { ...sample, images: `${registry.host}/acme/remote`, username: registry.username, password: registry.password },
      { PATH: `${bin}:${process.env['PATH']}` },
    )
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3000) }).toEqual({ exitCode: 0, log: '' })
    expect(ran.log).toContain('it pushes')
    expect(await tagsOf(registry, 'acme/remote')).toEqual(['latest', 'sha-1f2e3d4'])
    expect(leftovers(ran.state)).toEqual([])
  })
})
