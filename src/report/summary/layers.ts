import { bytesText, count } from '../../amounts.ts'
import type { LayerSize, SizeReport } from '../../inspect/size/size.ts'
import { sizeText } from '../../inspect/size/text.ts'
import { cellCode, clip, code, fold, table } from '../markdown.ts'
import { placeCell } from '../place.ts'
import type { Report } from '../report.ts'
import type { Section } from './section.ts'

const most = [40, 10]

const bytesOf = (layers: readonly LayerSize[]) => layers.reduce((sum, { bytes }) => sum + bytes, 0)

/** Whether the image before this one has it; nothing where nobody knows. */
function news(layers: readonly LayerSize[]): string {
  const known = layers.filter(({ isNew }) => isNew !== undefined)
  const fresh = known.filter(({ isNew }) => isNew).length
  if (known.length === 0 || fresh === 0) return ''
  return fresh === layers.length ? 'new' : `${fresh} new`
}

/** The largest of the build's own layers in the order of the image, and all of its base as one row. */
function rows(report: Report, { layers }: SizeReport, size: number): readonly (readonly string[])[] {
  const own = layers.filter((layer) => layer.own)
  const base = layers.filter((layer) => !layer.own)
  const largest = new Set(own.toSorted((a, b) => b.bytes - a.bytes).slice(0, size))
  const rest = own.filter((layer) => !largest.has(layer))
  return [
    ...(base.length > 0 ? [[bytesText(bytesOf(base)), news(base), `base image, ${count(base.length, 'layer')}`, '']] : []),
    ...own
      .filter((layer) => largest.has(layer))
      .map((layer) => [
        bytesText(layer.bytes),
        news([layer]),
        cellCode(clip(clip(layer.instruction, 2_000).replace(/\s+/g, ' ').trim(), 200)),
        placeCell(report, layer.at),
      ]),
    ...(rest.length > 0 ? [[bytesText(bytesOf(rest)), news(rest), `${count(rest.length, 'smaller layer')}`, '']] : []),
  ]
}

/** What the image weighs, layer by layer, and which of them are not in the image before it. */
export const layers: Section = (report) => {
  const { size } = report
  if (!size || size.layers.length === 0) return []
  const { previous } = size
  const columns = [{ name: 'Size', right: true }, { name: '' }, { name: 'Layer' }, { name: 'At' }] as const
  const beside = previous ? `\n\nBeside ${code(previous.reference)} (${bytesText(previous.bytes)}).` : ''
  return most.map((number) => fold(`Layers: ${sizeText(size)}`, `${table(columns, rows(report, size, number))}${beside}`))
}
