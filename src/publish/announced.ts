import type { Tag } from '../plan/tags.ts'
import { compareImages } from './compare-images.ts'
import type { Held, ReadHeld } from './held.ts'
import type { History } from './history.ts'
import { asMerged, asReleased } from './released.ts'
import { versionOrder } from './version-order.ts'

/** At most so many images are looked at for one tag, the most promising first. */
const mostLooks = 10

/** Tags named by one of `commits` (`sha-1f2e3d4`), in their order. */
export function namesOfCommits(names: readonly string[], commits: readonly string[]): readonly string[] {
  const byCommit = new Map<string, string[]>()
  for (const name of names) {
    for (const [hex] of name.matchAll(/[0-9a-f]{7,64}/g)) {
      const start = hex.slice(0, 7)
      byCommit.set(start, [...(byCommit.get(start) ?? []), name])
    }
  }
  return [...new Set(commits.flatMap((commit) => byCommit.get(commit.slice(0, 7)) ?? []))]
}

/** Tags named by a version that is higher than that of `ours`: of the same line first (`1.4.3` for 1.4), then the highest. */
export async function namesOfVersions(names: readonly string[], tag: Tag, ours: Held): Promise<readonly string[]> {
  if (!tag.version) return []
  const compare = await versionOrder(tag.version.scheme)
  const rank = { higher: -1, same: 0, lower: 1 }
  const higher = names.filter((name) => compare(name, ours.pedigree.version) === 'higher').toSorted((a, b) => rank[compare(a, b) ?? 'same'])
  const ofLine = (name: string) => name.startsWith(`${tag.name}.`)
  return [...higher.filter(ofLine), ...higher.filter((name) => !ofLine(name))]
}

/** Where images are announced: the tags of a repository, and who reads them. */
export type Board = Readonly<{
  listTags: () => Promise<Readonly<{ names: readonly string[]; whole: boolean }>>
  read: ReadHeld
  history: History
  /** Tags that were there before ours arrived, where nobody tells what the branch has: what is new is looked at. */
  namesBefore?: ReadonlySet<string> | undefined
}>

/** What of a board need not be read twice in one look at it. */
export function lookOnce({ history, listTags, ...rest }: Board): Board {
  let names: ReturnType<Board['listTags']> | undefined
  const since = new Map<string, ReturnType<History['since']>>()
  return {
    ...rest,
    listTags: () => {
      names ??= listTags()
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

/** Something newer than `ours` that is there for the same tag, or none; and what could not be looked at. */
export type Announced = Readonly<{ newer?: Readonly<{ image: Held; reason: string }>; unchecked?: string }>

/**
 * Whether somebody has published an image that is newer than `ours` and wants `tag`. A run sets its tags that stay
 * before it looks at those that move, and its image is labelled with them: so whoever has moved a tag finds those it
 * may have run over, though the tag itself does not hold them any more.
 * @param below digests that are known to be older
 * @param ownNames the staying tags of this run, under which a later run of the same commit announces, too
 */
export async function findAnnounced(
  board: Board,
  tag: Tag,
  ours: Held,
  below: ReadonlySet<string>,
  ownNames: readonly string[],
): Promise<Announced> {
  const { revision } = ours.pedigree
  const since = revision === undefined ? undefined : await board.history.since(revision)
  const commits = since?.kind === 'known' ? since.commits : []
  const unchecked = since?.kind === 'unknown' ? since.reason : undefined
  const before = unchecked === undefined ? undefined : board.namesBefore
  const asked = commits.length > 0 || tag.version || before ? await board.listTags() : { names: [], whole: true }
  const others = asked.names.filter((name) => name !== tag.name)
  const fresh = before ? others.filter((name) => !before.has(name)) : []
  const names = [...(await namesOfVersions(others, tag, ours)), ...namesOfCommits(others, commits), ...fresh]
  const looked = new Set([...ownNames, ...names.slice(0, mostLooks)])
  for (const name of looked) {
    const there = await board.read(name)
    const commit = commits.find((one) => name.includes(one.slice(0, 7)))
    const held = there && asMerged(commit, tag, await asReleased(name, tag, there))
    if (!held || held.digest === ours.digest || below.has(held.digest) || !held.pedigree.movingTags.includes(tag.name)) continue
    const order = await compareImages(tag, ours, held, board.history)
    if (order.kind === 'newer') return { newer: { image: held, reason: order.reason } }
  }
  if (unchecked !== undefined) return { unchecked }
  if (since?.kind === 'known' && !since.whole) return { unchecked: 'the branch has gone on by more commits than GitHub tells at once' }
  return asked.whole ? {} : { unchecked: 'the repository has more tags than are looked through' }
}
