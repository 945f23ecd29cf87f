import { bytesText, count, signed } from '../../amounts.ts'
import type { LayerSize, SizeReport } from '../../inspect/size/size.ts'
import { type Bar, bars } from './bars.ts'
import { clipped, type Html, html, nothing, section } from './html.ts'
import { shareOf } from './scale.ts'

const mostLayers = 25
const longestInstruction = 120

function barOf({ instruction, bytes, own, isNew, at }: LayerSize, largest: number): Bar {
  const notes = [...(isNew ? ['new'] : []), ...(own ? [] : ['base image']), ...(at ? [`${at.file}:${at.line}`] : [])]
  return {
    label: clipped(instruction.replace(/\s+/g, ' ').trim() || 'layer without an instruction', longestInstruction),
    code: true,
    ...(notes.length > 0 ? { note: notes.join(', ') } : {}),
    value: bytesText(bytes),
    share: shareOf(bytes, largest),
    kind: isNew ? 'new' : own ? 'own' : 'base',
  }
}

/** One bar for the layers that nobody here has made. */
function baseBar(layers: readonly LayerSize[], largest: number): readonly Bar[] {
  const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0)
  const fresh = layers.filter(({ isNew }) => isNew).length
  if (layers.length === 0) return []
  return [
    {
      label: 'Base image',
      note: `${count(layers.length, 'layer')}${fresh > 0 ? `, ${fresh} new` : ''}`,
      value: bytesText(bytes),
      share: shareOf(bytes, largest),
      kind: 'base',
    },
  ]
}

const sum = (layers: readonly LayerSize[]) => layers.reduce((bytes, layer) => bytes + layer.bytes, 0)

function introduction({ platform, bytes, layers, previous }: SizeReport): Html {
  const fresh = layers.filter(({ isNew }) => isNew)
  const known = layers.some(({ isNew }) => isNew !== undefined)
  const change = previous ? bytes - previous.bytes : 0
  const before = previous
    ? html`, ${change === 0 ? 'as much as' : html`<span class="strong">${signed(change, bytesText)}</span> against`} <code>${previous.reference}</code> (${bytesText(previous.bytes)})`
    : nothing
  const pull = known
    ? html` Who has that one pulls ${fresh.length === 0 ? 'no layer' : html`${count(fresh.length, 'layer')}, <span class="strong">${bytesText(sum(fresh))}</span>`}.`
    : nothing
  return html`<p>${platform === undefined ? '' : `${platform}: `}${bytesText(bytes)} compressed in ${count(layers.length, 'layer')}${before}.${pull}</p>`
}

/** What an image weighs: each layer of its own by the instruction that made it, those of its base as one. */
export function layersSection(size: SizeReport | undefined): Html {
  if (!size || size.layers.length === 0) return nothing
  const base = size.layers.filter(({ own }) => !own)
  const own = size.layers.filter((layer) => layer.own)
  const largest = Math.max(sum(base), ...own.map(({ bytes }) => bytes))
  const all = [...baseBar(base, largest), ...own.map((layer) => barOf(layer, largest))]
  return section('layers', 'Layers', [introduction(size), ...bars(all, mostLayers, 'layers')])
}
