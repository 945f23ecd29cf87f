import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { commit, createJob, fixture, type Job, pushToMain } from './action.ts'

const given = { images: 'ghcr.io/Acme/Model', 'dry-run': 'true', 'run-env': 'HF_TOKEN=hidden-value', 'github-token': 'ghs_0123456789' }
/** Nothing can be started, and there is no engine. */
const alone = { PATH: '/nowhere', DOCKER_HOST: 'tcp://127.0.0.1:1' }

/** Every file of a job but those by which it speaks to the runner. */
const filesOf = (job: Job) =>
  readdirSync(join(job.workspace, '..'), { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('commands-'))

/** GitHub's API, which answers when it is told to. */
async function createApi(answer: 'trunk' | 'error' | 'nothing') {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (answer === 'trunk') response.setHeader('content-type', 'application/json').end(JSON.stringify({ default_branch: 'trunk' }))
    if (answer === 'error') response.writeHead(503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('the whole plan is in the outputs, and nothing was done for it', async () => {
  using api = await createApi('trunk')
  using job = createJob(fixture('service'))
  const before = filesOf(job)
  const ran = await job.main(given, { ...alone, GITHUB_API_URL: api.url, SOURCE_DATE_EPOCH: '1700000000' })
  expect(ran.exitCode).toBe(0)
  expect(ran.outputs).toMatchObject({
    tags: 'ghcr.io/acme/model:sha-1f2e3d4\nghcr.io/acme/model:latest',
    'tag-names': 'sha-1f2e3d4\nlatest',
    version: 'sha-1f2e3d4',
    pushed: 'false',
    result: 'passed',
  })
  expect(ran.outputs['labels']?.split('\n')).toEqual(
    expect.arrayContaining([
      'org.opencontainers.image.created=2023-11-14T22:13:20.000Z',
      `org.opencontainers.image.revision=${commit}`,
      'org.opencontainers.image.source=https://github.com/acme/shop',
    ]),
  )
  expect(JSON.parse(ran.outputs['json'] ?? '')).toMatchObject({ tags: ['ghcr.io/acme/model:sha-1f2e3d4', 'ghcr.io/acme/model:latest'] })
  expect(JSON.parse(ran.outputs['plan'] ?? '')).toMatchObject({
    build: { argv: expect.arrayContaining(['docker', 'buildx', 'build']) },
    push: { push: true, reason: 'push to the default branch main' },
    logins: { 'ghcr.io': 'as octocat (github-token)' },
  })
  expect(ran.log).toContain('The image is called ghcr.io/acme/model, not ghcr.io/Acme/Model')
  expect(JSON.stringify([ran.log.replace(/^::add-mask::.*$/gm, ''), ran.outputs])).not.toMatch(/hidden-value|ghs_0123456789/)
  expect([api.asked, filesOf(job), ran.summary, ran.state['traces']]).toEqual([[], before, '', undefined])
})

test('the whole process takes less than 0.4 s', async () => {
  using job = createJob(fixture('service'))
  const times: number[] = []
  for (let i = 0; i < 7; i++) times.push((await job.main(given)).ms)
  expect(Math.min(...times)).toBeLessThan(400)
})

describe('the default branch', () => {
  const { default_branch: _, ...repository } = pushToMain.repository
  const silent = { ...pushToMain, ref: 'refs/heads/trunk', repository }
  const onTrunk = { GITHUB_REF: 'refs/heads/trunk' }
  const tagsOf = async (answer: Parameters<typeof createApi>[0], more: Readonly<Record<string, string>> = {}) => {
    using api = await createApi(answer)
    using job = createJob(fixture('service'), silent, onTrunk)
    const ran = await job.main(given, { ...alone, GITHUB_API_URL: api.url, ...more })
    return [ran.exitCode, ran.outputs['tag-names']?.split('\n'), api.asked.length > 0, ran.ms < 20_000]
  }
  test('is asked of the API where the payload does not say it', async () =>
    expect(await tagsOf('trunk')).toEqual([0, ['sha-1f2e3d4', 'latest'], true, true]))
  test('an API that fails is no failure', async () => expect(await tagsOf('error')).toEqual([0, ['trunk', 'sha-1f2e3d4'], true, true]))
  test('nor one that does not answer', async () => expect(await tagsOf('nothing')).toEqual([0, ['trunk', 'sha-1f2e3d4'], true, true]))
  test('nor one that is not there', async () =>
    expect(await tagsOf('trunk', { GITHUB_API_URL: 'http://127.0.0.1:1' })).toEqual([0, ['trunk', 'sha-1f2e3d4'], false, true]))
})
