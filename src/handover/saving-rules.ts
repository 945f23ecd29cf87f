import { join } from 'node:path'
import { blobPath } from '../build/layout.ts'
import type { Files, RelayRequest, RelayRules, RelayStep } from '../host/host.ts'
import { digestOf } from '../registry/digest.ts'

/** What was written down: the descriptor of the image's own manifest, once it came. */
export type Arrived = { root?: Readonly<{ digest: string; mediaType: string; size: number }> }

const answer = (status: number, headers: Readonly<Record<string, string>> = {}, body = ''): RelayStep => ({
  kind: 'answer',
  status,
  headers,
  body,
})
const isDigest = (text: string) => /^sha256:[a-f0-9]{64}$/.test(text)
const invalid = (said: string) => answer(400, {}, JSON.stringify({ errors: [{ code: 'DIGEST_INVALID', message: said }] }))

/**
 * The rules of a door into which the engine pushes as into a registry, and behind which is a folder: each blob is written
 * there once, under the digest that its bytes have. `door` and the tag `runTag` only this run knows.
 */
export function savingRules(
  files: Pick<Files, 'kind' | 'digest' | 'move' | 'writeText' | 'remove'>,
  folder: string,
  door: string,
  runTag: string,
  arrived: Arrived,
): RelayRules {
  const ours = `/v2/${door}/`
  const types = new Map<string, string>()
  /** By upload: the digest of its one piece, undefined where there were several. */
  const uploads = new Map<string, { pieces: number; bytes: number; digest: string | undefined }>()
  const at = (id: string) => ({ location: `${ours}blobs/uploads/${id}`, 'docker-upload-uuid': id })
  const there = (digest: string) => isDigest(digest) && files.kind(blobPath(folder, digest)) === 'file'

  const finish = async (id: string, wanted: string): Promise<RelayStep> => {
    const path = join(folder, id)
    const actual = uploads.get(id)?.digest ?? `sha256:${await files.digest(path)}`
    uploads.delete(id)
    if (actual !== wanted || !isDigest(wanted)) {
      files.remove(path)
      return invalid(`these bytes are ${actual}`)
    }
    files.move(path, blobPath(folder, wanted))
    return answer(201, { location: `${ours}blobs/${wanted}`, 'docker-content-digest': wanted })
  }
  const upload = (request: RelayRequest, id: string, query: URLSearchParams): RelayStep => {
    const state = uploads.get(id)
    if (!state) return answer(404)
    if (request.method !== 'PATCH' && request.method !== 'PUT') return answer(405)
    return {
      kind: 'save',
      path: join(folder, id),
      answer: async ({ bytes, digest }) => {
        if (bytes > 0 || state.pieces === 0) {
          state.digest = state.pieces === 0 || state.digest === emptyDigest ? digest : undefined
          state.pieces++
          state.bytes += bytes
        }
        if (request.method === 'PUT') return await finish(id, query.get('digest') ?? '')
        // The classic store's client wants to be told how far it has come.
        return answer(202, { ...at(id), range: `0-${Math.max(0, state.bytes - 1)}` })
      },
    }
  }
  const store = async (request: RelayRequest, reference: string): Promise<RelayStep> => {
    const body = await request.readBody()
    const digest = digestOf(body)
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
    if ((reference !== runTag && reference !== digest) || digestOf(text) !== digest) return invalid(`this manifest is ${digest}`)
    const mediaType = request.headers['content-type'] ?? ''
    files.writeText(blobPath(folder, digest), text)
    types.set(digest, mediaType)
    if (reference === runTag) arrived.root = { digest, mediaType, size: body.length }
    return answer(201, { location: `${ours}manifests/${digest}`, 'docker-content-digest': digest })
  }

  let opened = 0
  return {
    route: async (request) => {
      const { method } = request
      if (/^\/v2\/?$/.test(request.path)) return answer(200, {}, '{}')
      if (!request.path.startsWith(ours)) return answer(404)
      const [rest = '', search = ''] = request.path.slice(ours.length).split('?')
      const query = new URLSearchParams(search)
      if (/^blobs\/uploads\/?$/.test(rest) && method === 'POST') {
        const id = `upload-${++opened}`
        uploads.set(id, { pieces: 0, bytes: 0, digest: undefined })
        return answer(202, { ...at(id), range: '0-0' })
      }
      const [, id] = /^blobs\/uploads\/(upload-\d+)$/.exec(rest) ?? []
      if (id !== undefined) return upload(request, id, query)
      const [, kind, reference = ''] = /^(blobs|manifests)\/([^/]+)$/.exec(rest) ?? []
      if (kind === 'manifests' && method === 'PUT') return await store(request, reference)
      if (kind === undefined || (method !== 'GET' && method !== 'HEAD')) return answer(405)
      const type = kind === 'manifests' ? types.get(reference) : 'application/octet-stream'
      if (type === undefined || !there(reference)) return answer(404)
      return { kind: 'file', path: blobPath(folder, reference), headers: { 'content-type': type, 'docker-content-digest': reference } }
    },
    location: (location) => location,
  }
}

const emptyDigest = digestOf('')
