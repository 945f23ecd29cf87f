import { bytesText, callText, count, timeText } from '../../amounts.ts'
import type { Measured } from '../../smoke/measure/measure.ts'
import type { Warm } from '../../smoke/measure/warm.ts'
import { type Html, html, nothing, section } from './html.ts'
import { percent, roundStep, shareOf, ticks, tickText } from './scale.ts'

const barsTop = 66
const barsHeight = 110
const labelHeight = 18
const axisHeight = 24
const bins = 40

type Bin = Readonly<{ from: number; to: number; count: number }>

/** Calls by how long they took: bins of a round width (ms) from 0 to `most`; what took longer is not in one. */
export function binned(times: readonly number[], most: number): readonly Bin[] {
  const width = roundStep(most / bins)
  const count = most > 0 ? Math.max(1, Math.ceil(most / width - 1e-9)) : 1
  const counts = new Array<number>(count).fill(0)
  for (const time of times) {
    const index = Math.min(count - 1, Math.floor(time / width))
    if (time >= 0 && time <= most) counts[index] = (counts[index] ?? 0) + 1
  }
  return counts.map((found, index) => ({ from: index * width, to: (index + 1) * width, count: found }))
}

/** A day (ms): nothing that was measured is longer. */
const longest = 86_400_000

/** The end of the scale: one call that took very long does not push all others into a corner. */
function endOf(times: readonly number[], percentiles: readonly number[]): number {
  const usual = Math.max(...percentiles, 0.1)
  const slowest = Math.max(usual, ...times)
  return (slowest > 3 * usual ? 1.5 * usual : slowest) * 1.02
}

const measurable = (ms: number | null): ms is number => ms !== null && ms >= 0 && ms <= longest

type Mark = Readonly<{ name: string; at: number }>

function marksOf({ p50, p95, p99 }: Warm): readonly Mark[] {
  const all = [
    { name: 'p50', at: p50 },
    { name: 'p95', at: p95 },
    { name: 'p99', at: p99 },
  ]
  return all.flatMap(({ name, at }) => (measurable(at) ? [{ name, at }] : []))
}

/** Lines first, so that no label is crossed by one; each label in a row of its own, so that those that are close do not meet. */
function markLine({ at }: Mark, index: number, most: number): Html {
  const x = percent(shareOf(at, most))
  return html`<line class="mark" x1="${x}" x2="${x}" y1="${3 + index * labelHeight}" y2="${barsTop + barsHeight}"></line>`
}

function markLabel({ name, at }: Mark, index: number, most: number): Html {
  const share = shareOf(at, most)
  const [side, shift] = share > 0.6 ? ['end', -5] : ['start', 5]
  return html`<text x="${percent(share)}" dx="${shift}" y="${12 + index * labelHeight}" text-anchor="${side}"><tspan class="strong">${name}</tspan> ${callText(at)}</text>`
}

function histogram(found: readonly Bin[], most: number): readonly Html[] {
  const highest = Math.max(1, ...found.map(({ count }) => count))
  return found
    .filter(({ count }) => count > 0)
    .map(({ from, to, count }) => {
      const height = Math.max(2, Math.round(shareOf(count, highest) * barsHeight))
      const [left, right] = [shareOf(from, most), Math.min(1, shareOf(to, most))]
      return html`<rect class="bar own" x="${percent(left)}" y="${barsTop + barsHeight - height}" width="${percent(Math.max(right - left - 0.002, 0.001))}" height="${height}"></rect>`
    })
}

function axis(most: number): readonly Html[] {
  const bottom = barsTop + barsHeight
  const labels = ticks(most).map((at) => {
    const share = shareOf(at, most)
    const side = share < 0.05 ? 'start' : share > 0.95 ? 'end' : 'middle'
    return html`<text class="tick" x="${percent(share)}" y="${bottom + 16}" text-anchor="${side}">${at === 0 ? '0' : tickText(at)}</text>`
  })
  return [html`<line class="axis" x1="0" x2="100%" y1="${bottom}" y2="${bottom}"></line>`, ...labels]
}

/** How long repeated predictions took: a histogram where each call is known, else the percentiles alone. */
function picture(warm: Warm): Html {
  const marks = marksOf(warm)
  if (marks.length === 0) return nothing
  const times = (warm.times ?? []).filter(measurable)
  const most = endOf(
    times,
    marks.map(({ at }) => at),
  )
  const beyond = times.filter((time) => time > most)
  const told = marks.map(({ name, at }) => `${name} ${callText(at)}`).join(', ')
  const drawn = times.length > 0 ? histogram(binned(times, most), most) : []
  const rest =
    beyond.length > 0
      ? html`<p class="note">${count(beyond.length, 'call')} took longer than the scale shows, up to ${callText(Math.max(...beyond))}.</p>`
      : nothing
  return html`<figure><svg role="img" aria-labelledby="latency-title latency-desc" width="100%" height="${barsTop + barsHeight + axisHeight}"><title id="latency-title">How long a warm prediction takes</title><desc id="latency-desc">${told}</desc>${axis(most)}${drawn}${marks.map((one, index) => markLine(one, index, most))}${marks.map((one, index) => markLabel(one, index, most))}</svg></figure>${rest}`
}

/** What it takes to run the image: start, first and repeated predictions, memory. */
export function latencySection(measured: Measured | undefined): Html {
  const warm = measured?.warm
  if (!measured || !warm) return nothing
  const failed = warm.failed > 0 ? html` <span class="strong">${warm.failed} failed.</span>` : nothing
  const first = measured.firstPredict === undefined ? '' : `, the first prediction took ${callText(measured.firstPredict)}`
  const memory = measured.peakMemory === undefined ? '' : `; the container had ${bytesText(measured.peakMemory)} of memory at most`
  return section('latency', 'Latency', [
    html`<p>The sample was asked ${warm.calls === 1 ? 'once more' : `${warm.calls} times more`}, one call at a time.${failed} The container was ready after ${timeText(measured.coldStart)}${first}${memory}.</p>`,
    picture(warm),
  ])
}
