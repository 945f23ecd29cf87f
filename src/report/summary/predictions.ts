import type { Json } from '../../inputs/parse.ts'
import { type Comparison, comparisonText } from '../../smoke/comparison.ts'
import { cellCode, clip, escapeMarkdown, fold, shortDigests, table } from '../markdown.ts'
import { andMore, firstOf, type Section } from './section.ts'

const columns = [
  { name: 'Sample' },
  { name: 'Path' },
  { name: 'Was', right: true },
  { name: 'Is', right: true },
  { name: 'Change', right: true },
] as const
const longestValue = 200

const most = [10, 1]

type Row = Readonly<{ sample: string; path: string; previous: string; now: string; delta?: number }>

const written = (json: Json | undefined) => (json === undefined ? 'nothing' : JSON.stringify(json))

/** The changes, the gravest first; of a report that has only the largest, that. */
function rowsOf({ changes, largest }: Comparison): readonly Row[] {
  if (changes) return changes
  return largest ? [{ ...largest, previous: written(largest.previous), now: written(largest.now) }] : []
}

const cells = ({ sample, path, previous, now, delta }: Row): readonly string[] => [
  cellCode(clip(sample, 100)),
  ...[path, previous, now].map((text) => cellCode(clip(text, longestValue))),
  delta === undefined ? '' : `${delta > 0 ? '+' : ''}${Number(delta.toPrecision(6))}`,
]

/** How predictions stand to those of another image: open where they differ, with the largest changes. */
export const predictions: Section = ({ smoke }) => {
  const { comparison } = smoke ?? {}
  if (!comparison) return []
  const { largest, differing, samples } = comparison
  const text = escapeMarkdown(shortDigests(comparisonText(comparison)))
  if (!largest) return [fold(`Predictions: ${samples - differing} of ${samples} agree with another image`, text)]
  return most.map((size) => {
    const { shown, more } = firstOf(rowsOf(comparison), size)
    return fold(`Predictions: ${differing} of ${samples} differ`, `${text}\n\n${table(columns, shown.map(cells))}${andMore(more)}`, 'open')
  })
}
