import type { RelayStep } from '../../../host/host.ts'

/** The body of a call of the cache service, or of its answer. */
export type Body = Readonly<Record<string, unknown>>

/** An answer of the relay's own, in JSON as the service gives it. */
export const answer = (status: number, body: Body | string = '', headers: Readonly<Record<string, string>> = {}): RelayStep => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json', 'x-ms-request-id': 'relay', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

/** A field of the service's that should be text; it is not trusted to be. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
