import { ActionError, messageOf } from '../../errors.ts'
import type { Host, HttpAnswer, HttpRequest } from '../../host/host.ts'
import { isLoopback } from '../../plan/image-name.ts'
import { transientStatuses, withRetry } from '../retry.ts'

const timeoutMs = 15_000

/**
 * Asks a cloud's login service, again while there is patience for trouble that passes. `who` is how people are told of it.
 * @throws ActionError registry-unavailable when it does not answer, registry-unauthorized for what is not asked over plain HTTP
 */
export async function askCloud(host: Host, who: string, request: Omit<HttpRequest, 'timeoutMs'>): Promise<HttpAnswer> {
  const { protocol, host: authority } = new URL(request.url)
  if (protocol !== 'https:' && !isLoopback(authority))
    throw new ActionError('registry-unauthorized', `${who} is at ${authority} over plain http: a login is not sent there.`)
  try {
    return await withRetry(host, undefined, async () => {
      const value = await host.request({ ...request, timeoutMs })
      return transientStatuses.has(value.status)
        ? { kind: 'again', value, retryAfter: value.headers['retry-after'] }
        : { kind: 'done', value }
    })
  } catch (error) {
    throw new ActionError('registry-unavailable', `${who} cannot be reached (${messageOf(error)}).`, { cause: error })
  }
}

/** A form as OAuth's services take it (RFC 6749), fields in this order. */
export function form(fields: Readonly<Record<string, string>>): Pick<HttpRequest, 'method' | 'headers' | 'body'> {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(fields).toString(),
  }
}

/** The JSON object of an answer; an empty one when it is none. */
export function jsonOf({ body }: HttpAnswer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

const longestSaying = 300

/** What a service says of its refusal, on one line. */
export function sayingOf(answer: HttpAnswer): string {
  const json = jsonOf(answer)
  const [first] = Array.isArray(json['errors']) ? (json['errors'] as readonly Readonly<Record<string, unknown>>[]) : []
  const said = [json['error_description'], json['message'], json['description'], first?.['message'], json['error']].find(
    (text) => typeof text === 'string' && text !== '',
  )
  const text = typeof said === 'string' ? said.split(/[\r\n]/)[0] : undefined
  return `HTTP ${answer.status}${text ? `: ${text.slice(0, longestSaying)}` : ''}`
}

/** The text field of a 200 answer, hidden from now on. @throws ActionError registry-unauthorized with `failure` and the service's words */
export function secretField(host: Host, answer: HttpAnswer, field: string, failure: string): string {
  const value = answer.status === 200 || answer.status === 201 ? jsonOf(answer)[field] : undefined
  if (typeof value !== 'string' || value === '') throw new ActionError('registry-unauthorized', `${failure} (${sayingOf(answer)}).`)
  host.hide(value)
  return value
}
