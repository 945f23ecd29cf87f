import type { Host } from '../host/host.ts'
import type { Asked } from './ask-samples.ts'

const notYet = [502, 503, 504]
const againMs = 200

/** Asks for predictions until no answer is that it is too early for one: of a server that tells its health by nothing else. */
export async function untilPredicts(
  host: Pick<Host, 'now' | 'sleep'>,
  ask: () => Promise<readonly Asked[]>,
  untilMs: number,
  signal: AbortSignal,
): Promise<readonly Asked[]> {
  for (;;) {
    const asked = await ask()
    const early = asked.some(({ answer }) => answer && notYet.includes(answer.status))
    if (!early || host.now() >= untilMs || signal.aborted) return asked
    await host.sleep(againMs, signal).catch(() => undefined)
  }
}
