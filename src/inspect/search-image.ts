import { bytesText } from '../amounts.ts'
import type { BuildInputs } from '../inputs/inputs.ts'
import type { Finding } from './finding.ts'
import type { LayerReading } from './layers/layer.ts'
import { largestLayer, longestSearch, type Readings } from './layers/readings.ts'
import { isAttestation, type Named, type Source } from './layers/source.ts'
import type { Search } from './leaks/search.ts'
import { type Step, stepsOf } from './origin.ts'
import { chainOf } from './recipe.ts'
import type { LeftOut, Search as Searched } from './report.ts'
import type { SeenImage } from './seen.ts'
import { platformOf, type Weighed } from './size/weigh.ts'
import { type ImageJson, onceEach, searchConfig, searchJson } from './surfaces.ts'

/** All layers that are looked into, together. */
const largestSum = 1 << 30

/** A layer to be read, and the step that made it. */
type Wanted = Readonly<{ layer: Named; step: Step | undefined; platform: string | undefined }>

/** The layers of the build's own, those that are too large apart. */
function chooseLayers(all: readonly Wanted[]): Readonly<{ wanted: readonly Wanted[]; leftOut: readonly LeftOut[] }> {
  const wanted: Wanted[] = []
  const leftOut: LeftOut[] = []
  let sum = 0
  // The small ones first: they hold the code.
  for (const one of all.toSorted((a, b) => a.layer.bytes - b.layer.bytes)) {
    const { bytes } = one.layer
    if (bytes <= largestLayer && sum + bytes <= largestSum) {
      wanted.push(one)
      sum += bytes
    } else leftOut.push({ layer: layerText(one), why: `${bytesText(bytes)} compressed` })
  }
  return { wanted, leftOut }
}

const layerText = ({ layer, step }: Wanted) => (step?.by ? `the layer of ${step.by.keyword} in line ${step.by.line}` : layer.digest)

/**
 * Searches all of an image: configurations, annotations, attestations, and the files of the layers that the build made, but
 * for those that were `searched` before. What it meets of each platform goes to `onImage`.
 */
export async function searchImage(
  source: Source,
  build: BuildInputs,
  search: Search,
  { of: readings, take, over }: Readings,
  searched: ReadonlySet<string>,
  onImage: (image: Weighed) => void = () => {},
): Promise<Searched> {
  const chain = chainOf(build.dockerfile, build.target, build.args)
  const images = source.manifests.filter((manifest) => manifest.config !== undefined && !isAttestation(manifest))
  const attestations = source.manifests.filter(isAttestation).flatMap(({ layers }) => layers)
  const configs = images.flatMap(({ config }) => config?.digest ?? [])
  const texts = await source.texts([...configs, ...attestations.map(({ digest }) => digest)])

  const findings: Finding[] = []
  const layers = new Map<string, Wanted>()
  const held = (digest: string) => {
    const files = readings.get(digest)?.held
    return files ? { held: files } : {}
  }
  const looks: (() => SeenImage)[] = []
  for (const { config, layers: named } of images) {
    const json = JSON.parse(texts.get(config?.digest ?? '') || '{}') as ImageJson
    const steps = stepsOf(json.history ?? [], chain)
    onImage({ platform: platformOf(json), layers: named, steps })
    const platform = images.length > 1 ? `${json.os}/${json.architecture}` : undefined
    findings.push(...searchConfig(json, steps, search).map((finding) => ({ ...finding, ...(platform ? { platform } : {}) })))
    looks.push(() => ({
      user: json.config?.User ?? '',
      layers: named.map(({ digest, bytes }, index) => {
        const step = steps.find((one) => one.layer === index)
        const instruction = step?.by?.text ?? step?.createdBy ?? ''
        return { bytes, own: step?.own ?? true, instruction, ...(step?.by ? { line: step.by.line } : {}), ...held(digest) }
      }),
    }))
    for (const [index, layer] of named.entries()) {
      const step = steps.find((one) => one.layer === index)
      if (step?.own ?? true) layers.set(layer.digest, { layer, step, platform })
    }
  }
  for (const { annotations } of source.manifests)
    for (const [name, value] of Object.entries(annotations))
      findings.push(
        ...search(Buffer.from(value).toString('latin1')).map((hit) => ({
          ...hit,
          place: { kind: 'annotation' as const, name },
          excerpt: `${name}=***`,
        })),
      )
  for (const { digest } of attestations) findings.push(...searchJson(texts.get(digest) ?? '', 'provenance', search))

  const fresh = [...layers.values()].filter(({ layer }) => layer.bytes > largestLayer || !searched.has(layer.digest))
  const { wanted, leftOut } = chooseLayers(fresh)
  const before = layers.size - fresh.length
  await source.layers(
    wanted.map(({ layer }) => layer.digest),
    take,
    over,
  )
  for (const { layer, step, platform } of wanted)
    for (const { path, ...hit } of readings.get(layer.digest)?.hits ?? [])
      findings.push({ ...hit, place: { kind: 'file', path }, ...(step?.by ? { by: step.by } : {}), ...(platform ? { platform } : {}) })
  const unread = wanted.filter(({ layer }) => !readings.has(layer.digest))
  const read = wanted.flatMap(({ layer }) => readings.get(layer.digest) ?? [])
  const sum = (of: (reading: LayerReading) => number) => read.reduce((total, reading) => total + of(reading), 0)
  const [look] = looks.length === 1 ? looks : []
  return {
    findings: onceEach(findings),
    ...(look ? { seen: look() } : {}),
    report: {
      layers: read.length,
      files: sum(({ files }) => files),
      bytes: sum(({ bytes }) => bytes),
      leftOut: [...leftOut, ...unread.map((one) => ({ layer: layerText(one), why: `more than ${longestSearch / 1000} s` }))],
      ...(before > 0 ? { before } : {}),
      advice: [],
      ignored: [],
    },
  }
}
