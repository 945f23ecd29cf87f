import type { BuiltImage } from '../../build/image.ts'
import { blobPath } from '../../build/layout.ts'
import type { Environment, Host } from '../../host/host.ts'
import { openHandOver } from './handed-over.ts'

/** What a manifest names, as far as it is looked at. */
export type Named = Readonly<{ digest: string; mediaType: string; bytes: number }>

/** A manifest or index of the image; `config` and `layers` are those of a manifest. */
export type ManifestText = Readonly<{
  digest: string
  annotations: Readonly<Record<string, string>>
  config?: Named
  layers: readonly Named[]
}>

/** Where an image is read from: each blob once, and none that nobody asks for. */
export type Source = AsyncDisposable &
  Readonly<{
    manifests: readonly ManifestText[]
    /** Configurations and attestations, as text by digest. */
    texts: (digests: readonly string[]) => Promise<ReadonlyMap<string, string>>
    /** Hands each of these layers to `take` as it comes; several may come at once. `enough` ends it early. */
    layers: (
      digests: readonly string[],
      take: (digest: string, body: AsyncIterable<Uint8Array>) => Promise<void>,
      enough: AbortSignal,
    ) => Promise<void>
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

/**
 * An image in an engine with the containerd store. Each question is a push into a door of ours, of which only what is
 * wanted is sent: the first costs the engine 0.1 s and brings the manifests.
 */
async function fromEngine(host: Host, image: BuiltImage, env: Environment, signal: AbortSignal): Promise<Source | undefined> {
  await using opening = new AsyncDisposableStack()
  const handing = opening.use(await openHandOver(host, image.localName, env, signal))
  const manifests: ManifestText[] = []
  const texts = new Map<string, string>()
  const ask = (
    wanted: ReadonlySet<string>,
    take: (digest: string, body: AsyncIterable<Uint8Array>) => Promise<void>,
    enough?: AbortSignal,
  ) => {
    const taking = {
      wants: (digest: string) => wanted.has(digest),
      take: (body: AsyncIterable<Uint8Array>, digest = '') => take(digest, body),
      onManifest: (text: string, digest: string) => {
        if (!manifests.some((known) => known.digest === digest)) manifests.push(readManifest(text, digest))
      },
    }
    return handing.ask(taking, enough)
  }
  const keep = async (digest: string, body: AsyncIterable<Uint8Array>) => void texts.set(digest, await textOf(body))
  if ((await ask(new Set(image.configDigest === undefined ? [] : [image.configDigest]), keep)) === 'unreached') return undefined
  const open = opening.move()
  return {
    manifests,
    texts: async (digests) => {
      const lacking = new Set(digests.filter((digest) => !texts.has(digest)))
      if (lacking.size > 0) await ask(lacking, keep)
      return texts
    },
    layers: async (digests, take, enough) => {
      if (digests.length > 0) await ask(new Set(digests), take, enough)
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/**
 * Opens an image to be looked at; undefined where the engine does not find this machine, or is on the classic store, which has
 * no packed layers: to hand one over it would compress all of the image, base and all.
 */
export async function openSource(host: Host, image: BuiltImage, env: Environment, signal: AbortSignal): Promise<Source | undefined> {
  if (image.layout) return fromLayout(host, image.layout)
  return image.store === 'classic' ? undefined : await fromEngine(host, image, env, signal)
}
