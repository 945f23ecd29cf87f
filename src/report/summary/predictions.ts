import type { Json } from '../../inputs/parse.ts'
import { comparisonText } from '../../smoke/comparison.ts'
import { cellCode, clip, escapeMarkdown, fold, table } from '../markdown.ts'
import type { Section } from './section.ts'

const columns = [
  { name: 'Sample' },
  { name: 'Path' },
  { name: 'Was', right: true },
  { name: 'Is', right: true },
  { name: 'Change', right: true },
] as const
const longestValue = 200

const value = (json: Json | undefined) => cellCode(clip(json === undefined ? 'nothing' : JSON.stringify(json), longestValue))

/** How predictions stand to those of another image: open where they differ, with the largest change. */
export const predictions: Section = ({ smoke }) => {
  const { comparison } = smoke ?? {}
  if (!comparison) return []
  const { largest, differing, samples } = comparison
  const text = escapeMarkdown(comparisonText(comparison))
  if (!largest) return [fold(`Predictions: ${samples - differing} of ${samples} agree with another image`, text)]
  const delta = largest.delta === undefined ? '' : `${largest.delta > 0 ? '+' : ''}${Number(largest.delta.toPrecision(6))}`
  const row = [
    cellCode(clip(largest.sample, 100)),
    cellCode(clip(largest.path, longestValue)),
    value(largest.previous),
    value(largest.now),
    delta,
  ]
  return [fold(`Predictions: ${differing} of ${samples} differ`, `${text}\n\n${table(columns, [row])}`, 'open')]
}
