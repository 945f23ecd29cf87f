import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import { type Inputs, placeText } from '../inputs/inputs.ts'
import { ignoreText } from '../inputs/leak-ignore.ts'
import type { Expectation } from '../inputs/parse.ts'
import { type ModelFacts, nothingKnown } from '../model/facts.ts'
import type { Event } from './event.ts'
import { cleanLabels } from './labels/clean.ts'
import { ociLabels } from './labels/oci.ts'
import { type Gate, labelPrefix, ownLabels, skippedGates } from './labels/own.ts'
import type { Tag } from './tags.ts'

export const inputHashLabel = `${labelPrefix}.input-hash`
/** The moving tags that the run of an image was after, with spaces between: by this others know that it wants them. */
export const movingTagsLabel = `${labelPrefix}.moving-tags`
export const workflowLabel = `${labelPrefix}.workflow`
export const runLabel = `${labelPrefix}.run`

/** The commit does not decide the image of such a run: it is there for what has changed elsewhere. */
const decidedByRun: ReadonlySet<string> = new Set(['schedule', 'workflow_dispatch', 'repository_dispatch'])

/**
 * sha256 (hex) over what decides what is built and what is gated: the commit, the Dockerfile, build and gate inputs;
 * labels and tags are left out. Two runs with the same hash ask the same of the same code.
 */
export function inputHash(inputs: Inputs, event: Event): string {
  const { build, test, smoke, quality, leaks, workingDirectory } = inputs
  const written = (expectation: Expectation | undefined) => (expectation?.kind === 'pattern' ? String(expectation.pattern) : expectation)
  const asked = {
    version: 1,
    commit: event.sha,
    dockerfile: build.dockerfile,
    target: build.target ?? '',
    args: Object.entries(build.args).sort(),
    // Of secrets the names alone, as of variables below. setup-buildx calls each builder it makes another name.
    options: { ...build.options, builder: undefined, secrets: build.options.secrets.map(({ id }) => id).sort(), timeoutMs: 0 },
    context: relative(workingDirectory, build.context),
    // Values of variables may be secret: their names must do.
    test: test.run && { command: test.command ?? '', requirements: test.requirements ?? '', env: Object.keys(test.env).sort() },
    smoke: smoke.run && {
      ...smoke,
      expectation: written(smoke.expectation) ?? '',
      healthExpect: written(smoke.healthExpect),
      env: Object.keys(smoke.env).sort(),
    },
    accept: [...inputs.accept].sort(),
    ...(leaks.check && leaks.ignore.length === 0 ? {} : { leaks: { check: leaks.check, ignore: leaks.ignore.map(ignoreText) } }),
    ...(quality.file ? { quality: { file: placeText(quality.file), require: quality.requirements.map(({ text }) => text) } } : {}),
  }
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}

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
  const own = { ...ownLabels(model, skippedGates(inputs)), [inputHashLabel]: inputHash(inputs, event) }
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
