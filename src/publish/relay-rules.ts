import type { HttpAnswer, RelayRequest, RelayRules, RelayStep } from '../host/host.ts'
import { isLostUpload, type RegistryClient } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'
import { registryError } from '../registry/registry-error.ts'
import { silence, transientStatuses } from '../registry/retry.ts'
import { withoutMount } from './without-mount.ts'

/** What came through the door in a push. */
export type Carried = {
  /** Under which the image's manifest was stored, once it was. */
  digest?: string
  /** Why there is no use in another try: the registry's last word, or that it has none. */
  failure?: unknown
  /** What broke a layer off, where another try may well go better. */
  trouble?: Readonly<{ what: string; retryAfter?: string | undefined }> | undefined
  /** Layers that have arrived, and all bytes of layers that were sent on. */
  blobs: number
  bytes: number
  /** Requests that are under way. */
  busy: number
}

/** What a push asks for by itself; nothing by which a tag could be set or anything be deleted. */
const allowed: readonly Readonly<{ methods: RegExp; rest: RegExp }>[] = [
  { methods: /^(GET|HEAD)$/, rest: /^blobs\/sha256:[a-f0-9]{64}$/ },
  { methods: /^(POST|GET|HEAD|PATCH|PUT)$/, rest: /^blobs\/uploads\// },
  { methods: /^(GET|HEAD|PUT)$/, rest: /^manifests\/sha256:[a-f0-9]{64}$/ },
]

/** Of an answer that we have asked for, what the engine looks at. */
const toldHeaders = ['location', 'range', 'docker-upload-uuid', 'docker-content-digest', 'content-type', 'oci-chunk-min-length']

/** So often a refusal of a layer that may be a mistake is taken for one. */
const mostDoubts = 3

const answer = (status: number, headers: Readonly<Record<string, string>> = {}, body = ''): RelayStep => ({
  kind: 'answer',
  status,
  headers,
  body,
})
const unavailable = () => answer(502, {}, JSON.stringify({ errors: [{ code: 'UNAVAILABLE', message: 'see the log of the action' }] }))

/**
 * The rules of a door into which the engine pushes repository `door` as if it were the registry; what it is called
 * there only this run knows. Requests go on with our login, so the engine needs none; the one that would set the tag
 * `runTag` stores the manifest by its digest alone. Nothing else in the registry points to the image yet.
 *
 * The engine has next to no patience, so we have it here: what has no body is asked again by our client. A layer cannot be
 * sent twice, as it is not kept: what broke it off is noted in `carried`, and the push is to be run again.
 * @param giveUp called when there is no use in going on
 * @param called the repository's name in errors
 */
export function pushRules(
  client: RegistryClient,
  path: string,
  door: string,
  runTag: string,
  carried: Carried,
  giveUp: () => void = () => {},
  called: string = path,
): RelayRules {
  const elsewhere = '/elsewhere/'
  const origins = new Set<string>()
  const ours = `/v2/${door}/`
  const trust = client.ca === undefined ? {} : { ca: client.ca }
  /** Where the registry itself is. */
  let home: string | undefined
  /** Which of our tokens requests have, by number, and the last that was good: one that was may have run out. */
  let token = 0
  let good = 0
  /** It has: the next request gets a fresh one. */
  let stale = false
  let doubts = 0
  /** The last exchange broke off: where a refusal was cut off, it is heard the next time. */
  let askFirst = false

  const fail = (error: unknown): void => {
    carried.failure ??= error
    giveUp()
  }

  /** Of an index the engine pushes each image by its digest, and then the whole under the tag. */
  const store = async (request: RelayRequest, named?: string): Promise<RelayStep> => {
    const body = await request.readBody()
    const digest = digestOf(body)
    if (named !== undefined && named !== digest) return answer(400)
    const said = await client.putManifest(digest, { digest, mediaType: request.headers['content-type'] ?? '', body })
    if (said !== '' && said !== digest) throw new Error(`the registry stored ${said} instead of ${digest}`)
    if (named === undefined) carried.digest = digest
    return answer(201, { 'docker-content-digest': digest, location: `/v2/${door}/manifests/${digest}` })
  }

  // Upload locations must come back to us, those on another host too.
  const location = (there: string, sentTo: string): string => {
    const target = new URL(there, sentTo)
    const theirs = `/v2/${path}/`
    // The first request goes to the registry itself.
    home ??= new URL(sentTo).origin
    if (target.origin === home && target.pathname.startsWith(theirs))
      return `${ours}${target.pathname.slice(theirs.length)}${target.search}`
    origins.add(target.origin)
    return `${elsewhere}${Buffer.from(target.origin).toString('base64url')}${target.pathname}${target.search}`
  }

  const ask = async ({ method, headers }: RelayRequest, rest: string, url: string): Promise<RelayStep> => {
    const accept: Readonly<Record<string, string>> = headers['accept'] === undefined ? {} : { accept: headers['accept'] }
    const said = await client.pass(method, rest, accept)
    const isQuestion = method === 'GET' || method === 'HEAD'
    if (said.status >= 400 && !(isQuestion && said.status === 404)) fail(registryError(`${called} cannot be pushed to`, said))
    const told = Object.fromEntries(
      [...toldHeaders, ...(method === 'HEAD' ? ['content-length'] : [])].flatMap((name) => {
        const value = said.headers[name]
        return value === undefined ? [] : [[name, name === 'location' ? location(value, url) : value]]
      }),
    )
    return answer(said.status, told, new TextDecoder().decode(said.body))
  }

  /** Notes how a layer fared that we cannot send again by ourselves. */
  const note = (method: string, used: number | undefined, status: number, refusal: HttpAnswer | undefined): void => {
    if (status < 400) {
      good = Math.max(good, used ?? 0)
      if (method === 'PUT') carried.blobs++
      return
    }
    if (!refusal || transientStatuses.has(status)) {
      askFirst = !refusal
      carried.trouble = { what: refusal ? `HTTP ${status}` : 'the connection broke off', retryAfter: refusal?.headers['retry-after'] }
      return
    }
    const hasRunOut = status === 401 && used !== undefined && used <= good
    stale ||= hasRunOut && used === token
    // So may the address of an upload to a storage, which says so in its own way.
    const isDoubt = isLostUpload(refusal) || used === undefined
    if (hasRunOut || (isDoubt && ++doubts < mostDoubts)) carried.trouble = { what: `HTTP ${status}`, retryAfter: '0' }
    else fail(registryError(`${called} does not take a layer`, refusal))
  }

  const forward = (method: string, url: string, headers: Readonly<Record<string, string>>, used?: number): RelayStep => ({
    kind: 'forward',
    method,
    url,
    headers,
    idleMs: silence,
    ...trust,
    ...(askFirst ? { askFirst } : {}),
    // To 408 and 429 the engine comes back at once, and a 401 it may hang on; 400 ends its push, and what comes next is ours.
    settle: (status) => Math.min(status, 400),
    onSent: (bytes) => {
      carried.bytes += bytes
    },
    onEnd: ({ status, refusal }) => {
      carried.busy--
      if (method === 'PUT' || method === 'PATCH' || method === 'POST') note(method, used, status, refusal)
    },
  })

  const decide = async (request: RelayRequest): Promise<RelayStep> => {
    if (/^\/v2\/?$/.test(request.path)) return answer(200, {}, '{}')
    if (request.path.startsWith(elsewhere)) {
      const [encoded = '', ...rest] = request.path.slice(elsewhere.length).split('/')
      const origin = Buffer.from(encoded, 'base64url').toString()
      if (!origins.has(origin)) return answer(404)
      return forward(request.method, `${origin}/${rest.join('/')}`, {})
    }
    if (!request.path.startsWith(ours)) return answer(404)
    const rest = withoutMount(request.path.slice(ours.length))
    if (rest === `manifests/${runTag}`) return request.method === 'PUT' ? await store(request) : answer(404)
    const [bare = ''] = rest.split('?')
    if (!allowed.some((one) => one.methods.test(request.method) && one.rest.test(bare))) return answer(405)
    // As it will be read there: a way out of the repository, however its dots and slashes are written, shows now.
    const base = await client.base()
    const target = new URL(`${base}/v2/${path}/${rest}`)
    if (!target.pathname.startsWith(`/v2/${path}/blobs/`) && !target.pathname.startsWith(`/v2/${path}/manifests/sha256:`))
      return answer(405)
    const [, named] = /^manifests\/(sha256:.*)$/.exec(bare) ?? []
    if (named !== undefined && request.method === 'PUT') return await store(request, named)
    const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
    const isQuestion = request.method === 'HEAD' || (request.method === 'GET' && !bare.startsWith('blobs/sha256:'))
    if (isQuestion || (request.method === 'POST' && !hasBody)) return await ask(request, rest, target.href)
    const fresh = stale
    stale = false
    if (fresh) token++
    const used = token
    return forward(request.method, target.href, await client.authorization('pull,push', fresh), used)
  }

  return {
    location,
    route: async (request) => {
      carried.busy++
      const step = await decide(request).catch((error: unknown) => {
        fail(error)
        return unavailable()
      })
      if (step.kind !== 'forward') carried.busy--
      return step
    },
  }
}
