import { messageOf } from '../errors.ts'
import type { Host } from '../host/host.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import type { Exchange } from './smoke-report.ts'

const answerTimeoutMs = 60_000
const largestAnswer = 1 << 20

/** A request whose answer was good, to be sent again: to the same container, or to that of another image. */
export type Replay = Readonly<{
  name: string
  /** @returns the answer, or what kept it from coming */
  send: (host: Pick<Host, 'request' | 'now'>, baseUrl: string, signal?: AbortSignal) => Promise<Exchange | string>
}>

/** The samples that the smoke test asks, as far as they may be repeated. */
export function replaysOf({ predictPath, predictBody }: Pick<SmokeInputs, 'predictPath' | 'predictBody'>): readonly Replay[] {
  if (predictBody === undefined) return []
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  return [
    {
      name: `POST ${predictPath}`,
      send: async (host, baseUrl, signal) => {
        const start = host.now()
        try {
          const answer = await host.request({
            ...{ method: 'POST', url: baseUrl + predictPath, headers, body: predictBody },
            ...{ timeoutMs: answerTimeoutMs, maxBytes: largestAnswer, ...(signal ? { signal } : {}) },
          })
          const ms = answer.tookMs ?? host.now() - start
          return { path: predictPath, status: answer.status, ms, body: new TextDecoder().decode(answer.body) }
        } catch (error) {
          return messageOf(error)
        }
      },
    },
  ]
}
