import { ActionError, messageOf } from '../errors.ts'
import type { Tag } from '../plan/tags.ts'
import { type Announced, type Board, findAnnounced, lookOnce } from './announced.ts'
import { compareImages } from './compare-images.ts'
import type { Held } from './held.ts'
import { type Moved, type Place, short, type Written } from './move.ts'
import type { Order } from './newer.ts'

/** A registry that takes an image this often and then answers the same other one does not hold what it takes. */
const mostWrong = 4

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

  if (held?.digest === best.digest)
    return best.digest === place.ours.digest ? { kind: 'set' } : { kind: 'kept', digest: best.digest, reason }
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
    const board = lookOnce({ ...place, listTags: place.client.listTags })
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
