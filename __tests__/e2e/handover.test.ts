import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, type Job, leftovers, type Ran } from './action.ts'

let registry: Registry
let second: Registry
const temp = mkdtempSync(join(tmpdir(), 'ml-image-handover-'))
/** What the first job has handed over, for the others. */
const handed = join(temp, 'handed')
beforeAll(async () => {
  ;[registry, second] = await Promise.all([startRegistry(), startRegistry()])
})
afterAll(() => {
  registry.stop()
  second.stop()
  rmSync(temp, { recursive: true, force: true })
})

const classicHost = process.env['ML_IMAGE_CLASSIC_HOST']
const stores = [
  { store: 'containerd', host: undefined },
  { store: 'classic', host: classicHost },
] as const
const predict = {
  'predict-body': '{"features": [1, 2, 3, 4]}',
  'predict-expect': '{"prediction": 0, "probability": 0.97}',
}
const login = ({ username, password }: Registry) => ({ username, password })

/** The digest that a tag has, as anybody asks for it. */
async function digestOf({ host, username, password }: Registry, name: string, tag: string): Promise<string | null> {
  const accept =
    'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const answer = await fetch(`http://${host}/v2/${name}/manifests/${tag}`, { method: 'HEAD', headers: { accept, authorization } })
  return answer.headers.get('docker-content-digest')
}

/** A docker client that writes down what it is asked. */
function watchedClient(): Readonly<{ env: Readonly<Record<string, string>>; asked: () => readonly string[] }> {
  const folder = mkdtempSync(join(temp, 'client-'))
  const log = join(folder, 'log')
  const real = execFileSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim()
  writeFileSync(log, '')
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\necho "$*" >>'${log}'\nexec '${real}' "$@"\n`, { mode: 0o755 })
  return { env: { PATH: `${folder}:${process.env['PATH']}` }, asked: () => readFileSync(log, 'utf8').split('\n').filter(Boolean) }
}

const emptyFolder = () => mkdtempSync(join(temp, 'empty-'))

/** A job without a checkout, which has got the folder of another. */
function jobWith(folder: string, env: Readonly<Record<string, string>> = {}): Job {
  const job = createJob(emptyFolder(), undefined, env)
  cpSync(folder, join(job.workspace, 'image'), { recursive: true })
  return job
}

const stateOf = (ran: Ran, stage: string) => {
  const report = JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8')) as {
    stages: { stage: string; state: string; detail: string }[]
  }
  return report.stages.find((one) => one.stage === stage)
}

/** Where a job finds a login that it has from before. */
function dockerConfig({ host, username, password }: Registry): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(temp, 'config-'))
  const auth = Buffer.from(`${username}:${password}`).toString('base64')
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }))
  return { DOCKER_CONFIG: folder }
}

describe.each(stores)('on the $store store', ({ store, host }) => {
  const engine = host ? ['--host', host] : []
  const env = host ? { DOCKER_HOST: host } : {}
  const local = 'ml-image-handover/service:e2e'
  beforeAll(() => {
    if (store === 'classic' && !host) throw new Error('ML_IMAGE_CLASSIC_HOST is not set: run this by script/test')
  })
  afterAll(() => {
    if (store === 'containerd' || host) docker(...engine, 'image', 'rm', '--force', local)
  })

  test('a job without secrets builds, another publishes what it handed over', async () => {
    const name = `acme/handed-${store}`
    using job = createJob(fixture('service'), undefined, env)
    const built = await job.main({
      images: `${registry.host}/${name}`,
      push: 'oci:image',
      'build-args': `STEP=echo handover ${store}`,
      ...predict,
    })
    expect(built).toMatchObject({ exitCode: 0, outputs: { result: 'passed', pushed: 'false' } })
    expect(registry.accessLog().filter(({ path }) => path.includes(name))).toEqual([])
    expect(readdirSync(join(job.workspace, 'image')).sort()).toEqual(['blobs', 'index.json', 'oci-layout'])
    expect(readdirSync(job.workspace).sort()).toEqual(['Dockerfile', 'image', 'server.py', 'tests'])
    expect(leftovers(built.state, engine)).toEqual([])
    cpSync(join(job.workspace, 'image'), handed, { recursive: true })

    const client = watchedClient()
    using other = jobWith(handed, { ...env, ...client.env })
    const ran = await other.main({ images: `${registry.host}/${name}`, from: 'oci:image', ...login(registry) })
    expect(ran).toMatchObject({ exitCode: 0, outputs: { result: 'passed', pushed: 'true', digest: built.outputs['digest'] } })
    for (const stage of ['test', 'smoke'])
      expect(stateOf(ran, stage)).toMatchObject({ state: 'skipped', detail: expect.stringContaining('run 42') })
    // Neither built nor run, and so not even brought to the engine.
    expect(client.asked().filter((words) => /^(buildx (build|bake)|build|run|pull|create|load)\b/.test(words))).toEqual([])
    expect(client.asked().some((words) => words.startsWith('info'))).toBe(true)
    expect(await digestOf(registry, name, 'latest')).toBe(built.outputs['digest'])
    expect(leftovers(ran.state, engine)).toEqual([])
    expect(existsSync(join(other.workspace, 'image', 'index.json'))).toBe(true)
  })

  test('an image that another tool has built is gated and pushed, and then copied to another registry', async () => {
    docker(...engine, 'build', '--quiet', '--tag', local, fixture('service'))
    const id = docker(...engine, 'image', 'inspect', '--format', '{{.Id}}', local)
    const name = `acme/local-${store}`
    using job = createJob(emptyFolder(), undefined, env)
    const ran = await job.main({ images: `${registry.host}/${name}`, from: local, ...predict, ...login(registry) })
    expect(ran).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })
    expect(stateOf(ran, 'smoke')).toMatchObject({ state: 'passed' })
    expect(stateOf(ran, 'test')).toMatchObject({ state: 'skipped', detail: expect.stringContaining('no tests here') })
    const digest = await digestOf(registry, name, 'latest')
    expect(ran.outputs['digest']).toBe(digest)
    if (store === 'containerd') expect(digest).toBe(id)
    expect(docker(...engine, 'image', 'inspect', '--format', '{{.Id}}', local)).toBe(id)
    expect(leftovers(ran.state, engine)).toEqual([])

    docker(...engine, 'image', 'rm', '--force', local)
    const from = `${registry.host}/${name}@${digest}`
    using copier = createJob(emptyFolder(), undefined, { ...env, ...dockerConfig(registry) })
    const copied = await copier.main({
      images: `${second.host}/mirror/${store}`,
      from,
      tags: 'type=raw,value=stable',
      ...predict,
      ...login(second),
    })
    expect(copied).toMatchObject({ exitCode: 0, outputs: { pushed: 'true', digest } })
    expect(stateOf(copied, 'build')).toMatchObject({ state: 'passed', detail: expect.stringContaining(`taken from ${from}`) })
    expect(stateOf(copied, 'smoke')).toMatchObject({ state: 'passed' })
    expect(await digestOf(second, `mirror/${store}`, 'stable')).toBe(digest)
    expect(leftovers(copied.state, engine)).toEqual([])
  })
})

describe('a layout that is not of this run', () => {
  const images = () => ({ images: `${registry.host}/acme/strange` })
  const asked = () =>
    registry.accessLog().filter(({ path, method }) => path.includes('acme/strange') && method !== 'GET' && method !== 'HEAD')

  test('is gated again, and can be handed on', async () => {
    using job = jobWith(handed, { GITHUB_RUN_ID: '43' })
    const ran = await job.main({ ...images(), from: 'oci:image', push: 'oci:again', ...predict })
    expect(ran).toMatchObject({ exitCode: 0, outputs: { pushed: 'false' } })
    expect(stateOf(ran, 'smoke')).toMatchObject({ state: 'passed' })
    const [was, is] = ['image', 'again'].map((name) => readdirSync(join(job.workspace, name, 'blobs', 'sha256')))
    // Another record, the same image.
    expect(is?.filter((blob) => !was?.includes(blob))).toHaveLength(2)
    expect(leftovers(ran.state)).toEqual([])
  })
  test('is refused where its gates are left out', async () => {
    using job = jobWith(handed, { GITHUB_RUN_ID: '43' })
    const ran = await job.main({ ...images(), from: 'oci:image', smoke: 'false', test: 'false', ...login(registry) })
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'layout-ungated', pushed: 'false' } })
    expect(asked()).toEqual([])
  })
  test.each(['a layer', 'the record'])('and one of this run of which %s has changed is refused', async (what) => {
    using job = jobWith(handed)
    const folder = join(job.workspace, 'image', 'blobs', 'sha256')
    const index = JSON.parse(readFileSync(join(job.workspace, 'image', 'index.json'), 'utf8')) as { manifests: { digest: string }[] }
    const read = (digest: string) =>
      JSON.parse(readFileSync(join(folder, digest.slice(7)), 'utf8')) as { layers: { digest: string; size: number }[] }
    const { layers } = read(index.manifests[what === 'a layer' ? 0 : 1]?.digest ?? '')
    const path = join(folder, layers.at(-1)?.digest.slice(7) ?? '')
    const bytes = readFileSync(path)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const ran = await job.main({ ...images(), from: 'oci:image', ...login(registry) })
    expect(ran).toMatchObject({ exitCode: 3, outputs: { 'failure-code': 'digest-mismatch', pushed: 'false' } })
    expect(asked()).toEqual([])
  })
})
