import type { Inputs } from '../inputs/inputs.ts'
import { type ModelFacts, nothingKnown } from '../model/facts.ts'
import type { Event } from './event.ts'
import { inputHash, inputParts, partsText } from './input-hash.ts'
import { cleanLabels } from './labels/clean.ts'
import { ociLabels } from './labels/oci.ts'
import { type Gate, labelPrefix, ownLabels, skippedGates } from './labels/own.ts'
import type { Tag } from './tags.ts'

export const inputHashLabel = `${labelPrefix}.input-hash`
/** What the hash is made of, by parts: it tells what was another. */
export const inputPartsLabel = `${labelPrefix}.input-parts`
/** The tree of the commit, as git names it: a merge may have the tree of its pull request. */
export const treeLabel = `${labelPrefix}.tree`
export const revisionLabel = 'org.opencontainers.image.revision'
/** The moving tags that the run of an image was after, with spaces between: by this others know that it wants them. */
export const movingTagsLabel = `${labelPrefix}.moving-tags`
export const workflowLabel = `${labelPrefix}.workflow`
export const runLabel = `${labelPrefix}.run`

/** The commit does not decide the image of such a run: it is there for what has changed elsewhere. */
const decidedByRun: ReadonlySet<string> = new Set(['schedule', 'workflow_dispatch', 'repository_dispatch'])

/**
 * The labels that the commit and the inputs decide, sorted by key. Nothing here depends on the clock, the run or the
 * machine, so that one commit gives one image.
 */
export function computeLabels(
  inputs: Inputs,
  event: Event,
  tags: readonly Tag[],
  sourceDateEpoch: string | undefined,
  model: ModelFacts = nothingKnown,
): Readonly<Record<string, string>> {
  const parts = inputParts(inputs, event)
  const asked = { [inputHashLabel]: inputHash(parts), [inputPartsLabel]: partsText(parts), [treeLabel]: event.tree }
  const own = { ...ownLabels(model, skippedGates(inputs)), ...asked }
  return originLabels(event, tags, sourceDateEpoch, own)
}

function originLabels(
  event: Event,
  tags: readonly Tag[],
  sourceDateEpoch: string | undefined,
  own: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const clean = cleanLabels({
    ...ociLabels(event, tags[0]?.name ?? '', sourceDateEpoch),
    ...own,
    [workflowLabel]: decidedByRun.has(event.name) ? event.run?.workflow : undefined,
    [runLabel]: decidedByRun.has(event.name) ? event.run?.number.toString() : undefined,
  })
  // Whole, and also where there are none: a base image of ours would hand down its own.
  const moving = tags.flatMap(({ name, moves }) => (moves ? [name] : [])).join(' ')
  return Object.fromEntries(Object.entries({ ...clean, [movingTagsLabel]: moving }).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The same, of what the inputs of a merge decide: where the index is from, and which tags move onto it. */
export function computeIndexLabels(
  event: Event,
  tags: readonly Tag[],
  sourceDateEpoch: string | undefined,
): Readonly<Record<string, string>> {
  return originLabels(event, tags, sourceDateEpoch, {})
}

/** The labels of a build that waited for the tests: with the model that they may have made, and how they came out. */
export function labelsAfterTests(
  planned: Readonly<Record<string, string>>,
  inputs: Inputs,
  model: ModelFacts,
  tests: Gate,
): Readonly<Record<string, string>> {
  const own = cleanLabels(ownLabels(model, { ...skippedGates(inputs), tests }))
  // What the user said of a label of ours stays.
  return Object.fromEntries(Object.entries({ ...own, ...planned }).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The line of parts without that of the commit. */
const beyondCommit = (labels: Readonly<Record<string, string>>) => labels[inputPartsLabel]?.replace(/\bcommit=\w+ ?/, '')

/**
 * Whether an image, by its labels, is of a run that was asked the same as one that gives those: of the same commit, or of
 * another with the same tree.
 */
export function wasAskedTheSame(said: Readonly<Record<string, string>>, asked: Readonly<Record<string, string>>): boolean {
  const same = (label: string) => (asked[label] ?? '') !== '' && said[label] === asked[label]
  return (
    (same(inputHashLabel) && same(revisionLabel)) ||
    (same(treeLabel) && (beyondCommit(asked) ?? '') !== '' && beyondCommit(said) === beyondCommit(asked))
  )
}
