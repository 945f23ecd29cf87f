import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, statSync } from 'node:fs'
import {
  type ClientRequest,
  createServer,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import type { HttpAnswer, HttpRequest, Relay, RelayRules, RelayStep, Saved } from './host.ts'

function flat(headers: IncomingMessage['headers']): Readonly<Record<string, string>> {
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
const trusting = (ca: string | undefined) => (ca === undefined ? {} : { secureContext: trustIn(ca).secureContext })
const agentFor = (url: string, ca: string | undefined) => {
  if (!url.startsWith('https:')) return plainConnections
  return ca === undefined ? secureConnections : trustIn(ca).connections
}

/** Bytes that may wait in the relay on their way, in either direction: fewer turns for a large layer. */
const wide = { highWaterMark: 1 << 20 }

const sender = (url: string) => (url.startsWith('https:') ? httpsRequest : httpRequest)

/** A server that has not said by then (ms) whether it wants a body gets it (RFC 9110, 10.1.1). */
const askingTime = 1_000
const asking = { expect: '100-continue' }

/** Sends the head of a request, and begins with its body when the server wants it; not when it refuses. */
function whenWanted(sent: ClientRequest, begin: () => void): void {
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
const putAway = (bytes: number) => bytes / 10_000

/** One exchange, on a connection of its own unless `reuse` is asked for: redirects are answers, the body stops at `maxBytes`. */
export function request(asked: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const body = asked.body === undefined ? undefined : Buffer.from(asked.body)
    const streams = asked.file !== undefined || asked.into !== undefined
    const limits = streams ? [] : [AbortSignal.timeout(asked.timeoutMs)]
    const signal = AbortSignal.any([...limits, ...(asked.signal ? [asked.signal] : [])])
    const length = asked.file === undefined ? body?.length : statSync(asked.file).size
    const headers = {
      'user-agent': 'ml-image-action',
      ...asked.headers,
      ...(length === undefined ? {} : { 'content-length': String(length) }),
      ...(asked.askFirst ? asking : {}),
    }
    const began = performance.now()
    let refused = false
    const sent = sender(asked.url)(
      asked.url,
      { method: asked.method, headers, signal, agent: asked.reuse ? agentFor(asked.url, asked.ca) : false, ...trusting(asked.ca) },
      (answer) => {
        if (asked.into !== undefined && answer.statusCode === 200) {
          pipeline(answer, createWriteStream(asked.into, { highWaterMark: 1 << 20, mode: 0o600 })).then(
            () => resolve({ status: 200, headers: flat(answer.headers), body: new Uint8Array() }),
            reject,
          )
          return
        }
        const chunks: Buffer[] = []
        let size = 0
        // A refusal counts as far as it was heard: its server may cut off what it does not want to read.
        refused = (answer.statusCode ?? 0) >= 400
        const done = () => {
          resolve({
            status: answer.statusCode ?? 0,
            headers: flat(answer.headers),
            body: Buffer.concat(chunks),
            tookMs: performance.now() - began,
          })
          // Refused before its end: the rest is for nobody.
          if (asked.file !== undefined || asked.askFirst) sent.destroy()
        }
        answer.on('data', (chunk: Buffer) => {
          const room = (asked.maxBytes ?? 1 << 20) - size
          chunks.push(chunk.subarray(0, room))
          size += chunk.length
          if (chunk.length > room) {
            done()
            answer.destroy()
          }
        })
        answer.on('end', done)
        answer.on('error', refused ? done : reject)
      },
    )
    sent.on('error', (error) => {
      if (refused && !signal.aborted) return
      reject(signal.aborted && !asked.signal?.aborted ? new Error(`timed out after ${asked.timeoutMs} ms`, { cause: error }) : error)
    })
    if (streams) sent.setTimeout(asked.timeoutMs, () => sent.destroy(new Error(`timed out after ${asked.timeoutMs} ms of silence`)))
    if (asked.file !== undefined) sent.once('finish', () => sent.setTimeout(asked.timeoutMs + putAway(length ?? 0)))
    const begin = () => {
      if (asked.file === undefined) return void sent.end(body)
      const file = createReadStream(asked.file, { highWaterMark: 1 << 20 })
      file.on('error', (error) => sent.destroy(error))
      sent.on('close', () => file.destroy())
      const { onSent } = asked
      if (onSent) file.on('data', (chunk) => onSent(chunk.length))
      file.pipe(sent)
    }
    if (asked.askFirst) whenWanted(sent, begin)
    else begin()
  })
}

/** So much of a refusal (bytes) is told to whoever asked for its end. */
const longestRefusal = 8 << 10

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'host',
  'authorization',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'proxy-authorization',
])

async function readAll(message: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Writes a body behind what a file holds, hashed on its way. */
async function save(message: IncomingMessage, path: string): Promise<Saved> {
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(
    message,
    async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        hash.update(piece)
        bytes += piece.length
        yield piece
      }
    },
    createWriteStream(path, { flags: 'a', highWaterMark: 1 << 20 }),
  )
  return { bytes, digest: `sha256:${hash.digest('hex')}` }
}

/** Passes one request on by the rules, its body streamed. */
async function pass(rules: RelayRules, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const headers = flat(incoming.headers)
  const method = incoming.method ?? 'GET'
  let step = await rules.route({ method, path: incoming.url ?? '/', headers, readBody: () => readAll(incoming), body: incoming })
  while (step.kind === 'save') step = await step.answer(await save(incoming, step.path))
  if (step.kind === 'answer') {
    const length = method === 'HEAD' ? step.headers?.['content-length'] : undefined
    outgoing
      .writeHead(step.status, { ...step.headers, 'content-length': length ?? String(Buffer.byteLength(step.body)) })
      .end(method === 'HEAD' ? undefined : step.body)
    return
  }
  if (step.kind === 'file') {
    outgoing.writeHead(200, { ...step.headers, 'content-length': String(statSync(step.path).size) })
    if (method === 'HEAD') outgoing.end()
    else await pipeline(createReadStream(step.path, { highWaterMark: 1 << 20 }), outgoing)
    return
  }
  await forward(rules, step, incoming, outgoing)
}

/** Sends a request on and its answer back, both as they come. */
async function forward(
  rules: RelayRules,
  step: Extract<RelayStep, { kind: 'forward' }>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const headers = flat(incoming.headers)
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)))
  const chunked = headers['transfer-encoding'] ? { 'transfer-encoding': headers['transfer-encoding'] } : {}
  const { settle = (status: number) => status } = step
  const passed = { status: 502, sent: 0, received: 0 }
  let answered: IncomingMessage | undefined
  const said: Buffer[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      const options = {
        ...wide,
        method: step.method,
        headers: { ...kept, ...chunked, ...step.headers, ...(step.askFirst ? asking : {}) },
        ...(step.signal ? { signal: step.signal } : {}),
        ...trusting(step.ca),
      }
      const failed = (error: unknown) => {
        // Who has answered may do without the rest of the request; what becomes of the answer is seen there.
        if (!answered || passed.status < 400) reject(error)
      }
      const sent = sender(step.url)(step.url, options, (answer) => {
        const { location, ...rest } = answer.headers
        answered = answer
        passed.status = answer.statusCode ?? 502
        answer.on('data', (chunk: Buffer) => {
          if (passed.status >= 400 && passed.received < longestRefusal) said.push(chunk)
          passed.received += chunk.length
        })
        outgoing.writeHead(settle(passed.status), {
          ...rest,
          ...(location === undefined ? {} : { location: rules.location(location, step.url) }),
        })
        pipeline(answer, outgoing).then(resolve, passed.status >= 400 ? () => resolve() : reject)
      })
      sent.on('error', failed)
      const { idleMs } = step
      if (idleMs !== undefined) {
        sent.setTimeout(idleMs, () => sent.destroy(new Error(`no byte for ${idleMs} ms`)))
        sent.once('finish', () => sent.setTimeout(idleMs + putAway(passed.sent)))
      }
      const begin = () => {
        incoming.on('data', (chunk: Buffer) => {
          passed.sent += chunk.length
          step.onSent?.(chunk.length)
        })
        if (step.body === undefined) pipeline(incoming, sent).catch(failed)
        else sent.end(step.body)
      }
      if (step.askFirst) whenWanted(sent, begin)
      else begin()
    })
  } catch (error) {
    passed.status = 502
    answered = undefined
    if (!step.settle || outgoing.headersSent) throw error
    outgoing.writeHead(settle(502)).end()
  } finally {
    const refusal =
      answered && passed.status >= 400 ? { status: passed.status, headers: flat(answered.headers), body: Buffer.concat(said) } : undefined
    step.onEnd?.({ ...passed, ...(refusal ? { refusal } : {}) })
  }
}

/** Opens a door on 127.0.0.1 at a free port; a request that cannot be passed on is answered 502, or cut off. */
export async function openRelay(rules: RelayRules): Promise<Relay> {
  let requests = 0
  const server = createServer(wide, (incoming, outgoing) => {
    requests++
    pass(rules, incoming, outgoing).catch((error: unknown) => {
      if (outgoing.headersSent) outgoing.destroy()
      else
        outgoing
          .writeHead(502, { 'content-type': 'application/json' })
          .end(JSON.stringify({ errors: [{ code: 'UNAVAILABLE', message: String(error instanceof Error ? error.message : error) }] }))
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
