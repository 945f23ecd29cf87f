import type { Json } from '../inputs/parse.ts'
import { names } from './judge/json-path.ts'
import { type Change, changesOf, largestChange, volatilePaths } from './predictions.ts'
import type { AnswerExpectation } from './sample.ts'

/** Whether two images have the same model, by the digest of its files; unknown where one does not say it. */
export type SameModel = 'same' | 'changed' | 'unknown'

/** The answers of each sample, by its name: one image was asked several times. */
export type Answers = ReadonlyMap<string, readonly Json[]>

/** A change of a report: its values as JSON, cut where they are long. */
export type ShownChange = Readonly<{ sample: string; path: string; previous: string; now: string; delta?: number }>

const mostChanges = 50

/** How the predictions of an image stand to those of another. */
export type Comparison = Readonly<{
  with: string
  model: SameModel
  /** Samples that both have answered, and those of them whose answers are not the same. */
  samples: number
  differing: number
  largest?: Omit<Change, 'at'> & Readonly<{ sample: string }>
  /** Where they differ, the gravest first, fifty at most. */
  changes?: readonly ShownChange[]
  /** Paths that were left out, as they differ between answers of one image. */
  ignored: readonly string[]
}>

export function sameModel(digest: string | undefined, previous: string | undefined): SameModel {
  if (digest === undefined || previous === undefined) return 'unknown'
  return digest === previous ? 'same' : 'changed'
}

/** How the answers to each sample are compared, by its name. */
export type Rules = ReadonlyMap<string, Pick<AnswerExpectation, 'ignore' | 'tolerance'>>

/** Holds the answers of two images against each other, but for what says nothing of their model or is not to be compared. */
export function compareAnswers(previous: Answers, now: Answers, reference: string, model: SameModel, rules: Rules = new Map()): Comparison {
  const ignored = new Set<string>()
  const found: (Change & Readonly<{ sample: string }>)[] = []
  const compared = [...now].filter(([name]) => previous.has(name))
  const differing = compared.filter(([sample, ours]) => {
    const theirs = previous.get(sample) ?? []
    const moving = new Set([...volatilePaths(theirs), ...volatilePaths(ours)])
    for (const path of moving) ignored.add(path)
    const { tolerance, ignore = [] } = rules.get(sample) ?? {}
    const left = ({ path, at }: Change) => moving.has(path) || ignore.some((one) => names(one, at))
    const changes = changesOf(theirs[0], ours[0], tolerance).filter((change) => !left(change))
    // A tensor has more changes than a call may have arguments.
    for (const change of changes) found.push({ ...change, sample })
    return changes.length > 0
  })
  const { at: _, ...largest } = (largestChange(found) as (typeof found)[number] | undefined) ?? { at: [] }
  return {
    ...{ with: reference, model, samples: compared.length, differing: differing.length },
    ...('path' in largest ? { largest } : {}),
    ...(found.length > 0 ? { changes: gravest(found, mostChanges).map(shownChange) } : {}),
    ignored: [...ignored],
  }
}

const shown = (value: Json | undefined) => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 100)}...` : text
}

const size = ({ delta }: Pick<Change, 'delta'>) => (delta === undefined ? Number.POSITIVE_INFINITY : Math.abs(delta))

/** The gravest first, those that are alike in their order; of a million it keeps no more than these. */
function gravest<T extends Change>(changes: readonly T[], most: number): readonly T[] {
  const kept: T[] = []
  for (const change of changes) {
    if (kept.length === most && size(kept.at(-1) ?? change) >= size(change)) continue
    const before = kept.findIndex((one) => size(one) < size(change))
    kept.splice(before < 0 ? kept.length : before, 0, change)
    if (kept.length > most) kept.pop()
  }
  return kept
}

function shownChange({ sample, path, previous, now, delta }: Change & Readonly<{ sample: string }>): ShownChange {
  return { sample, path, previous: shown(previous), now: shown(now), ...(delta === undefined ? {} : { delta }) }
}

const models: Readonly<Record<SameModel, string>> = {
  same: 'the model is the same',
  changed: 'the model has changed',
  unknown: 'whether the model has changed is not known',
}

/** What a comparison has found, in one sentence without its end. */
export function comparisonText({ with: reference, model, samples, differing, largest, ignored }: Comparison): string {
  const left = ignored.length > 0 ? ` (left out, as they differ from call to call: ${ignored.slice(0, 5).join(', ')})` : ''
  if (samples === 0) return `${reference} answers no sample of this image: nothing is compared`
  if (!largest) return `Predictions agree with ${reference}: ${samples} ${samples === 1 ? 'sample' : 'samples'}, ${models[model]}${left}`
  const delta = largest.delta === undefined ? '' : ` (${largest.delta > 0 ? '+' : ''}${Number(largest.delta.toPrecision(6))})`
  return `Predictions differ from ${reference} in ${differing} of ${samples} ${samples === 1 ? 'sample' : 'samples'}, and ${models[model]}. Largest: ${largest.sample} ${largest.path} was ${shown(largest.previous)}, is ${shown(largest.now)}${delta}${left}`
}
