import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import type { HttpAnswer, HttpRequest, Relay, RelayRules, RelayStep } from './host.ts'

function flat(headers: IncomingMessage['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}

const contexts = new Map<string, SecureContext>()

/** What trusts `ca` beside the machine's own authorities. Reading these takes its time: once for each. */
function trusting(ca: string | undefined): Readonly<{ secureContext?: SecureContext }> {
  if (ca === undefined) return {}
  const known = contexts.get(ca) ?? createSecureContext({ ca: [...getCACertificates('default'), ca] })
  contexts.set(ca, known)
  return { secureContext: known }
}

const sender = (url: string) => (url.startsWith('https:') ? httpsRequest : httpRequest)

/** One exchange on a connection of its own: redirects are answers, the body stops at `maxBytes`. */
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
    }
    const began = performance.now()
    const sent = sender(asked.url)(asked.url, { method: asked.method, headers, signal, agent: false, ...trusting(asked.ca) }, (answer) => {
      if (asked.into !== undefined && answer.statusCode === 200) {
        pipeline(answer, createWriteStream(asked.into, { highWaterMark: 1 << 20, mode: 0o600 })).then(
          () => resolve({ status: 200, headers: flat(answer.headers), body: new Uint8Array() }),
          reject,
        )
        return
      }
      const chunks: Buffer[] = []
      let size = 0
      const done = () => {
        resolve({
          status: answer.statusCode ?? 0,
          headers: flat(answer.headers),
          body: Buffer.concat(chunks),
          tookMs: performance.now() - began,
        })
        // Refused before its end: the rest is for nobody.
        if (asked.file !== undefined) sent.destroy()
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
      answer.on('error', reject)
    })
    sent.on('error', (error) =>
      reject(signal.aborted && !asked.signal?.aborted ? new Error(`timed out after ${asked.timeoutMs} ms`, { cause: error }) : error),
    )
    if (streams) sent.setTimeout(asked.timeoutMs, () => sent.destroy(new Error(`timed out after ${asked.timeoutMs} ms of silence`)))
    if (asked.file === undefined) sent.end(body)
    else {
      const file = createReadStream(asked.file, { highWaterMark: 1 << 20 })
      file.on('error', (error) => sent.destroy(error))
      sent.on('close', () => file.destroy())
      file.pipe(sent)
    }
  })
}

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

/** Passes one request on by the rules, its body streamed. */
async function pass(rules: RelayRules, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const headers = flat(incoming.headers)
  const method = incoming.method ?? 'GET'
  const step = await rules.route({ method, path: incoming.url ?? '/', headers, readBody: () => readAll(incoming), body: incoming })
  if (step.kind === 'answer') {
    outgoing
      .writeHead(step.status, { ...step.headers, 'content-length': String(Buffer.byteLength(step.body)) })
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
  try {
    await new Promise<void>((resolve, reject) => {
      const options = {
        method: step.method,
        headers: { ...kept, ...chunked, ...step.headers },
        ...(step.signal ? { signal: step.signal } : {}),
        ...trusting(step.ca),
      }
      const sent = sender(step.url)(step.url, options, (answer) => {
        const { location, ...rest } = answer.headers
        passed.status = answer.statusCode ?? 502
        answer.on('data', (chunk: Buffer) => {
          passed.received += chunk.length
        })
        outgoing.writeHead(settle(passed.status), {
          ...rest,
          ...(location === undefined ? {} : { location: rules.location(location, step.url) }),
        })
        pipeline(answer, outgoing).then(resolve, reject)
      })
      sent.on('error', reject)
      if (step.idleMs !== undefined) sent.setTimeout(step.idleMs, () => sent.destroy(new Error(`no byte for ${step.idleMs} ms`)))
      incoming.on('data', (chunk: Buffer) => {
        passed.sent += chunk.length
      })
      if (step.body === undefined) pipeline(incoming, sent).catch(reject)
      else sent.end(step.body)
    })
  } catch (error) {
    passed.status = 502
    if (!step.settle || outgoing.headersSent) throw error
    outgoing.writeHead(settle(502)).end()
  } finally {
    step.onEnd?.(passed)
  }
}

/** Opens a door on 127.0.0.1 at a free port; a request that cannot be passed on is answered 502, or cut off. */
export async function openRelay(rules: RelayRules): Promise<Relay> {
  let requests = 0
  const server = createServer((incoming, outgoing) => {
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
