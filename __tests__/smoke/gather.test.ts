import { describe, expect, test } from '@jest/globals'
import { gatherEvidence, readLines } from '../../src/smoke/gather.ts'
import { readOperations } from '../../src/smoke/paths.ts'
import type { Exchanged } from '../../src/smoke/witness.ts'
import { createFakeHost, type Overrides } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const expected = {
  ...{ container: 'c', port: 8000, portFrom: 'EXPOSE', healthPath: '/health', predictPath: '/predict', startTimeoutMs: 1_000 },
  ...{ envNames: [], command: ['server'], workingDirectory: '/app' },
}
const inspected = (State: object = {}, more: object = {}) => ({
  stdout: JSON.stringify([
    { Id: 'abc', RestartCount: 0, State: { Running: true, ExitCode: 0, OOMKilled: false, Error: '', Pid: 77, ...State }, ...more },
  ]),
})
const table = (address: string) =>
  `   0: ${address}:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0\n`
const origin = 'http://127.0.0.1:32768'
const silence: Exchanged = { method: 'GET', path: '/health', body: '', error: 'socket hang up' }
const missing: Exchanged = { method: 'GET', path: '/health', status: 404, body: '' }

async function gather(overrides: Overrides, exchanges: readonly Exchanged[] = [silence], said: readonly string[] = []) {
  const host = createFakeHost(overrides)
  const start = host.now()
  const evidence = await gatherEvidence(host, expected, { step: 'not-listening', exchanges, origin, said }, {})
  return { host, evidence, tookMs: host.now() - start }
}
const capture = { 'docker container inspect': inspected(), 'docker logs': { stdout: 'out\n', stderr: 'err\n' } }

describe('sockets', () => {
  test('are read from /proc of this machine, where the process is that of the container', async () => {
    const files = createFiles({
      '/proc/77/cgroup': '4:memory:/docker/abc\n',
      '/proc/77/net/tcp': table('0100007F'),
      '/sys/fs/cgroup/memory/docker/abc/memory.max_usage_in_bytes': '1048576\n',
    })
    const { host, evidence } = await gather({ files, capture, request: {} })
    expect(evidence).toMatchObject({ listening: [{ address: '127.0.0.1', port: 8000, loopback: true }], peakMemory: 1_048_576 })
    expect(host.argvs().filter((argv) => argv.startsWith('docker exec'))).toEqual([])
  })
  test('else inside, as a process of that number may be of somebody else', async () => {
    const files = createFiles({ '/proc/77/cgroup': '0::/system.slice/cron.service\n', '/proc/77/net/tcp': table('0100007F') })
    const exec = { 'docker exec c cat /proc/net/tcp': { exitCode: 1, stdout: `${table('00000000')}4096\n` } }
    const { evidence } = await gather({ files, capture: { ...capture, ...exec }, request: {} })
    expect(evidence).toMatchObject({ listening: [{ address: '0.0.0.0', port: 8000 }], peakMemory: 4_096 })
  })
  test('are not known of one that has stopped, or has no cat', async () => {
    const stopped = await gather({ capture: { ...capture, 'docker container inspect': inspected({ Running: false }) } })
    expect(stopped.evidence.listening).toBeUndefined()
    expect(stopped.host.requests).toEqual([])
    const bare = await gather({ capture: { ...capture, 'docker exec': { exitCode: 127 } }, request: {} })
    expect(bare.evidence.listening).toBeUndefined()
  })
})

describe('what cannot be had is left out', () => {
  test('a command that hangs costs two seconds, and not what else there is', async () => {
    const hangs = { 'docker logs': () => new Promise<never>(() => {}), 'docker exec': () => new Promise<never>(() => {}) }
    const { evidence, tookMs } = await gather({ capture: { ...capture, ...hangs }, request: {} }, [], ['said before'])
    expect(tookMs).toBe(2_000)
    expect(evidence).toMatchObject({ state: { running: true }, lines: ['said before'] })
  })
  test('an engine that answers nothing', async () => {
    const { evidence } = await gather({ capture: { docker: { exitCode: 1 } } }, [], ['docker: no'])
    expect(evidence).toMatchObject({ step: 'not-listening', lines: ['docker: no'], operations: [] })
    expect(evidence.state).toBeUndefined()
  })
})

test('the state of a container', async () => {
  const more = { RestartCount: 2, Config: { User: '10001' }, HostConfig: { Memory: 64, RestartPolicy: { Name: 'always' } } }
  const container = inspected({ Running: true, Restarting: true, ExitCode: 137, OOMKilled: true, Error: 'e' }, more)
  const { evidence } = await gather({ capture: { ...capture, 'docker container inspect': container } }, [])
  expect(evidence.state).toEqual({
    ...{ running: false, exitCode: 137, oomKilled: true, error: 'e' },
    ...{ restarts: 2, restartPolicy: 'always', user: '10001', memoryLimit: 64 },
  })
})

describe('the service is asked around', () => {
  const request = (more: Overrides['request'] = {}) => ({ [`GET ${origin}`]: { status: 404 }, ...more })
  const exec = { ...capture, 'docker exec': { exitCode: 1 } }
  test('for its paths, where one was missing', async () => {
    const openapi = JSON.stringify({ paths: { '/v1/predict': { post: {}, parameters: [] } } })
    const answers = request({ [`GET ${origin}/openapi.json`]: { body: openapi }, [`GET ${origin}/healthz`]: {} })
    const { evidence, host } = await gather({ capture: exec, request: answers }, [missing])
    expect(evidence).toMatchObject({ operations: [{ method: 'POST', path: '/v1/predict' }], healthyPaths: ['/healthz'] })
    expect(host.requests.map(({ url }) => url)).not.toContain(`${origin}/health`)
  })
  test.each([
    ['a certificate that nobody signed', 'self-signed certificate', true],
    ['no TLS', 'wrong version number', false],
  ])('for TLS, where it was silent: %s', async (_, message, speaksTls) => {
    const tls = () => {
      throw new Error(message)
    }
    const { evidence } = await gather({ capture: exec, request: { [`GET https://127.0.0.1:32768/`]: tls } })
    expect(evidence.speaksTls).toBe(speaksTls)
  })
  test('for nothing, where it has answered', async () => {
    const { host } = await gather({ capture: exec }, [{ ...missing, status: 500 }])
    expect(host.requests).toEqual([])
  })
})

test('lines are as they are to be read: bounded, without colours and blanks', () => {
  expect(readLines('\u001b[31mred\u001b[0m  \r\n\r\n  in\ra')).toEqual(['red', '  in', 'a'])
  expect(readLines(Array.from({ length: 500 }, (_, n) => `${n}`).join('\n'))).toHaveLength(200)
  expect(readLines('x'.repeat(9_000))[0]).toHaveLength(2_000)
})

test.each(['', 'null', '[]', '{"paths": null}', '{"paths": {"/a": null}}', '<html>'])('%j documents no operation', (text) =>
  expect(readOperations(text)).toEqual([]),
)
