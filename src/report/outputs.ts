import type { BuildEnding, BuiltImage } from '../build/image.ts'
import type { Plan } from '../plan/plan.ts'
import { rootOf } from '../publish/root.ts'
import type { OutputName } from './declared-outputs.ts'
import { imageBytes, type Report } from './report.ts'

type Outputs = Readonly<Partial<Record<OutputName, string>>>

/** The outputs that docker/metadata-action has, too. */
export const metadataNames = ['version', 'tags', 'tag-names', 'labels', 'annotations', 'json'] as const

/** What is known once the plan is made. */
export function planOutputs({ metadata }: Plan): Outputs {
  return {
    tags: metadata.tags.join('\n'),
    'tag-names': metadata.tagNames.join('\n'),
    labels: metadata.labels.join('\n'),
    annotations: metadata.annotations.join('\n'),
    version: metadata.version,
    json: metadata.json,
    pushed: 'false',
  }
}

/** What is known once the image is built. On the classic store the digest comes with the push. */
export function buildOutputs(image: BuiltImage): Outputs {
  const digest = rootOf(image)
  return {
    ...(digest === undefined ? {} : { digest }),
    ...(image.taken === undefined ? { 'cache-hits': JSON.stringify(image.steps) } : {}),
    ...(image.compressedBytes === undefined ? {} : { 'image-size': String(image.compressedBytes) }),
  }
}

/** What is known once the build is over, its cache written. */
export function endingOutputs({ configDigest, metadata }: BuildEnding): Outputs {
  return { ...(configDigest === undefined ? {} : { imageid: configDigest }), metadata }
}

/** What is known at the end. */
export function reportOutputs(report: Report): Outputs {
  const { failure, image, merged } = report
  const digest = image?.digest ?? merged?.digest
  const bytes = imageBytes(report)
  return {
    result: report.result,
    'failed-stage': failure?.stage ?? '',
    'failure-code': failure?.code ?? '',
    pushed: String(report.pushed),
    'pushed-tags': report.pushedTags.join('\n'),
    ...(report.tests ? { tests: JSON.stringify({ ...report.tests, failures: report.tests.failures.slice(0, 50) }) } : {}),
    ...(report.smoke ? { smoke: JSON.stringify(report.smoke) } : {}),
    ...(report.metrics ? { metrics: JSON.stringify(report.metrics) } : {}),
    ...(digest && (report.pushed || report.push.layout) ? { digest } : {}),
    ...(digest && report.pushed ? { image: `${report.names[0]}@${digest}` } : {}),
    ...(bytes === undefined ? {} : { 'image-size': String(bytes) }),
  }
}
