import type { Tag } from '../plan/tags.ts'
import type { Held } from './held.ts'
import type { History } from './history.ts'
import { type Facts, judge, type Order, type Relation, type RunFact } from './newer.ts'
import type { Pedigree } from './pedigree.ts'
import { versionOrder } from './version-order.ts'

type HasPedigree = Pick<Held, 'pedigree'>

/** How `theirs` stands to `ours` by what rules `tag`. GitHub is asked only what labels do not say. */
export async function compareImages(tag: Tag, ours: HasPedigree, theirs: HasPedigree, history: History): Promise<Order> {
  const [mine, other] = [ours.pedigree, theirs.pedigree]
  const version = tag.version && (await versionOrder(tag.version.scheme))(other.version, mine.version)
  const decided = version === 'higher' || version === 'lower'
  const relation = decided ? unasked : await relationOf(mine, other, history)
  const runs = decided ? { ours: none, theirs: none } : await runsOf(mine, other, relation, history)
  return judge(mine, other, { version, relation, runs })
}

const none: RunFact = { kind: 'none' }
const unasked: Relation = { kind: 'unknown', reason: 'it was not asked' }

async function relationOf({ revision: ours }: Pedigree, { revision: theirs }: Pedigree, history: History): Promise<Relation> {
  if (theirs === undefined)
    return { kind: 'unknown', reason: 'the image there has no label org.opencontainers.image.revision of this repository' }
  if (ours === undefined) return { kind: 'unknown', reason: 'the commit of this image is not known' }
  return await history.relation(ours, theirs)
}

/** The commits tell in which order; where they have parted ways GitHub is asked for the runs that had them. */
async function runsOf(ours: Pedigree, theirs: Pedigree, relation: Relation, history: History): Promise<Facts['runs']> {
  if (ours.run && theirs.run && ours.run.workflow !== theirs.run.workflow) return { ours: none, theirs: none }
  const runOf = async ({ run, revision }: Pedigree): Promise<RunFact> => {
    if (run) return { kind: 'number', number: run.number }
    return relation.kind === 'diverged' && revision !== undefined ? await history.latestRun(revision) : none
  }
  const [mine, other] = await Promise.all([runOf(ours), runOf(theirs)])
  return { ours: mine, theirs: other }
}
