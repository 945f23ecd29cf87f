import type { BuiltImage } from '../../build/image.ts'
import { blobPath } from '../../build/layout.ts'
import type { Environment, Host } from '../../host/host.ts'
import type { Taking } from './door.ts'
import { openHandOver } from './handed-over.ts'
import type { Keeper } from './kept.ts'
import { largestLayer, type Readings } from './readings.ts'

/** What a manifest names, as far as it is looked at. */
export type Named = Readonly<{ digest: string; mediaType: string; bytes: number }>

/** A manifest or index of the image; `config` and `layers` are those of a manifest. */
export type ManifestText = Readonly<{
  digest: string
  annotations: Readonly<Record<string, string>>
  config?: Named
  layers: readonly Named[]
}>

/** Whether a manifest is that of attestations, which stand beside the images of an index. */
export const isAttestation = ({ layers }: ManifestText): boolean => layers.some(({ mediaType }) => mediaType.includes('in-toto'))

/** Where an image is read from: each blob once, and none that nobody asks for. */
export type Source = AsyncDisposable &
  Readonly<{
    manifests: readonly ManifestText[]
    /** Configurations and attestations, as text by digest. */
    texts: (digests: readonly string[]) => Promise<ReadonlyMap<string, string>>
    /** Hands each of these layers to `take` as it comes; several may come at once. `enough` ends it early. */
    layers: (digests: readonly string[], take: Take, enough: AbortSignal) => Promise<void>
  }>

type Descriptor = Readonly<{ digest?: string; mediaType?: string; size?: number }>
type Json = Readonly<{ annotations?: Readonly<Record<string, string>>; config?: Descriptor; layers?: readonly Descriptor[] }>

/** Longer than any configuration (bytes); an attestation of more is read so far. */
const longestText = 16 << 20

const namedOf = ({ digest, mediaType = '', size = 0 }: Descriptor): readonly Named[] =>
  digest === undefined ? [] : [{ digest, mediaType, bytes: size }]

/** @throws SyntaxError when it is no JSON */
export function readManifest(text: string, digest: string): ManifestText {
  const { annotations = {}, config, layers = [] } = JSON.parse(text) as Json
  const [named] = config ? namedOf(config) : []
  return { digest, annotations, ...(named ? { config: named } : {}), layers: layers.flatMap(namedOf) }
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body) {
    if (bytes < longestText) pieces.push(piece)
    bytes += piece.length
  }
  return Buffer.concat(pieces).subarray(0, longestText).toString()
}

/** Gets a layer as it comes, with its length (bytes) where that is told. */
export type Take = (digest: string, body: AsyncIterable<Uint8Array>, bytes?: number) => Promise<void>

/** Layers that need not be asked for, by which what is new is made out before the manifest comes, and what takes the new ones. */
export type Known = Readonly<{ layers: ReadonlySet<string>; readings: Pick<Readings, 'take' | 'over'> }>

/** An image, and what it is opened with. */
export type Opening = Readonly<{
  host: Host
  image: BuiltImage
  /** The docker client's environment. */
  env: Environment
  signal: AbortSignal
  known: Known
  /** Gets a name that the image has from then on. */
  onName: (name: string) => void
  /** Keeps what is small of what an engine hands over. */
  keeper?: Keeper | undefined
}>

/** An image that another builder has left as files. */
function fromLayout(host: Host, { folder, manifests }: NonNullable<BuiltImage['layout']>): Source {
  const { files } = host
  return {
    manifests: manifests.map(({ digest }) => readManifest(files.readText(blobPath(folder, digest)) ?? '{}', digest)),
    texts: async (digests) => new Map(digests.map((digest) => [digest, files.readText(blobPath(folder, digest)) ?? ''])),
    layers: async (digests, take, enough) => {
      for (const digest of digests) if (!enough.aborted) await take(digest, files.stream(blobPath(folder, digest)))
    },
    [Symbol.asyncDispose]: async () => {},
  }
}

/** A blob that is no layer but JSON, which no archive begins like; with all of its body. */
async function openBlob(body: AsyncIterable<Uint8Array>): Promise<Readonly<{ isText: boolean; body: AsyncIterable<Uint8Array> }>> {
  const pieces = body[Symbol.asyncIterator]()
  const first = await pieces.next()
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    for (let next = first; !next.done; next = await pieces.next()) yield next.value
  }
  return { isText: !first.done && first.value[0] === 0x7b, body: whole() }
}

/**
 * An image in an engine with the containerd store. Each question is a push into a door of ours, of which only what is
 * wanted is sent; it costs the engine 0.1 s. The first brings the manifests, and all that is new where the layers of an image
 * before this one are `known`: mostly there is no second.
 */
async function fromEngine({ host, image, env, signal, known, onName, keeper }: Opening): Promise<Source | undefined> {
  await using opening = new AsyncDisposableStack()
  const handing = opening.use(await openHandOver(host, image.localName, env, signal, onName))
  const manifests: ManifestText[] = []
  const texts = new Map<string, string>()
  const taken = new Set<string>()
  const ask = (wants: Taking['wants'], take: Take, enough?: AbortSignal) =>
    handing.ask(
      {
        wants,
        take: (body, digest = '', bytes) => take(digest, keeper?.along(digest, body, bytes) ?? body, bytes),
        onManifest: (body, digest) => {
          keeper?.keep(digest, body)
          if (!manifests.some((one) => one.digest === digest)) manifests.push(readManifest(new TextDecoder().decode(body), digest))
        },
      },
      enough,
    )
  const keep: Take = async (digest, body) => void texts.set(digest, await textOf(body))
  const tooMuch = new AbortController()
  let sum = 0
  const keepNew: Take = async (digest, body, bytes = 0) => {
    sum += bytes
    if (sum > largestLayer) return tooMuch.abort()
    const blob = await openBlob(body)
    if (blob.isText) return await keep(digest, blob.body)
    await known.readings.take(digest, blob.body)
    taken.add(digest)
  }
  const isConfig = (digest: string) => digest === (image.configDigest ?? image.saidConfig)
  const enough = AbortSignal.any([tooMuch.signal, known.readings.over])
  let answer = known.layers.size > 0 ? await ask((digest) => !known.layers.has(digest), keepNew, enough) : undefined
  // One that is too large for this is chosen from what the manifest says.
  if (answer === undefined || enough.aborted) answer = await ask(isConfig, keep)
  if (answer === 'unreached') return undefined
  const open = opening.move()
  return {
    manifests,
    texts: async (digests) => {
      const lacking = new Set(digests.filter((digest) => !texts.has(digest)))
      if (lacking.size > 0) await ask((digest) => lacking.has(digest), keep)
      return texts
    },
    layers: async (digests, take, enough) => {
      const lacking = new Set(digests.filter((digest) => !taken.has(digest)))
      if (lacking.size > 0) await ask((digest) => lacking.has(digest), take, enough)
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/**
 * Opens an image to be looked at; undefined where the engine does not find this machine, or is on the classic store, which has
 * no packed layers: to hand one over it would compress all of the image, base and all.
 */
export async function openSource(opening: Opening): Promise<Source | undefined> {
  const { host, image } = opening
  if (image.layout) return fromLayout(host, image.layout)
  return image.store === 'classic' ? undefined : await fromEngine(opening)
}
