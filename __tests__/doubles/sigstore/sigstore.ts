import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alternativeNames, createAuthority, issue, nameOf, newKeys, pem, usage } from './certificate.ts'
import { createFulcio } from './fulcio.ts'
import { createIssuer } from './identity.ts'
import { createRekor } from './rekor.ts'
import { createTimestamps } from './timestamps.ts'

const identities = 'run-actions-1.actions.githubusercontent.com'
const hosts = [
  'fulcio.sigstore.dev',
  'rekor.sigstore.dev',
  'fulcio.githubapp.com',
  'timestamp.githubapp.com',
  'api.github.com',
  identities,
] as const
type ServiceHost = (typeof hosts)[number]

/** A status instead of an answer, or none at all. */
export type Fault = number | 'hang'

/**
 * Sigstore and GitHub as a job sees them, under their own names: a proxy for HTTPS leads to it, and its certificates are
 * from an authority that the job is told to trust. Nothing of what is tested knows of it.
 */
export interface Sigstore extends AsyncDisposable {
  /** Variables of a job that may ask for an identity. */
  readonly variables: Readonly<Record<string, string>>
  /** `METHOD host/path`, in the order of their coming. */
  readonly requests: readonly string[]
  /** What GitHub has stored. */
  readonly stored: readonly unknown[]
  /** The trust root that verifiers are given: a file, in the format of sigstore/protobuf-specs. */
  readonly trustedRoot: string
  readonly faults: Map<ServiceHost, Fault>
  readonly token: string
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

export async function startSigstore(sha: string): Promise<Sigstore> {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-sigstore-'))
  const issuer = createIssuer({ sha })
  const fulcio = createFulcio(issuer.claimsOf)
  const rekor = createRekor('rekor.sigstore.dev')
  const timestamps = createTimestamps()
  const [token, requestToken] = [randomBytes(20).toString('hex'), randomBytes(20).toString('hex')]
  const requests: string[] = []
  const stored: unknown[] = []
  const faults = new Map<ServiceHost, Fault>()

  const trust = createAuthority('tls')
  const keys = newKeys()
  const extensions = [usage.signs(), usage.for('1.3.6.1.5.5.7.3.1'), alternativeNames(2, hosts)]
  const order = { subject: nameOf('tls'), publicKey: keys.publicKey, issuer: trust.name, issuerKeys: trust.keys, minutes: 60, extensions }
  const bundle = process.env['NODE_EXTRA_CA_CERTS']
  writeFileSync(join(folder, 'ca.pem'), `${pem(trust.certificate)}${bundle ? readFileSync(bundle, 'utf8') : ''}`)

  type Answered = Readonly<{ status: number; body: unknown }>
  const route = (host: string, path: string, body: string, authorization: string): Answered => {
    if (host.startsWith('fulcio.') && path === '/api/v2/signingCert') return fulcio.answer(body)
    if (host === 'rekor.sigstore.dev' && path === '/api/v1/log/entries') return rekor.answer(body)
    if (host === 'timestamp.githubapp.com' && path === '/api/v1/timestamp') return { status: 201, body: timestamps.answer(body) }
    if (host === identities && path.startsWith('/token')) {
      const audience = new URL(path, 'https://x').searchParams.get('audience') ?? ''
      return authorization === `Bearer ${requestToken}`
        ? { status: 200, body: { value: issuer.issue(audience) } }
        : { status: 401, body: {} }
    }
    if (host === 'api.github.com' && path === '/repos/acme/shop/attestations') {
      if (authorization !== `token ${token}`) return { status: 401, body: { message: 'Bad credentials' } }
      return { status: 201, body: { id: 1000 + stored.push((JSON.parse(body) as Readonly<{ bundle: unknown }>).bundle) } }
    }
    return { status: 404, body: { message: 'Not Found' } }
  }
  const server = createServer(
    { key: keys.privateKey.export({ format: 'pem', type: 'pkcs8' }), cert: pem(issue(order)) },
    async (incoming, outgoing) => {
      const host = incoming.headers.host ?? ''
      requests.push(`${incoming.method} ${host}${incoming.url?.split('?')[0]}`)
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
      const fault = faults.get(host as ServiceHost)
      if (fault === 'hang') return
      const { status, body } =
        fault === undefined
          ? route(host, incoming.url ?? '/', Buffer.concat(chunks).toString(), incoming.headers.authorization ?? '')
          : { status: fault, body: { message: fault === 403 ? 'Resource not accessible by integration' : 'it is broken' } }
      const isBytes = body instanceof Uint8Array
      outgoing
        .writeHead(status, { 'content-type': isBytes ? 'application/timestamp-reply' : 'application/json' })
        .end(isBytes ? body : JSON.stringify(body))
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const sockets = new Set<Socket>()
  const proxy = createHttpServer((_, outgoing) => void outgoing.writeHead(405).end())
  proxy.on('connect', (asked, client: Socket, head: Buffer) => {
    const [host = '', at = '443'] = (asked.url ?? '').split(':')
    const isOurs = hosts.some((name) => name === host)
    const onward = isOurs ? connect(port, '127.0.0.1') : connect(Number(at), host)
    for (const socket of [client, onward]) {
      sockets.add(socket)
      socket.on('error', () => [client, onward].map((one) => one.destroy()))
    }
    onward.on('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.write(head)
      client.pipe(onward).pipe(client)
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))

  const validFor = { start: new Date(Date.now() - 3_600_000).toISOString() }
  const log = (baseUrl: string, id: Buffer, key: Buffer) => ({
    baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: base64(key), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor },
    logId: { keyId: base64(id) },
  })
  const authority = (uri: string, chain: readonly Uint8Array[]) => ({
    subject: { organization: 'sigstore.double', commonName: uri },
    uri,
    certChain: { certificates: chain.map((rawBytes) => ({ rawBytes: base64(rawBytes) })) },
    validFor,
  })
  const trustedRoot = join(folder, 'trusted_root.json')
  writeFileSync(
    trustedRoot,
    JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [log('https://rekor.sigstore.dev', rekor.id, rekor.publicKey)],
      certificateAuthorities: [authority('https://fulcio.sigstore.dev', [fulcio.authority.certificate, fulcio.root.certificate])],
      ctlogs: [log('https://ctfe.sigstore.dev/test', fulcio.log.id, fulcio.log.publicKey)],
      timestampAuthorities: [authority('https://timestamp.githubapp.com', timestamps.chain)],
    }),
  )
  return {
    variables: {
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      ACTIONS_ID_TOKEN_REQUEST_URL: `https://${identities}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
    requests,
    stored,
    trustedRoot,
    faults,
    token,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      proxy.close()
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
