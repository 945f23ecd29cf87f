import type { Event, Run } from '../plan/event.ts'
import { movingTagsLabel, runLabel, workflowLabel } from '../plan/labels.ts'

/** What an image says of where it comes from, by its labels; every part may be missing. */
export type Pedigree = Readonly<{
  /** The commit, 40 hexadecimal digits. */
  revision?: string
  /** As its label has it: the first tag of its run, which may be no version at all. */
  version?: string
  run?: Run
  /** The moving tags that its run was after. */
  movingTags: readonly string[]
}>

type Labels = Readonly<Record<string, string>>

/** Reads the labels of OCI and ours. What is not of the right form is not there. */
export function readPedigree(labels: Labels): Pedigree {
  const revision = labels['org.opencontainers.image.revision']
  const version = labels['org.opencontainers.image.version']
  const workflow = labels[workflowLabel]
  const number = labels[runLabel]
  return {
    ...(revision !== undefined && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(revision) ? { revision } : {}),
    ...(version ? { version } : {}),
    ...(workflow && number !== undefined && /^\d{1,15}$/.test(number) ? { run: { workflow, number: Number(number) } } : {}),
    movingTags: labels[movingTagsLabel]?.split(' ') ?? [],
  }
}

/** Of the image that this run has built: its labels, and the run also where the labels do not have it. */
export function ownPedigree(labels: Labels, event: Event): Pedigree {
  return { ...readPedigree(labels), ...(event.run ? { run: event.run } : {}) }
}
