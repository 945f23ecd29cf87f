import { numberText } from '../../amounts.ts'
import type { Verdict } from '../../quality/judge.ts'
import type { MetricsReport } from '../../quality/metrics-report.ts'
import { type Html, html, leftText, listed, nothing, section } from './html.ts'
import { type Column, row, table } from './table.ts'

const mostLines = 50

const words: Readonly<Record<Verdict['state'], readonly [string, string]>> = {
  held: ['passed', '\u2713 held'],
  broken: ['failed', '\u2717 not held'],
  missing: ['failed', '\u2717 no such metric'],
  unknown: ['skipped', '\u2013 nothing to compare with'],
}

const cell = (value: number | null | undefined) => (typeof value === 'number' ? numberText(value) : '')

const columns: readonly Column[] = [
  { name: 'Line', kind: 'name' },
  { name: 'Got', kind: 'number' },
  { name: 'Bound', kind: 'number' },
  { name: 'Before', kind: 'number' },
  { name: 'Result', kind: 'word' },
]

function line({ requirement, state, got, bound, previous }: Verdict): Html {
  const [kind, word] = words[state]
  return row(columns, [
    html`<code>${requirement}</code>`,
    html`${cell(got)}`,
    html`${cell(bound)}`,
    html`${cell(previous)}`,
    html`<span class="${kind}">${word}</span>`,
  ])
}

/** The lines of `require`, and every other metric of the file. */
export function metricsSection(report: MetricsReport | undefined): Html {
  if (!report) return nothing
  const { shown, left } = listed(report.requirements, mostLines, line)
  const asked = new Set(report.requirements.map(({ name }) => name))
  const others = listed(
    Object.entries(report.metrics).filter(([name]) => !asked.has(name)),
    mostLines,
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value === null ? 'not a number' : numberText(value)}</dd></div>`,
  )
  return section('metrics', 'Quality of the model', [
    html`<p>From <code>${report.file}</code>${report.previous === undefined ? '' : html`, held against <code>${report.previous}</code>`}.</p>`,
    table(columns, shown),
    leftText(left, 'lines'),
    others.shown.length > 0 ? html`<dl class="pairs">${others.shown}</dl>` : nothing,
    leftText(others.left, 'metrics'),
  ])
}
