import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { BlobLinks } from './cache-entries.ts'

export type BlobCall = 'PutBlob' | 'PutBlock' | 'PutBlockList' | 'GetBlob' | 'HeadBlob'

/** A store that speaks as much of Azure's Blob service as the clients of the cache use. */
export interface BlobStore extends BlobLinks {
  readonly answer: (call: BlobCall, url: URL, request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** Account and container in the path, as the SDKs read them from an address that is an IP. */
const container = '/results/actions-cache/'

/** Which call a request is, if it is one on a blob. */
export function blobCallOf(method: string, url: URL): BlobCall | undefined {
  if (!url.pathname.startsWith(container)) return undefined
  const operation = `${method} ${url.searchParams.get('comp') ?? ''}`.trim()
  const operations: Readonly<Record<string, BlobCall>> = {
    PUT: 'PutBlob',
    'PUT block': 'PutBlock',
    'PUT blocklist': 'PutBlockList',
    GET: 'GetBlob',
    HEAD: 'HeadBlob',
  }
  return operations[operation]
}

/** An error as Azure answers it. */
export function blobError(response: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`
  response.writeHead(status, { 'content-type': 'application/xml', 'x-ms-error-code': code }).end(body)
}

/** First and last byte of a range within `size` bytes; undefined where it has none. */
function rangeOf(header: string, size: number): Readonly<{ start: number; end: number }> | undefined {
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(header) ?? []
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return from !== '' && start <= end ? { start, end } : undefined
}

/** Blobs as files below `folder`, which `origin` (scheme, host and port) leads to. Nothing is held in memory. */
export function createBlobStore(folder: string, origin: () => string): BlobStore {
  const secret = randomBytes(32)
  const fileOf = (id: string) => join(folder, id)
  const blockOf = (id: string, block: string) => join(folder, `${id}.blocks`, Buffer.from(block).toString('base64url'))
  const signature = (...signed: readonly string[]) => createHmac('sha256', secret).update(signed.join('\n')).digest('base64')
  const link = (id: string, permissions: string) => {
    const expires = new Date(Date.now() + 600_000).toISOString()
    const query = { se: expires, sp: permissions, sr: 'b', sv: '2025-11-05', sig: signature(container + id, permissions, expires) }
    return `${origin()}${container}${id}?${new URLSearchParams(query)}`
  }
  const allowed = (url: URL, permission: string) => {
    const { se = '', sp = '', sig = '' } = Object.fromEntries(url.searchParams)
    return sig === signature(url.pathname, sp, se) && sp.includes(permission) && Date.now() < Date.parse(se)
  }
  const size = (id: string) => statSync(fileOf(id), { throwIfNoEntry: false })?.size
  const facts = (id: string) => {
    const { mtime } = statSync(fileOf(id))
    return { etag: `"0x${mtime.getTime().toString(16).toUpperCase()}"`, 'last-modified': mtime.toUTCString() }
  }
  /** Received next to its place and then moved there: an upload that breaks off leaves no blob. */
  const receive = async (source: AsyncIterable<unknown>, path: string) => {
    const partial = `${path}.${randomUUID()}`
    await pipeline(source, createWriteStream(partial))
    renameSync(partial, path)
  }

  const put = async (id: string, request: IncomingMessage, response: ServerResponse) => {
    if (request.headers['x-ms-blob-type'] !== 'BlockBlob') return blobError(response, 400, 'MissingRequiredHeader')
    await receive(request, fileOf(id))
    response.writeHead(201, facts(id)).end()
  }
  const putBlock = async (id: string, url: URL, request: IncomingMessage, response: ServerResponse) => {
    const block = blockOf(id, url.searchParams.get('blockid') ?? '')
    mkdirSync(join(folder, `${id}.blocks`), { recursive: true })
    await receive(request, block)
    response.writeHead(201).end()
  }
  const putBlockList = async (id: string, request: IncomingMessage, response: ServerResponse) => {
    const xml = await text(request)
    const blocks = [...xml.matchAll(/<(Latest|Uncommitted|Committed)>([^<]+)<\/\1>/g)].map(([, , block = '']) => blockOf(id, block))
    if (!blocks.every(existsSync)) return blobError(response, 400, 'InvalidBlockList')
    const joined = async function* () {
      for (const block of blocks) yield* createReadStream(block)
    }
    await receive(joined(), fileOf(id))
    rmSync(join(folder, `${id}.blocks`), { recursive: true, force: true })
    response.writeHead(201, facts(id)).end()
  }
  const get = async (id: string, request: IncomingMessage, response: ServerResponse) => {
    const length = size(id)
    if (length === undefined) return blobError(response, 404, 'BlobNotFound')
    const header = request.headers['x-ms-range'] ?? request.headers.range
    const range = header === undefined ? undefined : rangeOf(String(header), length)
    if (header !== undefined && !range) return blobError(response, 416, 'InvalidRange')
    const { start, end } = range ?? { start: 0, end: length - 1 }
    response.writeHead(range ? 206 : 200, {
      ...facts(id),
      'accept-ranges': 'bytes',
      'content-type': 'application/octet-stream',
      'content-length': end - start + 1,
      'x-ms-blob-type': 'BlockBlob',
      ...(range ? { 'content-range': `bytes ${start}-${end}/${length}` } : {}),
    })
    if (request.method === 'HEAD' || length === 0) response.end()
    else await pipeline(createReadStream(fileOf(id), { start, end }), response)
  }

  return {
    uploadUrl: (id) => link(id, 'cw'),
    downloadUrl: (id) => link(id, 'r'),
    size,
    answer: async (call, url, request, response) => {
      const reads = call === 'GetBlob' || call === 'HeadBlob'
      // The Go SDK dereferences the id of every answer without looking whether it is there.
      response.setHeader('x-ms-request-id', randomUUID()).setHeader('x-ms-version', '2025-11-05')
      if (!allowed(url, reads ? 'r' : 'w')) return blobError(response, 403, 'AuthenticationFailed')
      const id = url.pathname.slice(container.length)
      if (reads) await get(id, request, response)
      else if (call === 'PutBlock') await putBlock(id, url, request, response)
      else if (call === 'PutBlockList') await putBlockList(id, request, response)
      else await put(id, request, response)
    },
  }
}
