import { randomUUID } from 'node:crypto'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What a request to a registry is about. */
export type Asked = 'token' | 'HEAD' | 'POST blob' | 'PUT blob' | 'PUT manifest' | 'GET manifest'
export const everythingAsked: readonly Asked[] = ['token', 'HEAD', 'POST blob', 'PUT blob', 'PUT manifest', 'GET manifest']

/**
 * How a request goes wrong: a status with the body that a registry has for it; a reset (of a blob: in the middle); silence;
 * an answer that is cut off on its way, once the registry has done what it was asked; a token that is good no more.
 */
export type Fault =
  | Readonly<{ kind: 'status'; status: number; retryAfter?: string; body?: string; early?: boolean }>
  | Readonly<{ kind: 'reset' | 'hang' | 'truncated' | 'expired' }>

/** How often: the first so many requests, or for so long (ms) from the first of them. */
export type Often = Readonly<{ times: number } | { forMs: number }>

export type FaultRule = Readonly<{ on: Asked; fault: Fault; often: Often; paths?: RegExp }>

/** A request as it came, with the answer's status or the fault it met. */
export type Seen = Readonly<{
  at: number
  asked: Asked | 'other'
  method: string
  path: string
  ended: number | Fault['kind']
  faulty: boolean
}>

export interface FaultProxy extends AsyncDisposable {
  readonly host: string
  readonly seen: readonly Seen[]
}

type Upstream = Readonly<{ host: string; username: string; password: string }>

export function askedOf(method: string, path: string): Asked | 'other' {
  if (path.startsWith('/token')) return 'token'
  if (method === 'HEAD') return 'HEAD'
  if (/\/blobs\/uploads\//.test(path)) return method === 'POST' ? 'POST blob' : 'PUT blob'
  if (/\/manifests\//.test(path)) return method === 'PUT' ? 'PUT manifest' : 'GET manifest'
  return 'other'
}

const words = (status: number) => JSON.stringify({ errors: [{ code: 'UNKNOWN', message: `the weather is ${status}` }] })

/** Which of the rules a request meets; each counts for itself. */
function createJudge(rules: readonly FaultRule[], now: () => number) {
  const met = rules.map(() => ({ times: 0, first: undefined as number | undefined }))
  return (asked: Asked | 'other', path: string): Fault | undefined => {
    for (const [index, { on, fault, often, paths }] of rules.entries()) {
      const count = met[index]
      if (on !== asked || !count || (paths && !paths.test(path))) continue
      count.first ??= now()
      const on_ = 'times' in often ? count.times < often.times : now() - count.first < often.forMs
      count.times++
      if (on_) return fault
    }
    return undefined
  }
}

/**
 * A proxy with bad weather before a real registry: what it lets through is answered by that. It asks for tokens as the big
 * registries do, and gives them to whoever has the login of the registry.
 */
export async function startFaultProxy(
  upstream: Upstream,
  rules: readonly FaultRule[],
  now: () => number = () => performance.now(),
): Promise<FaultProxy> {
  const seen: Seen[] = []
  const tokens = new Set<string>()
  const judge = createJudge(rules, now)
  const basic = `Basic ${Buffer.from(`${upstream.username}:${upstream.password}`).toString('base64')}`
  const sockets = new Set<Socket>()
  const [hostname = '', port] = upstream.host.split(':')

  const refuse = (asked: IncomingMessage, answer: ServerResponse) =>
    answer
      .writeHead(401, {
        'www-authenticate': `Bearer realm="http://${asked.headers.host}/token",service="weather",scope="repository:any:pull,push"`,
        'content-type': 'application/json',
      })
      .end(JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }))

  const giveToken = (asked: IncomingMessage, answer: ServerResponse, cut: boolean) => {
    const fits = asked.headers.authorization === basic
    const token = randomUUID()
    if (fits) tokens.add(token)
    const body = JSON.stringify(fits ? { token, expires_in: 300 } : { errors: [{ code: 'UNAUTHORIZED', message: 'incorrect login' }] })
    answer.writeHead(fits ? 200 : 401, { 'content-type': 'application/json', 'content-length': String(body.length) })
    if (cut) answer.write(body.slice(0, 20), () => answer.destroy())
    else answer.end(body)
    return fits ? 200 : 401
  }

  /** @returns the status that the registry has given */
  const forward = (asked: IncomingMessage, answer: ServerResponse, fault: 'reset' | 'truncated' | undefined): Promise<number> =>
    new Promise((resolve) => {
      const headers = { ...asked.headers, authorization: basic }
      // Nothing is mounted from another repository: each push has its layers to send.
      const path = asked.method === 'POST' ? asked.url?.replace(/\?.*/, '') : asked.url
      const sent = httpRequest({ host: hostname, port, method: asked.method, path, headers }, (said) => {
        resolve(said.statusCode ?? 0)
        if (fault !== 'truncated') {
          answer.writeHead(said.statusCode ?? 0, said.headers)
          said.pipe(answer)
          return
        }
        // Of an answer without a body it is the head that is cut.
        const chunks: Buffer[] = []
        said
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            const body = Buffer.concat(chunks)
            if (body.length < 2 || asked.method === 'HEAD') asked.socket.end('HTTP/1.1 200 OK\r\nContent-Le', () => asked.socket.destroy())
            else {
              answer.writeHead(said.statusCode ?? 0, said.headers)
              answer.write(body.subarray(0, body.length >> 1), () => answer.destroy())
            }
          })
      })
      sent.on('error', () => answer.destroy())
      asked.on('error', () => sent.destroy())
      let taken = 0
      if (fault === 'reset') {
        const half = Number(asked.headers['content-length'] ?? 0) >> 1
        asked.on('data', (chunk: Buffer) => {
          taken += chunk.length
          if (taken < half) return
          resolve(0)
          sent.destroy()
          asked.socket.resetAndDestroy()
        })
      }
      asked.pipe(sent)
    })

  const serve = async (asked: IncomingMessage, answer: ServerResponse, wanted: boolean): Promise<void> => {
    const { method = '', url = '' } = asked
    const about = askedOf(method, url)
    const fault = judge(about, url)
    const at = now()
    const note = (ended: Seen['ended']) =>
      void seen.push({
        at,
        asked: about,
        method,
        path: about === 'token' ? url : url.replace(/\?.*/, ''),
        ended,
        faulty: fault !== undefined,
      })
    if (fault?.kind === 'status') {
      note(fault.status)
      const body = fault.body ?? words(fault.status)
      const headers = { 'content-type': 'application/json', ...(fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }) }
      if (fault.early) {
        // As a proxy does that reads no more of what is too large for it.
        answer.writeHead(fault.status, { ...headers, connection: 'close' })
        answer.end(body, () => asked.socket.destroy())
        return
      }
      if (wanted) answer.writeHead(fault.status, { ...headers, connection: 'close' }).end(body)
      else asked.resume().on('end', () => answer.writeHead(fault.status, headers).end(body))
      return
    }
    if (fault?.kind === 'hang') return note('hang')
    if (fault?.kind === 'reset' && (about !== 'PUT blob' || Number(asked.headers['content-length'] ?? 0) === 0)) {
      note('reset')
      asked.socket.resetAndDestroy()
      return
    }
    if (fault?.kind === 'expired' && about !== 'token') {
      note('expired')
      tokens.clear()
    } else if (fault?.kind === 'expired') {
      note('expired')
      asked.resume()
      refuse(asked, answer)
      return
    }
    if (about === 'token') {
      const cut = fault?.kind === 'truncated'
      const status = giveToken(asked, answer, cut)
      note(cut ? 'truncated' : status)
      return
    }
    if (!tokens.has((asked.headers.authorization ?? '').replace(/^Bearer /, ''))) {
      if (fault?.kind !== 'expired') note(401)
      if (wanted) refuse(asked, answer)
      else asked.resume().on('end', () => refuse(asked, answer))
      return
    }
    if (wanted) answer.writeContinue()
    const broken = fault?.kind === 'reset' || fault?.kind === 'truncated' ? fault.kind : undefined
    const status = await forward(asked, answer, broken)
    note(broken ?? status)
  }

  const server = createServer((asked, answer) => void serve(asked, answer, false))
  server.on('checkContinue', (asked: IncomingMessage, answer: ServerResponse) => void serve(asked, answer, true))
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
