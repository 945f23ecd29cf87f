import { ActionError } from '../errors.ts'
import { transientStatuses } from './retry.ts'

/** The error that an answer means, with the registry's own words. */
export function registryError(what: string, answer: Readonly<{ status: number; body: Uint8Array }>): ActionError {
  const text = new TextDecoder().decode(answer.body.subarray(0, 2_000))
  const [, said] = /"message"\s*:\s*"([^"]+)"/.exec(text) ?? []
  const message = `${what} (HTTP ${answer.status}${said ? `: ${said}` : ''})`
  if (answer.status === 401) return new ActionError('registry-unauthorized', message)
  if (answer.status === 403 || answer.status === 404 || answer.status === 405) return new ActionError('registry-denied', message)
  if (answer.status >= 400 && answer.status < 500 && !transientStatuses.has(answer.status))
    return new ActionError('registry-refused', message)
  return new ActionError('registry-unavailable', message)
}
