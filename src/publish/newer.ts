import type { Pedigree } from './pedigree.ts'
import type { VersionOrder } from './version-order.ts'

/** How the commit of another image stands to ours; `ahead`: it descends from ours. */
export type Relation = Readonly<{ kind: 'ahead' | 'behind' | 'identical' | 'diverged' }> | Readonly<{ kind: 'unknown'; reason: string }>

/**
 * Which of two images a tag should hold, seen from one of them: the other is `newer` or `older`, neither (`level`), or
 * it cannot be told.
 */
export type Order =
  | Readonly<{ kind: 'newer'; reason: string }>
  | Readonly<{ kind: 'older' | 'level' }>
  | Readonly<{ kind: 'unknown'; reason: string }>

/** Which run of our workflow an image is of: by its label, or as GitHub knows it. */
export type RunFact =
  | Readonly<{ kind: 'number'; number: number }>
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'unknown'; reason: string }>

/** What is known of the other image beside its labels. */
export type Facts = Readonly<{
  /** Only for a tag that came from a version, where the other's label holds one. */
  version?: VersionOrder | undefined
  relation: Relation
  /** The run of our image, and that of the other. */
  runs: Readonly<{ ours: RunFact; theirs: RunFact }>
}>

const short = (commit: string | undefined) => commit?.slice(0, 7) ?? 'no commit'

const isEarlier = ({ ours, theirs }: Facts['runs']) => ours.kind === 'number' && theirs.kind === 'number' && theirs.number < ours.number

/**
 * Whether the image that a tag holds is newer than ours: a higher version, for a tag that came from one; a commit that
 * descends from ours; a later run of the same workflow. That a newer commit exists says nothing, it must be published.
 */
export function judge(ours: Pedigree, theirs: Pedigree, { version, relation, runs }: Facts): Order {
  if (version === 'higher') return { kind: 'newer', reason: `its version ${theirs.version} is higher` }
  if (version === 'lower') return { kind: 'older' }
  if (relation.kind === 'ahead')
    return { kind: 'newer', reason: `its commit ${short(theirs.revision)} descends from ${short(ours.revision)}` }
  if (runs.ours.kind === 'number' && runs.theirs.kind === 'number' && runs.theirs.number > runs.ours.number)
    return { kind: 'newer', reason: `it is of run ${runs.theirs.number} of the same workflow, ours is run ${runs.ours.number}` }
  if (relation.kind === 'behind' || isEarlier(runs)) return { kind: 'older' }
  if (relation.kind === 'unknown') return relation
  if (runs.theirs.kind === 'unknown') return runs.theirs
  return runs.ours.kind === 'unknown' ? runs.ours : { kind: 'level' }
}
