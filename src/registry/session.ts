import { ActionError, messageOf } from '../errors.ts'
import type { Host, HttpAnswer, HttpRequest } from '../host/host.ts'
import { dockerHub, type ImageName, isLoopback } from '../plan/image-name.ts'
import { parseChallenge } from './challenge.ts'
import { basicOf, type Credential } from './credential.ts'
import { registryError } from './registry-error.ts'
import { transientStatuses, withRetry } from './retry.ts'
import type { Transport } from './transport.ts'

export type Action = 'pull' | 'pull,push'

/** Requests to one repository of a registry, let in by its login. */
export interface Session {
  /** `https://host`, or `http://` on the loopback where nothing else answers. */
  readonly base: () => Promise<string>
  /** Headers that let a request in; `fresh` drops a token that was refused. */
  readonly authorization: (action: Action, fresh?: boolean) => Promise<Readonly<Record<string, string>>>
  /** Asks again as long as there is patience for trouble that passes; without a login of its own. */
  readonly ask: (method: string, url: string, headers: Readonly<Record<string, string>>, how?: How) => Promise<HttpAnswer>
  /** Asks below the repository with a login, and once more with a fresh one when a token has run out. @throws ActionError */
  readonly call: (method: string, path: string, action: Action, headers: Readonly<Record<string, string>>, how?: How) => Promise<HttpAnswer>
  /** The error that there was no answer. */
  readonly unavailable: (error: unknown) => ActionError
}

export const requestTimeout = 30_000
/** A token is not used in its last seconds (ms); one that does not say lives a minute (distribution's token spec). */
const tokenMargin = 10_000
const tokenLife = 60
/** What this client is called where a token server wants a name. */
const clientId = 'ml-image-action'

/** What else of a request there may be to say. */
export type How = Partial<Pick<HttpRequest, 'body' | 'into' | 'timeoutMs' | 'maxBytes'>>

/** What to give where TLS itself is in the way. */
function transportHint(error: unknown): string | undefined {
  const { code = '' } = error as { code?: string }
  // OpenSSL's names for a chain that ends nowhere (X509_V_ERR_*), and for an answer that is no TLS.
  if (/SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)/.test(code))
    return 'its certificate is of an authority that this machine does not know; give that as ca in registry-auth'
  if (/EPROTO|WRONG_VERSION_NUMBER|PACKET_LENGTH/.test(code))
    return 'it does not speak TLS; if it is meant to be plain HTTP, say plain-http: true in registry-auth'
  return undefined
}

type Opened = Readonly<{ base: string; challenge: string | undefined }>
/** What a run has found out of a registry: where it is, and how it lets in. Logins are not among it. */
export type Memory = { opened?: Opened }
type Login = Readonly<{ headers: Readonly<Record<string, string>>; until: number }>

/** Opens nothing yet: the registry is asked when something is asked of it, unless one before has left in `memory` where it is. */
export function createSession(
  host: Host,
  name: ImageName,
  credential: Credential | undefined,
  transport: Transport = {},
  memory: Memory = {},
): Session {
  const endpoint = name.registry === dockerHub ? 'registry-1.docker.io' : name.registry
  let opened: Promise<Opened> | undefined
  const logins = new Map<Action, Promise<Login>>()

  const ask = (method: string, url: string, headers: Readonly<Record<string, string>>, how: How = {}): Promise<HttpAnswer> =>
    withRetry(host, undefined, async () => {
      const answer = await host.request({ method, url, headers, timeoutMs: requestTimeout, maxBytes: 8 << 20, ...how })
      return transientStatuses.has(answer.status)
        ? { kind: 'again', value: answer, retryAfter: answer.headers['retry-after'] }
        : { kind: 'done', value: answer }
    })

  const unavailable = (error: unknown): ActionError => {
    const hint = transportHint(error)
    return new ActionError('registry-unavailable', `${name.registry} cannot be reached (${messageOf(error)})${hint ? `: ${hint}` : ''}`, {
      cause: error,
    })
  }

  const ping = async (base: string): Promise<Opened> => {
    const answer = await ask('GET', `${base}/v2/`, {})
    if (answer.status !== 200 && answer.status !== 401) throw registryError(`${name.registry} does not answer as a registry`, answer)
    return { base, challenge: answer.status === 401 ? (answer.headers['www-authenticate'] ?? '') : undefined }
  }
  // As Docker does: plain HTTP on the loopback alone, and only where TLS finds nobody.
  const findBase = async (): Promise<string> => {
    if (transport.plainHttp) return `http://${endpoint}`
    if (!isLoopback(endpoint)) return `https://${endpoint}`
    const secure = await host.request({ method: 'GET', url: `https://${endpoint}/v2/`, timeoutMs: requestTimeout }).catch(() => undefined)
    return `${secure ? 'https' : 'http'}://${endpoint}`
  }
  const find = async (): Promise<Opened> => {
    memory.opened ??= await ping(await findBase())
    return memory.opened
  }
  const open = (): Promise<Opened> => {
    opened ??= find()
    return opened
  }

  const basic = (): Readonly<Record<string, string>> =>
    credential && credential.kind !== 'identity-token' ? { authorization: `Basic ${basicOf(credential)}` } : {}

  /** The token server's answer: for a password (distribution's token spec), or for an identity token (its OAuth2 spec). */
  const askToken = (realm: URL, fields: Readonly<Record<string, string>>): Promise<HttpAnswer> => {
    if (credential?.kind === 'identity-token') {
      const grant = { grant_type: 'refresh_token', client_id: clientId, refresh_token: credential.token }
      const body = new URLSearchParams({ ...fields, ...grant }).toString()
      return ask('POST', realm.href, { 'content-type': 'application/x-www-form-urlencoded' }, { body })
    }
    for (const [field, value] of Object.entries(fields)) realm.searchParams.set(field, value)
    return ask('GET', realm.href, basic())
  }
  /** Over TLS, or where the registry itself is plain HTTP by the user's own word. */
  const mayAsk = (realm: URL) =>
    realm.protocol === 'https:' ||
    isLoopback(realm.host) ||
    (transport.plainHttp && realm.hostname === new URL(`http://${endpoint}`).hostname)

  const login = async (action: Action): Promise<Login> => {
    const { base, challenge } = await open()
    if (challenge === undefined) return { headers: {}, until: Number.POSITIVE_INFINITY }
    const asked = parseChallenge(challenge)
    if (asked.scheme === 'basic') {
      if (credential?.kind === 'identity-token')
        throw new ActionError('registry-unauthorized', `${name.registry} wants a password, and the login to it is an identity token`)
      const answer = await ask('GET', `${base}/v2/`, basic())
      if (answer.status !== 200)
        throw registryError(
          `${name.registry} lets nobody in ${credential ? `as ${credential.username} with this password` : 'without a login'}`,
          answer,
          host.now(),
        )
      return { headers: basic(), until: Number.POSITIVE_INFINITY }
    }
    if (asked.scheme === 'unknown')
      throw new ActionError('registry-unauthorized', `${name.registry} asks for an unknown kind of login (${asked.text})`)
    const url = new URL(asked.realm)
    if (!mayAsk(url))
      throw new ActionError('registry-unauthorized', `${name.registry} wants its token asked for over plain http at ${url.host}: refused`)
    const scope = `repository:${name.path}:${action}`
    const answer = await askToken(url, { ...(asked.service === undefined ? {} : { service: asked.service }), scope })
    if (answer.status !== 200) throw registryError(`${name.registry} gives no token for ${name.path}`, answer, host.now())
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
    const asking = login(action).catch((error: unknown) => {
      throw error instanceof ActionError ? error : unavailable(error)
    })
    logins.set(action, asking)
    return (await asking).headers
  }

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
  return { base: async () => (await open()).base, authorization, ask, call, unavailable }
}
