import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'

/** Headers as one text each. */
export function flat(headers: IncomingMessage['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}

/** Connections are kept so long (ms) after a request, and do not keep the process: what a router forgets is longer idle. */
const keeping = { keepAlive: true, timeout: 15_000 }
const plainConnections = new HttpAgent(keeping)
const secureConnections = new HttpsAgent(keeping)

type Trust = Readonly<{ secureContext: SecureContext; connections: HttpsAgent }>
const trusts = new Map<string, Trust>()

/** What trusts `ca` beside the machine's own authorities. Reading these takes its time: once for each, and no connection is shared. */
function trustIn(ca: string): Trust {
  const known = trusts.get(ca)
  if (known) return known
  const secureContext = createSecureContext({ ca: [...getCACertificates('default'), ca] })
  const made = { secureContext, connections: new HttpsAgent({ ...keeping, secureContext }) }
  trusts.set(ca, made)
  return made
}
/** What a request needs to trust `ca`, too. */
export const trusting = (ca: string | undefined) => (ca === undefined ? {} : { secureContext: trustIn(ca).secureContext })
/** The connections that are kept for requests of this kind. */
export const agentFor = (url: string, ca: string | undefined) => {
  if (!url.startsWith('https:')) return plainConnections
  return ca === undefined ? secureConnections : trustIn(ca).connections
}

export const sender = (url: string) => (url.startsWith('https:') ? httpsRequest : httpRequest)

/** A server that has not said by then (ms) whether it wants a body gets it (RFC 9110, 10.1.1). */
const askingTime = 1_000
export const asking = { expect: '100-continue' }

/** Sends the head of a request, and begins with its body when the server wants it; not when it refuses. */
export function whenWanted(sent: ClientRequest, begin: () => void): void {
  const once = () => {
    clearTimeout(timer)
    sent.off('continue', once)
    begin()
  }
  const timer = setTimeout(once, askingTime)
  sent.once('continue', once)
  sent.once('response', () => clearTimeout(timer))
  sent.once('close', () => clearTimeout(timer))
  sent.flushHeaders()
}

/** What a server may need (ms) to put away a body that it has, as from one place of its storage to another: 10 MB/s. */
export const putAway = (bytes: number) => bytes / 10_000
