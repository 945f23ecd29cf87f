import { createPublicKey, sign, verify } from 'node:crypto'
import {
  type Authority,
  alternativeNames,
  createAuthority,
  draftCertificate,
  extension,
  newKeys,
  pem,
  sha256,
  signCertificate,
  spkiOf,
  usage,
} from './certificate.ts'
import { octets, sequence, utf8 } from './der.ts'
import type { Claims } from './identity.ts'

/** A certificate authority that certifies identities for ten minutes, and the log it writes them into. */
export type Fulcio = Readonly<{
  authority: Authority
  root: Authority
  log: Readonly<{ id: Buffer; publicKey: Buffer }>
  /** Answers `POST /api/v2/signingCert`: status and body. */
  answer: (body: string) => Readonly<{ status: number; body: unknown }>
}>

const uint = (value: number | bigint, bytes: number) => {
  const buffer = Buffer.alloc(8)
  buffer.writeBigUInt64BE(BigInt(value))
  return buffer.subarray(8 - bytes)
}

/** https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
function identityOf(claims: Claims): readonly Buffer[] {
  const server = 'https://github.com'
  const repository = `${server}/${claims.repository}`
  const values: Readonly<Record<number, string>> = {
    8: claims.iss,
    9: `${server}/${claims.job_workflow_ref}`,
    10: claims.job_workflow_sha,
    11: claims.runner_environment,
    12: repository,
    13: claims.sha,
    14: claims.ref,
    15: claims.repository_id,
    16: `${server}/${claims.repository_owner}`,
    17: claims.repository_owner_id,
    18: `${server}/${claims.workflow_ref}`,
    19: claims.workflow_sha,
    20: claims.event_name,
    21: `${repository}/actions/runs/${claims.run_id}/attempts/${claims.run_attempt}`,
    22: claims.repository_visibility,
  }
  return [
    extension('1.3.6.1.4.1.57264.1.1', Buffer.from(claims.iss)),
    ...Object.entries(values).map(([number, value]) => extension(`1.3.6.1.4.1.57264.1.${number}`, utf8(value))),
  ]
}

type Request = Readonly<{
  credentials?: Readonly<{ oidcIdentityToken?: string }>
  publicKeyRequest?: Readonly<{ publicKey?: Readonly<{ content?: string }>; proofOfPossession?: string }>
}>

export function createFulcio(claimsOf: (token: string) => Claims | undefined): Fulcio {
  const root = createAuthority('fulcio root')
  const authority = createAuthority('fulcio', root)
  const logKeys = newKeys()
  const logKey = spkiOf(logKeys.publicKey)

  /** A signed certificate timestamp (RFC 6962, 3.2) in the list that a certificate carries. */
  const logged = (draft: Buffer): Buffer => {
    const time = uint(Date.now(), 8)
    const entry = [uint(1, 2), sha256(spkiOf(authority.keys.publicKey)), uint(draft.length, 3), draft, uint(0, 2)]
    const signature = sign('sha256', Buffer.concat([Buffer.from([0, 0]), time, ...entry]), logKeys.privateKey)
    const stamp = Buffer.concat([
      Buffer.from([0]),
      sha256(logKey),
      time,
      uint(0, 2),
      Buffer.from([4, 3]),
      uint(signature.length, 2),
      signature,
    ])
    const list = Buffer.concat([uint(stamp.length + 2, 2), uint(stamp.length, 2), stamp])
    return extension('1.3.6.1.4.1.11129.2.4.2', octets(list))
  }

  return {
    authority,
    root,
    log: { id: sha256(logKey), publicKey: logKey },
    answer: (body) => {
      const { credentials, publicKeyRequest } = JSON.parse(body) as Request
      const claims = claimsOf(credentials?.oidcIdentityToken ?? '')
      if (claims?.aud !== 'sigstore')
        return { status: 401, body: { code: 16, message: 'There was an error processing the identity token' } }
      const publicKey = createPublicKey(publicKeyRequest?.publicKey?.content ?? '')
      const proof = Buffer.from(publicKeyRequest?.proofOfPossession ?? '', 'base64')
      if (!verify('sha256', Buffer.from(claims.sub), publicKey, proof))
        return { status: 400, body: { code: 3, message: 'The signature supplied in the request could not be verified' } }
      const draft = draftCertificate({
        subject: sequence(),
        publicKey,
        issuer: authority.name,
        issuerKeys: authority.keys,
        minutes: 10,
        extensions: [
          usage.signs(),
          usage.for('1.3.6.1.5.5.7.3.3'),
          alternativeNames(6, [`https://github.com/${claims.job_workflow_ref}`], true),
          ...identityOf(claims),
        ],
      })
      const certificate = signCertificate(draft([logged(draft([]))]), authority.keys)
      const certificates = [certificate, authority.certificate, root.certificate].map(pem)
      return { status: 200, body: { signedCertificateEmbeddedSct: { chain: { certificates } } } }
    },
  }
}
