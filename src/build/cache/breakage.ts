import type { Ended } from '../../host/host.ts'
import type { BuildOrder } from '../order.ts'
import type { BuildProgress } from '../progress.ts'
import { headlineOf } from '../red.ts'
import { cacheArguments } from './arguments.ts'

/** What a layer that the cache promised and did not give breaks a build with, in whichever step it was needed. */
const brokenLayer =
  /failed to (copy|load cache)|short read: expected|unexpected EOF|failed size validation|unexpected commit digest|sha256:[0-9a-f]{64}: not found|\/blob\/[0-9a-f]{32}/

/** What of its cache a build broke on, if it was that. The index of a cache may outlive what it names. */
export function brokeOnCache(order: BuildOrder, ended: Ended, progress: BuildProgress, signal: AbortSignal): string | undefined {
  if (ended.kind === 'stopped' && order.cacheBroken?.aborted && !signal.aborted) return 'a layer of it does not come'
  const { from } = cacheArguments(order.cache, order.cacheFolders)
  if (from.length === 0 || ended.kind !== 'exited' || ended.exitCode === 0) return undefined
  const error = progress.failed?.error ?? headlineOf(progress)
  return brokenLayer.test(error) ? error.trim().split('\n', 1)[0] : undefined
}

/** Aborted with the run, or when the cache is. */
export const orBroken = (signal: AbortSignal, { cacheBroken }: BuildOrder) =>
  cacheBroken ? AbortSignal.any([signal, cacheBroken]) : signal
export const withoutCache = 'A layer of the cache could not be read; building again without it.'
