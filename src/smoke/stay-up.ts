import type { Environment, Host } from '../host/host.ts'
import { type Outcome, passed, stopped } from '../outcome.ts'
import { type Container, postMortem } from './container.ts'
import type { Contract } from './contract.ts'
import type { SmokeReport } from './smoke-report.ts'

/** How long an image without HTTP must stay up. */
const stayUpMs = 5_000

/** An image without HTTP has nothing to show but that it stays up. */
export async function stayUp(
  host: Host,
  container: Container,
  contract: Contract,
  env: Environment,
  death: Promise<unknown>,
  signal: AbortSignal,
): Promise<Outcome<SmokeReport>> {
  const waited = new AbortController()
  const stays = host.sleep(stayUpMs, AbortSignal.any([waited.signal, signal])).then(
    () => 'up' as const,
    () => 'up' as const,
  )
  const end = await Promise.race([death.then(() => 'ended' as const), stays])
  waited.abort()
  if (signal.aborted) return stopped
  if (end === 'ended') return await postMortem(host, container.name, env)
  return passed({
    imageId: container.imageId,
    port: 0,
    portFrom: contract.preset,
    preset: contract.preset,
    presetFrom: contract.by,
    stayedUpMs: stayUpMs,
    compared: false,
  })
}
