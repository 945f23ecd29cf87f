import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Ended } from '../../src/host/host.ts'
import type { SmokeInputs } from '../../src/inputs/inputs.ts'
import { lastLines, postMortem, removeContainer, runArgv, startContainer, untilStopped } from '../../src/smoke/container.ts'
import { expectService } from '../../src/smoke/contract.ts'
import { createImage, createInputs, digest } from '../builders.ts'
import { type CaptureScript, createFakeHost, type Overrides } from '../fake-host.ts'

const smokeOf = (smoke: Parameters<typeof createInputs>[0]) => createInputs(smoke).smoke
const contractOf = (smoke: Partial<SmokeInputs> = {}) => expectService(smokeOf({ smoke }), createImage().config)
const argvWith = (env: Readonly<Record<string, string>>) => runArgv('f00d', 'sha256:a', contractOf({ env }), smokeOf({ smoke: { env } }))

describe('argv of the container', () => {
  test('nothing is shared with anybody: a name and a label of the run, a free port of the loopback', () => {
    expect(
      runArgv('f00d', 'sha256:a', contractOf({ port: 8080 }), smokeOf({ smoke: { env: { MODEL: 'iris' }, args: ['--memory', '2g'] } })),
    ).toEqual([
      ...['docker', 'run', '--detach', '--pull', 'never', '--name', 'ml-image-f00d', '--label', 'io.github.ml-image-action.run=f00d'],
      ...['--publish', '127.0.0.1::8080', '--env', 'MODEL', '--memory', '2g', 'sha256:a'],
    ])
  })
  test('a platform runs it by its own command and variables, which those of the user win over', () => {
    const words = (smoke: Partial<SmokeInputs>) => runArgv('f00d', 'sha256:a', contractOf(smoke), smokeOf({ smoke }))
    expect(words({ preset: 'sagemaker' }).slice(-2)).toEqual(['sha256:a', 'serve'])
    expect(words({ preset: 'vertex', env: { AIP_HTTP_PORT: '9000' } }).filter((word) => word.startsWith('AIP_'))).toEqual([
      'AIP_HEALTH_ROUTE',
      'AIP_PREDICT_ROUTE',
      'AIP_STORAGE_URI',
      'AIP_HTTP_PORT',
    ])
  })
  test('nothing is published for an image without HTTP', () => {
    const smoke = { preset: 'none' } as const
    expect(runArgv('f00d', 'sha256:a', contractOf(smoke), smokeOf({ smoke }))).not.toContain('--publish')
  })
  test('values of variables are not in it', () => {
    const name = fc.stringMatching(/^MY_[A-Z]{1,8}$/)
    fc.assert(
      fc.property(
        name,
        fc.stringMatching(/^[a-z]{12,20}$/),
        (variable, value) =>
          !argvWith({ [variable]: value })
            .join(' ')
            .includes(value),
      ),
    )
  })
  test.each([
    'PATH',
    'HOME',
    'LANG',
    'HTTP_PROXY',
    'https_proxy',
    'DOCKER_HOST',
    'DOCKER_CONFIG',
    'DOCKER_CONTENT_TRUST',
    'BUILDX_BUILDER',
    'SSL_CERT_FILE',
  ])('but for %s, which the docker client would read itself', (variable) =>
    expect(argvWith({ [variable]: 'x' })).toContain(`${variable}=x`),
  )
})

const running = { Running: true, ExitCode: 0, OOMKilled: false, Error: '' }
const inspectOf = (State: object, Ports: object | null = { '8000/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }] }) => ({
  stdout: JSON.stringify([{ Image: digest, State: { ...running, ...State }, NetworkSettings: { Ports } }]),
})
const name = 'ml-image-f00dcafe0001'

const start = (capture: Overrides['capture'], env = {}) => {
  const host = createFakeHost({
    capture: { 'docker run': { stdout: 'id\n' }, 'docker logs': { stdout: 'out\n', stderr: 'err\r\n\n' }, ...capture },
  })
  return { host, outcome: startContainer(host, { id: digest }, contractOf(), smokeOf({ smoke: { env } }), { PATH: '/bin' }) }
}

describe('starting', () => {
  test('gives where it answers, and which image it runs', async () => {
    const { host, outcome } = start({ 'docker container inspect': inspectOf({}) }, { MODEL: 'iris', HOME: '/root' })
    expect(await outcome).toEqual({ kind: 'passed', value: { name, port: 8000, baseUrl: 'http://127.0.0.1:32768', imageId: digest } })
    expect(host.traces).toEqual([{ kind: 'containers', runId: 'f00dcafe0001' }])
    expect(host.commands[0]?.env).toEqual({ PATH: '/bin', MODEL: 'iris' })
  })
  test.each<readonly [string, CaptureScript, CaptureScript, string, string, readonly string[]]>([
    [
      'docker refuses',
      {
        exitCode: 127,
        stderr: 'docker: Error response from daemon: exec: "serve": not found\n\nRun \'docker run --help\' for more information\n',
      },
      {},
      'container-not-started',
      'docker run ended with 127: Error response from daemon: exec: "serve": not found',
      ['docker: Error response from daemon: exec: "serve": not found'],
    ],
    [
      'it ended at once',
      {},
      inspectOf({ Running: false, ExitCode: 3 }),
      'container-exited',
      'The container ended by itself with exit code 3.',
      ['out', 'err'],
    ],
    [
      'it was killed',
      {},
      inspectOf({ Running: false, ExitCode: 137 }),
      'container-exited',
      'The container ended by itself with exit code 137 (killed).',
      ['out', 'err'],
    ],
    [
      'memory',
      {},
      inspectOf({ Running: false, ExitCode: 137, OOMKilled: true }),
      'container-out-of-memory',
      'The container was killed for memory.',
      ['out', 'err'],
    ],
    ['it is gone', {}, { exitCode: 1 }, 'container-exited', 'The container ended by itself with exit code unknown.', ['out', 'err']],
    ['no port', {}, inspectOf({}, {}), 'container-not-started', 'The engine published no port for 8000/tcp.', []],
    ['no ports at all', {}, inspectOf({}, null), 'container-not-started', 'The engine published no port for 8000/tcp.', []],
  ])('red: %s', async (_, run, inspect, code, message, evidence) => {
    expect(await start({ 'docker run': run, 'docker container inspect': inspect }).outcome).toEqual({
      kind: 'failed',
      red: { code, message, evidence },
    })
  })
})

describe('waiting for a container to stop', () => {
  const broken = { kind: 'exited', exitCode: 1 } as const
  const waiting = async (states: readonly CaptureScript[], signal: AbortSignal, takes = 1_000, ended: Ended = broken) => {
    let asked = 0
    const host = createFakeHost({
      stream: { 'docker wait': { takes, ended } },
      capture: { 'docker container inspect': () => (states[asked++] ?? { exitCode: 1 }) as object },
    })
    const began = host.now()
    await untilStopped(host, name, {}, signal)
    return { after: host.now() - began, waits: host.argvs().filter((argv) => argv.startsWith('docker wait')).length, asked }
  }
  const never = new AbortController().signal
  test('is over when it stops, without a question, be it started again', async () =>
    expect(await waiting([inspectOf({})], never, 1_000, { kind: 'exited', exitCode: 0 })).toEqual({ after: 1_000, waits: 1, asked: 0 }))
  test('is over when the wait broke off and it has stopped', async () =>
    expect(await waiting([inspectOf({ Running: false })], never)).toEqual({ after: 1_000, waits: 1, asked: 1 }))
  test('is over when it is gone', async () => expect(await waiting([{ exitCode: 1 }], never)).toEqual({ after: 1_000, waits: 1, asked: 1 }))
  test('goes on when the wait broke off and the container did not', async () =>
    expect((await waiting([inspectOf({}), inspectOf({ Running: false })], never)).waits).toBe(2))
  test('is over when it ended, though its restart policy has started it again', async () => {
    const host = createFakeHost({ stream: { 'docker wait': { lines: ['3'], takes: 700 } }, capture: {} })
    await untilStopped(host, name, {}, never)
    expect(host.argvs()).toEqual([`docker wait ${name}`])
  })
  const stopped = async () => {
    const stop = new AbortController()
    setImmediate(() => stop.abort())
    return await waiting([], stop.signal, Number.POSITIVE_INFINITY)
  }
  test('is over at once by the signal', async () => expect(await stopped()).toMatchObject({ after: 0, waits: 1 }))
  test('is then over without another question', async () => expect(await stopped()).toMatchObject({ asked: 0 }))
})

test('of the log the last lines are kept, of both streams', async () => {
  const host = createFakeHost({ capture: { [`docker logs --tail 4000 ${name}`]: { stdout: 'a\r\nb\rc\n\n', stderr: 'd\n' } } })
  expect(await lastLines(host, name, {}, 3)).toEqual(['b', 'c', 'd'])
})

test('of the log the access log of the probes is left out, that of a prediction is not', async () => {
  const stdout = [
    'Traceback',
    'INFO:     172.17.0.1:36450 - "GET /v2/models/sums/ready HTTP/1.1" 400 Bad Request',
    '172.17.0.1 - - [21/Nov/2026:12:17:34 +0000] "GET /health HTTP/1.1" 404 9 "-" "ml-image-action"',
    'INFO:     172.17.0.1:36474 - "POST /v2/repository/index HTTP/1.1" 200 OK',
    'INFO:     172.17.0.1:36474 - "POST /predict HTTP/1.1" 500 Internal Server Error',
  ].join('\n')
  const host = createFakeHost({ capture: { 'docker logs': { stdout } } })
  expect((await lastLines(host, name, {})).map((line) => line.slice(-25))).toEqual(['Traceback', '500 Internal Server Error'])
})

test('a container that was started again is told dead all the same', async () => {
  const host = createFakeHost({
    capture: { 'docker container inspect': { stdout: JSON.stringify([{ RestartCount: 1, State: running }]) }, 'docker logs': {} },
  })
  expect(await postMortem(host, name, {})).toMatchObject({
    red: { message: expect.stringContaining('started again by its restart policy') },
  })
})

test('a container that cannot be asked is still told dead', async () => {
  const host = createFakeHost({ capture: { docker: { exitCode: 1 } } })
  expect(await postMortem(host, name, {})).toMatchObject({ red: { code: 'container-exited', evidence: [] } })
})

test('removing takes its volumes too, and harms nobody when there is nothing', async () => {
  const host = createFakeHost()
  await removeContainer(host, name, {})
  expect(host.argvs()).toEqual([`docker rm --force --volumes ${name}`])
})
