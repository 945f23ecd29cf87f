import { createHash, randomInt, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, leftovers, type Ran } from './action.ts'
import { listen, openDoor } from './registry-door.ts'

/** The history of main, oldest first. */
const commits = Array.from({ length: 8 }, (_, index) => createHash('sha1').update(`commit ${index}`).digest('hex'))

/** GitHub's API as far as it compares commits of that history. */
const openApi = () =>
  listen(
    createServer((incoming, outgoing) => {
      const [, base = '', head = ''] = /compare\/(\w+)\.\.\.(\w+)$/.exec(decodeURIComponent(incoming.url ?? '')) ?? []
      const [from, to] = [base, head].map((name) => (name === 'main' ? commits.length - 1 : commits.indexOf(name)))
      if (from === undefined || to === undefined || from < 0 || to < 0) {
        outgoing.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}')
        return
      }
      const answer = {
        status: from === to ? 'identical' : from < to ? 'ahead' : 'behind',
        commits: commits.slice(from + 1, to + 1).map((sha) => ({ sha })),
      }
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    }),
  )

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

async function digestOf(path: string, tag: string): Promise<string | null> {
  const answer = await fetch(`http://${registry.host}/v2/${path}/manifests/${tag}`, {
    method: 'HEAD',
    headers: {
      accept: 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json',
      authorization: `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`,
    },
  })
  return answer.headers.get('docker-content-digest')
}

/** What somebody else has in the same engine. */
function foreigner(): Disposable & Readonly<{ state: () => readonly string[] }> {
  const name = `hostile-foreign-${randomUUID().slice(0, 8)}`
  docker('network', 'create', name)
  docker('volume', 'create', name)
  docker('tag', 'python:3.11-slim', `${name}:1`)
  docker('run', '--detach', '--name', name, '--network', name, '--volume', `${name}:/data`, 'python:3.11-slim', 'sleep', '3600')
  const state = () => [
    docker('container', 'inspect', '--format', '{{.Id}} {{.State.Running}} {{.State.StartedAt}}', name),
    docker('image', 'inspect', '--format', '{{.Id}}', `${name}:1`),
    docker('network', 'inspect', '--format', '{{.Id}}', name),
    docker('volume', 'inspect', '--format', '{{.CreatedAt}}', name),
  ]
  return {
    state,
    [Symbol.dispose]: () => {
      docker('rm', '--force', '--volumes', name)
      docker('image', 'rm', `${name}:1`)
      docker('network', 'rm', name)
      docker('volume', 'rm', name)
    },
  }
}

test('eight runs of eight commits at once: latest ends at the newest, every run is green, and nobody else is touched', async () => {
  await using api = await openApi()
  // Between the look at a tag, its put and the look after it others come and go.
  await using slow = await openDoor(registry, (_, path) => (/\/manifests\/(latest|sha-)/.test(path) ? { late: randomInt(300) } : 'pass'))
  using other = foreigner()
  const before = other.state()
  const runs = commits.map(async (sha, index): Promise<Ran> => {
    const payload = {
      ref: 'refs/heads/main',
      repository: { full_name: 'acme/shop', default_branch: 'main', description: '', html_url: 'https://github.com/acme/shop' },
      head_commit: { id: sha, timestamp: `2026-01-02T03:04:0${index}Z` },
    }
    using job = createJob(fixture('service'), payload, {
      GITHUB_SHA: sha,
      GITHUB_API_URL: `http://127.0.0.1:${api.port}`,
      GITHUB_RUN_NUMBER: String(index + 1),
    })
    const ran = await job.main({
      ...{ images: `${slow.host}/acme/eight`, registry: slow.host, username: registry.username, password: registry.password },
      ...{ test: 'false', smoke: 'false', 'github-token': 'ghs_none' },
    })
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3_000) }).toEqual({ exitCode: 0, log: '' })
    return ran
  })
  const ended = await Promise.all(runs)
  expect(ended.flatMap(({ state }) => leftovers(state))).toEqual([])
  const newest = ended.at(-1)?.outputs['digest']
  expect(await digestOf('acme/eight', 'latest')).toBe(newest)
  for (const [index, { outputs }] of ended.entries())
    expect(await digestOf('acme/eight', `sha-${commits[index]?.slice(0, 7)}`)).toBe(outputs['digest'])
  expect(new Set(ended.map(({ outputs }) => outputs['digest'])).size).toBe(commits.length)
  expect(other.state()).toEqual(before)
})
