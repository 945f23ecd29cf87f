import { describe, expect, test } from '@jest/globals'
import type { SmokeInputs } from '../../src/inputs/inputs.ts'
import { loopback } from '../../src/smoke/address.ts'
import { type Around, smokeTest } from '../../src/smoke/smoke.ts'
import { createImage, createInputs, digest } from '../builders.ts'
import { createFakeHost, type Overrides } from '../fake-host.ts'

const name = 'ml-image-f00dcafe0001'
const cell = `${name}-offline`
const inspected = (healthcheck?: object) => ({
  stdout: JSON.stringify([
    {
      Image: digest,
      State: { Running: true, ExitCode: 0 },
      Config: healthcheck ? { Healthcheck: healthcheck } : {},
      NetworkSettings: {
        Ports: { '8000/tcp': [{ HostIp: '0.0.0.0', HostPort: '7' }] },
        Networks: { [cell]: { IPAddress: '10.0.0.2' }, job: { IPAddress: '10.1.0.2' } },
      },
    },
  ]),
})

async function smoke(inputs: Partial<SmokeInputs>, around: Partial<Around> = {}, more: Overrides = {}) {
  const host = createFakeHost({
    stream: { 'docker wait': { takes: Number.POSITIVE_INFINITY }, ...more.stream },
    request: { GET: {}, POST: {}, ...more.request },
    capture: { docker: {}, 'docker container inspect': inspected(), ...more.capture },
  })
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  const given = createInputs({ smoke: inputs }).smoke
  const signal = new AbortController().signal
  const smoked = await smokeTest(host, createImage(), given, {}, log, signal, { address: loopback, hold: false, ...around })
  await smoked.removal
  return { host, ...smoked, asked: host.requests[0]?.url, ran: host.argvs().find((argv) => argv.startsWith('docker run')) ?? '' }
}
const removed = (argvs: readonly string[]) => argvs.filter((argv) => / rm | disconnect /.test(argv))

describe('where the container is asked', () => {
  test('on the machine of an engine over tcp', async () => {
    const { asked, ran } = await smoke({}, { address: { kind: 'published', bind: '0.0.0.0', host: 'engine' } })
    expect(ran).toContain('--publish 0.0.0.0::8000')
    expect(asked).toBe('http://engine:7/health')
  })
  test('on the network of the job', async () => {
    const { asked, ran } = await smoke({}, { address: { kind: 'network', network: 'job' } })
    expect(ran).toContain('--network job')
    expect(ran).not.toContain('--publish')
    expect(asked).toBe('http://10.1.0.2:8000/health')
  })
  test('where it has no address, that is told', async () => {
    const { outcome } = await smoke({}, { address: { kind: 'network', network: 'gone' } })
    expect(outcome).toMatchObject({ red: { code: 'container-not-started', message: 'The container has no address on gone.' } })
  })
})

describe('offline', () => {
  test('on a network of its own that leads nowhere, which goes after the container', async () => {
    const { host, outcome, asked, ran } = await smoke({ offline: true })
    expect(outcome.kind).toBe('passed')
    expect(host.argvs()[0]).toBe(`docker network create --internal ${cell}`)
    expect(ran).toContain(`--network ${cell}`)
    expect(asked).toBe('http://10.0.0.2:8000/health')
    expect(removed(host.argvs())).toEqual([`docker rm --force --volumes ${name}`, `docker network rm ${cell}`])
    expect(host.traces).toContainEqual({ kind: 'network', name: cell })
  })
  test('a job in a container joins it for as long', async () => {
    const { host } = await smoke({ offline: true }, { self: 'c0ffee' })
    expect(host.argvs()).toContain(`docker network connect ${cell} c0ffee`)
    expect(removed(host.argvs()).slice(1)).toEqual([`docker network disconnect --force ${cell} c0ffee`, `docker network rm ${cell}`])
  })
  test('that cannot be made is red', async () => {
    const { outcome } = await smoke({ offline: true }, {}, { capture: { 'docker network create': { exitCode: 1, stderr: 'no pool' } } })
    expect(outcome).toMatchObject({ red: { message: 'No network could be made for offline: true (no pool).' } })
  })
})

describe('for the gate command', () => {
  test('the container stays, until it is removed', async () => {
    const { host, standing } = await smoke({}, { hold: true })
    expect(standing?.container).toMatchObject({ name, baseUrl: 'http://127.0.0.1:7' })
    expect(removed(host.argvs())).toEqual([])
    await standing?.remove()
    expect(removed(host.argvs())).toEqual([`docker rm --force --volumes ${name}`])
  })
  test('a red one does not', async () => {
    const { host, standing, outcome } = await smoke({ startTimeoutMs: 1_000 }, { hold: true }, { request: { GET: { status: 500 } } })
    expect(outcome.kind).toBe('failed')
    expect(standing).toBeUndefined()
    expect(removed(host.argvs())).toHaveLength(1)
  })
})

describe('the HEALTHCHECK', () => {
  const capture = { 'docker container inspect': inspected({ Test: ['CMD', 'check'] }) }
  test('is run beside the prediction, which it does not hold up', async () => {
    const { outcome, host } = await smoke(
      { predictBody: '{}' },
      {},
      {
        capture,
        stream: { 'docker exec': { takes: 300 } },
        request: { POST: { takes: 300 } },
      },
    )
    expect(outcome).toMatchObject({ kind: 'passed', value: { health: { ms: 0 }, predict: { ms: 300 } } })
    expect(host.argvs()).toContain(`docker exec ${name} check`)
  })
  test('that is broken makes a green service red', async () => {
    const exec = { lines: ['check: not found'], ended: { kind: 'exited', exitCode: 127 } } as const
    expect((await smoke({ predictBody: '{}' }, {}, { capture, stream: { 'docker exec': exec } })).outcome).toMatchObject({
      red: { code: 'healthcheck-broken' },
    })
    expect((await smoke({}, {}, { capture, stream: { 'docker exec': exec } })).outcome).toMatchObject({
      red: { code: 'healthcheck-broken' },
    })
  })
})

describe('for a GPU that is not there', () => {
  const args = ['--gpus', 'all']
  test('it is started without, and says so', async () => {
    const { ran, outcome } = await smoke({ args })
    expect(ran).not.toContain('--gpus')
    expect(outcome).toMatchObject({ kind: 'passed', value: { gpuMissing: 'run-args: --gpus all' } })
  })
  test('a start that fails for the lack of one is a start', async () => {
    const ended = { stdout: JSON.stringify([{ Image: digest, State: { Running: false, ExitCode: 1 }, NetworkSettings: {} }]) }
    const capture = { 'docker container inspect': ended, 'docker logs': { stderr: 'RuntimeError: No CUDA GPUs are available' } }
    const { outcome } = await smoke({ args }, {}, { capture })
    expect(outcome).toMatchObject({ kind: 'passed', value: { compared: false, gpuMissing: 'run-args: --gpus all' } })
  })
  test('with one it is as ever', async () => {
    const { ran, outcome } = await smoke({ args }, { gpu: true })
    expect(ran).toContain('--gpus all')
    expect(outcome).not.toMatchObject({ value: { gpuMissing: expect.anything() } })
  })
})
