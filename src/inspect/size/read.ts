import type { BuiltImage } from '../../build/image.ts'
import { ActionError } from '../../errors.ts'
import type { Environment, Host } from '../../host/host.ts'
import type { BuildInputs } from '../../inputs/inputs.ts'
import { digestOf } from '../../registry/digest.ts'
import { openHandOver } from '../layers/handed-over.ts'
import { isAttestation, type Known, type ManifestText, openSource, readManifest } from '../layers/source.ts'
import { stepsOf } from '../origin.ts'
import { chainOf } from '../recipe.ts'
import type { ImageJson } from '../surfaces.ts'
import { platformOf, type Weighed } from './weigh.ts'

type OnName = (name: string) => void
/** No layer is asked for. */
const noLayers: Known = { layers: new Set(), readings: { take: async () => {}, over: new AbortController().signal } }

/** Manifests of an image, and its configurations by digest. */
type Told = Readonly<{ manifests: readonly ManifestText[]; texts: ReadonlyMap<string, string> }>

const configsOf = (manifests: readonly ManifestText[]) =>
  manifests.flatMap((manifest) => (manifest.config && !isAttestation(manifest) ? [manifest.config.digest] : []))

/** Of an image that was taken from a registry: what that has of it. */
async function fromOrigin({ client, manifests }: NonNullable<BuiltImage['origin']>): Promise<Told> {
  const all = manifests.map(({ body, digest }) => readManifest(new TextDecoder().decode(body), digest))
  const texts = new Map<string, string>()
  await Promise.all(
    configsOf(all).map(async (digest) => {
      const body = await client.getBlob(digest)
      if (body) texts.set(digest, new TextDecoder().decode(body))
    }),
  )
  return { manifests: all, texts }
}

/** Longer than any configuration is (bytes). */
const longestText = 4 << 20

/**
 * Of an engine with the classic store, which packs a layer whenever it sends it: it is let pack all of them into a door that
 * counts and keeps nothing. Undefined where the engine does not reach this machine.
 */
async function packed(host: Host, image: BuiltImage, env: Environment, signal: AbortSignal, onName: OnName): Promise<Told | undefined> {
  const manifests: ManifestText[] = []
  const texts = new Map<string, string>()
  await using handing = await openHandOver(host, image.localName, env, signal, onName)
  const ended = await handing.ask({
    wants: () => true,
    // Which of them is the configuration, the manifest says, and it comes last.
    take: async (body) => {
      const pieces: Uint8Array[] = []
      let bytes = 0
      for await (const piece of body) {
        bytes += piece.length
        if (bytes <= longestText) pieces.push(piece)
        else pieces.length = 0
      }
      if (bytes > longestText) return
      const whole = Buffer.concat(pieces)
      if (whole[0] === '{'.charCodeAt(0)) texts.set(digestOf(whole), whole.toString())
    },
    onManifest: (body, digest) => void manifests.push(readManifest(new TextDecoder().decode(body), digest)),
  })
  return ended === 'unreached' ? undefined : { manifests, texts }
}

async function unpacked(host: Host, image: BuiltImage, env: Environment, signal: AbortSignal, onName: OnName): Promise<Told | undefined> {
  await using source = await openSource({ host, image, env, signal, known: noLayers, onName })
  return source && { manifests: source.manifests, texts: await source.texts(configsOf(source.manifests)) }
}

function told(host: Host, image: BuiltImage, env: Environment, signal: AbortSignal, onName: OnName): Promise<Told | undefined> {
  if (image.origin) return fromOrigin(image.origin)
  return image.store === 'classic' && !image.layout ? packed(host, image, env, signal, onName) : unpacked(host, image, env, signal, onName)
}

/**
 * The layers of an image with their compressed bytes, for each of its platforms. Of an engine that does not reach this
 * machine only the sum is known. `onName` gets a name that the image has from then on. @throws ActionError build-unsupported where not even that is
 */
export async function readWeights(
  host: Host,
  image: BuiltImage,
  { dockerfile, target, args }: BuildInputs,
  env: Environment,
  signal: AbortSignal,
  onName: OnName,
): Promise<readonly Weighed[]> {
  const all = await told(host, image, env, signal, onName)
  if (!all) {
    const { compressedBytes } = image
    if (compressedBytes !== undefined) return [{ layers: [], steps: [], bytes: compressedBytes }]
    throw new ActionError(
      'build-unsupported',
      'What the image weighs cannot be judged before it is pushed: the engine is on another machine and has the classic image store, which packs layers only to send them.',
    )
  }
  const chain = chainOf(dockerfile, target, args)
  return all.manifests.flatMap((manifest): readonly Weighed[] => {
    if (!manifest.config || isAttestation(manifest)) return []
    const json = JSON.parse(all.texts.get(manifest.config.digest) || '{}') as ImageJson
    return [{ platform: platformOf(json), layers: manifest.layers, steps: stepsOf(json.history ?? [], chain) }]
  })
}
