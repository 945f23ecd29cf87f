import { callText, count, numberText } from '../../amounts.ts'
import type { SampleReport, SmokeReport } from '../../smoke/smoke-report.ts'
import { type Html, html, leftText, listed, nothing, section } from './html.ts'
import { percent } from './scale.ts'
import { marks } from './state.ts'
import { type Column, row, table } from './table.ts'

const mostSamples = 50

/** Of what the tolerance allows, how much was used; the line at the end is the edge. */
function edge({ nearest }: SampleReport): Html {
  if (!nearest) return nothing
  const used = nearest.share > 0 && nearest.share < 0.005 ? 'under 1 %' : `${Math.round(Math.min(nearest.share, 9.99) * 100)} %`
  const told = `${nearest.path} is ${numberText(nearest.got)}, expected ${numberText(nearest.expected)}`
  return html`<svg class="lane" aria-hidden="true" width="100%" height="12"><rect class="track" width="100%" height="12" rx="2"></rect><rect class="bar ${nearest.share > 1 ? 'failed' : 'own'}" width="${percent(Math.max(nearest.share, 0.006))}" height="12" rx="2"></rect></svg><span class="note">${used} of the tolerance: ${told}</span>`
}

const columns: readonly Column[] = [
  { name: 'Sample', kind: 'name' },
  { name: 'Request', kind: 'word' },
  { name: 'Status', kind: 'number' },
  { name: 'Time', kind: 'number' },
  { name: 'Answer', kind: 'long' },
]

function sampleRow(sample: SampleReport): Html {
  const { name, source, from, method, path, status, ms, result, compared, why } = sample
  const { glyph, word } = marks[result]
  const held = compared ? word : result === 'passed' ? 'answered' : word
  return row(columns, [
    html`${name} <span class="note">${source}${from === name ? '' : `, ${from}`}</span>`,
    html`<code>${method} ${path}</code>`,
    html`${status}`,
    html`${ms === undefined ? '' : callText(ms)}`,
    html`<span class="${result}">${glyph} ${held}</span>${edge(sample)}${why === undefined ? nothing : html`<p>${why}</p>`}`,
  ])
}

/** What was asked, and how each answer stands to what is expected. */
export function samplesSection(smoke: SmokeReport | undefined): Html {
  const samples = smoke?.samples ?? []
  if (!smoke || samples.length === 0) return nothing
  const asked = smoke.sampleCount ?? samples.length
  const { shown } = listed(samples, mostSamples, sampleRow)
  const preset =
    smoke.preset === undefined ? '' : `, taken for ${smoke.preset}${smoke.presetFrom === undefined ? '' : ` (${smoke.presetFrom})`}`
  return section('samples', 'Samples', [
    html`<p>${count(asked, 'request')} to port ${smoke.port} of the container${preset}.</p>`,
    table(columns, shown),
    leftText(asked - shown.length, 'samples'),
  ])
}
