import { ActionError } from '../errors.ts'
import type { Host, HttpAnswer } from '../host/host.ts'
import { type ImageName, isLoopback } from '../plan/image-name.ts'
import type { Credential } from './credential.ts'
import { digestOf } from './digest.ts'
import { registryError } from './registry-error.ts'
import { type Attempt, transientStatuses, withRetry } from './retry.ts'
import { type Action, createSession, type How, requestTimeout } from './session.ts'
import type { Transport } from './transport.ts'

/** A manifest as the registry holds it, byte for byte. */
export type Manifest = Readonly<{ digest: string; mediaType: string; body: Uint8Array }>

/** `whole`: there are no more. */
export type TagList = Readonly<{ names: readonly string[]; whole: boolean }>

/** The one client that speaks to a registry (OCI distribution v1.1), for one repository. */
export interface RegistryClient {
  /** `https://host`, or `http://` on the loopback where nothing else answers. */
  readonly base: () => Promise<string>
  /** Certificates (PEM) that are trusted there beside those of the machine. */
  readonly ca?: string
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

/** A registry sends to its storage at most this often. */
const mostRedirects = 3
const tagsPerPage = 1000
const mostPages = 20
/** A registry that takes or gives nothing more of a layer for so long (ms) is gone. */
const silence = 60_000

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

export function createClient(
  machine: Host,
  name: ImageName,
  credential: Credential | undefined,
  transport: Transport = {},
): RegistryClient {
  const { ca } = transport
  const host: Host = ca === undefined ? machine : { ...machine, request: (asked) => machine.request({ ...asked, ca }) }
  const repository = `${name.registry}/${name.path}`
  const { base, authorization, ask, call, unavailable } = createSession(host, name, credential, transport)
  const accept = { accept: manifestTypes.join(', ') }

  const otherBytes = (digest: string) =>
    new ActionError('digest-mismatch', `${repository}@${digest} is answered with other bytes than its digest says.`)

  /** The answer of whoever has the blob: a registry may send on to its storage. Undefined when there is none. */
  const askBlob = async (digest: string, how: How): Promise<HttpAnswer | undefined> => {
    const where = `${repository}@${digest}`
    let answer = await call('GET', `blobs/${digest}`, 'pull', {}, how)
    let from = `${await base()}/v2/${name.path}/blobs/${digest}`
    for (let hops = 0; hops < mostRedirects && answer.status >= 301 && answer.status <= 308; hops++) {
      const to = new URL(answer.headers['location'] ?? '', from)
      if (to.protocol !== 'https:' && !isLoopback(to.host) && to.origin !== new URL(from).origin)
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
    base,
    ...(ca === undefined ? {} : { ca }),
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
        const home = await base()
        const url = new URL(location, home)
        url.searchParams.set('digest', digest)
        // An upload to another host carries its own permission in its address.
        const login = url.origin === new URL(home).origin ? await authorization('pull,push') : {}
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
