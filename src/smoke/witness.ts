import { messageOf } from '../errors.ts'
import type { Host } from '../host/host.ts'

/** The last of what a service said to one kind of request: an answer, or why there was none. */
export type Exchanged = Readonly<{
  method: string
  path: string
  /** Undefined: no answer. */
  status?: number
  body: string
  error?: string
}>

/** So much of a body is kept (bytes). */
const kept = 4_096

export type Witness = Readonly<{ host: Host; exchanges: () => readonly Exchanged[]; origin: () => string | undefined }>

/** A host whose requests are remembered: of each method and path what it answered last, in the order they were first asked. */
export function witness(host: Host): Witness {
  type Seen = Readonly<{ method: string; url: URL; status?: number; body?: Uint8Array; error?: string }>
  const seen = new Map<string, Seen>()
  const note = (one: Seen) => seen.set(`${one.method} ${one.url.pathname}`, one)
  const request: Host['request'] = async (asked) => {
    const { method } = asked
    const url = new URL(asked.url)
    try {
      const answer = await host.request(asked)
      note({ method, url, status: answer.status, body: answer.body.slice(0, kept) })
      return answer
    } catch (error) {
      const before = seen.get(`${method} ${url.pathname}`)
      // A probe that is called off says nothing of the service, and silence nothing against an answer before it.
      if (!asked.signal?.aborted && before?.status === undefined) note({ method, url, error: messageOf(error) })
      throw error
    }
  }
  return {
    host: { ...host, request },
    origin: () => [...seen.values()].at(-1)?.url.origin,
    exchanges: () =>
      [...seen.values()].map(({ method, url, status, body, error }) => ({
        method,
        path: url.pathname,
        body: body ? new TextDecoder().decode(body) : '',
        ...(status === undefined ? {} : { status }),
        ...(error === undefined ? {} : { error }),
      })),
  }
}
