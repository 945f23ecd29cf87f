import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startContainerBuilder } from '../../script/builders.ts'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, fixture, leftovers, type Ran } from './action.ts'
import { startOwnEngine } from './own-engine.ts'

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

const writes = () => registry.accessLog().filter(({ method }) => method !== 'GET' && method !== 'HEAD')

/** A run of a fresh checkout: the files are those of the commit, their times are not. */
async function run(path: string, modified: Date, number: string): Promise<Ran> {
  using job = createJob(fixture('service'), undefined, { GITHUB_RUN_ID: number, GITHUB_RUN_NUMBER: number })
  for (const name of readdirSync(job.workspace, { recursive: true, encoding: 'utf8' }))
    utimesSync(join(job.workspace, name), modified, modified)
  const login = { username: registry.username, password: registry.password }
  const ran = await job.main({ ...login, images: `${registry.host}/${path}`, test: 'false', 'predict-body': '{"features": [1]}' })
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3_000) }).toEqual({ exitCode: 0, log: '' })
  expect(leftovers(ran.state)).toEqual([])
  return ran
}

test('the same commit twice, its cache kept and its files of another time: the same digest, and nothing is pushed again', async () => {
  const first = await run('acme/same', new Date('2026-01-01'), '7')
  const before = writes().length
  expect(writes().filter(({ path }) => path.includes('/blobs/uploads/'))).not.toEqual([])
  const second = await run('acme/same', new Date('2026-02-02'), '8')
  expect(second.outputs['digest']).toBe(first.outputs['digest'])
  expect(second.outputs['pushed-tags']).toBe(first.outputs['pushed-tags'])
  expect(writes().slice(before)).toEqual([])
  expect(second.log).toContain('is in the registry already: no layer is pushed')
  const { hit, total } = JSON.parse(second.outputs['cache-hits'] ?? '') as { hit: number; total: number }
  expect(hit).toBe(total)
})

describe('a Dockerfile that leaves nothing to chance, by a builder that has nothing', () => {
  const epoch = { SOURCE_DATE_EPOCH: '1767323045' }
  let source = ''
  beforeAll(() => {
    source = mkdtempSync(join(tmpdir(), 'ml-image-copied-'))
    for (const name of ['model.bin', 'labels.txt']) writeFileSync(join(source, name), name)
    writeFileSync(join(source, 'Dockerfile'), 'FROM scratch\nCOPY model.bin labels.txt /\nCMD ["/serve"]\n')
  })
  afterAll(() => rmSync(source, { recursive: true, force: true }))

  async function copied(
    path: string,
    modified: Date,
    more: Readonly<Record<string, string>>,
    environment: Readonly<Record<string, string>>,
  ) {
    using job = createJob(source, undefined, { ...epoch, ...environment })
    for (const name of readdirSync(job.workspace)) utimesSync(join(job.workspace, name), modified, modified)
    const login = { username: registry.username, password: registry.password, test: 'false', smoke: 'false', cache: 'none' }
    const ran = await job.main({ ...login, images: `${registry.host}/acme/${path}`, ...more })
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3_000) }).toEqual({ exitCode: 0, log: '' })
    return ran
  }

  test('gives the same digest again, and nothing is pushed', async () => {
    await using engine = await startOwnEngine()
    const once = async () => {
      const ran = await copied('copied', new Date('2026-01-01'), {}, { DOCKER_HOST: engine.host })
      engine.docker('buildx', 'prune', '--all', '--force')
      expect(JSON.parse(ran.outputs['cache-hits'] ?? '')).toEqual({ hit: 0, total: 1 })
      return ran.outputs['digest']
    }
    const first = await once()
    const before = writes().length
    // The time of the engine's clock is in nothing.
    expect(await once()).toBe(first)
    expect(writes().slice(before)).toEqual([])
  }, 60_000)

  test('even of files of another time, where the builder rewrites them', async () => {
    const digests: (string | undefined)[] = []
    for (const time of ['2026-02-02', '2026-03-03']) {
      using builder = startContainerBuilder()
      const ran = await copied('rewritten', new Date(time), { builder: builder.name }, {})
      digests.push(ran.outputs['digest'])
    }
    expect(digests[0]).toMatch(/^sha256:/)
    expect(digests[1]).toBe(digests[0])
  }, 120_000)
})
