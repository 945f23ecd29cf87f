import { ActionError } from '../errors.ts'
import { type Outcome, passed, stopped } from '../outcome.ts'
import { type Inspecting, inspectImage } from './inspect.ts'
import type { Inspection } from './report.ts'
import { judgeWeight, type Weighing } from './size/gate.ts'
import type { Weighed } from './size/weigh.ts'

/**
 * All that an image is looked into for: secrets, and what it weighs. The layers are named once, for both. A secret is graver
 * than a weight, and what is told of a weight may hold one: so it comes first. Red with `secret-in-image`,
 * `image-too-large` or `image-grew`. @throws ActionError
 */
export async function inspectWhole(weighing: Weighing & Inspecting): Promise<Outcome<Inspection>> {
  const { host, image, inputs, signal } = weighing
  const met: Weighed[] = []
  const search = () => inspectImage(host, image, inputs, weighing, (one) => void met.push(one))
  const leaks = inputs.leaks.check ? await search() : undefined
  if (leaks && leaks.kind !== 'passed') return leaks
  try {
    const judged = await judgeWeight(weighing, met)
    if (judged?.red) return { kind: 'failed', red: judged.red }
    const { most, increase } = inputs.size
    return passed({ ...(leaks ? { leaks: leaks.value } : {}), ...(judged && (most || increase) ? { size: judged.size } : {}) })
  } catch (error) {
    if (signal.aborted) return stopped
    throw error instanceof ActionError
      ? error
      : new ActionError('engine-unavailable', `What the image weighs cannot be read (${String(error)}).`, { cause: error })
  }
}
