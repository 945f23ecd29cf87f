import { timeText } from '../amounts.ts'
import type { Host } from '../host/host.ts'
import type { Asked } from './ask-samples.ts'
import { tellEveryMs } from './waiting.ts'

const notYet = [502, 503, 504]
const againMs = 200

/** Asks for predictions until no answer is that it is too early for one: of a server that tells its health by nothing else. */
export async function untilPredicts(
  host: Pick<Host, 'now' | 'sleep'>,
  ask: () => Promise<readonly Asked[]>,
  untilMs: number,
  signal: AbortSignal,
  say: (text: string) => void = () => {},
): Promise<readonly Asked[]> {
  const start = host.now()
  let told = start
  for (;;) {
    const asked = await ask()
    const early = asked.find(({ answer }) => answer && notYet.includes(answer.status))
    if (!early || host.now() >= untilMs || signal.aborted) return asked
    if (host.now() - told >= tellEveryMs) {
      told = host.now()
      const { request } = early.sample
      const most = timeText(untilMs - start)
      say(`waiting for a prediction: ${timeText(told - start)} of at most ${most}; ${request.path} answered ${early.answer?.status}`)
    }
    await host.sleep(againMs, signal).catch(() => undefined)
  }
}
