import type { CacheScope } from './cache-token.ts'

/** What was saved: immutable from the moment it is finalized, under one key of one version in one scope. */
export type CacheEntry = Readonly<{ key: string; version: string; scope: string; size: number }>

export type CacheCall = 'CreateCacheEntry' | 'FinalizeCacheEntryUpload' | 'GetCacheEntryDownloadURL'
export type TwirpAnswer = Readonly<{ status: number; body: Readonly<Record<string, unknown>> }>

/** What the calls need of the place where the bytes are. */
export type BlobLinks = Readonly<{
  uploadUrl: (id: string) => string
  downloadUrl: (id: string) => string
  size: (id: string) => number | undefined
}>

type Held = Readonly<{ key: string; version: string; scope: string; id: string; size?: number }>
type Body = Readonly<Record<string, unknown>>

const prefix = '/twirp/github.actions.results.api.v1.CacheService/'
const readable = ({ Permission }: CacheScope) => (Permission & 1) !== 0
const writable = ({ Permission }: CacheScope) => (Permission & 2) !== 0
const ok = (body: Body): TwirpAnswer => ({ status: 200, body })
/** An error as Twirp spells it: the text is `msg`, not `message`. */
export const twirpError = (status: number, code: string, msg: string): TwirpAnswer => ({ status, body: { code, msg } })

/** Which call a path is, if it is one of the cache service. */
export function cacheCallOf(path: string): CacheCall | undefined {
  const name = path.startsWith(prefix) ? path.slice(prefix.length) : ''
  return name === 'CreateCacheEntry' || name === 'FinalizeCacheEntryUpload' || name === 'GetCacheEntryDownloadURL' ? name : undefined
}

/** The entries of one repository, and the three calls on them. */
export function createCacheEntries(blobs: BlobLinks) {
  const held: Held[] = []
  const find = (scope: CacheScope, key: string, version: string) =>
    held.findIndex((entry) => entry.scope === scope.Scope && entry.key === key && entry.version === version)

  const create = (key: string, version: string, scopes: readonly CacheScope[]): TwirpAnswer => {
    const scope = scopes.find(writable)
    // Not an error by its status: clients know a refusal by the start of the message.
    if (!scope) return ok({ ok: false, signed_upload_url: '', message: 'cache write denied: the token has no writable cache scopes' })
    // A reservation that was never finalized locks its key just as well.
    if (find(scope, key, version) >= 0)
      return twirpError(409, 'already_exists', 'cache entry with the same key, version, and scope already exists')
    const id = String(held.length + 1)
    held.push({ key, version, scope: scope.Scope, id })
    return ok({ ok: true, signed_upload_url: blobs.uploadUrl(id), message: '' })
  }

  const finalize = (key: string, version: string, scopes: readonly CacheScope[], body: Body): TwirpAnswer => {
    const scope = scopes.find(writable)
    const index = scope ? find(scope, key, version) : -1
    const entry = held[index]
    if (!entry) return twirpError(404, 'not_found', 'cache entry not found')
    const size = blobs.size(entry.id)
    // A string from JavaScript, a number from Go: both are JSON for an int64.
    if (size === undefined || size !== Number(body['size_bytes']))
      return ok({ ok: false, entry_id: '0', message: `uploaded are ${size ?? 0} bytes, not ${String(body['size_bytes'])}` })
    held[index] = { ...entry, size }
    return ok({ ok: true, entry_id: entry.id, message: '' })
  }

  /** The documented order: in each scope the very key, then the newest that starts with it, then so for each restore key. */
  const download = (key: string, version: string, scopes: readonly CacheScope[], body: Body): TwirpAnswer => {
    const open = scopes.filter(readable)
    if (open.length === 0) return twirpError(403, 'permission_denied', 'cache read denied: the token has no readable cache scopes')
    const prefixes = [key, ...(Array.isArray(body['restore_keys']) ? body['restore_keys'].map(String) : [])]
    for (const { Scope } of open) {
      const candidates = held.filter((entry) => entry.scope === Scope && entry.version === version && entry.size !== undefined)
      const starting = prefixes.map((start) => candidates.findLast((entry) => entry.key.startsWith(start)))
      const match = candidates.find((entry) => entry.key === key) ?? starting.find((entry) => entry !== undefined)
      if (match) return ok({ ok: true, signed_download_url: blobs.downloadUrl(match.id), matched_key: match.key })
    }
    return ok({ ok: false, signed_download_url: '', matched_key: '' })
  }

  const calls = { CreateCacheEntry: create, FinalizeCacheEntryUpload: finalize, GetCacheEntryDownloadURL: download }
  return {
    answer: (call: CacheCall, body: Body, scopes: readonly CacheScope[]): TwirpAnswer => {
      const { key, version } = body
      return typeof key === 'string' && key !== '' && typeof version === 'string' && version !== ''
        ? calls[call](key, version, scopes, body)
        : twirpError(400, 'invalid_argument', 'key and version are required')
    },
    /** The key that a blob was reserved for. */
    keyOf: (id: string) => held.find((entry) => entry.id === id)?.key,
    list: (): readonly CacheEntry[] =>
      held.flatMap(({ key, version, scope, size }) => (size === undefined ? [] : [{ key, version, scope, size }])),
  }
}
