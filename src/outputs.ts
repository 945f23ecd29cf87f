import type { Host } from './host/host.ts'
import type { Inputs } from './inputs/inputs.ts'
import type { Plan } from './plan/plan.ts'
import type { OutputName } from './report/declared-outputs.ts'
import { metadataNames, planOutputs } from './report/outputs.ts'

/** Sets outputs as they become known, so that they are there when a later stage fails. */
export function setOutputs(host: Pick<Host, 'output'>, outputs: Readonly<Partial<Record<OutputName, string>>>): void {
  for (const [name, value] of Object.entries(outputs)) host.output(name, value)
}

/** The outputs of the plan; those of docker/metadata-action are variables of the job as well, as theirs are. */
export function tellPlan(host: Pick<Host, 'output' | 'exportVariable'>, inputs: Pick<Inputs, 'settings'>, plan: Plan): void {
  const outputs = planOutputs(plan)
  setOutputs(host, outputs)
  if (!inputs.settings.exported) return
  for (const name of metadataNames)
    host.exportVariable(`DOCKER_METADATA_OUTPUT_${name.replace('-', '_').toUpperCase()}`, outputs[name] ?? '')
}
