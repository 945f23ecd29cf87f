import type { RelayRequest, RelayRules, RelayStep } from '../host/host.ts'
import type { RegistryClient } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'
import { withoutMount } from './without-mount.ts'

/** What came through: the digest under which the image's manifest was stored, once it was. */
export type Carried = { digest?: string; failure?: unknown }

/** What a push asks for by itself; nothing by which a tag could be set or anything be deleted. */
const allowed: readonly Readonly<{ methods: RegExp; rest: RegExp }>[] = [
  { methods: /^(GET|HEAD)$/, rest: /^blobs\/sha256:[a-f0-9]{64}$/ },
  { methods: /^(POST|GET|HEAD|PATCH|PUT)$/, rest: /^blobs\/uploads\// },
  { methods: /^(GET|HEAD|PUT)$/, rest: /^manifests\/sha256:[a-f0-9]{64}$/ },
]

/**
 * The rules of a door into which the engine pushes repository `door` as if it were the registry; what it is called
 * there only this run knows. Requests go on with our login, so the engine needs none; the one that would set the tag
 * `runTag` stores the manifest by its digest alone. Nothing else in the registry points to the image yet.
 */
export function pushRules(client: RegistryClient, path: string, door: string, runTag: string, carried: Carried): RelayRules {
  const elsewhere = '/elsewhere/'
  const origins = new Set<string>()
  const answer = (status: number, headers: Readonly<Record<string, string>> = {}, body = ''): RelayStep => ({
    kind: 'answer',
    status,
    headers,
    body,
  })

  const store = async (request: RelayRequest): Promise<RelayStep> => {
    const body = await request.readBody()
    const digest = digestOf(body)
    try {
      const said = await client.putManifest(digest, { digest, mediaType: request.headers['content-type'] ?? '', body })
      if (said !== '' && said !== digest) throw new Error(`the registry stored ${said} instead of ${digest}`)
    } catch (error) {
      carried.failure = error
      return answer(502, {}, JSON.stringify({ errors: [{ code: 'UNAVAILABLE', message: 'see the log of the action' }] }))
    }
    carried.digest = digest
    return answer(201, { 'docker-content-digest': digest, location: `/v2/${door}/manifests/${digest}` })
  }

  const ours = `/v2/${door}/`
  const trust = client.ca === undefined ? {} : { ca: client.ca }
  /** Where the registry itself is. */
  let home: string | undefined
  return {
    route: async (request) => {
      if (/^\/v2\/?$/.test(request.path)) return answer(200, {}, '{}')
      if (request.path.startsWith(elsewhere)) {
        const [encoded = '', ...rest] = request.path.slice(elsewhere.length).split('/')
        const origin = Buffer.from(encoded, 'base64url').toString()
        if (!origins.has(origin)) return answer(404)
        return { kind: 'forward', method: request.method, url: `${origin}/${rest.join('/')}`, headers: {}, ...trust }
      }
      if (!request.path.startsWith(ours)) return answer(404)
      const rest = withoutMount(request.path.slice(ours.length))
      if (rest === `manifests/${runTag}`) return request.method === 'PUT' ? await store(request) : answer(404)
      const [bare = ''] = rest.split('?')
      if (!allowed.some((one) => one.methods.test(request.method) && one.rest.test(bare))) return answer(405)
      // As it will be read there: a way out of the repository, however its dots and slashes are written, shows now.
      const target = new URL(`${await client.base()}/v2/${path}/${rest}`)
      if (!target.pathname.startsWith(`/v2/${path}/blobs/`) && !target.pathname.startsWith(`/v2/${path}/manifests/sha256:`))
        return answer(405)
      return { kind: 'forward', method: request.method, url: target.href, headers: await client.authorization('pull,push'), ...trust }
    },
    // Upload locations must come back to us, those on another host too.
    location: (location, sentTo) => {
      const target = new URL(location, sentTo)
      const theirs = `/v2/${path}/`
      // The first request goes to the registry itself.
      home ??= new URL(sentTo).origin
      if (target.origin === home && target.pathname.startsWith(theirs))
        return `${ours}${target.pathname.slice(theirs.length)}${target.search}`
      origins.add(target.origin)
      return `${elsewhere}${Buffer.from(target.origin).toString('base64url')}${target.pathname}${target.search}`
    },
  }
}
