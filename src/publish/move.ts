import type { Tag } from '../plan/tags.ts'
import type { RegistryClient } from '../registry/client.ts'
import { compareImages } from './compare-images.ts'
import type { Held, ReadHeld } from './held.ts'
import type { History } from './history.ts'

/** One repository of a registry, and this run's part in it. */
export type Place = Readonly<{
  client: Pick<RegistryClient, 'putManifest' | 'listTags'>
  read: ReadHeld
  history: History
  ours: Held
  namesBefore?: ReadonlySet<string> | undefined
  /** Staying tags under which a later run of the same commit may be found, too. */
  ownNames: readonly string[]
  /** `ghcr.io/acme/iris` */
  repository: string
  say: (text: string) => void
  signal: AbortSignal
}>

/** How it ended: the tag holds our image, or that of somebody else. */
export type Moved = Readonly<{ kind: 'set' }> | Readonly<{ kind: 'kept'; digest: string; reason: string }>

/** A tag that this run has written to and has to look after. */
export type Written = Readonly<{
  kind: 'written'
  tag: Tag
  /** What the tag is to hold: the newest that this run knows of, and why it is newer than ours. */
  best: Held
  reason: string
  /** What the best has taken the place of in this run's knowledge. */
  below: ReadonlySet<string>
  /** What the tag held before it was written to. */
  before: string | undefined
  /** How often each digest was answered that should not be there. */
  wrong: ReadonlyMap<string, number>
}>

/** Enough of a digest to tell two apart in a line of text. */
export const short = (digest: string) => digest.slice(0, 19)

/** Our version as this tag compares it: what the label says, where that is more (`1.4.2-alpine`). */
function asOf(tag: Tag, ours: Held): Held {
  const { version } = ours.pedigree
  if (!tag.version || version?.includes(tag.version.value)) return ours
  return { ...ours, pedigree: { ...ours.pedigree, version: tag.version.value } }
}

/**
 * Checks a tag and puts our image there, unless what it holds is newer.
 * @param over what the tag held, where our image has been put over it already
 */
export async function checkAndPut(place: Place, tag: Tag, over?: Held): Promise<Moved | Written> {
  const ours = asOf(tag, place.ours)
  const held = over ?? (await place.read(tag.name))
  if (held?.digest === ours.digest) return { kind: 'set' }
  const order = held && (await compareImages(tag, ours, held, place.history))
  const written = {
    kind: 'written',
    tag,
    best: ours,
    reason: '',
    below: new Set<string>(),
    before: held?.digest,
    wrong: new Map<string, number>(),
  } as const
  if (held && order?.kind === 'newer') {
    if (!over) return { kind: 'kept', digest: held.digest, reason: order.reason }
    return { ...written, best: held, reason: order.reason, below: new Set([ours.digest]), before: ours.digest }
  }
  if (held && order?.kind === 'unknown')
    place.say(
      `${place.repository}:${tag.name} is moved; whether ${short(held.digest)} there is newer could not be checked: ${order.reason}`,
    )
  if (!over) await place.client.putManifest(tag.name, ours.manifest)
  return written
}
