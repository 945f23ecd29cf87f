import type { Event, Run } from '../plan/event.ts'
import { movingTagsLabel, revisionLabel, runLabel, workflowLabel } from '../plan/labels.ts'

/** What an image says of where it comes from, by its labels; every part may be missing. */
export type Pedigree = Readonly<{
  /** The commit, as 40 (or 64) hexadecimal digits. */
  revision?: string
  /** As its label has it: the first tag of its run, which may be no version at all. */
  version?: string
  run?: Run
  /** The moving tags that its run was after. */
  movingTags: readonly string[]
}>

type Labels = Readonly<Record<string, string>>

const sourceLabel = 'org.opencontainers.image.source'

/** An image inherits the labels of its base: those of another repository, or without a commit, are not its own. */
export function areOwn(labels: Labels, source: string | undefined): boolean {
  const said = labels[sourceLabel]
  const isElsewhere = said !== undefined && source !== undefined && said.toLowerCase() !== source.toLowerCase()
  return !isElsewhere && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(labels[revisionLabel] ?? '')
}

/**
 * Reads the labels of OCI and ours. What is not of the right form is not there.
 * @param source the label `org.opencontainers.image.source` of our own images, as far as it is known
 */
export function readPedigree(labels: Labels, source?: string): Pedigree {
  if (!areOwn(labels, source)) return { movingTags: [] }
  const revision = labels[revisionLabel]
  const version = labels['org.opencontainers.image.version']
  const workflow = labels[workflowLabel]
  const number = labels[runLabel]
  return {
    ...(revision ? { revision } : {}),
    ...(version ? { version } : {}),
    ...(workflow && number !== undefined && /^\d{1,15}$/.test(number) ? { run: { workflow, number: Number(number) } } : {}),
    movingTags: labels[movingTagsLabel]?.split(' ') ?? [],
  }
}

/** Of the image that this run has built: its labels, and the run also where the labels do not have it. */
export function ownPedigree(labels: Labels, event: Event): Pedigree {
  return { ...readPedigree(labels), ...(event.run ? { run: event.run } : {}) }
}

/** Where our images say that they come from. */
export function sourceOf(labels: Labels): string | undefined {
  return labels[sourceLabel]
}
