import { createHash } from 'node:crypto'
import type { RelayRequest, RelayRules, RelayStep } from '../host/host.ts'
import type { RegistryClient } from '../registry/client.ts'

export const sha256 = (body: Uint8Array): string => `sha256:${createHash('sha256').update(body).digest('hex')}`

/** What came through: the digest under which the image's manifest was stored, once it was. */
export type Carried = { digest?: string; failure?: unknown }

/**
 * The rules of a door into which the engine pushes as if it were the registry. Requests go on with our login, so the
 * engine needs none; the one that would set the tag `runTag` stores the manifest by its digest alone. Nothing else in
 * the registry points to the image yet.
 */
export function pushRules(client: RegistryClient, path: string, runTag: string, carried: Carried): RelayRules {
  const elsewhere = '/elsewhere/'
  const answer = (status: number, headers: Readonly<Record<string, string>> = {}, body = ''): RelayStep => ({
    kind: 'answer',
    status,
    headers,
    body,
  })

  const store = async (request: RelayRequest): Promise<RelayStep> => {
    const body = await request.readBody()
    const digest = sha256(body)
    try {
      const said = await client.putManifest(digest, { digest, mediaType: request.headers['content-type'] ?? '', body })
      if (said !== '' && said !== digest) throw new Error(`the registry stored ${said} instead of ${digest}`)
    } catch (error) {
      carried.failure = error
      return answer(502, {}, JSON.stringify({ errors: [{ code: 'UNAVAILABLE', message: 'see the log of the action' }] }))
    }
    carried.digest = digest
    return answer(201, { 'docker-content-digest': digest, location: `/v2/${path}/manifests/${digest}` })
  }

  return {
    route: async (request) => {
      if (/^\/v2\/?$/.test(request.path)) return answer(200, {}, '{}')
      if (request.path === `/v2/${path}/manifests/${runTag}`) return request.method === 'PUT' ? await store(request) : answer(404)
      if (request.path.startsWith(elsewhere)) {
        const [origin = '', ...rest] = request.path.slice(elsewhere.length).split('/')
        return {
          kind: 'forward',
          method: request.method,
          url: `${Buffer.from(origin, 'base64url').toString()}/${rest.join('/')}`,
          headers: {},
        }
      }
      if (!request.path.startsWith(`/v2/${path}/`)) return answer(404)
      const url = (await client.base()) + request.path
      return { kind: 'forward', method: request.method, url, headers: await client.authorization('pull,push') }
    },
    // Upload locations must come back to us, those on another host too.
    location: (location, sentTo) => {
      const target = new URL(location, sentTo)
      const rest = `${target.pathname}${target.search}`
      return target.origin === new URL(sentTo).origin && !sentTo.includes(elsewhere)
        ? rest
        : `${elsewhere}${Buffer.from(target.origin).toString('base64url')}${rest}`
    },
  }
}
