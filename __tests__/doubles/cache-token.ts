import { generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto'

/** A ref whose cache a token opens, named as in the `ac` claim. Permission: bit 1 reads, bit 2 writes. */
export type CacheScope = Readonly<{ Scope: string; Permission: number }>

/** Who may read and write what, by tokens as the runner gets them. */
export interface TokenIssuer {
  /** A JWT that is good for an hour. */
  readonly issue: (scopes: readonly CacheScope[]) => string
  /** What an `Authorization` header opens; undefined unless its token is ours and valid now. */
  readonly scopesOf: (authorization: string | undefined) => readonly CacheScope[] | undefined
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as Readonly<{ ac: string; exp: number; nbf: number }>

/** An issuer with a key of its own: RS256, as GitHub's, because clients look up the algorithm they do not verify. */
export function createTokenIssuer(now: () => number = Date.now): TokenIssuer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    issue: (scopes) => {
      const seconds = Math.floor(now() / 1000)
      const claims = {
        nameid: randomUUID(),
        scp: `Actions.Results:${randomUUID()}:${randomUUID()}`,
        IdentityTypeClaim: 'System:ServiceIdentity',
        // A string with JSON in it, not an array: BuildKit refuses anything else.
        ac: JSON.stringify(scopes),
        iss: 'vstoken.actions.githubusercontent.com',
        aud: 'vstoken.actions.githubusercontent.com',
        nbf: seconds - 300,
        exp: seconds + 3600,
      }
      const text = `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode(claims)}`
      return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`
    },
    scopesOf: (authorization) => {
      const [, header, payload, signature] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization ?? '') ?? []
      if (!header || !payload || !signature) return undefined
      const good = verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url'))
      if (!good) return undefined
      const { ac, exp, nbf } = decode(payload)
      const seconds = now() / 1000
      return nbf <= seconds && seconds < exp ? (JSON.parse(ac) as readonly CacheScope[]) : undefined
    },
  }
}
