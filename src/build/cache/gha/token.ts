/** A ref whose cache a token opens; Permission has bit 1 to read, bit 2 to write. */
type Scope = Readonly<{ Scope?: string; Permission?: number }>

/** What a token of the cache service allows. */
export type CacheRights = Readonly<{ read: boolean; write: boolean }>

type Claims = Readonly<{ ac?: string; exp?: number; nbf?: number }>

const isAllowed = (scopes: readonly Scope[], bit: number) => scopes.some(({ Permission = 0 }) => (Permission & bit) !== 0)

function readToken(token: string): Readonly<{ claims: Claims; scopes: readonly Scope[] }> | undefined {
  const [, payload, signature] = token.split('.')
  if (!payload || !signature) return undefined
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims
    return claims.ac === undefined ? undefined : { claims, scopes: JSON.parse(claims.ac) as readonly Scope[] }
  } catch {
    return undefined
  }
}

/** What a token allows at a time (ms), by its `ac` claim; undefined for one that BuildKit would refuse, and fail the build. */
export function cacheRights(token: string, now: number): CacheRights | undefined {
  const read = readToken(token)
  if (!read) return undefined
  const { exp, nbf } = read.claims
  if ((exp !== undefined && exp * 1000 <= now) || (nbf !== undefined && nbf * 1000 > now)) return undefined
  return { read: isAllowed(read.scopes, 1), write: isAllowed(read.scopes, 2) }
}

/**
 * A token that says the same to BuildKit, which reads its scopes and verifies nothing, and that opens nothing but our
 * relay: `nonce` is in it. `only` leaves the scope of one ref, such as `refs/heads/main`, if the token has it.
 */
export function relayToken(token: string, nonce: string, only?: string): string {
  const { claims, scopes } = readToken(token) ?? { claims: {}, scopes: [] }
  const kept = scopes.filter(({ Scope: name }) => name === only)
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const { exp, nbf = 0 } = claims
  const payload = { ac: JSON.stringify(kept.length > 0 ? kept : scopes), nbf, exp: exp ?? 9_999_999_999, jti: nonce }
  return `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode(payload)}.${Buffer.from(nonce).toString('base64url')}`
}
