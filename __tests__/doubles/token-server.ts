import { createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RegistryOptions } from '../../script/registry.ts'
import type { Issued } from './certificate.ts'

/** A token server on the loopback, by whose tokens a registry lets in. */
export interface TokenServer extends AsyncDisposable {
  /** What the registry is started with. */
  readonly registry: RegistryOptions
  /** Who asked for what: `user scope`. */
  readonly granted: readonly string[]
}

type Members = Readonly<{ username: string; password: string; identityToken: string }>

const service = 'acme-registry'
const issuer = 'acme-tokens'
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * Gives tokens by name and password, or for an identity token: signed as distribution verifies them (spec/auth/jwt.md and
 * oauth.md), with the certificate in the header.
 */
export async function startTokenServer({ certificate, key }: Issued, { username, password, identityToken }: Members): Promise<TokenServer> {
  const granted: string[] = []
  const x5c = [new X509Certificate(certificate).raw.toString('base64')]

  const issue = (subject: string, scope: string): string => {
    const [, type = '', name = '', actions = ''] = /^(\w+):(.+):([\w,]+)$/.exec(scope) ?? []
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      ...{ iss: issuer, sub: subject, aud: service, exp: now + 300, nbf: now - 10, iat: now, jti: randomUUID() },
      access: scope === '' ? [] : [{ type, name, actions: actions.split(',') }],
    }
    const text = `${encode({ typ: 'JWT', alg: 'RS256', x5c })}.${encode(claims)}`
    granted.push(`${subject} ${scope}`)
    return `${text}.${sign('sha256', Buffer.from(text), createPrivateKey(key)).toString('base64url')}`
  }

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const send = (status: number, body: object) =>
        outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      const refuse = () => send(401, { errors: [{ code: 'UNAUTHORIZED', message: 'incorrect username or password' }] })
      if (incoming.method === 'POST') {
        const fields = new URLSearchParams(Buffer.concat(chunks).toString())
        const right =
          fields.get('grant_type') === 'refresh_token' && fields.get('service') === service && fields.get('refresh_token') === identityToken
        return right ? send(200, { access_token: issue('by-identity', fields.get('scope') ?? ''), expires_in: 300 }) : refuse()
      }
      const query = new URL(incoming.url ?? '/', 'http://localhost').searchParams
      const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
      if (incoming.headers.authorization !== basic || query.get('service') !== service) return refuse()
      return send(200, { token: issue(username, query.get('scope') ?? ''), expires_in: 300 })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    granted,
    registry: {
      environment: {
        REGISTRY_AUTH: 'token',
        REGISTRY_AUTH_TOKEN_REALM: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
        REGISTRY_AUTH_TOKEN_SERVICE: service,
        REGISTRY_AUTH_TOKEN_ISSUER: issuer,
        REGISTRY_AUTH_TOKEN_ROOTCERTBUNDLE: '/auth/tokens.pem',
      },
      files: { 'tokens.pem': certificate },
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
