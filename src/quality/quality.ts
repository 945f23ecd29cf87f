import type { Host, StageLog } from '../host/host.ts'
import { placeText, type QualityInputs } from '../inputs/inputs.ts'
import { Invalid } from '../inputs/parse.ts'
import { failed, type Outcome, passed, skipped } from '../outcome.ts'
import { metricLabel } from '../plan/labels/own.ts'
import type { Sought } from '../previous/find.ts'
import { judgeMetrics, type Verdict, verdictTable, verdictText } from './judge.ts'
import type { Metrics } from './metrics.ts'
import type { MetricsReport } from './metrics-report.ts'
import { type InEngine, readMetrics } from './read-metrics.ts'

/** The metrics that the previous image had; undefined with the reason where they are not known. */
export type PreviousMetrics = Readonly<{ kind: 'known'; reference: string; metrics: Metrics }> | Readonly<{ kind: 'unknown'; why: string }>

/** Of the labels of an image the metrics that the lines ask for. */
export function metricsOfLabels(sought: Sought, names: readonly string[]): PreviousMetrics {
  if (sought.kind !== 'found') return { kind: 'unknown', why: sought.why }
  const { labels, reference } = sought.image
  const metrics = new Map<string, number>()
  for (const name of names) {
    const value = labels[metricLabel(name)]
    if (value !== undefined && value.trim() !== '' && Number.isFinite(Number(value))) metrics.set(name, Number(value))
  }
  return { kind: 'known', reference, metrics }
}

const named = (verdicts: readonly Verdict[], state: Verdict['state']) => verdicts.filter((verdict) => verdict.state === state)

/** What to say of lines that ask for a previous value where there is none. */
function unknownText(verdicts: readonly Verdict[], previous: PreviousMetrics | undefined): string | undefined {
  const lines = named(verdicts, 'unknown')
  if (lines.length === 0) return undefined
  const names = [...new Set(lines.map(({ name }) => name))].join(', ')
  const why =
    previous?.kind === 'known' ? `${previous.reference} does not say its ${names}` : (previous?.why ?? 'there is no previous image')
  return `Not judged, as ${why}: ${lines.map(({ requirement }) => requirement).join('; ')}.`
}

/**
 * The quality gate: reads the metrics and holds the lines of `require` against them. A line about a previous value is
 * left out with a notice where there is none, as in a first release.
 */
export async function judgeQuality(
  host: Host,
  { file, requirements }: QualityInputs,
  inEngine: InEngine | undefined,
  askPrevious: () => Promise<PreviousMetrics>,
  log: StageLog,
  notice: (text: string) => void,
): Promise<Outcome<MetricsReport>> {
  if (!file) return skipped('no metrics-file')
  const where = placeText(file)
  let metrics: Metrics
  try {
    metrics = await readMetrics(host, file, inEngine)
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return failed('metrics-unreadable', `The metrics-file ${where} ${error.message}.`)
  }
  const previous = requirements.some(({ bound }) => bound.kind === 'previous') ? await askPrevious() : undefined
  const verdicts = judgeMetrics(requirements, metrics, previous?.kind === 'known' ? previous.metrics : undefined)
  const table = verdicts.length > 0 ? verdictTable(verdicts) : []
  log.line(
    `${where}: ${metrics.size} ${metrics.size === 1 ? 'metric' : 'metrics'}${previous?.kind === 'known' ? `, previous: ${previous.reference}` : ''}`,
  )
  for (const row of table) log.line(row)
  const unjudged = unknownText(verdicts, previous)
  if (unjudged) notice(unjudged)
  const [missing] = named(verdicts, 'missing')
  const [broken] = named(verdicts, 'broken')
  if (broken) return failed('metric-not-met', `${verdictText(broken, metrics)}.`, table)
  if (missing) return failed('metric-missing', `${verdictText(missing, metrics)}.`, table)
  return passed({
    file: where,
    metrics: Object.fromEntries([...metrics].map(([name, value]) => [name, Number.isFinite(value) ? value : null])),
    requirements: verdicts,
    ...(previous?.kind === 'known' ? { previous: previous.reference } : {}),
  })
}
