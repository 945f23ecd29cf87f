import { timeText } from '../../amounts.ts'
import type { SampleReport } from '../../smoke/smoke-report.ts'
import { cellCode, clip, escapeMarkdown, fold, table } from '../markdown.ts'
import { andMore, firstOf, type Section } from './section.ts'

const most = [100, 20, 5]
const columns = [
  { name: 'Sample' },
  { name: 'Request' },
  { name: 'Status', right: true },
  { name: 'Time', right: true },
  { name: 'Result' },
] as const

function row({ name, method, path, status, ms, result, why, compared }: SampleReport): readonly string[] {
  const passed = compared ? '✅ as expected' : '✅ answered'
  return [
    cellCode(clip(name, 100)),
    cellCode(`${clip(method, 20)} ${clip(path, 200)}`),
    status === undefined ? '' : String(status),
    ms === undefined ? '' : timeText(ms),
    result === 'passed' ? passed : `❌ ${escapeMarkdown(clip(why ?? '', 300))}`,
  ]
}

/** The samples and their answers, where there are several or one was not as expected; those first. */
export const samples: Section = ({ smoke }) => {
  const all = smoke?.samples ?? []
  const failed = all.filter(({ result }) => result === 'failed')
  if (all.length < 2 && failed.length === 0) return []
  const number = smoke?.sampleCount ?? all.length
  const sorted = [...failed, ...all.filter(({ result }) => result === 'passed')]
  return most.map((size) => {
    const { shown } = firstOf(sorted, size)
    const body = `${table(columns, shown.map(row))}${andMore(number - shown.length)}`
    return fold(`Samples: ${number - failed.length} of ${number} as expected`, body, failed.length > 0 ? 'open' : 'closed')
  })
}
