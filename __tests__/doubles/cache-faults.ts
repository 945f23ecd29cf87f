import type { ServerResponse } from 'node:http'
import { type BlobCall, blobError } from './cache-blobs.ts'
import type { CacheCall } from './cache-entries.ts'

export type ServiceCall = CacheCall | BlobCall

export const cacheCalls = ['CreateCacheEntry', 'FinalizeCacheEntryUpload', 'GetCacheEntryDownloadURL'] as const
export const blobCalls = ['PutBlob', 'PutBlock', 'PutBlockList', 'GetBlob', 'HeadBlob'] as const

/** How a call goes wrong. `hang` takes the request and never answers. */
export type Fault = 'denied' | 'too-many-requests' | 'unavailable' | 'hang' | 'garbage'

/** Which calls go wrong: all of these kinds, but for the first `after`, and then no more than `times`. */
export type FaultRule = Readonly<{
  calls: readonly ServiceCall[]
  fault: Fault
  after?: number
  times?: number
  /** What a 429 names as Retry-After. Default 60 */
  retryAfterSeconds?: number
}>

const blobAnswers = {
  denied: [403, 'AuthorizationPermissionMismatch'],
  'too-many-requests': [429, 'TooManyRequests'],
  unavailable: [503, 'ServerBusy'],
} as const
const callAnswers = {
  'too-many-requests': [429, { code: 'resource_exhausted', msg: 'request rate limit exceeded' }],
  unavailable: [503, { code: 'unavailable', msg: 'the service is unavailable' }],
} as const
/** Clients know a denial by how the text starts; that of a write comes with status 200. */
const denials = {
  read: [403, { code: 'permission_denied', msg: 'cache read denied: by policy' }],
  write: [200, { ok: false, message: 'cache write denied: by policy' }],
} as const

/** The rules in force, in the order they were given; each counts the calls it is about. */
export function createFaults() {
  const rules: { rule: FaultRule; seen: number }[] = []
  return {
    add: (rule: FaultRule) => void rules.push({ rule, seen: 0 }),
    clear: () => void rules.splice(0),
    of: (call: ServiceCall): FaultRule | undefined => {
      const hits = rules.filter((counted) => {
        if (!counted.rule.calls.includes(call)) return false
        const { after = 0, times = Number.POSITIVE_INFINITY } = counted.rule
        const place = counted.seen++
        return place >= after && place < after + times
      })
      return hits[0]?.rule
    },
  }
}

/** Answers as a service does that has this fault; a hang leaves the response open. */
export function answerWithFault({ fault, retryAfterSeconds = 60 }: FaultRule, call: ServiceCall, response: ServerResponse): void {
  if (fault === 'hang') return
  if (fault === 'garbage') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>\0This is not the cache</body></html>')
    return
  }
  if (fault === 'too-many-requests') response.setHeader('retry-after', retryAfterSeconds)
  if (blobCalls.some((name) => name === call)) {
    const [status, code] = blobAnswers[fault]
    blobError(response, status, code)
    return
  }
  const [status, body] = fault === 'denied' ? denials[call === 'GetCacheEntryDownloadURL' ? 'read' : 'write'] : callAnswers[fault]
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
