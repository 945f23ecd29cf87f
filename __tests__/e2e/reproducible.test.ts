import { readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, fixture, leftovers, type Ran } from './action.ts'

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
