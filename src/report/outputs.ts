import type { BuiltImage } from '../build/image.ts'
import type { Host } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Plan } from '../plan/plan.ts'
import type { OutputName } from './declared-outputs.ts'
import type { Report } from './report.ts'

type Outputs = Readonly<Partial<Record<OutputName, string>>>

/** Sets outputs as they become known, so that they are there when a later stage fails. */
export function setOutputs(host: Pick<Host, 'output'>, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) host.output(name, value)
}

/** The outputs that docker/metadata-action has, too. */
export const metadataNames = ['version', 'tags', 'tag-names', 'labels', 'annotations', 'json'] as const

/** The outputs of the plan; those of docker/metadata-action are variables of the job as well, as theirs are. */
export function tellPlan(host: Pick<Host, 'output' | 'exportVariable'>, inputs: Inputs, plan: Plan): void {
  const outputs = planOutputs(plan)
  setOutputs(host, outputs)
  if (!inputs.settings.exported) return
  for (const name of metadataNames)
    host.exportVariable(`DOCKER_METADATA_OUTPUT_${name.replace('-', '_').toUpperCase()}`, outputs[name] ?? '')
}

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
  return {
    ...(image.store === 'containerd' ? { digest: image.digest } : {}),
    imageid: image.configDigest,
    metadata: image.metadata,
    'cache-hits': JSON.stringify(image.steps),
    ...(image.compressedBytes === undefined ? {} : { 'image-size': String(image.compressedBytes) }),
  }
}

/** What is known at the end. */
export function reportOutputs(report: Report): Outputs {
  const { failure, image } = report
  return {
    result: report.result,
    'failed-stage': failure?.stage ?? '',
    'failure-code': failure?.code ?? '',
    pushed: String(report.pushed),
    'pushed-tags': report.pushedTags.join('\n'),
    ...(report.tests ? { tests: JSON.stringify({ ...report.tests, failures: report.tests.failures.slice(0, 50) }) } : {}),
    ...(report.smoke ? { smoke: JSON.stringify(report.smoke) } : {}),
    ...(image && report.pushed ? { digest: image.digest, image: `${report.names[0]}@${image.digest}` } : {}),
    ...(image?.compressedBytes === undefined ? {} : { 'image-size': String(image.compressedBytes) }),
  }
}
