import { mergePairs, type Pairs, pairLines } from './custom-labels.ts'

/** The outputs of docker/metadata-action, as it prints them. */
export type Metadata = Readonly<{
  version: string
  tags: readonly string[]
  tagNames: readonly string[]
  labels: readonly string[]
  /** `LEVEL:NAME=VALUE`. */
  annotations: readonly string[]
  json: string
}>

/** Of a value over several lines its `json` holds the first. */
function firstLines(pairs: Pairs): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.map(([name, value]) => [name, /^.*/.exec(value)?.[0] ?? '']))
}

/** `images` as they were written, in lower case; `names` of the tags may repeat, as theirs do. */
export function metadataOf(
  images: readonly string[],
  names: readonly string[],
  labels: Pairs,
  annotations: Pairs,
  levels: readonly string[],
): Metadata {
  const tags = images.flatMap((image) => names.map((name) => `${image}:${name}`))
  const annotationLines = levels.flatMap((level) => pairLines(annotations).map((line) => `${level}:${line}`))
  const json = { tags, 'tag-names': names, labels: firstLines(labels), annotations: annotationLines }
  return {
    version: names[0] ?? '',
    tags,
    tagNames: names,
    labels: pairLines(labels),
    annotations: annotationLines,
    json: JSON.stringify(json),
  }
}

/** The same with other labels: those of a build that waited for its tests. */
export function withLabels(metadata: Metadata, labels: Readonly<Record<string, string>>): Metadata {
  const pairs = mergePairs(labels, [])
  const json = { ...(JSON.parse(metadata.json) as object), labels: firstLines(pairs) }
  return { ...metadata, labels: pairLines(pairs), json: JSON.stringify(json) }
}
