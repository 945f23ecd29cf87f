import type { Host, RelayRequest, RelayStep } from '../../../host/host.ts'
import { answer, type Body, textOf } from './answer.ts'
import type { Blobs } from './blobs.ts'
import { type createIndexes, indexName } from './index-entry.ts'
import { type CacheServiceClient, twirp } from './service.ts'

export type CallsOptions = Readonly<{
  host: Pick<Host, 'now'>
  service: CacheServiceClient
  indexes: ReturnType<typeof createIndexes>
  blobs: Blobs
  /** Layers that were looked for and there are counted by it. */
  count: (what: 'lookups' | 'found') => void
  /** `false`: what is there already is not asked for (a job with cache-mode write-only may not). */
  read: boolean
  write: boolean
}>

/** The calls of the cache service as the relay answers them: asked by us, with links of the relay for those of the service. */
export type Calls = Readonly<{
  /** A call of version 2, by its name. */
  ask: (name: string, body: Body) => Promise<RelayStep>
  /** One of version 1. */
  askOlder: (request: RelayRequest) => Promise<RelayStep>
  /** Asks for layers before BuildKit does. */
  foresee: (keys: readonly string[], version: string) => void
}>

/** A link to a blob that was asked for beforehand is taken for so long (ms); those of GitHub are good for ten minutes. */
const memoryMs = 240_000
const atOnce = 4

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** What a call is answered with; one that fails throws, and has the service given up. */
export function createCalls({ host, service, indexes, blobs, count, read, write }: CallsOptions): Calls {
  const known = new Map<string, Readonly<{ at: number; body: Promise<Body> }>>()

  const lookUp = (key: string, version: string): Promise<Body> => {
    const name = `${version} ${key}`
    const memory = known.get(name)
    if (memory && host.now() - memory.at < memoryMs) return memory.body
    const body = service
      .call('POST', `${twirp}GetCacheEntryDownloadURL`, JSON.stringify({ key, restore_keys: [key], version }))
      .then(({ body: found }) => found)
    known.set(name, { at: host.now(), body })
    body.catch(() => known.delete(name))
    return body
  }

  const find = async (key: string, version: string): Promise<RelayStep> => {
    if (!read) return answer(200, { ok: false })
    const index = indexName(key)
    if (!index) count('lookups')
    const held = index && key.endsWith('#') ? indexes.read(index) : undefined
    if (held)
      return answer(200, { ok: true, signed_download_url: blobs.linkTo({ kind: 'download', url: held.url }), matched_key: held.key })
    const found = await lookUp(key, version)
    if (found['ok'] !== true) return answer(200, { ok: false })
    if (!index) count('found')
    const url = textOf(found['signed_download_url'])
    const matched = textOf(found['matched_key'])
    if (!URL.canParse(url)) {
      service.giveUp('GetCacheEntryDownloadURL gives no link')
      throw new Error('no link')
    }
    const link = blobs.linkTo({ kind: 'download', url, ...(index ? { index: { key: matched, version } } : {}) })
    return answer(200, { ok: true, signed_download_url: link, matched_key: matched })
  }

  const reserve = async (key: string, version: string): Promise<RelayStep> => {
    if (blobs.exportIsOver()) throw new Error('the export is over')
    if (!write) return answer(200, { ok: false, message: 'cache write denied: this run only reads' })
    if (indexName(key)) return answer(200, { ok: true, signed_upload_url: blobs.linkTo({ kind: 'index', key, version }) })
    const { status, body } = await service.call('POST', `${twirp}CreateCacheEntry`, JSON.stringify({ key, version }))
    const url = textOf(body['signed_upload_url'])
    if (status !== 200 || body['ok'] !== true || !URL.canParse(url)) return answer(status, body)
    return answer(200, { ok: true, signed_upload_url: blobs.linkToUpload(url) })
  }

  const finalize = async (body: Body): Promise<RelayStep> => {
    const key = textOf(body['key'])
    const placed = indexes.placed(key)
    if (placed === 'same') return answer(200, { ok: true, entry_id: '1' })
    const sent = JSON.stringify({ ...body, key: placed ?? key })
    const said = await service.call('POST', `${twirp}FinalizeCacheEntryUpload`, sent)
    return answer(said.status, said.body)
  }

  return {
    ask: async (name, body) => {
      const [key, version] = [textOf(body['key']), textOf(body['version'])]
      switch (name) {
        case 'GetCacheEntryDownloadURL':
          return await find(key, version)
        case 'CreateCacheEntry':
          return await reserve(key, version)
        case 'FinalizeCacheEntryUpload':
          return await finalize(body)
        default:
          return answer(404, { code: 'bad_route', msg: 'no such call' })
      }
    },
    askOlder: async (request) => {
      // As GHES and act have it: ids instead of links, and blobs by the same calls.
      if (request.method === 'PATCH') return { ...blobs.passing('uploaded'), method: 'PATCH', ...service.forwarded(request.path) }
      if (request.method === 'GET' && !read) return answer(204)
      const sent = request.method === 'POST' ? new TextDecoder().decode(await request.readBody()) : undefined
      const { status, body } = await service.call(request.method, request.path, sent)
      const url = textOf(body['archiveLocation'])
      if (request.method !== 'GET' || status !== 200 || !URL.canParse(url)) return answer(status, status === 204 ? '' : body)
      if (!indexName(textOf(body['cacheKey']))) count('found')
      return answer(200, { ...body, archiveLocation: blobs.linkTo({ kind: 'download', url }) })
    },
    // A few at a time: the service counts calls.
    foresee: (keys, version) => void inTurn(keys, (key) => lookUp(key, version)).catch(() => undefined),
  }
}
