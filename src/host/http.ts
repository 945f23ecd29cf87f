import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { agentFor, asking, flat, putAway, sender, trusting, whenWanted } from './connections.ts'
import type { HttpAnswer, HttpRequest } from './wire.ts'

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
    let answered = false
    const sent = sender(asked.url)(
      asked.url,
      { method: asked.method, headers, signal, agent: asked.reuse ? agentFor(asked.url, asked.ca) : false, ...trusting(asked.ca) },
      (answer) => {
        answered = true
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
      // A server may close a connection that it has kept in the moment that it is used again.
      if (sent.reusedSocket && !streams && 'code' in error && error.code === 'ECONNRESET' && !answered)
        return resolve(request({ ...asked, reuse: false }))
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
