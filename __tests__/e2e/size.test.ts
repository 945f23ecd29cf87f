import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import type { Report } from '../../src/report/report.ts'
import { createJob, fixture, type Job, leftovers, pushToMain, type Ran } from './action.ts'
import { type OwnEngine, startOwnEngine } from './own-engine.ts'

let registry: Registry
/** A project of three megabytes that need no base image. */
const small = mkdtempSync(join(tmpdir(), 'ml-image-size-'))
beforeAll(async () => {
  registry = await startRegistry()
  writeFileSync(join(small, 'weights.bin'), randomBytes(3_000_000))
  writeFileSync(join(small, 'code.py'), 'print(1)\n'.repeat(100_000))
  writeFileSync(join(small, 'Dockerfile'), 'FROM scratch\nCOPY code.py /\nCOPY weights.bin /\n')
})
afterAll(() => {
  registry.stop()
  rmSync(small, { recursive: true, force: true })
})

const common = (name: string) => ({
  ...{ images: `${registry.host}/size/${name}`, username: registry.username, password: registry.password },
  ...{ test: 'false', cache: 'none', smoke: 'false', promote: 'off' },
})
const reportOf = (ran: Ran) => JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8')) as Report
const writes = () => registry.accessLog().filter(({ method }) => method === 'PUT' || method === 'PATCH' || method === 'DELETE')
const reads = (path: string) => registry.accessLog().filter((request) => request.method === 'GET' && request.path.includes(path))

type ManifestJson = Readonly<{ layers: readonly Readonly<{ digest: string; size: number }>[] }>

async function layersInRegistry(name: string, reference: string): Promise<ManifestJson['layers']> {
  const authorization = `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`
  const accept = 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
  const answer = await fetch(`http://${registry.host}/v2/size/${name}/manifests/${reference}`, { headers: { authorization, accept } })
  return ((await answer.json()) as ManifestJson).layers
}
const sum = (layers: ManifestJson['layers']) => layers.reduce((total, { size }) => total + size, 0)

/** Six megabytes that do not get smaller, by a step of the build. */
const heavy = 'RUN head -c 6000000 /dev/urandom > /weights.bin\n'
const addStep = (job: Job, step: string) => appendFileSync(join(job.workspace, 'Dockerfile'), step)

describe('the size of an image', () => {
  test('that is too large is red before anything is written, and names the layer with its line', async () => {
    using job = createJob(fixture('service'))
    addStep(job, heavy)
    const ran = await job.main({ ...common('large'), 'max-image-size': '5MB' })
    expect(ran).toMatchObject({ exitCode: 1, outputs: { pushed: 'false', 'failed-stage': 'inspect', 'failure-code': 'image-too-large' } })
    const { failure, size } = reportOf(ran)
    expect(failure?.at).toEqual({ file: 'Dockerfile', line: 10 })
    expect(failure?.evidence).toContainEqual(expect.stringMatching(/^ *6\.0 MB {2}Dockerfile:10 {2}RUN head -c 6000000 /))
    expect(failure?.evidence).toContainEqual(expect.stringMatching(/MB +the base image \(\d layers\)$/))
    expect(size?.layers.at(-1)).toMatchObject({ own: true, at: { line: 10 } })
    expect(ran.log).toMatch(/::error .*file=Dockerfile,line=10/)
    expect(writes()).toEqual([])
    expect(leftovers(ran.state)).toEqual([])
  })

  test('may grow so much and no more, against what the registry says of the one before', async () => {
    using job = createJob(fixture('service'))
    const first = await job.main({ ...common('growing'), 'max-size-increase': '5%' })
    expect(first).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })
    expect(first.log).toMatch(/How much the image has grown was not judged .*has no image before this one/)
    const before = await layersInRegistry('growing', 'latest')
    expect(reportOf(first).size).toMatchObject({ bytes: sum(before), layers: before.map(({ digest, size }) => ({ digest, bytes: size })) })

    addStep(job, heavy)
    const asked = reads('/manifests/latest').length
    const blobs = reads('/blobs/').length
    const put = writes().length
    const red = await job.main({ ...common('growing'), 'max-size-increase': '5%' })
    expect(red).toMatchObject({ exitCode: 1, outputs: { pushed: 'false', 'failure-code': 'image-grew' } })
    const { failure, size } = reportOf(red)
    expect(failure?.message).toMatch(
      /6\.0 MB \(\d+\.\d %\) more than \S+:latest with \d+\.\d MB: .*Most of what is new: RUN head .*\(Dockerfile:10\)/,
    )
    expect(size?.previous).toMatchObject({ bytes: sum(before) })
    // An engine that has dropped a step from its cache makes that anew, too.
    expect([size?.layers[0]?.isNew, size?.layers.at(-1)?.isNew]).toEqual([false, true])
    expect(writes().length).toBe(put)
    // One question, for the search for secrets and for this; of the image before only its configuration is read.
    expect(reads('/manifests/latest').length).toBe(asked + 1)
    expect(reads('/blobs/').length).toBe(blobs + 1)

    const green = await job.main({ ...common('growing'), 'max-size-increase': '7MB', 'max-image-size': '2GB' })
    expect(green).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })
    expect(green.log).toMatch(/Inspect: .* compressed \(\+6\.0 MB, \+\d+\.\d %\)/)
    expect(green.log).toMatch(/ {2}image \d+\.\d MB \(\+6\.0 MB, \+\d+\.\d %\)/)
  })

  test('is judged where the search for secrets is left out, of an image that only a registry has', async () => {
    using job = createJob(small)
    const { digest = '' } = (await job.main(common('taken'))).outputs
    const from = `${registry.host}/size/taken@${digest}`
    const { cache: _, test: __, ...asked } = common('copied')
    const ran = await job.main({ ...asked, from, 'leak-check': 'false', 'max-image-size': '2MB' })
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'image-too-large' } })
    expect(await job.main({ ...asked, from, 'leak-check': 'false', 'max-image-size': '5MB' })).toMatchObject({ exitCode: 0 })
  })
})

describe('an image for several platforms', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-size-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const write = (architecture: string, bytes: number) => writeFileSync(join(folder, `${architecture}.bin`), randomBytes(bytes))

  test('is judged for each, against the same platform of the one before', async () => {
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nARG TARGETARCH\nCOPY ${TARGETARCH}.bin /model.bin\n')
    write('amd64', 300_000)
    write('arm64', 200_000)
    const asked = { ...common('platforms'), platforms: 'linux/amd64,linux/arm64', provenance: 'mode=min' }
    using before = createJob(folder)
    const first = await before.main(asked)
    expect({ exitCode: first.exitCode, log: first.exitCode === 0 ? '' : first.log }).toEqual({ exitCode: 0, log: '' })
    expect(reportOf(first).size).toMatchObject({ platform: 'linux/amd64', layers: [{ at: { line: 3 } }] })

    write('arm64', 260_000)
    using job = createJob(folder)
    const red = await job.main({ ...asked, 'max-size-increase': '20%' })
    expect(red).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'image-grew' } })
    // Random bytes are packed a kB larger or smaller, as they fall: zstd takes a block that it finds incompressible as it is.
    expect(reportOf(red).failure?.message).toMatch(
      /^The image for linux\/arm64 weighs 26\d\.\d kB compressed, (?:5[89]|6[012])\.\d kB \(\d+\.\d %\) more/,
    )
    // Where nothing is a gate, the one before is asked for by nobody else, and the run does not wait for it.
    const green = await job.main(asked)
    expect(green).toMatchObject({ exitCode: 0 })
    expect(reportOf(green).size).toMatchObject({ platform: 'linux/amd64', previous: { bytes: reportOf(first).size?.bytes } })
  })
})

describe('on the classic image store', () => {
  let engine: OwnEngine
  beforeAll(async () => {
    engine = await startOwnEngine('classic')
  }, 120_000)
  afterAll(async () => await engine[Symbol.asyncDispose]())

  test('the layers are weighed as they would be sent, and what is pushed weighs that', async () => {
    using job = createJob(small, pushToMain, { DOCKER_HOST: engine.host, RUNNER_ENVIRONMENT: 'self-hosted' })
    const red = await job.main({ ...common('classic'), 'max-image-size': '3MB' })
    expect({ exitCode: red.exitCode, code: red.outputs['failure-code'] }).toEqual({ exitCode: 1, code: 'image-too-large' })
    expect(reportOf(red).failure?.at).toEqual({ file: 'Dockerfile', line: 3 })
    expect(reads('/size/classic/').filter(({ path }) => path.includes('/blobs/'))).toEqual([])

    const green = await job.main({ ...common('classic'), 'max-image-size': '4MB' })
    expect(green).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })
    const pushed = await layersInRegistry('classic', 'latest')
    expect(reportOf(green).size).toMatchObject({ bytes: sum(pushed), layers: pushed.map(({ digest, size }) => ({ digest, bytes: size })) })
    expect(leftovers(green.state, ['--host', engine.host])).toEqual([])
  })
})
