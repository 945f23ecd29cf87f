import { ActionError, messageOf } from '../errors.ts'
import type { Host, HttpAnswer, HttpRequest } from '../host/host.ts'
import { dockerHub, type ImageName, isLoopback } from '../plan/image-name.ts'
import { parseChallenge } from './challenge.ts'
import type { Credential } from './credential.ts'
import { digestOf } from './digest.ts'
import { type Attempt, transientStatuses, withRetry } from './retry.ts'

export type Action = 'pull' | 'pull,push'

/** A manifest as the registry holds it, byte for byte. */
export type Manifest = Readonly<{ digest: string; mediaType: string; body: Uint8Array }>

/** `whole`: there are no more. */
export type TagList = Readonly<{ names: readonly string[]; whole: boolean }>

/** The one client that speaks to a registry (OCI distribution v1.1), for one repository. */
export interface RegistryClient {
  /** `https://host`, or `http://` on the loopback where nothing else answers. */
  readonly base: () => Promise<string>
  /** Headers that let a request in; `fresh` drops a token that was refused. */
  readonly authorization: (action: Action, fresh?: boolean) => Promise<Readonly<Record<string, string>>>
  /** The digest that a tag or digest has now, undefined when it has none. */
  readonly head: (reference: string) => Promise<string | undefined>
  readonly getManifest: (reference: string) => Promise<Manifest | undefined>
  /** A blob of at most 8 MiB, as its digest proves; undefined when there is none. */
  readonly getBlob: (digest: string) => Promise<Uint8Array | undefined>
  /** Any blob, into a file, as its digest proves; false when there is none. */
  readonly saveBlob: (digest: string, path: string) => Promise<boolean>
  /**
   * Names of all tags; `whole` is false where there are more than anybody would read. With `after` one page of them, behind
   * that name in the order of ASCII, as far as the registry can do that.
   */
  readonly listTags: (after?: string) => Promise<TagList>
  readonly hasBlob: (digest: string, action?: Action) => Promise<boolean>
  /** Sends the blob: a file, by its path, or bytes. */
  readonly putBlob: (digest: string, content: string | Uint8Array) => Promise<void>
  /** @returns the digest the registry says it stored */
  readonly putManifest: (reference: string, manifest: Manifest) => Promise<string>
}

export const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]

const requestTimeout = 30_000
/** A registry sends to its storage at most this often. */
const mostRedirects = 3
const tagsPerPage = 1000
const mostPages = 20
/** A registry that takes or gives nothing more of a layer for so long (ms) is gone. */
const silence = 60_000
/** A token is not used in its last seconds (ms); one that does not say lives a minute (distribution's token spec). */
const tokenMargin = 10_000
const tokenLife = 60

/** What else of a request there may be to say. */
type How = Partial<Pick<HttpRequest, 'body' | 'into' | 'timeoutMs' | 'maxBytes'>>

type Opened = Readonly<{ base: string; challenge: string | undefined }>
type Login = Readonly<{ headers: Readonly<Record<string, string>>; until: number }>

/** The error that an answer means, with the registry's own words. */
export function registryError(what: string, answer: Readonly<{ status: number; body: Uint8Array }>): ActionError {
  const text = new TextDecoder().decode(answer.body.subarray(0, 2_000))
  const [, said] = /"message"\s*:\s*"([^"]+)"/.exec(text) ?? []
  const message = `${what} (HTTP ${answer.status}${said ? `: ${said}` : ''})`
  if (answer.status === 401) return new ActionError('registry-unauthorized', message)
  if (answer.status === 403 || answer.status === 404 || answer.status === 405) return new ActionError('registry-denied', message)
  if (answer.status >= 400 && answer.status < 500 && !transientStatuses.has(answer.status))
    return new ActionError('registry-refused', message)
  return new ActionError('registry-unavailable', message)
}

/** So often a registry may say that bytes are not what they are. */
const mostDoubts = 4

/**
 * Whether a registry says of a manifest that its digest is not the one it has. distribution's does that on a file
 * system, when it reads a link that another push of the same image is just writing: a moment later it knows better.
 */
function isDoubt({ status, body }: HttpAnswer, reference: string, manifest: Uint8Array): boolean {
  const right = !reference.startsWith('sha256:') || reference === digestOf(manifest)
  return status === 400 && right && new TextDecoder().decode(body.subarray(0, 2_000)).includes('DIGEST_INVALID')
}

export function createClient(host: Host, name: ImageName, credential: Credential | undefined): RegistryClient {
  const endpoint = name.registry === dockerHub ? 'registry-1.docker.io' : name.registry
  const repository = `${name.registry}/${name.path}`
  let opened: Promise<Opened> | undefined
  const logins = new Map<Action, Promise<Login>>()

  const ask = (method: string, url: string, headers: Readonly<Record<string, string>>, how: How = {}): Promise<HttpAnswer> =>
    withRetry(host, undefined, async () => {
      const answer = await host.request({ method, url, headers, timeoutMs: requestTimeout, maxBytes: 8 << 20, ...how })
      return transientStatuses.has(answer.status)
        ? { kind: 'again', value: answer, retryAfter: answer.headers['retry-after'] }
        : { kind: 'done', value: answer }
    })

  const unavailable = (error: unknown): ActionError =>
    new ActionError('registry-unavailable', `${name.registry} cannot be reached (${messageOf(error)})`, { cause: error })

  const ping = async (base: string): Promise<Opened> => {
    const answer = await ask('GET', `${base}/v2/`, {})
    if (answer.status !== 200 && answer.status !== 401) throw registryError(`${name.registry} does not answer as a registry`, answer)
    return { base, challenge: answer.status === 401 ? (answer.headers['www-authenticate'] ?? '') : undefined }
  }
  // As Docker does: plain HTTP on the loopback alone, and only where TLS finds nobody.
  const findBase = async (): Promise<string> => {
    if (!isLoopback(endpoint)) return `https://${endpoint}`
    const secure = await host.request({ method: 'GET', url: `https://${endpoint}/v2/`, timeoutMs: requestTimeout }).catch(() => undefined)
    return `${secure ? 'https' : 'http'}://${endpoint}`
  }
  const open = (): Promise<Opened> => {
    opened ??= findBase().then(ping)
    return opened
  }

  const basic = (): Readonly<Record<string, string>> =>
    credential ? { authorization: `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}` } : {}

  const login = async (action: Action): Promise<Login> => {
    const { base, challenge } = await open()
    if (challenge === undefined) return { headers: {}, until: Number.POSITIVE_INFINITY }
    const asked = parseChallenge(challenge)
    if (asked.scheme === 'basic') {
      const answer = await ask('GET', `${base}/v2/`, basic())
      if (answer.status !== 200)
        throw registryError(
          `${name.registry} lets nobody in ${credential ? `as ${credential.username} with this password` : 'without a login'}`,
          answer,
        )
      return { headers: basic(), until: Number.POSITIVE_INFINITY }
    }
    if (asked.scheme === 'unknown')
      throw new ActionError('registry-unauthorized', `${name.registry} asks for an unknown kind of login (${asked.text})`)
    const url = new URL(asked.realm)
    if (url.protocol !== 'https:' && !isLoopback(url.host))
      throw new ActionError('registry-unauthorized', `${name.registry} wants its token asked for over plain http at ${url.host}: refused`)
    if (asked.service !== undefined) url.searchParams.set('service', asked.service)
    url.searchParams.set('scope', `repository:${name.path}:${action}`)
    const answer = await ask('GET', url.href, basic())
    if (answer.status !== 200) throw registryError(`${name.registry} gives no token for ${name.path}`, answer)
    const body = JSON.parse(new TextDecoder().decode(answer.body)) as { token?: string; access_token?: string; expires_in?: number }
    const token = body.token ?? body.access_token
    if (!token) throw new ActionError('registry-unauthorized', `${name.registry} answered without a token`)
    host.hide(token)
    return { headers: { authorization: `Bearer ${token}` }, until: host.now() + (body.expires_in ?? tokenLife) * 1000 - tokenMargin }
  }
  const authorization = async (action: Action, fresh = false): Promise<Readonly<Record<string, string>>> => {
    const known = fresh ? undefined : logins.get(action)
    if (known) {
      const { headers, until } = await known
      if (host.now() < until) return headers
    }
    const asking = login(action)
    logins.set(action, asking)
    return (await asking).headers
  }

  /** Asks with a login, and once more with a fresh one when a token has run out. */
  const call = async (
    method: string,
    path: string,
    action: Action,
    headers: Readonly<Record<string, string>>,
    how: How = {},
  ): Promise<HttpAnswer> => {
    try {
      const { base } = await open()
      const url = `${base}/v2/${name.path}/${path}`
      const first = await ask(method, url, { ...headers, ...(await authorization(action)) }, how)
      if (first.status !== 401) return first
      return await ask(method, url, { ...headers, ...(await authorization(action, true)) }, how)
    } catch (error) {
      throw error instanceof ActionError ? error : unavailable(error)
    }
  }
  const accept = { accept: manifestTypes.join(', ') }

  const otherBytes = (digest: string) =>
    new ActionError('digest-mismatch', `${repository}@${digest} is answered with other bytes than its digest says.`)

  /** The answer of whoever has the blob: a registry may send on to its storage. Undefined when there is none. */
  const askBlob = async (digest: string, how: How): Promise<HttpAnswer | undefined> => {
    const where = `${repository}@${digest}`
    let answer = await call('GET', `blobs/${digest}`, 'pull', {}, how)
    let from = `${(await open()).base}/v2/${name.path}/blobs/${digest}`
    for (let hops = 0; hops < mostRedirects && answer.status >= 301 && answer.status <= 308; hops++) {
      const to = new URL(answer.headers['location'] ?? '', from)
      if (to.protocol !== 'https:' && !isLoopback(to.host))
        throw new ActionError('registry-denied', `${where} is said to be at ${to.host}, over plain http: refused`)
      // A storage has an address that lets one in, and no business with our login.
      const headers = to.origin === new URL(from).origin ? await authorization('pull') : {}
      from = to.href
      answer = await ask('GET', from, headers, how).catch((error: unknown) => {
        throw unavailable(error)
      })
    }
    if (answer.status === 404) return undefined
    if (answer.status !== 200) throw registryError(`${where} cannot be read`, answer)
    return answer
  }

  const listPages = async (start: string, most: number): Promise<TagList> => {
    const names: string[] = []
    let query: string | undefined = start
    for (let page = 0; page < most && query !== undefined; page++) {
      const answer: HttpAnswer = await call('GET', `tags/list?${query}`, 'pull', {})
      if (answer.status === 404) break
      if (answer.status !== 200) throw registryError(`the tags of ${repository} cannot be listed`, answer)
      const { tags } = JSON.parse(new TextDecoder().decode(answer.body)) as { tags?: readonly string[] | null }
      names.push(...(tags ?? []))
      const [, next] = /<[^>]*\?([^>]*)>\s*;\s*rel="?next/.exec(answer.headers['link'] ?? '') ?? []
      query = next
    }
    return { names, whole: query === undefined }
  }

  return {
    base: async () => (await open()).base,
    authorization,
    head: async (reference) => {
      const answer = await call('HEAD', `manifests/${reference}`, 'pull', accept)
      if (answer.status === 404) return undefined
      if (answer.status !== 200) throw registryError(`${repository}:${reference} cannot be read`, answer)
      return answer.headers['docker-content-digest']
    },
    getManifest: async (reference) => {
      const answer = await call('GET', `manifests/${reference}`, 'pull', accept)
      if (answer.status === 404) return undefined
      if (answer.status !== 200) throw registryError(`${repository}@${reference} cannot be read`, answer)
      return {
        digest: answer.headers['docker-content-digest'] ?? reference,
        mediaType: answer.headers['content-type'] ?? '',
        body: answer.body,
      }
    },
    getBlob: async (digest) => {
      const answer = await askBlob(digest, { timeoutMs: requestTimeout, maxBytes: 8 << 20 })
      if (answer && digestOf(answer.body) !== digest) throw otherBytes(digest)
      return answer?.body
    },
    saveBlob: async (digest, path) => {
      const answer = await askBlob(digest, { timeoutMs: silence, into: path })
      if (answer && `sha256:${await host.files.digest(path)}` !== digest) throw otherBytes(digest)
      return answer !== undefined
    },
    listTags: (after) =>
      after === undefined ? listPages(`n=${tagsPerPage}`, mostPages) : listPages(`n=${tagsPerPage}&last=${encodeURIComponent(after)}`, 1),
    hasBlob: async (digest, action = 'pull,push') => {
      const answer = await call('HEAD', `blobs/${digest}`, action, {})
      if (answer.status === 404) return false
      // One that sends the reader on to its storage has it, too.
      if (answer.status >= 200 && answer.status < 400) return true
      throw registryError(`${repository} does not say whether it has ${digest}`, answer)
    },
    // One PUT for all of it, as containerd does: no registry refuses that, and a second try begins anew.
    putBlob: async (digest, content) => {
      let sending = 0
      let refused = 0
      // Patience is for trouble: the time that a large layer takes is none.
      const clock = { now: () => host.now() - sending, sleep: host.sleep }
      const send = async (): Promise<HttpAnswer> => {
        const opened = await call('POST', 'blobs/uploads/', 'pull,push', {})
        const location = opened.headers['location']
        if (opened.status !== 202 || location === undefined) return opened
        const { base } = await open()
        const url = new URL(location, base)
        url.searchParams.set('digest', digest)
        // An upload to another host carries its own permission in its address.
        const login = url.origin === new URL(base).origin ? await authorization('pull,push') : {}
        const headers = { ...login, 'content-type': 'application/octet-stream' }
        const start = host.now()
        try {
          const what = typeof content === 'string' ? { file: content } : { body: content }
          return await host.request({ method: 'PUT', url: url.href, headers, ...what, timeoutMs: silence })
        } finally {
          sending += host.now() - start
        }
      }
      const answer = await withRetry(clock, undefined, async (): Promise<Attempt<HttpAnswer>> => {
        const value = await send()
        // A token may run out while a layer is on its way.
        const late = value.status === 401 && ++refused === 1
        if (late) await authorization('pull,push', true)
        return late || transientStatuses.has(value.status)
          ? { kind: 'again', value, retryAfter: late ? '0' : value.headers['retry-after'] }
          : { kind: 'done', value }
      }).catch((error: unknown) => {
        throw error instanceof ActionError ? error : unavailable(error)
      })
      if (answer.status !== 201) throw registryError(`${repository} does not take ${digest}`, answer)
    },
    putManifest: async (reference, manifest) => {
      const put = () => call('PUT', `manifests/${reference}`, 'pull,push', { 'content-type': manifest.mediaType }, { body: manifest.body })
      let doubted = 0
      const answer = await withRetry(host, undefined, async (): Promise<Attempt<HttpAnswer>> => {
        const value = await put()
        return isDoubt(value, reference, manifest.body) && ++doubted < mostDoubts ? { kind: 'again', value } : { kind: 'done', value }
      })
      if (answer.status !== 201) throw registryError(`${repository}:${reference} cannot be written`, answer)
      return answer.headers['docker-content-digest'] ?? ''
    },
  }
}
