import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, type Job, leftovers, type Ran } from './action.ts'

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

const secrets = { given: 'canary,of="the"\nbuild-in-2-lines', variable: 'canary-of-a-variable', file: 'canary of a file\n' } as const
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

function green(ran: Ran): void {
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-4000) }).toEqual({ exitCode: 0, log: '' })
  expect(leftovers(ran.state)).toEqual([])
}

function project(...steps: readonly string[]): Job {
  const job = createJob(fixture('service'))
  const dockerfile = join(job.workspace, 'Dockerfile')
  writeFileSync(dockerfile, `${readFileSync(dockerfile, 'utf8')}\n${steps.join('\n')}\n`)
  return job
}

const base = () => ({ username: registry.username, password: registry.password, test: 'false', 'predict-body': '{"features": [1]}' })
const forget = (name: string) => docker('image', 'rm', `${registry.host}/acme/${name}:sha-1f2e3d4`, `${registry.host}/acme/${name}:latest`)

describe('secrets of the build', () => {
  test('are what a step mounts, and nowhere else: no argv, log, history, layer, state or file', async () => {
    using job = project(
      ...Object.entries(secrets).map(
        ([id, text]) => `RUN --mount=type=secret,id=${id} sha256sum /run/secrets/${id} | grep ${hashOf(text)}`,
      ),
      'RUN echo no secret is left: $(ls -A /run/secrets 2>/dev/null)',
    )
    const file = join(job.temp, 'netrc')
    writeFileSync(file, secrets.file)
    const trace = join(job.temp, 'argv.txt')
    const strace = ['strace', '-f', '-qq', '-s', '65536', '-e', 'trace=execve', '-o', trace]
    const given = {
      secrets: `"given=${secrets.given.replaceAll('"', '""')}"`,
      'secret-envs': 'variable=MY_VARIABLE',
      'secret-files': `file=${file}`,
      provenance: 'mode=max',
    }
    const ran = await job.main({ ...base(), images: `${registry.host}/acme/secret`, ...given }, { MY_VARIABLE: secrets.variable }, strace)
    green(ran)
    rmSync(file)
    const argv = readFileSync(trace, 'utf8')
    rmSync(trace)
    const found = (text: string) =>
      ['canary,of', 'build-in-2-lines', 'canary-of-a-variable', 'canary of a file'].filter((one) => text.includes(one))
    expect(argv).toContain('id=given,env=ML_IMAGE_SECRET_0')
    const shown = ran.log.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    expect(found([argv, ...shown, JSON.stringify([ran.outputs, ran.state, ran.summary])].join('\n'))).toEqual([])
    // Every blob and manifest that reached the registry, as it is: config, history, provenance.
    expect(registry.filesWith('buildkit')).not.toEqual([])
    expect(registry.filesWith('canary|build-in-2')).toEqual([])
    const where = execFileSync('sh', [
      '-c',
      `grep -rlE 'canary,of|build-in-2|canary-of|canary of' '${job.temp}' '${job.workspace}' /tmp/ml-image-* || true`,
    ])
    expect(where.toString()).toBe('')
    // And the layers, unpacked.
    const kept = { push: 'false', smoke: 'false', images: `${registry.host}/acme/secret` }
    writeFileSync(file, secrets.file)
    green(await job.main({ ...base(), ...given, ...kept }, { MY_VARIABLE: secrets.variable }))
    docker('create', '--name', `secret-${process.pid}`, `${registry.host}/acme/secret:latest`)
    const search = `docker export secret-${process.pid} | grep -acE 'canary,of|build-in-2|canary-of|canary of' || true`
    const inLayers = execFileSync('sh', ['-c', search], { encoding: 'utf8' })
    docker('rm', `secret-${process.pid}`)
    forget('secret')
    expect(inLayers.trim()).toBe('0')
  })

  test('reach a stage that tests, too', async () => {
    using job = project(
      'FROM scratch AS nothing',
      'FROM python:3.11-slim AS checked',
      `RUN --mount=type=secret,id=given sha256sum /run/secrets/given | grep ${hashOf('x')}`,
    )
    const ran = await job.main({
      ...{ ...base(), test: 'true', images: `${registry.host}/acme/staged`, push: 'false', target: dockerTarget(job), smoke: 'false' },
      ...{ 'test-in': 'target:checked', secrets: 'given=x' },
    })
    green(ran)
    forget('staged')
  })
})

/** The stage of the fixture itself, which is no longer the last. */
function dockerTarget(job: Job): string {
  const dockerfile = join(job.workspace, 'Dockerfile')
  writeFileSync(dockerfile, readFileSync(dockerfile, 'utf8').replace(/^FROM (\S+)$/m, 'FROM $1 AS served'))
  return 'served'
}

test('provenance makes an index: that is what is tested, pushed and tagged', async () => {
  using job = createJob(fixture('service'))
  const ran = await job.main({ ...base(), images: `${registry.host}/acme/proven`, provenance: 'mode=max' })
  green(ran)
  const authorization = `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`
  const answer = await fetch(`http://${registry.host}/v2/acme/proven/manifests/latest`, {
    headers: { authorization, accept: 'application/vnd.oci.image.index.v1+json' },
  })
  const body = await answer.text()
  expect(`sha256:${hashOf(body)}`).toBe(ran.outputs['digest'])
  const index = JSON.parse(body) as { manifests: readonly { annotations?: Readonly<Record<string, string>> }[] }
  expect(index.manifests.map(({ annotations }) => annotations?.['vnd.docker.reference.type'] ?? 'image')).toEqual([
    'image',
    'attestation-manifest',
  ])
  expect(ran.outputs['imageid'] ?? '').toBe('')
})

test('further contexts, hosts, limits and a stage built anew are those of the build', async () => {
  using job = project(
    'COPY --from=more shared.txt /shared.txt',
    'RUN grep "10.1.2.3.*model.internal" /etc/hosts && test $(ulimit -n) = 999 && df -m /dev/shm | grep -q " 33 "',
  )
  execFileSync('mkdir', ['-p', join(job.workspace, 'more')])
  writeFileSync(join(job.workspace, 'more', 'shared.txt'), 'shared\n')
  const ran = await job.main({
    ...{ ...base(), images: `${registry.host}/acme/options`, push: 'false', smoke: 'false', 'build-contexts': 'more=more' },
    ...{ 'add-hosts': 'model.internal:10.1.2.3', ulimit: 'nofile=999', 'shm-size': '33m', compression: 'gzip', 'no-cache': 'true' },
  })
  green(ran)
  expect(JSON.parse(ran.outputs['cache-hits'] ?? '')).toMatchObject({ hit: 0 })
  forget('options')
})

test('a build that takes too long is told with its step, and leaves nothing', async () => {
  using job = project('RUN sleep 611')
  const ran = await job.main({ ...base(), images: `${registry.host}/acme/slow`, 'build-timeout': '3s' })
  expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'build', 'failure-code': 'build-timeout', pushed: 'false' } })
  expect(ran.log).toMatch(/^::error .*still running after 3 s, at .*RUN sleep 611/m)
  expect(leftovers(ran.state)).toEqual([])
  expect(existsSync(join(job.temp, 'docker'))).toBe(false)
})
