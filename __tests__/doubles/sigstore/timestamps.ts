import { randomBytes, sign } from 'node:crypto'
import { createAuthority, ecdsaSha256, issue, nameOf, newKeys, sha256, usage } from './certificate.ts'
import { context, generalTime, integer, nothing, octets, oid, sequence, setOf } from './der.ts'

/** A timestamp authority (RFC 3161), as GitHub has one for private repositories. */
export type Timestamps = Readonly<{
  /** The signing certificate, then its root. */
  chain: readonly [Buffer, Buffer]
  /** Answers `POST /api/v1/timestamp`, which is asked in JSON. */
  answer: (body: string) => Buffer
}>

const sha256Id = sequence(oid('2.16.840.1.101.3.4.2.1'), nothing)
const contentId = '1.2.840.113549.1.9.16.1.4'

export function createTimestamps(): Timestamps {
  const root = createAuthority('tsa root')
  const keys = newKeys()
  const subject = nameOf('tsa')
  // The purpose has to be critical, and the only one.
  const extensions = [usage.signs(), usage.for('1.3.6.1.5.5.7.3.8', true)]
  const certificate = issue({ subject, publicKey: keys.publicKey, issuer: root.name, issuerKeys: root.keys, minutes: 60, extensions })
  // Version, then serial, in the part that is signed.
  const serial = serialOf(certificate)
  return {
    chain: [certificate, root.certificate],
    answer: (body) => {
      const { artifactHash } = JSON.parse(body) as Readonly<{ artifactHash: string }>
      const now = new Date()
      const info = sequence(
        integer(1),
        oid('1.3.6.1.4.1.57264.2'),
        sequence(sha256Id, octets(Buffer.from(artifactHash, 'base64'))),
        integer(randomBytes(8)),
        generalTime(now),
      )
      const attribute = (id: string, value: Uint8Array) => sequence(oid(id), setOf(value))
      const attributes = [
        attribute('1.2.840.113549.1.9.3', oid(contentId)),
        attribute('1.2.840.113549.1.9.4', octets(sha256(info))),
        attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(octets(sha256(certificate)))))),
      ]
      const signed = setOf(...attributes)
      const signer = sequence(
        integer(1),
        sequence(root.name, serial),
        sha256Id,
        // The same bytes under the tag of the context.
        Buffer.concat([Buffer.from([0xa0]), signed.subarray(1)]),
        ecdsaSha256,
        octets(sign('sha256', signed, keys.privateKey)),
      )
      const data = sequence(
        integer(3),
        setOf(sha256Id),
        sequence(oid(contentId), context(0, octets(info))),
        context(0, certificate),
        setOf(signer),
      )
      return sequence(sequence(integer(0)), sequence(oid('1.2.840.113549.1.7.2'), context(0, data)))
    },
  }
}

/** The serial number of a certificate, as DER. */
function serialOf(certificate: Buffer): Buffer {
  const inner = (der: Buffer) => der.subarray((der[1] ?? 0) < 0x80 ? 2 : 2 + ((der[1] ?? 0) & 0x7f))
  const draft = inner(inner(certificate))
  const version = 2 + (draft[1] ?? 0)
  return draft.subarray(version, version + 2 + (draft[version + 1] ?? 0))
}
