import type { Environment, Host } from '../host/host.ts'
import { failed, type Outcome } from '../outcome.ts'
import type { Awaited } from './await-service.ts'
import { lastLines } from './container.ts'

/** What is said of a service that has not become ready in its time, or never will. */
export async function notReady(host: Host, { readiness, contract, container }: Awaited, env: Environment): Promise<Outcome<never>> {
  const lines = await lastLines(host, container.name, env)
  const seconds = contract.startTimeoutMs / 1000
  const seen = readiness.kind === 'late' || readiness.kind === 'never' ? readiness.seen : undefined
  if (seen?.kind !== 'answer') {
    const { port, from } = contract.port
    return failed('not-listening', `Nothing answered on port ${port} (${from}) within ${seconds} s (${seen?.error ?? 'no answer'}).`, lines)
  }
  const { path, status, body, because } = seen
  const evidence = [`last answer: ${body}`, ...lines]
  if (readiness.kind === 'never') return failed('health-failed', `GET ${path} answers that it will not become ready: ${because}.`, evidence)
  const said =
    status >= 200 && status < 300
      ? `answers ${status}, but is not ready after ${seconds} s: ${because}.`
      : `still answers ${status} after ${seconds} s.`
  return failed('health-failed', `GET ${path} ${said}`, evidence)
}
