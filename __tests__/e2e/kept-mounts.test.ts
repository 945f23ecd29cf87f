import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startCacheService } from '../doubles/cache-service.ts'
import { createJob, leftovers, type Ran } from './action.ts'
import { type OwnEngine, startOwnEngine } from './own-engine.ts'

const base = 'python:3.11-slim'
let engine: OwnEngine
let source = ''
beforeAll(async () => {
  engine = await startOwnEngine()
  execFileSync('bash', ['-c', `docker save ${base} | docker --host ${engine.host} load`], { stdio: 'ignore' })
  source = mkdtempSync(join(tmpdir(), 'ml-image-mounts-'))
  writeFileSync(
    join(source, 'Dockerfile'),
    `FROM ${base}\nCOPY requirements.txt /\nRUN --mount=type=cache,target=/downloads ls -ln /downloads; touch /downloads/$(head -1 /requirements.txt); chown 7:8 /downloads/*\n`,
  )
}, 180_000)
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  rmSync(source, { recursive: true, force: true })
})

test('the directories of RUN --mount=type=cache are there again on a machine that has nothing', async () => {
  await using service = await startCacheService()
  const ship = async (requirement: string): Promise<Ran> => {
    engine.docker('buildx', 'prune', '--all', '--force')
    writeFileSync(join(source, 'requirements.txt'), requirement)
    using job = createJob(source, undefined, { DOCKER_HOST: engine.host, ...service.environment })
    const given = { images: 'localhost:1/acme/model', push: 'false', test: 'false', smoke: 'false', 'cache-mode': 'max,mounts' }
    const ran = await job.main({ ...given, tags: 'type=raw,value=kept' })
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3_000) }).toEqual({ exitCode: 0, log: '' })
    expect(ran.log.split('\n').filter((line) => line.includes('type=cache were not'))).toEqual([])
    expect(leftovers(ran.state, ['--host', engine.host])).toEqual([])
    engine.docker('image', 'rm', 'localhost:1/acme/model:kept')
    return ran
  }
  const keys = () => service.entries().flatMap(({ key }) => (key.startsWith('ml-image-mounts-') ? [key] : []))
  const first = await ship('fastapi')
  expect(first.log).toContain('Cache mounts: kept in')
  expect(keys()).toHaveLength(1)

  const same = await ship('fastapi')
  expect(same.log).not.toContain('Cache mounts:')

  const changed = await ship('idna')
  expect(changed.log).toContain('Cache mounts: filled in')
  expect(changed.log).toMatch(/7 +8 .* fastapi$/m)
  expect(keys()).toHaveLength(2)
}, 120_000)
