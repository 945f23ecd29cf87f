import type { BuiltImage } from '../build/image.ts'
import type { Host } from '../host/host.ts'
import type { Plan } from '../plan/plan.ts'
import type { OutputName } from './declared-outputs.ts'
import type { Report } from './report.ts'

type Outputs = Readonly<Partial<Record<OutputName, string>>>

/** Sets outputs as they become known, so that they are there when a later stage fails. */
export function setOutputs(host: Pick<Host, 'output'>, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) host.output(name, value)
}

const pairs = (labels: Readonly<Record<string, string>>) => Object.entries(labels).map(([name, value]) => `${name}=${value}`)

/** What is known once the plan is made; `json` as docker/metadata-action gives it. */
export function planOutputs(plan: Plan): Outputs {
  return {
    tags: plan.references.join('\n'),
    'tag-names': plan.tags.map(({ name }) => name).join('\n'),
    labels: pairs(plan.labels).join('\n'),
    annotations: '',
    version: plan.version,
    json: JSON.stringify({ tags: plan.references, 'tag-names': plan.tags.map(({ name }) => name), labels: plan.labels }),
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
