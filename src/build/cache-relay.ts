import type { Host, RelayRequest, RelayRules, RelayStep } from '../host/host.ts'
import { createIndexes, indexName, layerKeys } from './cache-index.ts'
import type { CacheServiceClient } from './cache-service.ts'

/** What went over the relay in a run: bytes of blobs, layers that were there when they were looked for. */
export type CacheTraffic = { lookups: number; found: number; downloaded: number; uploaded: number }

export type CacheRelayOptions = Readonly<{
  /** The token that BuildKit shows; see `relayToken`. */
  token: string
  /** Random text for the name of a blob. */
  nonce: () => string
  /** `false`: what is there already is not asked for (a job with cache-mode write-only may not). */
  read: boolean
  write: boolean
}>

export type CacheRelay = Readonly<{ rules: (origin: () => string) => RelayRules; traffic: CacheTraffic }>

type Blob = Readonly<
  | { kind: 'download'; url: string; index?: Readonly<{ key: string; version: string }> }
  | { kind: 'upload'; url: string }
  | { kind: 'index'; key: string; version: string }
>
type Body = Readonly<Record<string, unknown>>

const twirp = '/twirp/github.actions.results.api.v1.CacheService/'
const older = '/_apis/artifactcache/'
/** A blob that stands still for so long (ms) is given up. */
const idleMs = 10_000
/** After this (ms) from its first upload an export is cut off. */
export const longestExportMs = 120_000
/** A link to a blob that was asked for beforehand is taken for so long (ms); those of GitHub are good for ten minutes. */
const memoryMs = 240_000
/** So many answers of a blob store with 503 are left to BuildKit, which waits ten seconds, then thirty, and longer. */
const passedOn = 1

const answer = (status: number, body: Body | string = '', headers: Readonly<Record<string, string>> = {}): RelayStep => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json', 'x-ms-request-id': 'relay', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
/** An index beyond this (bytes) is none. */
const longestIndex = 16 << 20
const atOnce = 4

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

const saidOf = (status: number) => (status === 502 ? 'gives no answer' : `answers with ${status}`)
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/**
 * The rules of a door between BuildKit and the cache service. Calls are made by us, with limits, and with the token,
 * which BuildKit never gets; blobs pass through. What the index of the cache names is looked up while the build runs,
 * and an index that says what the old one said is not written again: an export of nothing new costs no round trip.
 */
export function createCacheRelay(host: Pick<Host, 'request' | 'now'>, service: CacheServiceClient, options: CacheRelayOptions): CacheRelay {
  const traffic: CacheTraffic = { lookups: 0, found: 0, downloaded: 0, uploaded: 0 }
  const blobs = new Map<string, Blob>()
  const known = new Map<string, Readonly<{ at: number; body: Promise<Body> }>>()
  const indexes = createIndexes()
  let exportEnds: number | undefined
  let failures = 0

  const unavailable = () => answer(503, { code: 'unavailable', msg: service.trouble() ?? 'the cache service fails' })
  /** BuildKit asks ten times more for what looks as if it would pass; 400 does not. */
  const settle = (status: number) => {
    if (status < 500 && status !== 429 && status !== 408) return status
    return status === 503 && failures <= passedOn ? status : 400
  }

  /** What bounds a blob on its way, and counts it. */
  const passing = (way: 'uploaded' | 'downloaded') => ({
    kind: 'forward' as const,
    idleMs,
    settle: (status: number) => {
      if (status === 503) failures++
      return settle(status)
    },
    ...(way === 'uploaded' && exportEnds !== undefined ? { signal: AbortSignal.timeout(Math.max(1, exportEnds - host.now())) } : {}),
    onEnd: ({ status, sent, received }: Readonly<{ status: number; sent: number; received: number }>) => {
      if (status < 300) traffic[way] += way === 'uploaded' ? sent : received
      // 403 is a link that is too old: BuildKit asks for another.
      else if (settle(status) !== status || (way === 'uploaded' && status < 500))
        service.giveUp(`a layer could not be ${way}, the blob store ${saidOf(status)}`)
    },
  })
  const exportIsOver = () => {
    exportEnds ??= host.now() + longestExportMs
    if (host.now() < exportEnds) return false
    service.giveUp(`the export was cut off after ${longestExportMs / 1000} s`)
    return true
  }

  const rules = (origin: () => string): RelayRules => {
    const linkTo = (blob: Blob) => {
      const id = options.nonce()
      blobs.set(id, blob)
      return `${origin()}/blob/${id}`
    }
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

    const find = async ({ key, version }: Readonly<{ key: string; version: string }>): Promise<RelayStep> => {
      if (!options.read) return answer(200, { ok: false })
      const index = indexName(key)
      if (!index) traffic.lookups++
      const held = index && key.endsWith('#') ? indexes.read(index) : undefined
      if (held) return answer(200, { ok: true, signed_download_url: linkTo({ kind: 'download', url: held.url }), matched_key: held.key })
      const found = await lookUp(key, version)
      if (found['ok'] !== true) return answer(200, { ok: false })
      if (!index) traffic.found++
      const url = textOf(found['signed_download_url'])
      const matched = textOf(found['matched_key'])
      if (!URL.canParse(url)) {
        service.giveUp('GetCacheEntryDownloadURL gives no link')
        return unavailable()
      }
      const link = linkTo({ kind: 'download', url, ...(index ? { index: { key: matched, version } } : {}) })
      return answer(200, { ok: true, signed_download_url: link, matched_key: matched })
    }

    const reserve = async (key: string, version: string): Promise<RelayStep> => {
      if (exportIsOver()) return unavailable()
      if (!options.write) return answer(200, { ok: false, message: 'cache write denied: this run only reads' })
      if (indexName(key)) return answer(200, { ok: true, signed_upload_url: linkTo({ kind: 'index', key, version }) })
      const { status, body } = await service.call('POST', `${twirp}CreateCacheEntry`, JSON.stringify({ key, version }))
      const url = textOf(body['signed_upload_url'])
      if (status !== 200 || body['ok'] !== true || !URL.canParse(url)) return answer(status, body)
      return answer(200, { ok: true, signed_upload_url: linkTo({ kind: 'upload', url }) })
    }

    const finalize = async (body: Body): Promise<RelayStep> => {
      const key = textOf(body['key'])
      const placed = indexes.placed(key)
      if (placed === 'same') return answer(200, { ok: true, entry_id: '1' })
      const sent = JSON.stringify({ ...body, key: placed ?? key })
      const said = await service.call('POST', `${twirp}FinalizeCacheEntryUpload`, sent)
      return answer(said.status, said.body)
    }

    /** An index is small: it is taken whole, and written only if it says something new. */
    const writeIndex = async (request: RelayRequest, { key, version }: Extract<Blob, { kind: 'index' }>): Promise<RelayStep> => {
      const content = await request.readBody()
      if (request.method !== 'PUT' || request.path.includes('comp=')) return answer(400)
      if (indexes.isSame(key, new TextDecoder().decode(content))) {
        indexes.place(key, 'same')
        return answer(201)
      }
      // BuildKit counts on from the entry it knows; where it knows none, or an old one, the time is a higher number.
      for (const name of [key, key.replace(/#\d+$/, `#${Math.floor(host.now() / 1000)}`)]) {
        const reserved = await service.call('POST', `${twirp}CreateCacheEntry`, JSON.stringify({ key: name, version }))
        const url = textOf(reserved.body['signed_upload_url'])
        if (reserved.status === 409) continue
        if (reserved.body['ok'] !== true || !URL.canParse(url)) break
        indexes.place(key, name)
        const headers = { 'content-type': 'application/octet-stream', 'x-ms-blob-type': 'BlockBlob' }
        const stored = await host.request({ method: 'PUT', url, headers, body: content, timeoutMs: idleMs })
        traffic.uploaded += content.length
        if (stored.status >= 300) service.giveUp(`the index could not be uploaded, the blob store ${saidOf(stored.status)}`)
        return answer(stored.status < 300 ? 201 : 400)
      }
      service.giveUp('the index of the cache may not be written')
      return answer(400)
    }

    const readIndex = async (url: string, { key, version }: Readonly<{ key: string; version: string }>): Promise<RelayStep> => {
      const { status, body } = await host.request({ method: 'GET', url, timeoutMs: idleMs, maxBytes: longestIndex })
      if (status !== 200) {
        service.giveUp(`the index could not be downloaded, the blob store ${saidOf(status)}`)
        return answer(400)
      }
      traffic.downloaded += body.length
      const text = new TextDecoder().decode(body)
      const layers = layerKeys(text)
      if (layers === undefined) {
        service.giveUp('the index of the cache cannot be read')
        return answer(400)
      }
      indexes.keep({ key, url, text })
      // For the export, which asks for one after the other. A few at a time: the service counts calls.
      if (options.write) void inTurn(layers, (layer) => lookUp(layer, version)).catch(() => undefined)
      return answer(200, text, { 'x-ms-blob-type': 'BlockBlob' })
    }

    /** The service as GHES and act have it: ids instead of links, and blobs by the same calls. */
    const askOlder = async (request: RelayRequest): Promise<RelayStep> => {
      if (request.method === 'PATCH') return { ...passing('uploaded'), method: 'PATCH', ...service.forwarded(request.path) }
      if (request.method === 'GET' && !options.read) return answer(204)
      const sent = request.method === 'POST' ? new TextDecoder().decode(await request.readBody()) : undefined
      const { status, body } = await service.call(request.method, request.path, sent)
      const url = textOf(body['archiveLocation'])
      if (request.method !== 'GET' || status !== 200 || !URL.canParse(url)) return answer(status, status === 204 ? '' : body)
      if (!indexName(textOf(body['cacheKey']))) traffic.found++
      return answer(200, { ...body, archiveLocation: linkTo({ kind: 'download', url }) })
    }

    const pass = async (request: RelayRequest, blob: Blob): Promise<RelayStep> => {
      if (blob.kind === 'index') return await writeIndex(request, blob)
      const isUpload = blob.kind === 'upload'
      if (isUpload !== (request.method === 'PUT')) return answer(405)
      if (!isUpload && blob.index !== undefined && request.method === 'GET') return await readIndex(blob.url, blob.index)
      const target = new URL(blob.url)
      for (const [name, value] of new URL(request.path, 'http://relay').searchParams) target.searchParams.append(name, value)
      if (isUpload && exportIsOver()) return answer(400)
      return { ...passing(isUpload ? 'uploaded' : 'downloaded'), method: request.method, url: target.href, headers: {} }
    }
    return {
      location: (location) => location,
      route: async (request) => {
        const [path = ''] = request.path.split('?')
        const blob = blobs.get(/^\/blob\/(.+)$/.exec(path)?.[1] ?? '')
        if (service.trouble() !== undefined) return blob ? answer(400) : unavailable()
        try {
          if (blob) return await pass(request, blob)
          if (request.headers['authorization'] !== `Bearer ${options.token}`)
            return answer(401, { code: 'unauthenticated', msg: 'not ours' })
          if (path.startsWith(twirp)) {
            const body = JSON.parse(new TextDecoder().decode(await request.readBody())) as Body
            const asked = { key: textOf(body['key']), version: textOf(body['version']) }
            switch (path.slice(twirp.length)) {
              case 'GetCacheEntryDownloadURL':
                return await find(asked)
              case 'CreateCacheEntry':
                return await reserve(asked.key, asked.version)
              case 'FinalizeCacheEntryUpload':
                return await finalize(body)
            }
          }
          if (path.startsWith(older)) return await askOlder(request)
          return answer(404, { code: 'bad_route', msg: 'no such call' })
        } catch {
          return blob ? answer(400) : unavailable()
        }
      },
    }
  }
  return { rules, traffic }
}
