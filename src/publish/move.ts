import { ActionError, messageOf } from '../errors.ts'
import type { Tag } from '../plan/tags.ts'
import type { RegistryClient } from '../registry/client.ts'
import { type Announced, type Board, findAnnounced } from './announced.ts'
import { compareImages } from './compare-images.ts'
import type { Held, ReadHeld } from './held.ts'
import type { History } from './history.ts'
import type { Order } from './newer.ts'

/** One repository of a registry, and this run's part in it. */
export type Place = Readonly<{
  client: Pick<RegistryClient, 'putManifest' | 'listTags'>
  read: ReadHeld
  history: History
  ours: Held
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

/** A registry that takes an image this often and then answers the same other one does not hold what it takes. */
const mostWrong = 4

const short = (digest: string) => digest.slice(0, 19)

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
    wrong: new Map(),
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

type Settled = Readonly<{ now: Moved | Written; unchecked?: string | undefined }>

/** Looks at what is announced and at the tag; puts the best back where something older is. */
async function settle(place: Place, board: Board, written: Written): Promise<Settled> {
  // In this order: whoever announces after our look finds what we wrote; whoever wrote before our look is read.
  const found = await announcedFor(place, board, written)
  const held = await place.read(written.tag.name)
  return { now: await putBack(place, written, found, held), unchecked: found.unchecked }
}

async function announcedFor({ signal, ownNames }: Place, board: Board, { tag, best, below }: Written): Promise<Announced> {
  if (signal.aborted) return { unchecked: 'the run is cancelled' }
  return await findAnnounced(board, tag, best, below, ownNames).catch((error: unknown) => ({ unchecked: messageOf(error) }))
}

async function putBack(place: Place, written: Written, found: Announced, held: Held | undefined): Promise<Moved | Written> {
  const { tag } = written
  const best = found.newer?.image ?? written.best
  const reason = found.newer?.reason ?? written.reason
  const below = found.newer ? new Set([...written.below, written.best.digest]) : written.below

  if (held?.digest === best.digest) {
    if (found.newer) return { ...written, best, reason, below }
    return best.digest === place.ours.digest ? { kind: 'set' } : { kind: 'kept', digest: best.digest, reason }
  }
  const answered = held?.digest ?? 'nothing'
  const times = (written.wrong.get(answered) ?? 0) + 1
  const order: Order = held && !below.has(held.digest) ? await compareImages(tag, best, held, place.history) : { kind: 'older' }
  if (held && order.kind === 'newer') return { kind: 'kept', digest: held.digest, reason: order.reason }
  if (held && order.kind !== 'older') {
    // What was there before may be a late answer; anything else was set after us by somebody who says who he is.
    const late = held.digest === written.before && (order.kind === 'unknown' || times < 2)
    if (!late && held.pedigree.revision !== undefined)
      return { kind: 'kept', digest: held.digest, reason: 'another run has set it after this one' }
    if (!late) throw mismatch(place, tag, held, best)
  }
  if (times >= mostWrong) throw mismatch(place, tag, held, best)
  place.say(`${place.repository}:${tag.name} answers ${short(answered)} after it was set: it is put back to ${short(best.digest)}`)
  await place.client.putManifest(tag.name, best.manifest)
  return { ...written, best, reason, below, wrong: new Map([...written.wrong, [answered, times]]) }
}

function mismatch({ repository }: Place, tag: Tag, held: Held | undefined, best: Held): ActionError {
  return new ActionError('digest-mismatch', `${repository}:${tag.name} answers ${held?.digest ?? 'nothing'}, set was ${best.digest}.`)
}

/** What of a board need not be read twice in one look at it. */
function lookOnce({ client, read, history }: Place): Board {
  let names: ReturnType<Board['listTags']> | undefined
  const since = new Map<string, ReturnType<History['since']>>()
  return {
    read,
    listTags: () => {
      names ??= client.listTags()
      return names
    },
    history: {
      ...history,
      since: (base) => {
        const known = since.get(base) ?? history.since(base)
        since.set(base, known)
        return known
      },
    },
  }
}

/**
 * Sees to it that every tag holds what was put there, or something newer: looks for what is announced, asks the tag
 * again, and puts the newest back, until a look finds nothing more to do. Registries have no compare-and-swap; this
 * stands for it (docs/architecture.md).
 * @throws what went wrong first, once the others are looked after
 */
export async function settleTags(place: Place, written: readonly Written[], onEnd: (tag: Tag, moved: Moved) => void): Promise<void> {
  let failure: unknown
  const unchecked = new Set<string>()
  let open = written
  while (open.length > 0) {
    const board = lookOnce(place)
    const settled = await Promise.allSettled(open.map((one) => settle(place, board, one)))
    const left: Written[] = []
    for (const [index, one] of open.entries()) {
      const end = settled[index]
      if (end?.status === 'rejected') failure ??= end.reason
      if (end?.status !== 'fulfilled') continue
      const { now, unchecked: reason } = end.value
      if (reason !== undefined) unchecked.add(reason)
      if (now.kind === 'written') left.push(now)
      else onEnd(one.tag, now)
    }
    open = left
  }
  for (const reason of unchecked)
    place.say(`${place.repository}: whether something newer was published meanwhile could not be checked: ${reason}`)
  if (failure) throw failure
}
