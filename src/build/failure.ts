import type { Ended, Environment, Host } from '../host/host.ts'
import type { Outcome } from '../outcome.ts'
import { askLargest } from './disk.ts'
import type { BuildOrder } from './order.ts'
import type { BuildProgress } from './progress.ts'
import { redOf } from './red.ts'

/** A red build; where the disk was full, with what takes its room. */
export async function failure(
  host: Host,
  order: BuildOrder,
  ended: Ended,
  progress: BuildProgress,
  env: Environment,
): Promise<Outcome<never>> {
  const red = redOf(ended, progress, order.build, host.workspace)
  if (red.code !== 'disk-full') return { kind: 'failed', red }
  const largest = await askLargest(host, order.builder, env)
  const evidence = largest.length > 0 ? [...red.evidence.slice(-4), 'The largest that the builder keeps:', ...largest] : red.evidence
  return { kind: 'failed', red: { ...red, evidence } }
}
