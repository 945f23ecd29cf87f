import type { Tag } from '../plan/tags.ts'
import type { Held } from './held.ts'
import { versionOrder } from './version-order.ts'

/** A tag with the numbers of a version, or a word such as `latest`, and what is behind: `1.4-cpu`, `latest-cpu`. */
const movingShape = /^(?:v?(\d+(?:\.\d+)*)|[a-z]+)(.*)$/i
const versionShape = /^v?(\d+(?:\.\d+)+)(.*)$/i

/** Whether who releases under `name` is after `tag` as well: `1` and `1.4` are of `1.4.2`, and `latest`, where a version gives it. */
export function isOfLine(name: string, tag: string): boolean {
  const [, line, behind] = movingShape.exec(tag) ?? []
  const [, version, end] = versionShape.exec(name) ?? []
  return version !== undefined && end === behind && (line === undefined || version.startsWith(`${line}.`))
}

/**
 * The image under the tag of a version, with what a promotion has made of it: it is labelled by the run that built it,
 * and says neither the version that it was released as, nor that it is after the tags of that. Any other is as it was.
 */
export async function asReleased(name: string, tag: Tag, held: Held): Promise<Held> {
  const { version, movingTags, revision } = held.pedigree
  if (!tag.version || revision === undefined || !isOfLine(name, tag.name)) return held
  const isLabelled = (await versionOrder(tag.version.scheme))(version, name) === 'same'
  return isLabelled ? held : { ...held, pedigree: { ...held.pedigree, version: name, movingTags: [...movingTags, tag.name] } }
}

/**
 * The image under the tag of a commit, with what a promotion has made of it: where a pull request was merged with the tree
 * that was published for it, the image says the commit of that, and not that it is after the tags of the branch.
 */
export function asMerged(commit: string | undefined, tag: Tag, held: Held): Held {
  const { revision, movingTags } = held.pedigree
  if (commit === undefined || tag.version || revision === undefined || revision === commit) return held
  return { ...held, pedigree: { ...held.pedigree, revision: commit, movingTags: [...movingTags, tag.name] } }
}
