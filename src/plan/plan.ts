import { declaredInputs } from '../inputs/declared.ts'
import type { Inputs, Problem } from '../inputs/inputs.ts'
import { type ModelFacts, nothingKnown } from '../model/facts.ts'
import { type Access, accessTo } from './access.ts'
import { mergePairs, renderLines } from './custom-labels.ts'
import type { Event } from './event.ts'
import { type ImageName, nameText, parseImageName } from './image-name.ts'
import { computeLabels } from './labels.ts'
import { type Metadata, metadataOf } from './metadata.ts'
import { loweredNames, missingForPush, withTags, wouldBeRefused } from './missing.ts'
import { decidePush, type PushDecision } from './push-policy.ts'
import type { Libraries } from './tags/libraries.ts'
import { computeTags, type Tag } from './tags.ts'

export type { Access } from './access.ts'

/** What a run will do, decided before anything is done. */
export type Plan = Readonly<{
  event: Event
  names: readonly ImageName[]
  tags: readonly Tag[]
  /** Every `name:tag`, by name. */
  references: readonly string[]
  labels: Readonly<Record<string, string>>
  /** `LEVEL:NAME=VALUE`, for the build. Empty unless the user gave some. */
  annotations: readonly string[]
  version: string
  /** The outputs of docker/metadata-action. */
  metadata: Metadata
  push: PushDecision
  /** By registry host. */
  access: ReadonlyMap<string, Access>
  /** What the user should know before anything is done. */
  notices: readonly string[]
}>

export type Planning = Readonly<{ kind: 'plan'; plan: Plan }> | Readonly<{ kind: 'problems'; problems: readonly Problem[] }>

/** What the grammar of tags needs from outside: the libraries that were loaded for it, and the time in ms. */
export type GrammarTools = Readonly<{ libraries: Libraries; now: number }>

/** An image without an index takes no annotation of one: BuildKit refuses it. */
const ofIndex = /^index(-descriptor)?(\[|:)/

const cacheName = (reference: string | undefined) =>
  reference === undefined ? undefined : parseImageName(reference.replace(/:[^:/]+$/, ''))

/** A cache is pushed before the gates: under a tag of the image it would stand where people look for the image. */
function cacheAmongTags({ cache, images }: Naming, tags: readonly Tag[]): readonly Problem[] {
  const image = cache?.image
  const name = cacheName(image)
  const tag = /:([^:/]+)$/.exec(image ?? '')?.[1]
  if (image === undefined || name === undefined) return []
  if (!images.some(({ registry, path }) => registry === name.registry && path === name.path)) return []
  if (!tags.some((one) => one.name === tag)) return []
  const example = `cache-image: ${image.replace(/:[^:/]+$/, '')}:cache`
  return [{ input: 'cache-image', value: image, reason: 'is a tag of the image itself, which the cache would take the place of', example }]
}

/** What of the inputs names and tags an image, and says where it goes. */
export type Naming = Pick<
  Inputs,
  'images' | 'imageTexts' | 'tags' | 'flavor' | 'labels' | 'annotations' | 'settings' | 'push' | 'dryRun' | 'credentials' | 'notices'
> &
  Partial<Pick<Inputs, 'cache' | 'from'>>

/** Decides the whole run. `dockerConfig` is the text of the job's own config.json. Pure. */
export function makePlan(
  inputs: Inputs,
  event: Event,
  dockerConfig: string | undefined,
  sourceDateEpoch: string | undefined,
  tools: GrammarTools = { libraries: {}, now: 0 },
  model: ModelFacts = nothingKnown,
): Planning {
  return planImage(inputs, event, dockerConfig, tools, (tags) => computeLabels(inputs, event, tags, sourceDateEpoch, model))
}

/** The same for an image with these labels, however it comes to be. Pure. */
export function planImage(
  inputs: Naming,
  event: Event,
  dockerConfig: string | undefined,
  { libraries, now }: GrammarTools,
  labelsFor: (tags: readonly Tag[]) => Readonly<Record<string, string>>,
): Planning {
  const problems: Problem[] = []
  const { flavor, settings } = inputs
  const tagging = computeTags({ rules: inputs.tags, flavor, settings, libraries, now }, event)
  const { tags } = tagging
  const labelLines = renderLines(inputs.labels, event, settings, libraries, now)
  const annotationLines = renderLines(inputs.annotations, event, settings, libraries, now)
  for (const [input, found] of Object.entries({ tags: tagging, labels: labelLines, annotations: annotationLines })) {
    for (const { line, reason } of found.problems)
      problems.push({
        input,
        value: line.slice(0, 60),
        reason,
        example: `${input}: ${declaredInputs[input as 'tags' | 'labels' | 'annotations'].example}`,
      })
  }

  const push = withTags(decidePush(inputs.push, event), tags, inputs)
  const registries = [...new Set(inputs.images.map((image) => image.registry))]
  // The registry of the images, where it is not named: a cache or a base image elsewhere is none of its login's business.
  const own = inputs.credentials.registry ?? registries[0]
  const credentials = { ...inputs.credentials, ...(own === undefined ? {} : { registry: own }) }
  const accessOf = (registry: string) => accessTo(registry, credentials, event.actor, dockerConfig)
  const access = new Map(registries.map((registry) => [registry, accessOf(registry)]))
  // Of tags that could not be made out none is missing.
  const missing = push.push ? missingForPush(inputs, access, problems.length > 0 || push.only ? undefined : tags) : []
  if (!inputs.dryRun) problems.push(...missing)
  const cached = cacheName(inputs.cache?.image)
  const taken = inputs.from?.kind === 'registry' ? inputs.from.name.registry : undefined
  // What base images and the cache may be read from.
  const further = [
    ...(inputs.credentials.auths ?? []).map(({ registry }) => registry),
    ...(cached ? [cached.registry] : []),
    ...(taken === undefined ? [] : [taken]),
  ]
  for (const registry of further) if (!access.has(registry)) access.set(registry, accessOf(registry))
  problems.push(...cacheAmongTags(inputs, tags))
  if (problems.length > 0) return { kind: 'problems', problems }

  const base = labelsFor(tags)
  const labels = mergePairs(base, labelLines.lines)
  const oci = Object.fromEntries(Object.entries(base).filter(([name]) => name.startsWith('org.opencontainers.image.')))
  const annotations = mergePairs(oci, annotationLines.lines)
  const metadata = metadataOf(inputs.imageTexts, tagging.names, labels, annotations, settings.annotationLevels)
  const builtIn = inputs.annotations.length > 0 ? metadata.annotations : []
  return {
    kind: 'plan',
    plan: {
      event,
      names: inputs.images,
      tags,
      references: inputs.images.flatMap((name) => tags.map((tag) => `${nameText(name)}:${tag.name}`)),
      labels: Object.fromEntries(labels),
      annotations: builtIn.filter((line) => !ofIndex.test(line)),
      version: metadata.version,
      metadata,
      push,
      access,
      notices: [
        ...inputs.notices,
        ...loweredNames(inputs.images),
        ...(inputs.dryRun ? missing.map(wouldBeRefused) : []),
        ...tagging.notices,
        ...labelLines.notices.map((text) => `labels: ${text}`),
        ...annotationLines.notices.map((text) => `annotations: ${text}`),
        ...(builtIn.some((line) => ofIndex.test(line)) ? ['Annotations of an index are left out: this image is a single manifest.'] : []),
      ],
    },
  }
}
