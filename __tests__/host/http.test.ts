import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { request } from '../../src/host/http.ts'

const servers: (() => void)[] = []
afterEach(() => {
  for (const close of servers.splice(0)) close()
})

/** A real server on the loopback. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const text = (body: Uint8Array) => new TextDecoder().decode(body)
const get = (url: string, more: object = {}) => request({ method: 'GET', url, timeoutMs: 5_000, ...more })

test('an answer is its status, its headers and its body', async () => {
  const url = await serve((_, answer) =>
    answer.writeHead(418, { 'x-a': '1', 'set-cookie': ['a', 'b'], 'www-authenticate': ['Basic', 'Bearer'] }).end('tea é'),
  )
  const { status, headers, body } = await get(url)
  expect([status, text(body)]).toEqual([418, 'tea é'])
  expect(headers).toMatchObject({ 'x-a': '1', 'set-cookie': 'a, b', 'www-authenticate': 'Basic, Bearer' })
})

test('a request is sent with its method, path, headers and body', async () => {
  const url = await serve((asked, answer) => {
    const chunks: Buffer[] = []
    asked
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const { 'content-length': length, 'user-agent': agent, 'x-a': custom } = asked.headers
        answer.end(JSON.stringify([asked.method, asked.url, length, agent, custom, Buffer.concat(chunks).toString()]))
      })
  })
  const { body } = await request({ method: 'PUT', url: `${url}/a%2Fb?c=d`, headers: { 'x-a': '1' }, body: 'é', timeoutMs: 5_000 })
  expect(JSON.parse(text(body))).toEqual(['PUT', '/a%2Fb?c=d', '2', 'ml-image-action', '1', 'é'])
  const bytes = await request({ method: 'POST', url, body: Uint8Array.of(65, 66), timeoutMs: 5_000 })
  expect(JSON.parse(text(bytes.body))).toEqual(['POST', '/', '2', 'ml-image-action', null, 'AB'])
})

test.each([
  [true, 1],
  [false, 3],
])('requests share a connection where they may: reuse %p makes %d', async (reuse, connections) => {
  const seen = new Set<unknown>()
  const url = await serve((asked, answer) => {
    seen.add(asked.socket)
    answer.end('x')
  })
  for (let count = 0; count < 3; count++) expect((await get(url, { reuse })).status).toBe(200)
  expect(seen.size).toBe(connections)
})

test('a kept connection that its server has closed is replaced by a new one; an answer that breaks off is not asked for again', async () => {
  const asked: string[] = []
  const url = await serve(({ url: path = '', socket }, answer) => {
    asked.push(path)
    if (asked.length === 2) socket.resetAndDestroy()
    else if (path === '/broken') answer.writeHead(200, { 'content-length': '2' }).write('x', () => socket.resetAndDestroy())
    else answer.end('x')
  })
  for (const path of ['/1', '/2']) expect((await get(`${url}${path}`, { reuse: true })).status).toBe(200)
  expect(asked).toEqual(['/1', '/2', '/2'])
  await expect(get(`${url}/broken`, { reuse: true })).rejects.toThrow()
  expect(asked.slice(3)).toEqual(['/broken'])
})

describe('an answer into a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-http-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const into = join(folder, 'layer')
  test('is written as it comes, whatever its length and time', async () => {
    const url = await serve((_, answer) => {
      answer.write('a'.repeat(3 << 20))
      setTimeout(() => answer.write('b'), 40)
      setTimeout(() => answer.end('c'), 80)
    })
    const { status, body } = await get(url, { into, timeoutMs: 60, maxBytes: 10 })
    expect([status, body.length]).toEqual([200, 0])
    expect(readFileSync(into, 'utf8')).toBe(`${'a'.repeat(3 << 20)}bc`)
  })
  test('is no file where it is refused', async () => {
    rmSync(into)
    const url = await serve((_, answer) => answer.writeHead(404).end('none'))
    const { status, body } = await get(url, { into })
    expect([status, text(body), existsSync(into)]).toEqual([404, 'none', false])
  })
  test('that falls silent is given up', async () => {
    const url = await serve((_, answer) => void answer.writeHead(200).write('half'))
    await expect(get(url, { into, timeoutMs: 60 })).rejects.toThrow('timed out after 60 ms of silence')
  })
  test('that breaks off is an error', async () => {
    const url = await serve((_, answer) => {
      answer.writeHead(200, { 'content-length': '10' }).write('half')
      setTimeout(() => answer.destroy(), 20)
    })
    await expect(get(url, { into })).rejects.toThrow()
  })
})

test('a redirect is an answer and not followed', async () => {
  let asked = 0
  const url = await serve((_, answer) => {
    asked++
    answer.writeHead(302, { location: '/elsewhere' }).end()
  })
  expect(await get(url)).toMatchObject({ status: 302, headers: { location: '/elsewhere' } })
  expect(asked).toBe(1)
})

describe('an answer that is too long', () => {
  test('is cut off, and the rest is neither waited for nor taken', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    const url = await serve((_, answer) => {
      answer.on('close', resolve)
      const more = () => {
        while (answer.write('x'.repeat(1 << 16)));
      }
      answer.on('drain', more)
      more()
    })
    const { status, body } = await get(url, { maxBytes: 100_000, timeoutMs: 300_000 })
    expect(status).toBe(200)
    expect(body.length).toBeGreaterThanOrEqual(100_000)
    expect(body.length).toBeLessThan(100_000 + (1 << 17))
    await closed
  }, 5_000)
  test('is cut off where it was said to be', async () => {
    const url = await serve((_, answer) => answer.end('x'.repeat(5_000)))
    expect((await get(url, { maxBytes: 1_000 })).body).toHaveLength(1_000)
  })
  test('is one mebibyte, unless more is asked for', async () => {
    const url = await serve((_, answer) => answer.end('x'.repeat(3 << 20)))
    expect((await get(url)).body.length).toBeLessThan(2 << 20)
    expect((await get(url, { maxBytes: 3 << 20 })).body).toHaveLength(3 << 20)
  })
})

describe('no whole answer is an error that says why', () => {
  const never: RequestListener = () => {}
  const half: RequestListener = (_, answer) => answer.writeHead(200, { 'content-length': '99' }).write('half')
  test('silence', async () => await expect(get(await serve(never), { timeoutMs: 60 })).rejects.toThrow('timed out after 60 ms'))
  test('half an answer, for ever', async () => await expect(get(await serve(half), { timeoutMs: 60 })).rejects.toThrow(/timed out|aborted/))
  test('half an answer, and the end', async () => {
    const url = await serve((_, answer) => {
      answer.writeHead(200, { 'content-length': '99' }).write('half')
      answer.socket?.end()
    })
    await expect(get(url)).rejects.toThrow('aborted')
  })
  test('a connection that is cut', async () => {
    await expect(get(await serve((asked) => asked.socket.destroy()))).rejects.toMatchObject({ code: 'ECONNRESET' })
  })
  test('nobody there', async () => {
    const url = await serve(never)
    for (const close of servers.splice(0)) close()
    await expect(get(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
  test('the signal', async () => {
    const stop = new AbortController()
    const url = await serve(() => stop.abort())
    await expect(get(url, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('a file as the body', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'ml-image-http-')), 'blob')
  writeFileSync(file, 'x'.repeat(24 << 20))
  afterAll(() => rmSync(dirname(file), { recursive: true }))

  test('is sent whole, with its length', async () => {
    const url = await serve(async (asked, answer) => {
      let size = 0
      for await (const chunk of asked) size += (chunk as Buffer).length
      answer.writeHead(201).end(`${asked.headers['content-length']} ${size}`)
    })
    const { status, body } = await request({ method: 'PUT', url, file, timeoutMs: 5_000 })
    expect([status, text(body)]).toEqual([201, `${24 << 20} ${24 << 20}`])
  })
  test('may take as long as it likes, but for a silence', async () => {
    const url = await serve(async (asked, answer) => {
      for await (const _ of asked) await new Promise((resolve) => setTimeout(resolve, 3))
      answer.writeHead(201).end()
    })
    expect(await request({ method: 'PUT', url, file, timeoutMs: 700 })).toMatchObject({ status: 201 })
    const deaf = await serve(() => {})
    await expect(request({ method: 'PUT', url: deaf, file, timeoutMs: 100 })).rejects.toThrow('timed out after 100 ms of silence')
  })
  test('that is refused before its end is answered all the same', async () => {
    // As nginx does: it answers, and goes on reading for a while.
    const server = createSocketServer((socket) => {
      socket.on('error', () => {}).once('data', () => socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 3\r\n\r\nno!'))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    servers.push(() => server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await request({ method: 'PUT', url, file, timeoutMs: 5_000 })).toMatchObject({ status: 413 })
  })
  test('that is refused by a server that hangs up is answered, when it asks first', async () => {
    let bytes = 0
    const server = createSocketServer((socket) => {
      socket
        .on('error', () => {})
        .on('data', (chunk) => {
          bytes += chunk.length
          socket.end('HTTP/1.1 413 Too Large\r\ncontent-length: 3\r\n\r\nno!', () => socket.resetAndDestroy())
        })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    servers.push(() => server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const answer = await request({ method: 'PUT', url, file, timeoutMs: 5_000, askFirst: true })
    expect([answer.status, text(answer.body)]).toEqual([413, 'no!'])
    expect(bytes).toBeLessThan(1_000)
  })
  test('goes to a server that wants it, and to one that says nothing', async () => {
    const taken: number[] = []
    const take: RequestListener = async (asked, answer) => {
      let size = 0
      for await (const chunk of asked) size += (chunk as Buffer).length
      taken.push(size)
      answer.writeHead(201).end()
    }
    const polite = await serve(take)
    const silent = createServer()
    silent.on('checkContinue', take)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    servers.push(() => silent.close())
    for (const url of [polite, `http://127.0.0.1:${(silent.address() as AddressInfo).port}`])
      expect(await request({ method: 'PUT', url, file, timeoutMs: 5_000, askFirst: true })).toMatchObject({ status: 201 })
    expect(taken).toEqual([statSync(file).size, statSync(file).size])
  })
  test('that is not there is an error', async () => {
    const url = await serve((_, answer) => answer.end())
    await expect(request({ method: 'PUT', url, file: `${file}-not`, timeoutMs: 5_000 })).rejects.toThrow('ENOENT')
  })
})
