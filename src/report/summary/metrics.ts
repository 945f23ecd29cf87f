import { numberText } from '../../amounts.ts'
import type { Verdict } from '../../quality/judge.ts'
import { cellCode, clip, code, fold, table } from '../markdown.ts'
import { andMore, firstOf, type Section } from './section.ts'

const most = [50, 10]
const states: Readonly<Record<Verdict['state'], string>> = {
  held: '✅ held',
  broken: '❌ broken',
  missing: '❌ missing',
  unknown: 'no previous value',
}
const shown = (value: number | undefined) => (value === undefined ? '' : numberText(value, 6))

/** The metrics of the model: each line of `require` with what it was held against, or else all there are. */
export const metrics: Section = ({ metrics: found }) => {
  if (!found) return []
  const { requirements, previous } = found
  const names = Object.entries(found.metrics)
  const beside = previous === undefined ? '' : `\n\nPrevious values are of ${code(previous)}.`
  return most.map((size) => {
    if (requirements.length > 0) {
      const { shown: lines, more } = firstOf(requirements, size)
      const rows = lines.map((line) => [
        cellCode(clip(line.requirement, 200)),
        shown(line.got),
        shown(line.bound),
        shown(line.previous),
        states[line.state],
      ])
      const columns = [
        { name: 'Line' },
        { name: 'Got', right: true },
        { name: 'Bound', right: true },
        { name: 'Previous', right: true },
        { name: 'Result' },
      ] as const
      const held = requirements.filter(({ state }) => state === 'held').length
      return fold(`Metrics: ${held} of ${requirements.length} lines held`, `${table(columns, rows)}${andMore(more)}${beside}`)
    }
    const { shown: some, more } = firstOf(names, size)
    const rows = some.map(([name, value]) => [cellCode(clip(name, 200)), numberText(value, 6)])
    return fold(`Metrics: ${names.length}`, `${table([{ name: 'Metric' }, { name: 'Value', right: true }], rows)}${andMore(more)}`)
  })
}
