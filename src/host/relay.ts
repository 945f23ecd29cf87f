import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { countRead } from './collect.ts'
import { asking, flat, putAway, sender, trusting, whenWanted } from './connections.ts'
import type { Relay, RelayRules, RelayStep, Saved } from './wire.ts'

/** Bytes that may wait in the relay on their way, in either direction: fewer turns for a large layer. */
const wide = { highWaterMark: 1 << 20 }

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
  for await (const chunk of message as AsyncIterable<Buffer>) {
    countRead(chunk.length, 'stream')
    chunks.push(chunk)
  }
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
          countRead(chunk.length, 'stream')
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
          countRead(chunk.length, 'stream')
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
