import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { blobCallOf, createBlobStore } from './cache-blobs.ts'
import { type CacheCall, type CacheEntry, cacheCallOf, createCacheEntries, type TwirpAnswer, twirpError } from './cache-entries.ts'
import { answerWithFault, createFaults, type Fault, type FaultRule, type ServiceCall } from './cache-faults.ts'
import { type CacheScope, createTokenIssuer } from './cache-token.ts'

/** A request as it came, oldest first; `status` is undefined as long as it has no answer. */
export type ServiceRequest = Readonly<{
  call: ServiceCall | 'unknown'
  method: string
  /** Without the query, which holds a signature. */
  path: string
  status: number | undefined
  /** The key that was asked for, or whose blob it is. */
  key?: string
  /** What GetCacheEntryDownloadURL found. */
  matchedKey?: string
  range?: string
  fault?: Fault
}>

export type CacheServiceOptions = Readonly<{ scopes?: readonly CacheScope[] }>

/** GitHub's cache service v2 on a free port of the loopback, with its blob store. */
export interface CacheService extends AsyncDisposable {
  /** Ends with a slash, as on GitHub. */
  readonly url: string
  readonly token: string
  /** What the runner gives an action, so that it finds this service. */
  readonly environment: Readonly<Record<string, string>>
  /** The same service for a job that is allowed other things. */
  readonly environmentFor: (scopes: readonly CacheScope[]) => Readonly<Record<string, string>>
  /** What was saved and finalized. */
  readonly entries: () => readonly CacheEntry[]
  readonly requests: () => readonly ServiceRequest[]
  readonly fail: (rule: FaultRule) => void
  /** Ends all faults, and breaks off what hangs, so that a client that tries again comes through. */
  readonly heal: () => void
}

const pushToMain: readonly CacheScope[] = [{ Scope: 'refs/heads/main', Permission: 3 }]
const stringOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** Starts a service that knows no entries. `scopes` is what the job's token opens; default is what a push to main gets. */
export async function startCacheService({ scopes = pushToMain }: CacheServiceOptions = {}): Promise<CacheService> {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-cache-service-'))
  const server = createServer()
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const blobs = createBlobStore(folder, origin)
  const entries = createCacheEntries(blobs)
  const issuer = createTokenIssuer()
  const faults = createFaults()
  const log: (() => ServiceRequest)[] = []

  const answerCall = async (call: CacheCall, request: IncomingMessage, noted: Record<string, string>): Promise<TwirpAnswer> => {
    const sent = await text(request)
    const allowed = issuer.scopesOf(request.headers.authorization)
    if (!allowed) return twirpError(401, 'unauthenticated', 'the token is missing, not ours or expired')
    try {
      const body = JSON.parse(sent) as Readonly<Record<string, unknown>>
      noted['key'] = stringOf(body['key']) ?? ''
      const answer = entries.answer(call, body, allowed)
      const matchedKey = stringOf(answer.body['matched_key'])
      if (matchedKey) noted['matchedKey'] = matchedKey
      return answer
    } catch {
      return twirpError(400, 'malformed', 'the json request could not be decoded')
    }
  }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '' } = request
    const url = new URL(request.url ?? '/', origin())
    const cacheCall = method === 'POST' ? cacheCallOf(url.pathname) : undefined
    const blobCall = blobCallOf(method, url)
    const call = cacheCall ?? blobCall
    const rule = call && faults.of(call)
    const range = stringOf(request.headers['x-ms-range']) ?? request.headers.range
    const key = blobCall && entries.keyOf(url.pathname.split('/').at(-1) ?? '')
    const noted: Record<string, string> = { ...(key ? { key } : {}), ...(range ? { range } : {}), ...(rule ? { fault: rule.fault } : {}) }
    log.push(() => ({
      ...{ call: call ?? 'unknown', method, path: url.pathname, ...noted },
      status: response.headersSent ? response.statusCode : undefined,
    }))
    if (call && rule) return answerWithFault(rule, call, response)
    if (blobCall) return await blobs.answer(blobCall, url, request, response)
    const { status, body } = cacheCall ? await answerCall(cacheCall, request, noted) : twirpError(404, 'bad_route', 'no such call')
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  server.on('request', (request, response) => {
    // A client that breaks off is the client's affair; a service goes on.
    answer(request, response).catch(() => response.destroy())
  })
  // Longer than clients keep a connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const url = `${origin()}/`
  const environmentWith = (token: string) => ({
    ACTIONS_RESULTS_URL: url,
    ACTIONS_RUNTIME_URL: url,
    ACTIONS_RUNTIME_TOKEN: token,
    ACTIONS_CACHE_SERVICE_V2: 'True',
  })
  const token = issuer.issue(scopes)
  return {
    url,
    token,
    environment: environmentWith(token),
    environmentFor: (others) => environmentWith(issuer.issue(others)),
    entries: entries.list,
    requests: () => log.map((read) => read()),
    fail: faults.add,
    heal: () => {
      faults.clear()
      server.closeAllConnections()
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
