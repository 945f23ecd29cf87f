import { bytesText, timeText } from '../amounts.ts'
import type { Host } from '../host/host.ts'

/** What of an image has been sent: layers that have arrived, and bytes, those that had to be sent again too. */
export type Sent = { blobs: number; bytes: number }

/** So often (ms) a push tells how it gets on: a short one never does. */
export const progressMs = 10_000

/** One line, with the speed since the line before. */
export function progressText(called: string, { blobs, bytes }: Readonly<Sent>, ms: number, before: number): string {
  const speed = bytesText((bytes - before) / (progressMs / 1000))
  const arrived = blobs === 0 ? '' : `; ${blobs} ${blobs === 1 ? 'layer has' : 'layers have'} arrived`
  return `${called}: ${bytesText(bytes)} sent in ${timeText(ms)}, ${speed}/s${arrived}`
}

/** Tells how a push gets on, until `over`; nothing where nothing was sent since the last time. Never throws. */
export async function tellProgress(host: Pick<Host, 'sleep' | 'now' | 'log'>, called: string, sent: Readonly<Sent>, over: AbortSignal) {
  const start = host.now()
  for (let before = 0; ; before = sent.bytes) {
    const slept = await host.sleep(progressMs, over).then(
      () => true,
      () => false,
    )
    if (!slept || over.aborted) return
    if (sent.bytes > before) host.log.line(progressText(called, sent, host.now() - start, before))
  }
}
