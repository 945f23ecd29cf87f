import type { Advising } from './advice/advising.ts'
import type { Attestor, AttestorOrder } from './attest/attest.ts'
import type { Environment, Host } from './host/host.ts'
import type { Inputs } from './inputs/inputs.ts'
import type { Plan } from './plan/plan.ts'
import type { Asking, Previous } from './previous/open.ts'
import type { Seek } from './previous/seek.ts'

/** What could be better; never what a run fails by, unless that is asked for. */
export async function openAdvice(host: Host, inputs: Inputs): Promise<Advising | undefined> {
  if (inputs.advice === 'off' || inputs.from) return undefined
  const { adviseOn } = await import('./advice/advising.ts')
  return adviseOn(host, inputs)
}

/** In the beginning of a run others have more to do (ms). */
const busy = 1_000

/** Advice that a run need not begin with: it is given in a quieter moment, or when it is asked for. */
export function adviseLater(host: Host, inputs: Inputs): () => Promise<Advising | undefined> {
  const asked = new AbortController()
  const given = host
    .sleep(busy, asked.signal)
    .catch(() => undefined)
    .then(() => openAdvice(host, inputs))
  given.catch(() => undefined)
  return () => {
    asked.abort()
    return given
  }
}

/** Most runs attest nothing, and load nothing of it. */
export async function openAttestation(order: AttestorOrder): Promise<Attestor | undefined> {
  if (order.inputs.attest === 'off' || !order.plan.push.push) return undefined
  const { openAttestor } = await import('./attest/attest.ts')
  return openAttestor(order)
}

/** Most runs have no use for the image before them. */
export async function askPrevious(asking: Asking): Promise<Previous | undefined> {
  const { smoke, quality } = asking.inputs
  if (smoke.compare.kind === 'off' && !quality.requirements.some(({ bound }) => bound.kind === 'previous')) return undefined
  const { openPrevious } = await import('./previous/open.ts')
  return openPrevious(asking)
}

/** Which layers were searched for secrets before is asked beside the build. */
export async function askSearched(host: Host, inputs: Inputs, plan: Plan, env: Environment, seek: Seek): Promise<ReadonlySet<string>> {
  if (!inputs.leaks.check) return new Set()
  const { searchedBefore } = await import('./inspect/searched.ts')
  return await searchedBefore(host, plan, env, seek.ask)
}
