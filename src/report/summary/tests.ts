import { count, timeText } from '../../amounts.ts'
import type { FailedTest } from '../../test/junit.ts'
import { cellCode, clip, code, fenced, fold, table } from '../markdown.ts'
import { placeLink } from '../place.ts'
import type { Report } from '../report.ts'
import { andMore, firstOf, type Section } from './section.ts'

/** As many are read; those behind them are folded. */
const mostOpen = 10

/** Of failed tests: how many are told, and how much of a message (characters). */
const failedForms = [
  { most: 200, longest: 2_000 },
  { most: 50, longest: 1_000 },
  { most: 10, longest: 300 },
] as const

function oneFailed(report: Report, { name, message, file, line }: FailedTest, longest: number): string {
  const place = file === undefined ? '' : placeLink(report, { file, ...(line === undefined ? {} : { line }) })
  const head = [`**${code(clip(name, 500)) || 'without a name'}**`, place].filter(Boolean).join(' · ')
  const said = clip(message, longest)
  return said.trim() === '' ? head : `${head}\n\n${fenced([said])}`
}

/** What failed, where and with what, the first of them open. */
export const failedTests: Section = (report) => {
  const { failures = [] } = report.tests ?? {}
  if (failures.length === 0) return []
  return failedForms.map(({ most, longest }) => {
    const { shown, more } = firstOf(failures, most)
    const told = shown.map((failed) => oneFailed(report, failed, longest))
    const behind = told.slice(mostOpen)
    return [
      fold(count(failures.length, 'failed test'), told.slice(0, mostOpen).join('\n\n'), 'open'),
      ...(behind.length > 0 ? [fold(`The next ${behind.length}`, `${behind.join('\n\n')}${andMore(more)}`)] : []),
      ...(behind.length === 0 && more > 0 ? [`And ${count(more, 'more failed test')}.`] : []),
    ].join('\n\n')
  })
}

/** A suite that is over sooner is not asked where its time goes (timeText). */
const worthTelling = 1

/** The slowest tests, where they take any time. */
export const slowTests: Section = ({ tests }) => {
  const slowest = tests?.slowest ?? []
  const [first] = slowest
  if (!first || first.seconds < worthTelling) return []
  const rows = slowest.slice(0, 20).map((one) => [timeText(one.seconds * 1_000), cellCode(clip(one.name, 300))])
  return [
    fold(`Slowest tests (${timeText(first.seconds * 1_000)} and less)`, table([{ name: 'Time', right: true }, { name: 'Test' }], rows)),
  ]
}
