import { createPublicKey, sign, verify } from 'node:crypto'
import { newKeys, sha256, spkiOf } from './certificate.ts'

/** A log that everybody can read (Rekor v1), of signed envelopes. */
export type Rekor = Readonly<{
  id: Buffer
  publicKey: Buffer
  /** Answers `POST /api/v1/log/entries`: status and body. */
  answer: (body: string) => Readonly<{ status: number; body: unknown }>
}>

const leaf = (body: Uint8Array) => sha256(Buffer.from([0]), body)
const node = (left: Uint8Array, right: Uint8Array) => sha256(Buffer.from([1]), left, right)
/** Where a tree of more than one leaf is divided: the largest power of two below its size. */
const split = (size: number) => 2 ** Math.floor(Math.log2(size - 1))

/** RFC 6962, 2.1 */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length <= 1) return leaves[0] ?? sha256()
  const at = split(leaves.length)
  return node(rootOf(leaves.slice(0, at)), rootOf(leaves.slice(at)))
}

/** RFC 6962, 2.1.1 */
function pathTo(index: number, leaves: readonly Buffer[]): readonly Buffer[] {
  if (leaves.length <= 1) return []
  const at = split(leaves.length)
  return index < at
    ? [...pathTo(index, leaves.slice(0, at)), rootOf(leaves.slice(at))]
    : [...pathTo(index - at, leaves.slice(at)), rootOf(leaves.slice(0, at))]
}

type Proposed = Readonly<{
  kind?: string
  spec?: Readonly<{ proposedContent?: Readonly<{ envelope?: string; verifiers?: readonly string[] }> }>
}>
type Envelope = Readonly<{ payload: string; payloadType: string; signatures: readonly Readonly<{ sig: string }>[] }>

/** What is signed of an envelope (DSSE, "PAE"). */
const preAuth = (type: string, payload: Buffer) => Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload])

export function createRekor(host: string): Rekor {
  const keys = newKeys()
  const publicKey = spkiOf(keys.publicKey)
  const id = sha256(publicKey)
  // Others have written before: verifiers take an index of 0 for none.
  const entries: Buffer[] = ['a', 'b', 'c'].map((text) => Buffer.from(text))
  const signed = (text: string) => sign('sha256', Buffer.from(text), keys.privateKey)
  return {
    id,
    publicKey,
    answer: (text) => {
      const { kind, spec } = JSON.parse(text) as Proposed
      const { envelope = '{}', verifiers = [] } = spec?.proposedContent ?? {}
      const [verifier = ''] = verifiers
      const { payload, payloadType, signatures } = JSON.parse(envelope) as Envelope
      const content = Buffer.from(payload, 'base64')
      const signature = signatures[0]?.sig ?? ''
      const key = createPublicKey(Buffer.from(verifier, 'base64'))
      if (kind !== 'dsse' || !verify('sha256', preAuth(payloadType, content), key, Buffer.from(signature, 'base64')))
        return { status: 400, body: { code: 400, message: 'error processing entry: verifying signature' } }
      // Keys in the order of their names, as JCS has them.
      const entry = {
        apiVersion: '0.0.1',
        kind: 'dsse',
        spec: {
          envelopeHash: { algorithm: 'sha256', value: sha256(Buffer.from(envelope)).toString('hex') },
          payloadHash: { algorithm: 'sha256', value: sha256(content).toString('hex') },
          signatures: [{ signature, verifier }],
        },
      }
      const index = entries.push(Buffer.from(JSON.stringify(entry))) - 1
      const body = entries[index]?.toString('base64') ?? ''
      const leaves = entries.map(leaf)
      const root = rootOf(leaves)
      const integratedTime = Math.floor(Date.now() / 1000)
      const logID = id.toString('hex')
      const note = `${host} - 1193050959916656506\n${leaves.length}\n${root.toString('base64')}\n`
      const line = `\u2014 ${host} ${Buffer.concat([id.subarray(0, 4), signed(note)]).toString('base64')}`
      const inclusionProof = {
        checkpoint: `${note}\n${line}\n`,
        hashes: pathTo(index, leaves).map((hash) => hash.toString('hex')),
        logIndex: index,
        rootHash: root.toString('hex'),
        treeSize: leaves.length,
      }
      const signedEntryTimestamp = signed(JSON.stringify({ body, integratedTime, logID, logIndex: index })).toString('base64')
      const verification = { inclusionProof, signedEntryTimestamp }
      return {
        status: 201,
        body: { [leaf(entries[index] ?? Buffer.of()).toString('hex')]: { body, integratedTime, logID, logIndex: index, verification } },
      }
    },
  }
}
