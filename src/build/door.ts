import type { RelayRules, RelayStep } from '../host/host.ts'
import { blobPath, type Layout } from './layout.ts'

const answer = (status: number): RelayStep => ({ kind: 'answer', status, headers: {}, body: status === 200 ? '{}' : '' })

/**
 * The rules of a door from which the engine pulls a layout as if it were a registry; `name` only this run knows. So the
 * engine takes what it lacks and no more, several layers at a time, and checks each digest.
 */
export function layoutRules(layout: Layout, name: string): RelayRules {
  const types = new Map([...layout.blobs, ...layout.manifests].map(({ digest, mediaType }) => [digest, mediaType]))
  const manifests = new Set(layout.manifests.map(({ digest }) => digest))
  const ours = `/v2/${name}/`
  return {
    route: async ({ method, path }) => {
      if (method !== 'GET' && method !== 'HEAD') return answer(405)
      if (/^\/v2\/?$/.test(path)) return answer(200)
      const [, kind, digest = ''] = path.startsWith(ours)
        ? (/^(manifests|blobs)\/(sha256:[a-f0-9]{64})$/.exec(path.slice(ours.length)) ?? [])
        : []
      const type = types.get(digest)
      if (type === undefined || (kind === 'manifests') !== manifests.has(digest)) return answer(404)
      const headers = { 'content-type': kind === 'manifests' ? type : 'application/octet-stream', 'docker-content-digest': digest }
      return { kind: 'file', path: blobPath(layout.folder, digest), headers }
    },
    location: (location) => location,
  }
}
