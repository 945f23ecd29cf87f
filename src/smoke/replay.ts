import type { Host } from '../host/host.ts'
import { ask } from './ask.ts'
import type { Asked, Protocol } from './ask-samples.ts'
import type { AnswerExpectation } from './sample.ts'
import type { Exchange } from './smoke-report.ts'

const answerTimeoutMs = 60_000

/** A request whose answer was good, to be sent again: to the same container, or to that of another image. */
export type Replay = Readonly<{
  name: string
  /** What of its answers is compared, and how closely. */
  rule: Pick<AnswerExpectation, 'ignore' | 'tolerance'>
  /** @returns the answer, or what kept it from coming */
  send: (host: Pick<Host, 'request' | 'now' | 'workspace'>, baseUrl: string, signal?: AbortSignal) => Promise<Exchange | string>
}>

/** The samples that were answered as they must be, but for those that are there to be refused. */
export function replaysOf(asked: readonly Asked[], { headers }: Pick<Protocol, 'headers'>): readonly Replay[] {
  const good = asked.filter(({ sample, answer, red }) => answer && !red && sample.expect.status.kind === 'success')
  return good.map(({ sample: { name, request, expect } }) => ({
    name,
    rule: expect,
    send: async (host, baseUrl, signal) => {
      const answer = await ask(host, baseUrl, { ...request, headers: { ...request.headers, ...headers } }, answerTimeoutMs, signal)
      return typeof answer === 'string' ? answer : { path: request.path, status: answer.status, ms: answer.ms, body: answer.body }
    },
  }))
}
