import type { Host, RelayRequest, RelayStep } from '../../../host/host.ts'
import { answer, textOf } from './answer.ts'
import { type createIndexes, layerKeys } from './index-entry.ts'
import { type CacheServiceClient, twirp } from './service.ts'
import { createWriteBehind, type WriteBehind } from './write-behind.ts'

/** What went over the relay in a run: bytes of blobs, layers that were there when they were looked for. */
export type CacheTraffic = { lookups: number; found: number; downloaded: number; uploaded: number }

/** What a link of the relay leads to. An index is read and written by us, whole. */
export type Blob = Readonly<
  | { kind: 'download'; url: string; index?: Readonly<{ key: string; version: string }> }
  | { kind: 'upload'; url: string; blocks: WriteBehind }
  | { kind: 'index'; key: string; version: string }
>

export type BlobsOptions = Readonly<{
  host: Pick<Host, 'request' | 'now' | 'sleep'>
  service: CacheServiceClient
  indexes: ReturnType<typeof createIndexes>
  /** Is counted up. */
  traffic: CacheTraffic
  origin: () => string
  /** Random text for the name of a blob. */
  nonce: () => string
  /** Gets the keys of the layers of an index that was read. */
  onLayers: (keys: readonly string[], version: string) => void
}>

/** The blobs behind the relay: links to them, and what a request for one gets. */
export type Blobs = Readonly<{
  linkTo: (blob: Blob) => string
  /** A link to upload a blob by. */
  linkToUpload: (url: string) => string
  /** The blob of a path of ours; undefined is another path, or a link that was never given. */
  find: (path: string) => Blob | undefined
  pass: (request: RelayRequest, blob: Blob) => Promise<RelayStep>
  /** What bounds a blob on its way, and counts it. */
  passing: (way: 'uploaded' | 'downloaded') => Omit<Extract<RelayStep, { kind: 'forward' }>, 'method' | 'url' | 'headers'>
  /** Whether the time of the export is up, which begins with the first question. */
  exportIsOver: () => boolean
}>

/** A blob that stands still for so long (ms) is given up. */
const idleMs = 10_000
/** After this (ms) from its first upload an export is cut off. */
export const longestExportMs = 120_000
/** So many answers of a blob store with 503 are left to BuildKit, which waits ten seconds, then thirty, and longer. */
const passedOn = 1
/** A block up to this (bytes) is held; BuildKit sends 1 MiB, one after the other. */
const longestBlock = 4 << 20
/** So long (ms) one may take: four at once then come to what the time of an export has room for. */
const blockMs = 20_000
/** Until one is sent again (ms) that the store was too busy for. */
const blockPauseMs = 500
/** An index beyond this (bytes) is none. */
const longestIndex = 16 << 20

const saidOf = (status: number) => (status === 502 ? 'gives no answer' : `answers with ${status}`)

/** No blob is known yet, and the time of the export has not begun. */
export function createBlobs({ host, service, indexes, traffic, origin, nonce, onLayers }: BlobsOptions): Blobs {
  const blobs = new Map<string, Blob>()
  /** Uploads of which the store has taken a block. */
  const taken = new Set<Blob>()
  let exportEnds: number | undefined
  let failures = 0
  const cutOff = () => (exportEnds === undefined ? {} : { signal: AbortSignal.timeout(Math.max(1, exportEnds - host.now())) })

  /** BuildKit asks ten times more for what looks as if it would pass; 400 does not. */
  const settle = (status: number) => {
    if (status < 500 && status !== 429 && status !== 408) return status
    return status === 503 && failures <= passedOn ? status : 400
  }

  const passing: Blobs['passing'] = (way) => ({
    kind: 'forward',
    idleMs,
    settle: (status) => {
      if (status === 503) failures++
      return settle(status)
    },
    ...(way === 'uploaded' ? cutOff() : {}),
    onEnd: ({ status, sent, received }) => {
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
    onLayers(layers, version)
    return answer(200, text, { 'x-ms-blob-type': 'BlockBlob' })
  }

  /**
   * Bytes that are read go past us, which would take as long again on a fast net: once the blob store has given the
   * first of them it is believed to give the rest.
   */
  const readBlob = async (url: string, request: RelayRequest): Promise<RelayStep> => {
    const { status, headers } = await host.request({
      method: 'GET',
      url,
      headers: { 'x-ms-range': 'bytes=0-0', range: 'bytes=0-0' },
      timeoutMs: 5_000,
      maxBytes: 1_000,
    })
    const size = Number(/\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] ?? 0)
    if (status < 300) {
      const asked = request.headers['x-ms-range'] ?? request.headers['range'] ?? ''
      traffic.downloaded += Math.max(0, size - Number(/^bytes=(\d+)-/.exec(asked)?.[1] ?? 0))
      return answer(307, '', { location: url })
    }
    // 403 is a link that is too old: BuildKit asks for another. 404 was evicted: the next export writes it. 416 is empty.
    if (status === 416) return answer(307, '', { location: url })
    if (status === 403 || status === 404) return answer(status)
    service.giveUp(`a layer could not be downloaded, the blob store ${saidOf(status)}`)
    return answer(400)
  }

  /** @returns the status of the store; 502 stands for no answer */
  const sendBlock = async (url: string, headers: RelayRequest['headers'], body: Uint8Array): Promise<number> => {
    const asked = { method: 'PUT', url, headers, body, timeoutMs: blockMs, reuse: true, ...cutOff() }
    for (let tries = 1; ; tries++) {
      const status = await host.request(asked).then(
        (given) => given.status,
        () => 502,
      )
      if (status < 300) traffic.uploaded += body.length
      else if (status === 503 && tries === 1) {
        await host.sleep(blockPauseMs)
        continue
      } else service.giveUp(`a layer could not be uploaded, the blob store ${saidOf(status)}`)
      return status
    }
  }

  /**
   * BuildKit sends a block when the one before is there, and so waits for the way to the store once for each MiB. Once the
   * store has taken the first of a blob, the others are taken from BuildKit before they are there; what it says with the
   * list of them, the end of an upload, waits for all.
   */
  const upload = async (request: RelayRequest, blob: Extract<Blob, { kind: 'upload' }>, target: URL): Promise<RelayStep> => {
    if (exportIsOver()) return answer(400)
    const part = target.searchParams.get('comp')
    const length = Number(request.headers['content-length'] ?? Number.NaN)
    if (part === 'block' && taken.has(blob) && length <= longestBlock) {
      const body = await request.readBody()
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => /^(x-ms-.+|content-(type|md5))$/.test(name)))
      const failed = await blob.blocks.add(() => sendBlock(target.href, headers, body))
      return answer(failed === undefined ? 201 : 400)
    }
    if (part === 'blocklist' && (await blob.blocks.settled()) !== undefined) return answer(400)
    const step = passing('uploaded')
    const onEnd: typeof step.onEnd = (passed) => {
      if (part === 'block' && passed.status < 300) taken.add(blob)
      step.onEnd?.(passed)
    }
    return { ...step, onEnd, method: request.method, url: target.href, headers: {} }
  }

  const linkTo = (blob: Blob) => {
    const id = nonce()
    blobs.set(id, blob)
    return `${origin()}/blob/${id}`
  }

  return {
    linkTo,
    linkToUpload: (url) => linkTo({ kind: 'upload', url, blocks: createWriteBehind() }),
    find: (path) => blobs.get(/^\/blob\/(.+)$/.exec(path)?.[1] ?? ''),
    passing,
    exportIsOver,
    pass: async (request, blob) => {
      if (blob.kind === 'index') return await writeIndex(request, blob)
      const isUpload = blob.kind === 'upload'
      if (isUpload !== (request.method === 'PUT')) return answer(405)
      if (!isUpload && blob.index !== undefined && request.method === 'GET') return await readIndex(blob.url, blob.index)
      if (!isUpload && request.method === 'GET') return await readBlob(blob.url, request)
      const target = new URL(blob.url)
      for (const [name, value] of new URL(request.path, 'http://relay').searchParams) target.searchParams.append(name, value)
      if (isUpload) return await upload(request, blob, target)
      return { ...passing('downloaded'), method: request.method, url: target.href, headers: {} }
    },
  }
}
