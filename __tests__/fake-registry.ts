import { createHash } from 'node:crypto'
import type { HttpRequest } from '../src/host/host.ts'
import type { Answer } from './fake-host.ts'

type Options = Readonly<{
  host?: string
  scheme?: 'https' | 'http'
  auth?: 'none' | 'basic' | 'bearer'
  /** Seconds that a token lives; undefined: the registry does not say. */
  expiresIn?: number
  /** Tags that a page of their list has at most. */
  pageSize?: number
  /** Answers instead of the registry; `count` is how often this very request has come, from 1. */
  fault?: (request: string, count: number) => Answer | undefined
}>

type Stored = Readonly<{ mediaType: string; body: Uint8Array }>

export type FakeRegistry = Readonly<{
  answer: (asked: HttpRequest) => Answer
  /** Every request so far: method and path. */
  log: readonly string[]
  /** Scopes that tokens were asked for. */
  scopes: readonly string[]
  /** Manifests by `repository:tag` and `repository@digest`. */
  manifests: Map<string, Stored>
  /** By digest, of every repository: the text (that was sent), or the file that it was sent from. */
  blobs: Map<string, string>
  revokeTokens: () => void
}>

export const identityToken = 'identity-of-shipper'
export const registryLogin = { username: 'shipper', password: 'correct horse' }
const basic = `Basic ${Buffer.from(`${registryLogin.username}:${registryLogin.password}`).toString('base64')}`

export const sha256 = (body: Uint8Array | string) => `sha256:${createHash('sha256').update(body).digest('hex')}`
const bytes = (body: string | Uint8Array | undefined) =>
  typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array())

/** A token as a JWT: nobody checks its signature. */
export function tokenWith(claims: unknown): string {
  return ['{"alg":"none"}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.')
}

/** A registry as far as a client of manifests sees it. */
export function createFakeRegistry(options: Options = {}): FakeRegistry {
  const { host = 'ghcr.io', scheme = 'https', auth = 'none', expiresIn, fault } = options
  const log: string[] = []
  const scopes: string[] = []
  const manifests = new Map<string, Stored>()
  const blobs = new Map<string, string>()
  const tokens = new Set<string>()
  let issued = 0

  const letWith = (token: string): Answer => {
    tokens.add(token)
    return { body: JSON.stringify({ access_token: token, ...(expiresIn === undefined ? {} : { expires_in: expiresIn }) }) }
  }
  /** OAuth2 at the same address, for who has an identity token (distribution, spec/auth/oauth.md). */
  const refresh = (asked: HttpRequest): Answer => {
    const fields = new URLSearchParams(String(asked.body))
    if (fields.get('grant_type') !== 'refresh_token' || fields.get('service') !== host || !fields.get('client_id')) return { status: 400 }
    if (fields.get('refresh_token') !== identityToken) return { status: 401, body: '{"errors":[{"message":"token has run out"}]}' }
    scopes.push(fields.get('scope') ?? '')
    return letWith(`oauth-${++issued}`)
  }

  const login = (asked: HttpRequest, url: URL): Answer => {
    if (asked.method === 'POST') return refresh(asked)
    if (asked.headers?.['authorization'] !== basic) return { status: 401, body: '{"errors":[{"message":"bad credentials"}]}' }
    const token = `token-${++issued}`
    tokens.add(token)
    scopes.push(url.searchParams.get('scope') ?? '')
    return { body: JSON.stringify({ token, ...(expiresIn === undefined ? {} : { expires_in: expiresIn }) }) }
  }
  const letIn = (given: string | undefined): boolean =>
    auth === 'none' || (auth === 'basic' ? given === basic : tokens.has((given ?? '').replace(/^Bearer /, '')))
  const challenge = auth === 'basic' ? 'Basic realm="registry"' : `Bearer realm="${scheme}://${host}/token",service="${host}"`

  const tagsOf = (repository: string, after: string): readonly string[] =>
    [...manifests.keys()]
      .flatMap((key) => (key.startsWith(`${repository}:`) ? [key.slice(repository.length + 1)] : []))
      .toSorted()
      .filter((tag) => tag > after)
  const mostOf = (query: URLSearchParams) => Math.min(Number(query.get('n') ?? 100), options.pageSize ?? 100)
  const page = (repository: string, query: URLSearchParams) => ({
    name: repository,
    tags: tagsOf(repository, query.get('last') ?? '').slice(0, mostOf(query)),
  })
  const next = (repository: string, query: URLSearchParams): Readonly<Record<string, string>> => {
    const left = tagsOf(repository, query.get('last') ?? '')
    const most = mostOf(query)
    return left.length > most ? { link: `</v2/${repository}/tags/list?n=${most}&last=${left[most - 1]}>; rel="next"` } : {}
  }

  return {
    log,
    scopes,
    manifests,
    blobs,
    revokeTokens: () => tokens.clear(),
    answer: (asked) => {
      const url = new URL(asked.url)
      if (url.host !== host || url.protocol !== `${scheme}:`)
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
      const request = `${asked.method} ${url.pathname}`
      log.push(request)
      const faulty = fault?.(request, log.filter((other) => other === request).length)
      if (faulty) return faulty
      if (url.pathname === '/token') return login(asked, url)
      if (!letIn(asked.headers?.['authorization'])) return { status: 401, headers: { 'www-authenticate': challenge } }
      if (url.pathname === '/v2/') return { status: 200 }
      const [, blob] = /\/blobs\/(.+)$/.exec(url.pathname) ?? []
      if (blob !== undefined) {
        if (asked.method === 'HEAD') return { status: blobs.has(blob) ? 200 : 404 }
        if (asked.method === 'POST') return { status: 202, headers: { location: `${url.pathname}session?state=a%2Fb` } }
        if (asked.method === 'PUT') {
          blobs.set(url.searchParams.get('digest') ?? '', asked.file ?? new TextDecoder().decode(bytes(asked.body)))
          return { status: 201 }
        }
        const body = blobs.get(blob)
        return body === undefined ? { status: 404 } : { body }
      }
      const [, listed] = /^\/v2\/(.+)\/tags\/list$/.exec(url.pathname) ?? []
      if (listed !== undefined) return { body: JSON.stringify(page(listed, url.searchParams)), headers: next(listed, url.searchParams) }
      const [, repository = '', reference = ''] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url.pathname) ?? []
      const key = (name: string) => `${repository}${name.startsWith('sha256:') ? '@' : ':'}${name}`
      if (asked.method === 'PUT') {
        const stored = { mediaType: asked.headers?.['content-type'] ?? '', body: bytes(asked.body) }
        manifests.set(key(reference), stored).set(key(sha256(stored.body)), stored)
        return { status: 201, headers: { 'docker-content-digest': sha256(stored.body) } }
      }
      const found = manifests.get(key(reference))
      if (!found) return { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}' }
      const headers = { 'docker-content-digest': sha256(found.body), 'content-type': found.mediaType }
      return { status: 200, headers, body: asked.method === 'HEAD' ? '' : found.body }
    },
  }
}
