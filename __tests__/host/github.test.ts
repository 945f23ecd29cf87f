import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { compareCommits, runNumbers } from '../../src/host/github.ts'

const asked: string[] = []
let status = 200
let body: unknown
let server: Server
beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url} ${incoming.headers.authorization}`)
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Read when the library is loaded, which is at the first question.
  process.env['GITHUB_API_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`
})
afterAll(() => {
  delete process.env['GITHUB_API_URL']
  server.close()
  server.closeAllConnections()
})

const answered = (code: number, value: unknown) => {
  status = code
  body = value
  asked.length = 0
}

test('commits are compared at GITHUB_API_URL, with the token', async () => {
  answered(200, { status: 'diverged', commits: [{ sha: 'c1' }, { sha: 'c2' }] })
  expect(await compareCommits('acme/iris', 'a1', 'feature/x', 'ghs_t')).toEqual({ status: 'diverged', missing: ['c1', 'c2'] })
  expect(asked).toEqual(['GET /api/v3/repos/acme/iris/compare/a1...feature%2Fx token ghs_t'])
})

test('the runs of a workflow for a commit', async () => {
  answered(200, { total_count: 2, workflow_runs: [{ run_number: 8 }, { run_number: 9 }] })
  expect(await runNumbers('acme/iris', 'image.yml', 'a1', 'ghs_t')).toEqual([8, 9])
  expect(asked).toEqual(['GET /api/v3/repos/acme/iris/actions/workflows/image.yml/runs?head_sha=a1 token ghs_t'])
})

test('an answer that is none is an error with its status', async () => {
  answered(404, { message: 'Not Found' })
  await expect(compareCommits('acme/iris', 'a1', 'b2', 'ghs_t')).rejects.toMatchObject({ status: 404 })
  answered(403, { message: 'Resource not accessible by integration' })
  await expect(runNumbers('acme/iris', 'image.yml', 'a1', 'ghs_t')).rejects.toMatchObject({ status: 403 })
})

test('a status that GitHub has not yet is not guessed at', async () => {
  answered(200, { status: 'sideways', commits: [] })
  await expect(compareCommits('acme/iris', 'a1', 'b2', 'ghs_t')).rejects.toThrow('sideways')
})
