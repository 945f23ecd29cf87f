import type { RelayRequest, RelayRules, RelayStep } from '../../host/host.ts'
import { digestOf } from '../../registry/digest.ts'

/** What an engine hands over when it pushes into the door. */
export type Taking = Readonly<{
  /** Whether a blob is to be sent; one that is not counts as being there. */
  wants: (digest: string) => boolean
  /** Gets a blob as it comes, with its length (bytes) if that is told; the engine of the classic store says its digest only afterwards. */
  take: (body: AsyncIterable<Uint8Array>, digest: string | undefined, bytes?: number) => Promise<void>
  /** Gets each manifest and index. */
  onManifest: (body: Uint8Array, digest: string) => void
}>

const digestPattern = /^sha256:[a-f0-9]{64}$/

/**
 * Rules of a door that an engine takes for a registry (OCI distribution spec, "Pushing") and that keeps nothing: what is
 * wanted of the image `door` is read as it comes, and all else is said to be there already.
 */
export function handOverRules(door: string, { wants, take, onManifest }: Taking): RelayRules {
  const ours = `/v2/${door}/`
  const answer = (status: number, headers: Readonly<Record<string, string>> = {}): RelayStep => ({
    kind: 'answer',
    status,
    headers,
    body: '',
  })
  let uploads = 0
  // What has come in the push that is under way: the engine of the classic store looks whether it has arrived.
  const arrived = new Set<string>()

  const upload = async ({ method, headers, body, readBody }: RelayRequest, place: string, query: URLSearchParams): Promise<RelayStep> => {
    const content = body ?? whole(readBody)
    const location = { location: `${ours}blobs/uploads/${place}` }
    const digest = query.get('digest') ?? undefined
    if (method === 'GET') return answer(204, { ...location, range: '0-0' })
    if (method === 'PATCH') {
      const counted = { bytes: 0 }
      await take(counting(content, counted), undefined)
      return answer(202, { ...location, range: `0-${Math.max(0, counted.bytes - 1)}` })
    }
    // The whole blob, or the end of one that has come by PATCH.
    const length = headers['content-length']
    if (length !== '0' && (length !== undefined || headers['transfer-encoding'] !== undefined))
      await take(content, digest, length === undefined ? undefined : Number(length))
    if (digest !== undefined) arrived.add(digest)
    return answer(201, { location: `${ours}blobs/${digest}`, 'docker-content-digest': digest ?? '' })
  }

  return {
    location: (location) => location,
    route: async (request) => {
      const { pathname, searchParams } = new URL(request.path, 'http://door')
      if (/^\/v2\/?$/.test(pathname)) return answer(200)
      if (!pathname.startsWith(ours)) return answer(404)
      const rest = pathname.slice(ours.length)
      if (rest.startsWith('manifests/')) {
        if (request.method !== 'PUT') return answer(404)
        const body = await request.readBody()
        arrived.clear()
        const digest = digestOf(body)
        onManifest(body, digest)
        return answer(201, { 'docker-content-digest': digest, location: `${ours}manifests/${digest}` })
      }
      const [, place] = /^blobs\/uploads\/(.*)$/.exec(rest) ?? []
      if (place === '' || place === undefined) {
        if (place === '')
          return answer(202, { location: `${ours}blobs/uploads/${++uploads}`, 'docker-upload-uuid': String(uploads), range: '0-0' })
        const digest = rest.replace(/^blobs\//, '')
        return digestPattern.test(digest) && (!wants(digest) || arrived.has(digest))
          ? answer(200, { 'docker-content-digest': digest })
          : answer(404)
      }
      return await upload(request, place, searchParams)
    },
  }
}

async function* counting(body: AsyncIterable<Uint8Array>, counted: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    counted.bytes += piece.length
    yield piece
  }
}

async function* whole(read: () => Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await read()
}
