import { timeText } from '../../amounts.ts'
import type { StageName, StageReport } from '../report.ts'
import { stageNames } from '../text.ts'
import { type Html, html, listed, nothing, section } from './html.ts'
import { percent, shareOf, tickText, timeTicks } from './scale.ts'
import { marks } from './state.ts'
import { type Column, row, table } from './table.ts'

/** Heights in pixels; widths are shares, so that letters keep their size on a narrow screen. */
const rowHeight = 38
const barHeight = 14
const axisHeight = 24
const mostStages = 20

/** The order in which the rows stand: that of a run. */
const order: Readonly<Record<StageName, number>> = { test: 0, build: 1, inspect: 2, smoke: 3, quality: 4, gate: 5, publish: 6 }

const ran = ({ state, duration }: StageReport) => (state === 'passed' || state === 'failed' || state === 'stopped') && duration >= 0

/** A label stands where its bar begins; of a bar in the right half, where it ends. */
function anchor(start: number, end: number): Html {
  return start > 0.5 ? html`x="${percent(end)}" text-anchor="end"` : html`x="${percent(start)}"`
}

function barOf({ stage, state, start, duration }: StageReport, index: number, whole: number): Html {
  const top = index * rowHeight
  const [from, to] = [shareOf(start, whole), shareOf(start + duration, whole)]
  return html`<text ${anchor(from, to)} y="${top + 14}"><tspan class="${state}">${marks[state].glyph}</tspan> <tspan class="strong">${stageNames[stage] ?? stage}</tspan> ${timeText(duration)}${state === 'passed' ? '' : `, ${marks[state].word}`}</text><rect class="bar ${state}" x="${percent(from)}" y="${top + 20}" width="${percent(Math.max(to - from, 0.004))}" height="${barHeight}" rx="2"></rect>`
}

function axis(whole: number, height: number): readonly Html[] {
  return timeTicks(whole).map((at) => {
    const share = shareOf(at, whole)
    const side = share < 0.05 ? 'start' : share > 0.95 ? 'end' : 'middle'
    return html`<line class="grid" x1="${percent(share)}" x2="${percent(share)}" y1="0" y2="${height}"></line><text class="tick" x="${percent(share)}" y="${height + 16}" text-anchor="${side}">${tickText(at)}</text>`
  })
}

/** When each stage ran, beside which others. */
function picture(stages: readonly StageReport[], durationMs: number): Html {
  const rows = stages.filter(ran).toSorted((a, b) => a.start - b.start || order[a.stage] - order[b.stage])
  if (rows.length === 0) return nothing
  const whole = Math.max(durationMs, ...rows.map(({ start, duration }) => start + duration))
  const height = rows.length * rowHeight + 4
  const told = rows.map(({ stage, start, duration }) => `${stage} from ${tickText(start)} to ${tickText(start + duration)}`).join(', ')
  return html`<figure><svg role="img" aria-labelledby="timeline-title timeline-desc" width="100%" height="${height + axisHeight}"><title id="timeline-title">Timeline of the stages</title><desc id="timeline-desc">${told}</desc>${axis(whole, height)}${rows.map((stage, index) => barOf(stage, index, whole))}</svg></figure>`
}

const columns: readonly Column[] = [
  { name: 'Stage', kind: 'word' },
  { name: 'Result', kind: 'word' },
  { name: 'Time', kind: 'number' },
  { name: 'Detail', kind: 'rest' },
]

function tableRow({ stage, state, duration, detail }: StageReport): Html {
  const time = state === 'passed' || state === 'failed' || state === 'stopped' ? timeText(duration) : ''
  const { glyph, word } = marks[state]
  return row(columns, [
    html`${stageNames[stage] ?? stage}`,
    html`<span class="${state}">${glyph} ${word}</span>`,
    html`${time}`,
    html`${detail}`,
  ])
}

/** The stages of a run: when, how they ended, and what they have to tell. */
export function stagesSection(all: readonly StageReport[], durationMs: number): Html {
  if (all.length === 0) return nothing
  const stages = all.slice(0, mostStages)
  const { shown } = listed(stages, mostStages, tableRow)
  return section('stages', 'Stages', [picture(stages, durationMs), table(columns, shown)])
}
