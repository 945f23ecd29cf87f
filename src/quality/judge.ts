import { nearest } from '../inputs/nearest.ts'
import type { Metrics } from './metrics.ts'
import { boundValue, holds, type Requirement } from './requirement.ts'

/** How one line of `require` came out. `unknown`: it asks for a previous value and there is none. */
export type Verdict = Readonly<{
  requirement: string
  name: string
  state: 'held' | 'broken' | 'missing' | 'unknown'
  /** NaN is null in JSON. */
  got?: number
  /** The number that it was held against. */
  bound?: number
  previous?: number
}>

/** Holds each line against the metrics. Nothing holds for NaN. */
export function judgeMetrics(requirements: readonly Requirement[], metrics: Metrics, previous: Metrics | undefined): readonly Verdict[] {
  return requirements.map(({ name, operator, bound, text }) => {
    const before = previous?.get(name)
    // A previous value that is no number binds nobody.
    const known = before === undefined || Number.isNaN(before) ? {} : { previous: before }
    const got = metrics.get(name)
    const base = { requirement: text, name, ...known }
    if (got === undefined) return { ...base, state: 'missing' }
    const limit = boundValue(bound, known.previous)
    if (limit === undefined) return { ...base, got, state: Number.isNaN(got) ? 'broken' : 'unknown' }
    return { ...base, got, bound: limit, state: holds(got, operator, limit) ? 'held' : 'broken' }
  })
}

const shownNames = 12

/** The name that was probably meant: one that ends so (`auc` of `val.auc`), or one written nearly so. */
export function meantMetric(name: string, names: readonly string[]): string | undefined {
  const wanted = name.toLowerCase()
  const ends = names.filter((one) => one.toLowerCase() === wanted || one.toLowerCase().endsWith(`.${wanted}`))
  return ends[0] ?? nearest(name, names)
}

/** What a broken or missing line says, in one sentence without its end. */
export function verdictText(verdict: Verdict, metrics: Metrics): string {
  const { requirement, name, got, bound, previous, state } = verdict
  if (state === 'missing') {
    const names = [...metrics.keys()]
    const near = meantMetric(name, names)
    const others =
      names.length > shownNames ? `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more` : names.join(', ')
    return `${requirement}: there is no metric ${name}${near ? `; did you mean ${near}` : ''}. There are: ${others}`
  }
  if (got !== undefined && Number.isNaN(got)) return `${requirement}: ${name} is not a number (NaN)`
  const limit = bound === undefined ? '' : `, the bound is ${bound}`
  return `${requirement}: ${name} is ${got}${previous === undefined ? '' : `, it was ${previous} in the previous image`}${limit}`
}

const cell = (value: number | undefined) => (value === undefined ? '-' : String(value))

/** All lines as a table with aligned columns: the line, what was got, the bound, the previous value, the result. */
export function verdictTable(verdicts: readonly Verdict[]): readonly string[] {
  const rows = [
    ['require', 'got', 'bound', 'previous', ''],
    ...verdicts.map(({ requirement, got, bound, previous, state }) => [requirement, cell(got), cell(bound), cell(previous), state]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
