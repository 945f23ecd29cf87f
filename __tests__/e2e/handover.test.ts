import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, type Job, leftovers, type Ran } from './action.ts'

let registry: Registry
let second: Registry
beforeAll(async () => {
  ;[registry, second] = await Promise.all([startRegistry(), startRegistry()])
})
afterAll(() => {
  registry.stop()
  second.stop()
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

const builds = (engine: readonly string[]) =>
  docker(...engine, 'buildx', 'history', 'ls', '--format', '{{.Ref}}')
    .split('\n')
    .filter(Boolean)

/** A job without a checkout, which has got the folder of another. */
function jobWith(folder: string, env: Readonly<Record<string, string>> = {}): Job {
  const job = createJob(mkdtempSync(join(tmpdir(), 'ml-image-e2e-empty-')), undefined, env)
  cpSync(folder, join(job.workspace, 'image'), { recursive: true })
  return job
}

const stateOf = (ran: Ran, stage: string) => {
  const report = JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8')) as {
    stages: { stage: string; state: string; detail: string }[]
  }
  return report.stages.find((one) => one.stage === stage)
}

describe.each(stores)('on the $store store', ({ store, host }) => {
  test('a job without secrets builds, another publishes what it handed over', async () => {
    if (store === 'classic' && !host) throw new Error('ML_IMAGE_CLASSIC_HOST is not set: run this by script/test')
    const engine = host ? ['--host', host] : []
    const env = host ? { DOCKER_HOST: host } : {}
    const name = `acme/handed-${store}`
    using job = createJob(fixture('service'), undefined, env)
    const built = await job.main({
      images: `${registry.host}/${name}`,
      push: 'oci:image',
      'build-args': `STEP=echo handover ${store}`,
      ...predict,
    })
    if (built.exitCode !== 0) console.log(built.log)
    expect(built).toMatchObject({ exitCode: 0, outputs: { result: 'passed', pushed: 'false' } })
    expect(built.outputs['digest']).toMatch(/^sha256:/)
    expect(registry.accessLog().filter(({ path }) => path.includes(name))).toEqual([])
    expect(readdirSync(join(job.workspace, 'image')).sort()).toEqual(['blobs', 'index.json', 'oci-layout'])
    expect(leftovers(built.state, engine)).toEqual([])

    const before = new Set(builds(engine))
    using other = jobWith(join(job.workspace, 'image'), env)
    const ran = await other.main({ images: `${registry.host}/${name}`, from: 'oci:image', ...login(registry) })
    if (ran.exitCode !== 0) console.log(ran.log)
    expect(ran).toMatchObject({ exitCode: 0, outputs: { result: 'passed', pushed: 'true', digest: built.outputs['digest'] } })
    expect(stateOf(ran, 'smoke')).toMatchObject({ state: 'skipped', detail: expect.stringContaining('run 42') })
    expect(builds(engine).filter((ref) => !before.has(ref))).toEqual([])
    expect(await digestOf(registry, name, 'latest')).toBe(built.outputs['digest'])
    expect(leftovers(ran.state, engine)).toEqual([])
    expect(existsSync(join(other.workspace, 'image', 'index.json'))).toBe(true)
  })
})
