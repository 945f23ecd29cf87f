import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { askRepository } from '../../src/host/repository.ts'

const asked: string[] = []
let answers: readonly ((response: ServerResponse) => void)[] = []
const server = createServer((request, response) => {
  asked.push(`${request.url} ${request.headers.authorization}`)
  answers[asked.length - 1]?.(response)
})
const json = (status: number, value: unknown) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Read when the client is loaded, which is at the first question.
  process.env['GITHUB_API_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`
})
afterAll(() => {
  delete process.env['GITHUB_API_URL']
  server.closeAllConnections()
  server.close()
})
beforeEach(() => void asked.splice(0))

const iris = { name: 'iris', html_url: 'https://x/iris', description: null, license: null, default_branch: 'trunk' }
const facts = { defaultBranch: 'trunk', about: { name: 'iris', url: 'https://x/iris', description: '', license: '' } }

describe("what GitHub's API knows of a repository", () => {
  test('is asked where GITHUB_API_URL says, with the token', async () => {
    answers = [json(200, iris)]
    expect(await askRepository('acme/iris', 't0ken')).toEqual(facts)
    expect(asked).toEqual(['/api/v3/repos/acme/iris token t0ken'])
  })
  test('again after a 5xx', async () => {
    answers = [json(502, {}), json(200, iris)]
    expect(await askRepository('acme/iris', 't0ken')).toEqual(facts)
  })
  test.each<readonly [string, readonly ((response: ServerResponse) => void)[], number]>([
    ['a 404', [json(404, {})], 1],
    ['a 403', [json(403, {})], 1],
    ['a door that is shut', [(response) => void response.destroy()], 1],
    ['no JSON', [(response) => void response.end('<html>')], 1],
  ])('after %s nothing is known, and it is no error', async (_, given, times) => {
    answers = given
    expect(await askRepository('acme/iris', 't0ken')).toEqual({})
    expect(asked).toHaveLength(times)
  })
  test('an answer that does not come is not waited for', async () => {
    answers = [() => {}]
    expect(await askRepository('acme/iris', 't0ken', 100)).toEqual({})
    answers = [json(503, {}), json(503, {}), json(200, iris)]
    asked.splice(0)
    expect(await askRepository('acme/iris', 't0ken', 100)).toEqual({})
    expect(asked).toHaveLength(1)
  })
})
