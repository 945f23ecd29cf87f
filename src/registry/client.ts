import { ActionError } from '../errors.ts'
import type { Host, HttpAnswer } from '../host/host.ts'
import { type ImageName, isLoopback } from '../plan/image-name.ts'
import type { Credential } from './credential.ts'
import { digestOf } from './digest.ts'
import { registryError, wordsOf } from './registry-error.ts'
import { type Attempt, silence, transientStatuses, withRetry } from './retry.ts'
import { type Action, createSession, type How, type Memory, requestTimeout } from './session.ts'
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
  /** Digests of the artifacts of a type that are about this manifest; undefined where a registry keeps no list of them. */
  readonly referrers: (digest: string, type: string) => Promise<readonly string[] | undefined>
  readonly hasBlob: (digest: string, action?: Action) => Promise<boolean>
  /** Sends the blob: a file, by its path, or bytes. */
  readonly putBlob: (digest: string, content: string | Uint8Array, onSent?: (bytes: number) => void) => Promise<void>
  /**
   * A tag that may not be moved and holds this very manifest is set.
   * @returns the digest the registry says it stored
   */
  readonly putManifest: (reference: string, manifest: Manifest) => Promise<string>
  /** Sends on a request below the repository that has no body, as patiently as one of our own. @throws ActionError */
  readonly pass: (method: string, path: string, headers: Readonly<Record<string, string>>) => Promise<HttpAnswer>
}

const indexType = 'application/vnd.oci.image.index.v1+json'

export const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  indexType,
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]

const emptyType = 'application/vnd.oci.empty.v1+json'

type Referrers = Readonly<{ manifests?: readonly Readonly<{ digest: string; artifactType?: string }>[] }>

/** A registry sends to its storage at most this often. */
const mostRedirects = 3
const tagsPerPage = 1000
const mostPages = 20

/** So often a registry may say that bytes are not what they are, or give other ones. */
const mostDoubts = 4

/**
 * Whether a registry says of a manifest what it may unsay: that its digest is not the one it has (distribution's does that
 * on a file system, when it reads a link that another push of the same image is just writing), or that it has not seen a
 * layer which it has just taken (where several servers share a storage).
 */
function isDoubt(answer: HttpAnswer, reference: string, manifest: Uint8Array): boolean {
  const right = !reference.startsWith('sha256:') || reference === digestOf(manifest)
  const doubts = answer.status === 400 || answer.status === 404
  return doubts && right && /DIGEST_INVALID|BLOB_UNKNOWN/.test(wordsOf(answer))
}

/** Whether the registry has lost an upload on its way: it may have been begun at another of its servers. */
export function isLostUpload(answer: HttpAnswer): boolean {
  return (answer.status === 404 || answer.status === 416) && /BLOB_UPLOAD_(UNKNOWN|INVALID)/.test(wordsOf(answer))
}

export function createClient(
  machine: Host,
  name: ImageName,
  credential: Credential | undefined,
  transport: Transport = {},
  memory?: Memory,
): RegistryClient {
  const { ca } = transport
  const host: Host = ca === undefined ? machine : { ...machine, request: (asked) => machine.request({ ...asked, ca }) }
  const repository = `${name.registry}/${name.path}`
  const { base, authorization, ask, call, unavailable } = createSession(host, name, credential, transport, memory)
  const refusal = (what: string, answer: HttpAnswer) => registryError(what, answer, host.now())
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
    if (answer.status !== 200) throw refusal(`${where} cannot be read`, answer)
    return answer
  }

  const listPages = async (start: string, most: number): Promise<TagList> => {
    const names: string[] = []
    let query: string | undefined = start
    for (let page = 0; page < most && query !== undefined; page++) {
      const answer: HttpAnswer = await call('GET', `tags/list?${query}`, 'pull', {})
      if (answer.status === 404) break
      if (answer.status !== 200) throw refusal(`the tags of ${repository} cannot be listed`, answer)
      const { tags } = JSON.parse(new TextDecoder().decode(answer.body)) as { tags?: readonly string[] | null }
      names.push(...(tags ?? []))
      const [, next] = /<[^>]*\?([^>]*)>\s*;\s*rel="?next/.exec(answer.headers['link'] ?? '') ?? []
      query = next
    }
    return { names, whole: query === undefined }
  }

  const head = async (reference: string): Promise<string | undefined> => {
    const answer = await call('HEAD', `manifests/${reference}`, 'pull', accept)
    if (answer.status === 404) return undefined
    if (answer.status !== 200) throw refusal(`${repository}:${reference} cannot be read`, answer)
    return answer.headers['docker-content-digest']
  }

  /** Asks until `isWhole`, as far as a registry may doubt; then it is as it is. */
  const askAgain = async (once: () => Promise<HttpAnswer>, isWhole: (answer: HttpAnswer) => boolean): Promise<HttpAnswer> => {
    let doubted = 0
    return await withRetry(host, undefined, async (): Promise<Attempt<HttpAnswer>> => {
      const value = await once()
      return isWhole(value) || ++doubted >= mostDoubts ? { kind: 'done', value } : { kind: 'again', value }
    })
  }

  return {
    base,
    ...(ca === undefined ? {} : { ca }),
    authorization,
    pass: (method, path, headers) => call(method, path, 'pull,push', headers),
    head,
    getManifest: async (reference) => {
      // What was cut off on the way looks whole where the answer did not say how long it is.
      const isWhole = ({ status, headers, body }: HttpAnswer) => {
        const digest = reference.startsWith('sha256:') ? reference : headers['docker-content-digest']
        return status !== 200 || digest === undefined || digest === digestOf(body)
      }
      const answer = await askAgain(() => call('GET', `manifests/${reference}`, 'pull', accept), isWhole)
      if (answer.status === 404) return undefined
      if (answer.status !== 200) throw refusal(`${repository}@${reference} cannot be read`, answer)
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
    referrers: async (digest, type) => {
      const query = `artifactType=${encodeURIComponent(type)}`
      const answer = await call('GET', `referrers/${digest}?${query}`, 'pull', { accept: indexType })
      // One that is older than OCI 1.1 does not know the path, or lets nobody in there.
      if (answer.status !== 200 || !(answer.headers['content-type'] ?? '').startsWith(indexType)) return undefined
      const { manifests } = JSON.parse(new TextDecoder().decode(answer.body)) as Referrers
      // Some tell the type of the configuration in its place: whoever reads the artifact sees what it is.
      const mayBe = ({ artifactType = emptyType }: { artifactType?: string }) => artifactType === type || artifactType === emptyType
      return (manifests ?? []).flatMap((one) => (mayBe(one) ? [one.digest] : []))
    },
    hasBlob: async (digest, action = 'pull,push') => {
      const answer = await call('HEAD', `blobs/${digest}`, action, {})
      if (answer.status === 404) return false
      // One that sends the reader on to its storage has it, too.
      if (answer.status >= 200 && answer.status < 400) return true
      throw refusal(`${repository} does not say whether it has ${digest}`, answer)
    },
    // One PUT for all of it, as containerd does: no registry refuses that, and a second try begins anew.
    putBlob: async (digest, content, onSent) => {
      let refused = 0
      let lost = 0
      let askFirst = false
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
        const what = typeof content === 'string' ? { file: content, ...(onSent ? { onSent } : {}) } : { body: content }
        return await host.request({ method: 'PUT', url: url.href, headers, ...what, ...(askFirst ? { askFirst } : {}), timeoutMs: silence })
      }
      const answer = await withRetry(host, undefined, async (): Promise<Attempt<HttpAnswer>> => {
        const value = await send().catch((error: unknown) => {
          // A server that refuses may hang up on what it does not want: the next time it is heard first.
          askFirst = true
          throw error
        })
        // A token may run out while a layer is on its way.
        const late = value.status === 401 && ++refused === 1
        if (late) await authorization('pull,push', true)
        const again = late || transientStatuses.has(value.status) || (isLostUpload(value) && ++lost < mostDoubts)
        return again ? { kind: 'again', value, retryAfter: late ? '0' : value.headers['retry-after'] } : { kind: 'done', value }
      }).catch((error: unknown) => {
        throw error instanceof ActionError ? error : unavailable(error)
      })
      if (answer.status !== 201) throw refusal(`${repository} does not take ${digest}`, answer)
    },
    putManifest: async (reference, manifest) => {
      const put = () => call('PUT', `manifests/${reference}`, 'pull,push', { 'content-type': manifest.mediaType }, { body: manifest.body })
      const answer = await askAgain(put, (value) => !isDoubt(value, reference, manifest.body))
      if (answer.status === 201) return answer.headers['docker-content-digest'] ?? ''
      const byDigest = reference.startsWith('sha256:')
      const error = refusal(`${repository}${byDigest ? '@' : ':'}${reference} cannot be written`, answer)
      if (error.code !== 'tag-immutable' || byDigest) throw error
      const held = await head(reference).catch(() => undefined)
      if (held === manifest.digest) return held
      throw new ActionError('tag-immutable', `${error.message}; it holds ${held ?? 'another image'}`, { cause: error })
    },
  }
}
