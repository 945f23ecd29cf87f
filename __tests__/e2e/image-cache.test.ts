import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, leftovers, pushToMain, type Ran } from './action.ts'
import { type OwnEngine, startOwnEngine } from './own-engine.ts'

let registry: Registry
let engine: OwnEngine
let folder = ''
/** Requests that the registry does not answer, and with what else; 0: with nothing at all. */
let fault: ((method: string, path: string) => number | undefined) | undefined
let relay: Server
let host = ''

/** What stands between: the registry, with faults. */
function startRelay(): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const status = fault?.(incoming.method ?? '', incoming.url ?? '')
    if (status === 0) return
    if (status !== undefined) return void outgoing.writeHead(status).end()
    const sent = request(`http://${registry.host}${incoming.url}`, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    sent.on('error', () => outgoing.destroy())
    incoming.pipe(sent)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ml-image-image-cache-'))
  registry = await startRegistry()
  engine = await startOwnEngine('classic')
  relay = await startRelay()
  host = `127.0.0.1:${(relay.address() as AddressInfo).port}`
}, 120_000)
afterAll(async () => {
  relay.close()
  relay.closeAllConnections()
  await engine[Symbol.asyncDispose]()
  registry.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  fault = undefined
})

const wipe = () => {
  const images = engine.docker('images', '--quiet').split('\n').filter(Boolean)
  if (images.length > 0) engine.docker('rmi', '--force', ...new Set(images))
  engine.docker('buildx', 'prune', '--all', '--force')
}

const dockerfile = 'FROM scratch AS files\nCOPY note.txt /\nFROM scratch\nCOPY kept.txt /\nCOPY --from=files note.txt /\nCOPY last.txt /\n'
function createSource(): string {
  const source = mkdtempSync(join(folder, 'source-'))
  for (const name of ['note.txt', 'kept.txt', 'last.txt']) writeFileSync(join(source, name), randomUUID())
  writeFileSync(join(source, 'Dockerfile'), dockerfile)
  return source
}

const pull = {
  ...pushToMain,
  number: 7,
  pull_request: {
    number: 7,
    head: { sha: 'a'.repeat(40), repo: { full_name: 'acme/shop' } },
    base: { ref: 'main', repo: { full_name: 'acme/shop' } },
  },
}
const onPull = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge', GITHUB_BASE_REF: 'main' }

/** A run with an engine that has nothing. */
async function ship(path: string, source: string, payload?: unknown, more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  wipe()
  using job = createJob(source, payload, { DOCKER_HOST: engine.host, ...more })
  const login = { username: registry.username, password: registry.password }
  const ran = await job.main({ ...login, images: `${host}/acme/${path}`, test: 'false', smoke: 'false' })
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3_000) }).toEqual({ exitCode: 0, log: '' })
  expect(leftovers(ran.state, ['--host', engine.host])).toEqual([])
  return ran
}
const hits = ({ outputs }: Ran) => JSON.parse(outputs['cache-hits'] ?? '{}') as unknown
const notices = ({ log }: Ran) => log.split('\n').filter((line) => /^::(notice|warning)::.*cache/.test(line))
const layersWritten = () => registry.accessLog().filter(({ path }) => path.includes('/blobs/uploads/'))

describe('on the classic image store the image itself is the layer cache', () => {
  test('every step comes from it, it is the same image again, and no layer is pushed', async () => {
    const source = createSource()
    const first = await ship('same', source)
    expect(hits(first)).toEqual({ hit: 0, total: 4 })
    const before = layersWritten().length
    const second = await ship('same', source)
    expect(hits(second)).toEqual({ hit: 4, total: 4 })
    expect(second.outputs['digest']).toBe(first.outputs['digest'])
    expect(layersWritten().slice(before)).toEqual([])
    expect([...notices(first), ...notices(second)]).toEqual([])
    const read = await ship('same', source, pull, onPull)
    expect(hits(read)).toEqual({ hit: 4, total: 4 })
    expect(layersWritten().slice(before)).toEqual([])
  })
  test('and of one that changed at its end all before', async () => {
    const source = createSource()
    await ship('changed', source)
    writeFileSync(join(source, 'last.txt'), randomUUID())
    expect(hits(await ship('changed', source))).toEqual({ hit: 3, total: 4 })
  })
  test.each([
    ['is lost', 404],
    ['does not come', 0],
  ])('a layer of it that %s costs a notice and less than a minute', async (_, status) => {
    const source = createSource()
    const first = await ship(`trouble-${status}`, source)
    const authorization = `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`
    const accept = 'application/vnd.docker.distribution.manifest.v2+json'
    const answer = await fetch(`http://${registry.host}/v2/acme/trouble-${status}/manifests/latest`, { headers: { authorization, accept } })
    const { layers } = (await answer.json()) as { layers: { digest: string }[] }
    fault = (method, path) => (method === 'GET' && layers.some(({ digest }) => path.endsWith(digest)) ? status : undefined)
    const second = await ship(`trouble-${status}`, source)
    expect(notices(second)).toEqual([expect.stringMatching(/could not be used, the build went on without: a layer of .* cannot be read/)])
    expect(hits(second)).toEqual({ hit: 0, total: 4 })
    expect(second.ms - first.ms).toBeLessThan(60_000)
  })
})
