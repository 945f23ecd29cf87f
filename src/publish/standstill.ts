import type { Host } from '../host/host.ts'
import { silence } from '../registry/retry.ts'

/** What is under way, and how much there has been. */
export type Traffic = Readonly<{ busy: number; requests: number }>

/**
 * Calls `stand` when of two looks, a silence apart, both find nothing under way and the second nothing new: an engine can
 * wait for itself for ever. What is under way has limits of its own. Ends with `over`.
 */
export async function watchStandstill(host: Pick<Host, 'sleep'>, look: () => Traffic, over: AbortSignal, stand: () => void): Promise<void> {
  let before: number | undefined
  while (!over.aborted) {
    const slept = await host.sleep(silence, over).then(
      () => true,
      () => false,
    )
    if (!slept) return
    const { busy, requests } = look()
    if (busy === 0 && requests === before) return stand()
    before = busy === 0 ? requests : undefined
  }
}
