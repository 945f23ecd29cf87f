import type { Inputs } from '../../inputs/inputs.ts'
import type { ModelFacts } from '../../model/facts.ts'

/** Our own labels are under this prefix. */
export const labelPrefix = 'io.github.ml-image-action'

/** How a gate that lies before the build came out. A gate beside or after it cannot be on the image: it has no label. */
export type Gate = 'passed' | 'skipped'

/** What of the gates is known when the build starts. */
export type KnownGates = Readonly<{ tests?: Gate; smoke?: Gate }>

/** What the inputs alone decide: a gate that is turned off. */
export function skippedGates({ test, smoke }: Pick<Inputs, 'test' | 'smoke'>): KnownGates {
  return { ...(test.run ? {} : { tests: 'skipped' }), ...(smoke.run ? {} : { smoke: 'skipped' }) }
}

/** Whether the tests end before the build starts: they may make the model, and the image may say that they passed. */
export function testsComeFirst({ test }: Pick<Inputs, 'test'>): boolean {
  return test.run && test.first && test.place.kind === 'runner'
}

/** Whether metrics in the workspace are read when the run starts: then they can be labels, and a red one stops all else. */
export function metricsComeFirst(inputs: Pick<Inputs, 'test' | 'quality'>): boolean {
  return inputs.quality.file?.kind === 'workspace' && !testsComeFirst(inputs)
}

/** The label of a metric; what a key cannot hold becomes a dash. */
export function metricLabel(name: string): string {
  return `${labelPrefix}.metric.${name.replace(/[^\w.-]+/g, '-')}`
}

/** The model, the frameworks that run it, and the gates that are known at build time. */
export function ownLabels(model: ModelFacts, gates: KnownGates): Readonly<Record<string, string | undefined>> {
  const own: Readonly<Record<string, string | undefined>> = {
    'model.name': model.name,
    'model.version': model.version,
    'model.uuid': model.uuid,
    'model.flavors': model.flavors?.join(','),
    'model.file': model.files.length === 1 ? model.files[0] : undefined,
    'model.digest': model.digest,
    ...Object.fromEntries(Object.entries(model.frameworks).map(([name, version]) => [`framework.${name}`, version])),
    'gate.tests': gates.tests,
    'gate.smoke': gates.smoke,
  }
  return Object.fromEntries([
    ...Object.entries(own).map(([key, value]) => [`${labelPrefix}.${key}`, value] as const),
    ...Object.entries(model.metrics ?? {}).map(([name, value]) => [metricLabel(name), String(value)] as const),
  ])
}
