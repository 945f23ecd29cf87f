import { bytesText, callText, timeText } from '../../amounts.ts'
import type { SmokeReport } from '../../smoke/smoke-report.ts'
import { cellCode, fold, table } from '../markdown.ts'
import type { Section } from './section.ts'

const columns = [
  { name: 'Cold start', right: true },
  { name: 'First prediction', right: true },
  { name: 'Warm p50', right: true },
  { name: 'p95', right: true },
  { name: 'p99', right: true },
  { name: 'Calls', right: true },
  { name: 'Peak memory', right: true },
] as const

const mostPlatforms = 20
const milliseconds = (value: number | null) => (value === null ? 'failed' : callText(value))

function row({ platform, measured }: SmokeReport): readonly (readonly string[])[] {
  if (!measured) return []
  const { coldStart, firstPredict, warm, peakMemory } = measured
  return [
    [
      cellCode(platform ?? ''),
      timeText(coldStart),
      firstPredict === undefined ? '' : timeText(firstPredict),
      ...(warm ? [warm.p50, warm.p95, warm.p99].map(milliseconds) : ['', '', '']),
      warm ? `${warm.calls}${warm.failed > 0 ? ` (${warm.failed} failed)` : ''}` : '',
      peakMemory === undefined ? '' : bytesText(peakMemory),
    ],
  ]
}

/** How long the container takes to start and to predict, and what memory it takes. Calls are made one at a time. */
export const measured: Section = ({ smoke }) => {
  const all = smoke ? [smoke, ...(smoke.others ?? [])].slice(0, mostPlatforms) : []
  const rows = all.flatMap(row)
  if (rows.length === 0) return []
  const body = all.some(({ platform }) => platform !== undefined)
    ? table([{ name: 'Platform' }, ...columns], rows)
    : table(
        columns,
        rows.map(([, ...figures]) => figures),
      )
  return [fold('Latency and memory', body)]
}
