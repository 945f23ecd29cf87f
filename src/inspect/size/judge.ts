import { bytesText, percentText } from '../../amounts.ts'
import type { FailureCode } from '../../errors.ts'
import type { SizeInputs } from '../../inputs/inputs.ts'
import type { IncreaseLimit } from '../../inputs/parse-size.ts'
import type { Red } from '../../outcome.ts'
import type { LayerSize, SizeReport } from './size.ts'

/** How many bytes an image may weigh more than one with `before`. */
function allowance(increase: IncreaseLimit, before: number): number {
  return increase.kind === 'bytes' ? increase.bytes : (before * increase.percent) / 100
}

const placeText = ({ at }: Pick<LayerSize, 'at'>) => (at ? `${at.file}:${at.line}` : '')
const largestFirst = (layers: readonly LayerSize[]) => layers.toSorted((a, b) => b.bytes - a.bytes)
const bytesIn = (layers: readonly LayerSize[]) => layers.reduce((sum, { bytes }) => sum + bytes, 0)
const count = (layers: readonly LayerSize[]) => `${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}`

const mostTold = 10

type Row = Readonly<{ bytes: number; place: string; text: string }>

/** Layers of this build one by one, those of the base image in one line; the largest first. */
function rows(layers: readonly LayerSize[]): readonly Row[] {
  const base = layers.filter(({ own }) => !own)
  const own = largestFirst(layers.filter((layer) => layer.own)).map(
    (layer): Row => ({ bytes: layer.bytes, place: placeText(layer), text: layer.instruction || `layer ${layer.digest.slice(0, 19)}` }),
  )
  const all = base.length === 0 ? own : [...own, { bytes: bytesIn(base), place: '', text: `the base image (${count(base)})` }]
  return all.toSorted((a, b) => b.bytes - a.bytes)
}

function table(layers: readonly LayerSize[]): readonly string[] {
  const all = rows(layers)
  const told = all.slice(0, mostTold)
  const width = Math.max(...told.map(({ place }) => place.length))
  const lines = told.map(
    ({ bytes, place, text }) => `${bytesText(bytes).padStart(8)}  ${place.padEnd(width)}${width > 0 ? '  ' : ''}${text}`,
  )
  return [...lines, ...(all.length > mostTold ? [`... and ${all.length - mostTold} more`] : [])]
}

/** `RUN pip install torch (Dockerfile:5), 410.2 MB` */
function topText(layers: readonly LayerSize[]): string | undefined {
  const [top] = rows(layers)
  return top && `${top.text}${top.place === '' ? '' : ` (${top.place})`}, ${bytesText(top.bytes)}`
}

const whose = (platform: string | undefined) => (platform === undefined ? 'The image' : `The image for ${platform}`)

function red(code: FailureCode, message: string, layers: readonly LayerSize[], gone: readonly string[] = []): Red {
  const at = largestFirst(layers).find((layer) => layer.own && layer.at)?.at
  return { code, message, evidence: [...table(layers), ...gone], ...(at ? { at } : {}) }
}

/** Holds what an image weighs against the limits: red with `image-too-large` or `image-grew`, or undefined where it keeps them. */
export function judgeSize({ platform, bytes, layers, previous }: SizeReport, { most, increase }: SizeInputs): Red | undefined {
  if (most && bytes > most.bytes) {
    const top = topText(layers)
    const text = `${whose(platform)} weighs ${bytesText(bytes)} compressed, ${bytesText(bytes - most.bytes)} more than max-image-size: ${most.text}.`
    return red('image-too-large', `${text}${top === undefined ? '' : ` Most of it: ${top}.`}`, layers)
  }
  if (!increase || !previous) return undefined
  const grown = bytes - previous.bytes
  const allowed = allowance(increase, previous.bytes)
  if (grown <= allowed) return undefined
  const fresh = layers.filter(({ isNew }) => isNew)
  const percent = previous.bytes > 0 ? ` (${percentText(grown / previous.bytes)})` : ''
  const limit = `max-size-increase: ${increase.text}${increase.kind === 'percent' ? `, which is ${bytesText(Math.floor(allowed))}` : ''}`
  const text = `${whose(platform)} weighs ${bytesText(bytes)} compressed, ${bytesText(grown)}${percent} more than ${previous.reference} with ${bytesText(previous.bytes)}: more than ${limit}.`
  const top = topText(fresh)
  const gone = previous.bytes - bytesIn(layers.filter(({ isNew }) => isNew === false))
  const lost = gone > 0 && layers.length > 0 ? [`in place of ${bytesText(gone)} of ${previous.reference}`] : []
  return red('image-grew', `${text}${top === undefined ? '' : ` Most of what is new: ${top}.`}`, fresh, lost)
}

/** Of the images of several platforms the first that is red, else the largest. */
export function judgeAll(sizes: readonly SizeReport[], limits: SizeInputs): Readonly<{ size: SizeReport; red?: Red }> | undefined {
  const largest = sizes.toSorted((a, b) => b.bytes - a.bytes)
  for (const size of largest) {
    const verdict = judgeSize(size, limits)
    if (verdict) return { size, red: verdict }
  }
  const [size] = largest
  return size && { size }
}
