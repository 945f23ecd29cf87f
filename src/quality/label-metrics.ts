import type { Host } from '../host/host.ts'
import type { QualityInputs } from '../inputs/inputs.ts'
import { Invalid } from '../inputs/parse.ts'
import { readWorkspaceMetrics } from './read-metrics.ts'

/** An image is given no more labels of this kind than this, but always those that `require` names. */
const mostLabels = 50

/**
 * The metrics that the image is labelled with: those of a file in the workspace that is there before the build. None
 * where it cannot be read: the gate says why.
 */
export async function metricsForLabels(
  host: Pick<Host, 'files' | 'workspace' | 'kind'>,
  { file, requirements }: QualityInputs,
): Promise<Readonly<Record<string, number>>> {
  if (file?.kind !== 'workspace' || host.files.kind(file.path) === undefined) return {}
  try {
    const metrics = [...(await readWorkspaceMetrics(host, file.path))].filter(([, value]) => Number.isFinite(value))
    const asked = new Set(requirements.map(({ name }) => name))
    return Object.fromEntries(metrics.length > mostLabels ? metrics.filter(([name]) => asked.has(name)) : metrics)
  } catch (error) {
    if (error instanceof Invalid) return {}
    throw error
  }
}
