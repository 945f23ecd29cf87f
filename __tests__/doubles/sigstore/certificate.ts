import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { bits, context, implicit, integer, octets, oid, sequence, setOf, utcTime, utf8, yes } from './der.ts'

export type Keys = Readonly<{ publicKey: KeyObject; privateKey: KeyObject }>

export const newKeys = (): Keys => generateKeyPairSync('ec', { namedCurve: 'P-256' })
export const spkiOf = (key: KeyObject) => key.export({ format: 'der', type: 'spki' })
export const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

export const ecdsaSha256 = sequence(oid('1.2.840.10045.4.3.2'))

/** `CN=name,O=sigstore.double` */
export const nameOf = (common: string) =>
  sequence(setOf(sequence(oid('2.5.4.10'), utf8('sigstore.double'))), setOf(sequence(oid('2.5.4.3'), utf8(common))))

/** An extension (RFC 5280, 4.2) from its DER. */
export const extension = (id: string, value: Uint8Array, critical = false) => sequence(oid(id), ...(critical ? [yes] : []), octets(value))

/** Bits of KeyUsage. */
export const usage = {
  signs: () => extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true),
  issues: () => extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true),
  /** Extended: code signing is `1.3.6.1.5.5.7.3.3`. */
  for: (purpose: string, critical = false) => extension('2.5.29.37', sequence(oid(purpose)), critical),
}
/** Names that a certificate is for: tag 2 of a host, 6 of a URI. */
export const alternativeNames = (tag: 2 | 6, names: readonly string[], critical = false) =>
  extension('2.5.29.17', sequence(...names.map((name) => implicit(tag, Buffer.from(name)))), critical)

const authority = () => extension('2.5.29.19', sequence(yes), true)
const keyId = (key: KeyObject) => createHash('sha1').update(spkiOf(key)).digest()

export type Order = Readonly<{
  subject: Uint8Array
  publicKey: KeyObject
  issuer: Uint8Array
  issuerKeys: Keys
  minutes: number
  extensions: readonly Uint8Array[]
}>

/** What is signed of a certificate (TBSCertificate), to be extended by what a log says of it. */
export function draftCertificate({
  subject,
  publicKey,
  issuer,
  issuerKeys,
  minutes,
  extensions,
}: Order): (more: readonly Uint8Array[]) => Buffer {
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const start = new Date(Date.now() - 1000)
  const ids = [extension('2.5.29.14', octets(keyId(publicKey))), extension('2.5.29.35', sequence(implicit(0, keyId(issuerKeys.publicKey))))]
  return (more) =>
    sequence(
      context(0, integer(2)),
      integer(serial),
      ecdsaSha256,
      issuer,
      sequence(utcTime(start), utcTime(new Date(start.getTime() + minutes * 60_000))),
      subject,
      spkiOf(publicKey),
      context(3, sequence(...extensions, ...ids, ...more)),
    )
}

export const signCertificate = (draft: Uint8Array, { privateKey }: Keys) =>
  sequence(draft, ecdsaSha256, bits(sign('sha256', draft, privateKey)))

export const issue = (order: Order) => signCertificate(draftCertificate(order)([]), order.issuerKeys)

export type Authority = Readonly<{ name: Buffer; keys: Keys; certificate: Buffer }>

/** A root that signs itself, or one below another. */
export function createAuthority(common: string, above?: Authority): Authority {
  const keys = newKeys()
  const name = nameOf(common)
  const extensions = [usage.issues(), authority()]
  const order = { subject: name, publicKey: keys.publicKey, minutes: 60 * 24, extensions }
  return { name, keys, certificate: issue({ ...order, issuer: above?.name ?? name, issuerKeys: above?.keys ?? keys }) }
}

export const pem = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')}\n-----END CERTIFICATE-----\n`
