import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startContainerBuilder, startRemoteBuilder, type TestBuilder } from '../../script/builders.ts'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, leftovers } from './action.ts'

let registry: Registry
let project = ''
const builders = new Map<string, TestBuilder>()
const table: string[] = []

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'ml-image-platforms-'))
  cpSync(fixture('platforms'), project, { recursive: true })
  for (const GOARCH of ['amd64', '386'])
    execFileSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', `server-${GOARCH}`, '.'], {
      cwd: project,
      env: { ...process.env, GOARCH, CGO_ENABLED: '0' },
    })
  registry = await startRegistry()
  for (const builder of [startContainerBuilder(), startRemoteBuilder()]) builders.set(builder.driver, builder)
}, 180_000)
afterAll(() => {
  process.stdout.write(`\n${['store       builder           platforms               provenance  came out', ...table].join('\n')}\n`)
  for (const builder of builders.values()) builder[Symbol.dispose]()
  registry?.stop()
  rmSync(project, { recursive: true, force: true })
})

type Manifest = Readonly<{
  config?: Readonly<{ digest: string }>
  manifests?: readonly Readonly<{ digest: string; platform?: Readonly<{ os: string; architecture: string }> }>[]
}>

const types = ['manifest.v1', 'index.v1'].map((type) => `application/vnd.oci.image.${type}+json`)
const accept = [...types, 'application/vnd.docker.distribution.manifest.v2+json'].join(', ')

/** A manifest as anybody reads it: by fetch, not by the client under test. */
async function manifest(repository: string, reference: string): Promise<Readonly<{ digest: string; json: Manifest }>> {
  const authorization = `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`
  const answer = await fetch(`http://${registry.host}/v2/${repository}/manifests/${reference}`, { headers: { authorization, accept } })
  const body = await answer.text()
  return { digest: `sha256:${createHash('sha256').update(body).digest('hex')}`, json: JSON.parse(body) as Manifest }
}

/** Platform and configuration of every image of a tag. */
async function imagesOf(repository: string, tag: string): Promise<ReadonlyMap<string, string>> {
  const { json } = await manifest(repository, tag)
  if (json.config) return new Map([['', json.config.digest]])
  const children = (json.manifests ?? []).filter(({ platform }) => platform?.os === 'linux')
  return new Map(
    await Promise.all(
      children.map(async ({ digest, platform }) => {
        const child = await manifest(repository, digest)
        return [`linux/${platform?.architecture}`, child.json.config?.digest ?? ''] as const
      }),
    ),
  )
}

/** What the engine says that it has started for a run since a time (s). */
function started(engine: readonly string[], since: number, runId: string): readonly string[] {
  const until = Math.floor(Date.now() / 1000) + 1
  const filter = ['--since', String(since), '--until', String(until), '--filter', 'event=start', '--format', '{{json .Actor.Attributes}}']
  return docker(...engine, 'events', ...filter)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { image: string; name: string })
    .filter(({ name }) => name.startsWith(`ml-image-${runId}`))
    .map(({ image }) => image)
}

const classicHost = process.env['ML_IMAGE_CLASSIC_HOST']
const both = 'linux/amd64,linux/386'
const matrix = (['containerd', 'classic'] as const).flatMap((store) =>
  (['docker', 'docker-container', 'remote'] as const).flatMap((driver) =>
    ['linux/amd64', both].flatMap((platforms) =>
      ['false', 'mode=min', 'mode=max'].map((provenance) => ({ store, driver, platforms, provenance })),
    ),
  ),
)

describe('the tested bits are what every tag holds, from one build, or the combination is refused with its remedy', () => {
  test.each(matrix)('$store store, $driver, $platforms, provenance $provenance', async ({ store, driver, platforms, provenance }) => {
    if (store === 'classic' && !classicHost) throw new Error('ML_IMAGE_CLASSIC_HOST is not set: run this by script/test')
    const host = store === 'classic' ? classicHost : undefined
    const engine = host ? ['--host', host] : []
    const builder = builders.get(driver)?.name
    // The stage is part of the name of a build: others may build on this engine at the same time.
    const stage = `served-${randomBytes(4).toString('hex')}`
    const builds = () =>
      docker(...engine, 'buildx', 'history', 'ls', '--builder', builder ?? 'default', '--format', '{{.Name}}')
        .split('\n')
        .filter((name) => name.includes(stage))
    using job = createJob(project, undefined, host ? { DOCKER_HOST: host } : {})
    const dockerfile = join(job.workspace, 'Dockerfile')
    writeFileSync(dockerfile, readFileSync(dockerfile, 'utf8').replace('AS served', `AS ${stage}`))
    const since = Math.floor(Date.now() / 1000) - 1
    const repository = `acme/${store}-${driver}`
    const ran = await job.main({
      ...{ images: `${registry.host}/${repository}`, username: registry.username, password: registry.password, test: 'false' },
      ...{ platforms, provenance, target: stage, 'build-args': `MARK=${stage}`, ...(builder ? { builder } : {}) },
      ...{ 'predict-body': '{}', 'predict-expect': '{"prediction": 0}' },
    })
    const row = [store.padEnd(11), driver.padEnd(17), platforms.padEnd(23), provenance.padEnd(11)].join(' ')
    const told = (text: string) => table.push(`${row} ${text}`)
    expect(leftovers(ran.state, engine)).toEqual([])
    if (store === 'classic' && driver === 'docker' && (platforms === both || provenance !== 'false')) {
      expect(ran).toMatchObject({ exitCode: 3, outputs: { 'failure-code': 'build-unsupported', pushed: 'false' } })
      expect(ran.log).toMatch(/^::error .*classic.*containerd image store/m)
      told('refused: set up a builder, or the containerd image store')
      return
    }
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3000) }).toEqual({ exitCode: 0, log: '' })
    expect(builds()).toHaveLength(1)
    const tags = ran.outputs['pushed-tags']?.split('\n').map((reference) => reference.split(':').at(-1) ?? '') ?? []
    expect(tags).toEqual(['sha-1f2e3d4', 'latest'])
    for (const tag of tags) expect((await manifest(repository, tag)).digest).toBe(ran.outputs['digest'])
    const images = await imagesOf(repository, 'latest')
    const [, runId = 'none'] = /"runId":"([^"]+)"/.exec(ran.state['traces'] ?? '') ?? []
    const answered = started(engine, since, runId)
    expect(images.size).toBe(platforms.split(',').length)
    expect(answered).toHaveLength(images.size)
    // The containerd store names what it runs by the digest that the registry has; the classic one by each configuration.
    if (store === 'containerd') expect(new Set(answered)).toEqual(new Set([ran.outputs['digest']]))
    else expect(new Set(answered)).toEqual(new Set(images.values()))
    told(`${ran.outputs['digest']?.slice(0, 19)}, 1 build, ${answered.length} smoked, ${(ran.ms / 1000).toFixed(1)} s`)
  })
})

describe('another builder', () => {
  const given = (repository: string, more: Readonly<Record<string, string>> = {}) => ({
    ...{ images: `${registry.host}/acme/${repository}`, username: registry.username, password: registry.password },
    ...{ test: 'false', 'predict-body': '{}', builder: builders.get('docker-container')?.name ?? '', ...more },
  })

  test('tests in a stage of its build, and the image is whole all the same', async () => {
    using job = createJob(project)
    const dockerfile = join(job.workspace, 'Dockerfile')
    writeFileSync(join(job.workspace, 'junit.xml'), '<testsuite tests="1"><testcase classname="a" name="b"/></testsuite>')
    writeFileSync(dockerfile, `FROM scratch AS tests\nCOPY junit.xml /\n\n${readFileSync(dockerfile, 'utf8')}`)
    const ran = await job.main(given('staged', { test: 'true', 'test-in': 'target:tests', platforms: both }))
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3000) }).toEqual({ exitCode: 0, log: '' })
    expect(JSON.parse(ran.outputs['tests'] ?? '{}')).toMatchObject({ tests: 1, failed: 0 })
    expect((await manifest('acme/staged', 'latest')).digest).toBe(ran.outputs['digest'])
    expect((await imagesOf('acme/staged', 'latest')).size).toBe(2)
    expect(leftovers(ran.state)).toEqual([])
  })

  test('whose image does not answer is red, and nothing is left or pushed', async () => {
    using job = createJob(project)
    const ran = await job.main(given('red', { platforms: both, 'predict-expect': '{"compiled-for": "amd64"}' }))
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'smoke', 'failure-code': 'predict-mismatch', pushed: 'false' } })
    expect(ran.log).toMatch(/^::error .*On linux\/386: POST \/predict: \$?\S*compiled-for is "386", expected "amd64"/m)
    expect(
      registry.accessLog().filter(({ path, method }) => path.startsWith('/v2/acme/red/') && method !== 'GET' && method !== 'HEAD'),
    ).toEqual([])
    expect(leftovers(ran.state)).toEqual([])
  })

  test('that is not there is refused before anything is run', async () => {
    using job = createJob(project)
    const ran = await job.main(given('none', { builder: 'nobody-made-this' }))
    expect(ran).toMatchObject({ exitCode: 3, outputs: { 'failure-code': 'builder-unavailable' } })
    expect(ran.log).toMatch(/^::error .*The builder nobody-made-this cannot be used.*setup-buildx-action/m)
  })

  test('that was set up by the job is left alone on the containerd store, and used on the classic one for what its own cannot', async () => {
    using job = createJob(project)
    const current = { BUILDX_BUILDER: builders.get('docker-container')?.name ?? '' }
    const { builder: _, ...without } = given('chosen', { push: 'false' })
    const own = await job.main(without, current)
    expect(own).toMatchObject({ exitCode: 0 })
    expect(own.log).toContain("The engine's own builder, straight into its image store")
    const host = classicHost ?? ''
    const theirs = await job.main({ ...without, provenance: 'mode=min' }, { ...current, DOCKER_HOST: host })
    expect(theirs).toMatchObject({ exitCode: 0 })
    expect(theirs.log).toContain(`Builder ${current.BUILDX_BUILDER} (docker-container), which the job has set up`)
    for (const engine of [[], ['--host', host]])
      docker(...engine, 'image', 'rm', `${registry.host}/acme/chosen:sha-1f2e3d4`, `${registry.host}/acme/chosen:latest`)
  })
})

describe('a platform that this engine cannot run', () => {
  const platforms = 'linux/amd64,linux/s390x'
  const given = (more: Readonly<Record<string, string>>) => ({
    ...{ images: `${registry.host}/acme/foreign`, username: registry.username, password: registry.password, test: 'false' },
    ...{ platforms, 'predict-body': '{}', ...more },
  })
  test('is red before the build, and the remedy names the action that emulates it', async () => {
    using job = createJob(project)
    const ran = await job.main(given({}))
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'platform-untested', pushed: 'false' } })
    expect(ran.log).toMatch(/^::error .*cannot run linux\/s390x.*docker\/setup-qemu-action/m)
    expect(ran.log).not.toContain('Build:')
  })
  test.each(['docker', 'docker-container'])('is published by %s where that is accepted, and the report says so', async (driver) => {
    using job = createJob(project)
    writeFileSync(join(job.workspace, 'server-s390x'), 'not run by anybody')
    const builder = builders.get(driver)?.name
    const ran = await job.main(given({ accept: 'untested-platforms', ...(builder ? { builder } : {}) }))
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3000) }).toEqual({ exitCode: 0, log: '' })
    expect([...(await imagesOf('acme/foreign', 'latest')).keys()].toSorted()).toEqual(['linux/amd64', 'linux/s390x'])
    expect(JSON.parse(ran.outputs['smoke'] ?? '{}')).toMatchObject({ platform: 'linux/amd64', untested: ['linux/s390x'] })
    expect(ran.summary).toContain('linux/s390x')
  })
})
