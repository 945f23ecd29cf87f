import { bytesText, callText, count, numberText, signed, timeText } from '../../amounts.ts'
import type { Report } from '../report.ts'
import { clipped, type Html, html, nothing } from './html.ts'

/** A figure, what it is of, and what stands it in relation. */
type Tile = Readonly<{ name: string; value: string; note?: string }>

const mostMetrics = 4

function testTile({ tests }: Report): readonly Tile[] {
  if (!tests) return []
  const red = tests.failed + tests.errors
  const green = tests.tests - red - tests.skipped
  const skipped = tests.skipped > 0 ? [`${tests.skipped} skipped`] : []
  const notes = [...(red > 0 ? [`${red} failed`] : []), ...skipped, `in ${timeText(tests.seconds * 1_000)}`]
  return [{ name: 'Tests passed', value: `${green} of ${tests.tests}`, note: notes.join(', ') }]
}

function sizeTile({ size, image }: Report): readonly Tile[] {
  const bytes = size?.bytes ?? image?.compressedBytes
  if (!bytes) return []
  const { previous } = size ?? {}
  if (!previous) return [{ name: 'Image, compressed', value: bytesText(bytes) }]
  const change = bytes - previous.bytes
  const note = change === 0 ? 'as before' : `${signed(change, bytesText)} against before`
  return [{ name: 'Image, compressed', value: bytesText(bytes), note }]
}

function smokeTiles({ smoke }: Report): readonly Tile[] {
  const measured = smoke?.measured
  const samples = smoke?.samples ?? []
  const count = smoke?.sampleCount ?? samples.length
  const wrong = samples.filter(({ result }) => result === 'failed').length
  const { warm, coldStart, peakMemory } = measured ?? {}
  return [
    ...(count > 0 ? [{ name: 'Samples as expected', value: `${count - wrong} of ${count}` }] : []),
    ...(coldStart === undefined ? [] : [{ name: 'Start to first good answer', value: timeText(coldStart) }]),
    ...(warm && warm.p95 !== null
      ? [
          {
            name: 'Prediction, warm p95',
            value: callText(warm.p95),
            ...(warm.p50 === null ? {} : { note: `half within ${callText(warm.p50)}` }),
          },
        ]
      : []),
    ...(peakMemory === undefined ? [] : [{ name: 'Most memory', value: bytesText(peakMemory) }]),
  ]
}

function cacheTile({ image }: Report): readonly Tile[] {
  if (!image || image.steps.total === 0) return []
  const { hit, total } = image.steps
  return [{ name: 'Steps from the cache', value: `${hit} of ${total}` }]
}

function metricTiles({ metrics }: Report): readonly Tile[] {
  if (!metrics) return []
  const { requirements } = metrics
  const asked = [...new Set(requirements.map(({ name }) => name))]
  const names = (asked.length > 0 ? asked : Object.keys(metrics.metrics)).slice(0, mostMetrics)
  return names.flatMap((name) => {
    const value = metrics.metrics[name]
    const previous = requirements.find((one) => one.name === name)?.previous
    return typeof value === 'number'
      ? [
          {
            name: clipped(name, 60),
            value: numberText(value),
            ...(previous === undefined ? {} : { note: `before ${numberText(previous)}` }),
          },
        ]
      : []
  })
}

function mergedTile({ merged }: Report): readonly Tile[] {
  return merged ? [{ name: 'Platforms', value: count(merged.parts.length, 'image') }] : []
}

/** The figures of a run, those that were measured. */
export function tiles(report: Report): Html {
  const all = [testTile, sizeTile, smokeTiles, metricTiles, cacheTile, mergedTile].flatMap((of) => of(report))
  if (all.length === 0) return nothing
  const shown = all.map(
    ({ name, value, note }) =>
      html`<div><dt>${name}</dt><dd><span class="figure">${value}</span>${note === undefined ? undefined : html` <span class="note">${note}</span>`}</dd></div>`,
  )
  return html`<dl class="tiles">${shown}</dl>`
}
