import type { Host } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { ModelFacts } from './facts.ts'

/** With the metrics that the image is to be labelled with, as far as they are there. */
export async function withMetrics(
  host: Pick<Host, 'files' | 'workspace' | 'kind'>,
  { quality }: Pick<Inputs, 'quality'>,
  model: ModelFacts,
): Promise<ModelFacts> {
  if (quality.file?.kind !== 'workspace') return model
  // Most runs have no such file, and nobody wants to wait for what reads it.
  const { metricsForLabels } = await import('../quality/label-metrics.ts')
  return { ...model, metrics: await metricsForLabels(host, quality) }
}
