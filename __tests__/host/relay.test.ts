import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { RelayRules, RelayStep } from '../../src/host/host.ts'
import { request } from '../../src/host/http.ts'
import { openRelay } from '../../src/host/relay.ts'

const closing: (() => PromiseLike<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A door of which each request goes to `url` as it came, with a login. */
async function open(url: string, rules: Partial<RelayRules> = {}) {
  const relay = await openRelay({
    route: async ({ method, path }) => ({ kind: 'forward', method, url: url + path, headers: { authorization: 'Bearer ours' } }),
    location: (location, sentTo) => `/seen${new URL(location, sentTo).pathname}`,
    ...rules,
  })
  closing.push(() => relay[Symbol.asyncDispose]())
  return { relay, door: `http://127.0.0.1:${relay.port}` }
}

async function readAll(message: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of message) text += String(chunk)
  return text
}

/** Answers with what was asked. */
const echo: RequestListener = async (asked, answer) => {
  const body = await readAll(asked)
  answer
    .writeHead(202, { 'content-type': 'application/json', location: '/next?x=1' })
    .end(JSON.stringify({ method: asked.method, url: asked.url, headers: asked.headers, body }))
}
const send = async (url: string, more: object = {}) => {
  const { status, headers, body } = await request({ method: 'GET', url, timeoutMs: 5_000, ...more })
  return { status, headers, text: new TextDecoder().decode(body) }
}

test('who asks for it is told of the bytes of a body as they go on, of a file as of a request', async () => {
  const sent: number[] = []
  const url = await serve(echo)
  const onSent = (bytes: number) => void sent.push(bytes)
  const { door } = await open(url, {
    route: async ({ path }) => ({ kind: 'forward', method: 'PUT', url: url + path, headers: {}, onSent }),
  })
  await send(`${door}/a`, { method: 'PUT', body: 'x'.repeat(3_000_000) })
  expect([sent.length > 1, sent.reduce((sum, bytes) => sum + bytes, 0)]).toEqual([true, 3_000_000])

  const folder = mkdtempSync(join(tmpdir(), 'sent-'))
  closing.push(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'layer')
  writeFileSync(file, 'x'.repeat(2_500_000))
  sent.length = 0
  const { text } = await send(url, { method: 'PUT', file, onSent, maxBytes: 5_000_000 })
  expect(JSON.parse(text).body).toHaveLength(2_500_000)
  expect([sent.length > 1, sent.reduce((sum, bytes) => sum + bytes, 0)]).toEqual([true, 2_500_000])
})

test('a request goes on with its method, path, headers and body, with our login instead of its own', async () => {
  const { door, relay } = await open(await serve(echo))
  const given = { 'content-type': 'application/x', authorization: 'Basic theirs', 'proxy-authorization': 'x', te: 'trailers' }
  const { status, headers, text } = await send(`${door}/v2/a?b=c%2Fd`, { method: 'PUT', headers: given, body: 'blob' })
  const seen = JSON.parse(text)
  expect(status).toBe(202)
  expect(seen).toMatchObject({
    method: 'PUT',
    url: '/v2/a?b=c%2Fd',
    body: 'blob',
    headers: { 'content-type': 'application/x', authorization: 'Bearer ours', 'content-length': '4' },
  })
  expect(Object.keys(seen.headers)).not.toEqual(expect.arrayContaining(['te']))
  expect(seen.headers['proxy-authorization']).toBeUndefined()
  expect(seen.headers.host).not.toBe(new URL(door).host)
  expect(headers).toMatchObject({ 'content-type': 'application/json', location: '/seen/next' })
  expect(relay.requests()).toBe(1)
})

test('bytes are counted, and what a status is for the client is said by the step', async () => {
  const ended: unknown[] = []
  const url = await serve((asked, answer) => void asked.resume().on('end', () => answer.writeHead(503).end('busy')))
  const { door } = await open(url, {
    route: async ({ method }) => ({ kind: 'forward', method, url, headers: {}, settle: () => 400, onEnd: (passed) => ended.push(passed) }),
  })
  expect(await send(door, { method: 'PUT', body: 'blob!' })).toMatchObject({ status: 400, text: 'busy' })
  expect(ended).toMatchObject([{ status: 503, sent: 5, received: 4, refusal: { status: 503, body: Buffer.from('busy') } }])
})

test.each([
  ['that never answers', () => {}],
  ['that stands still in the middle of its answer', (_: unknown, answer: { write: (text: string) => void }) => answer.write('a')],
])('a server %s is left after idleMs', async (_, listener) => {
  const ended: unknown[] = []
  const url = await serve(listener as RequestListener)
  const { door } = await open(url, {
    route: async ({ method }) => ({
      kind: 'forward',
      method,
      url,
      headers: {},
      idleMs: 50,
      settle: (status) => (status === 502 ? 400 : status),
      onEnd: (passed) => ended.push(passed),
    }),
  })
  const answered = await send(door).then(
    ({ status }) => status,
    () => 'cut off',
  )
  expect([400, 'cut off']).toContain(answered)
  expect(ended).toEqual([expect.objectContaining({ status: 502 })])
})

test('a login of its own goes nowhere, also where it gets none of ours', async () => {
  const upstream = await serve(echo)
  const { door } = await open('', { route: async ({ method }) => ({ kind: 'forward', method, url: upstream, headers: {} }) })
  const { text } = await send(door, { headers: { authorization: 'Basic theirs' } })
  expect(JSON.parse(text).headers.authorization).toBeUndefined()
})

test('a body is streamed: its beginning arrives before its end is sent', async () => {
  const { promise: arrived, resolve } = Promise.withResolvers<void>()
  const upstream = await serve(async (asked, answer) => {
    asked.once('data', () => resolve())
    answer.end(await readAll(asked))
  })
  const { door } = await open(upstream)
  const answered = Promise.withResolvers<string>()
  const sending = httpRequest(`${door}/x`, { method: 'PATCH' }, (answer) => void readAll(answer).then(answered.resolve))
  sending.write('first ')
  await arrived
  sending.end('last')
  expect(await answered.promise).toBe('first last')
})

test('an answer is streamed, and passes with its status and headers', async () => {
  const { promise: goOn, resolve } = Promise.withResolvers<void>()
  const { door } = await open(
    await serve(async (_, answer) => {
      answer.writeHead(206, { 'docker-content-digest': 'sha256:a' }).write('first ')
      await goOn
      answer.end('last')
    }),
  )
  const { promise, resolve: got } = Promise.withResolvers<IncomingMessage>()
  httpRequest(door, got).end()
  const answer = await promise
  expect([answer.statusCode, answer.headers['docker-content-digest']]).toEqual([206, 'sha256:a'])
  answer.once('data', () => resolve())
  expect(await readAll(answer)).toBe('first last')
})

describe('a step of our own', () => {
  const answering = async (step: RelayStep) => await open('http://127.0.0.1:9', { route: async () => step })
  const step: RelayStep = { kind: 'answer', status: 201, headers: { location: '/here' }, body: '{"é":1}' }
  test('is answered as it is', async () => {
    const { door } = await answering(step)
    expect(await send(door)).toMatchObject({ status: 201, text: '{"é":1}', headers: { location: '/here', 'content-length': '8' } })
  })
  test('has no body for HEAD', async () => {
    const { door } = await answering(step)
    expect(await send(door, { method: 'HEAD' })).toMatchObject({ status: 201, text: '', headers: { 'content-length': '8' } })
  })
  test('may read the body itself, and send another', async () => {
    const upstream = await serve(echo)
    const { door } = await open('', {
      route: async ({ readBody, method }) => ({
        kind: 'forward',
        method,
        url: upstream,
        headers: { 'content-length': '3' },
        body: (await readBody()).slice(0, 3),
      }),
    })
    expect(JSON.parse((await send(door, { method: 'PUT', body: 'abcdef' })).text).body).toBe('abc')
  })
})

describe('what cannot be passed on is answered, not left hanging', () => {
  test('nobody there', async () => {
    const upstream = await serve(echo)
    for (const close of closing.splice(0)) await close()
    const { door } = await open(upstream)
    const { status, text } = await send(door)
    expect(status).toBe(502)
    expect(JSON.parse(text)).toEqual({ errors: [{ code: 'UNAVAILABLE', message: expect.stringContaining('ECONNREFUSED') }] })
  })
  test('rules that fail', async () => {
    const { door } = await open('', { route: () => Promise.reject(new Error('no login')) })
    expect(await send(door)).toMatchObject({ status: 502, text: expect.stringContaining('no login') })
  })
  test('an answer that breaks off', async () => {
    const upstream = await serve((_, answer) => {
      answer.writeHead(200, { 'content-length': '99' }).write('half')
      answer.socket?.end()
    })
    const { door } = await open(upstream)
    await expect(send(door)).rejects.toThrow(/aborted|socket hang up|ECONNRESET/)
  })
})

test('the door is on the loopback, and shut when it is left', async () => {
  const { relay, door } = await open(await serve(echo))
  await send(door)
  await relay[Symbol.asyncDispose]()
  await expect(send(door)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('a file is an answer: its length, its type, its bytes; to HEAD without them', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'ml-image-relay-')), 'blob')
  writeFileSync(path, 'y'.repeat(2 << 20))
  const { door } = await open('', { route: async () => ({ kind: 'file', path, headers: { 'content-type': 'application/x' } }) })
  try {
    const got = await send(door, { maxBytes: 4 << 20 })
    expect(got).toMatchObject({ status: 200, headers: { 'content-type': 'application/x', 'content-length': String(2 << 20) } })
    expect(got.text).toHaveLength(2 << 20)
    expect(await send(door, { method: 'HEAD' })).toMatchObject({ headers: { 'content-length': String(2 << 20) }, text: '' })
  } finally {
    rmSync(dirname(path), { recursive: true })
  }
})

test('a body is written behind what the file holds, and hashed on its way', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-relay-'))
  const path = join(folder, 'upload')
  const seen: unknown[] = []
  const { door } = await open('', {
    route: async () => ({
      kind: 'save',
      path,
      answer: async (saved) => {
        seen.push(saved)
        return { kind: 'answer', status: 201, body: '' }
      },
    }),
  })
  try {
    const pieces = ['a'.repeat(3 << 20), '', 'end']
    for (const body of pieces) expect(await send(door, { method: 'PATCH', body })).toMatchObject({ status: 201 })
    expect(readFileSync(path, 'utf8')).toBe(pieces.join(''))
    expect(seen).toEqual(
      pieces.map((body) => ({ bytes: body.length, digest: `sha256:${createHash('sha256').update(body).digest('hex')}` })),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
