import { describe, expect, test } from '@jest/globals'
import { parseImageName } from '../../src/plan/image-name.ts'
import { carry } from '../../src/publish/carry.ts'
import { watchStandstill } from '../../src/publish/standstill.ts'
import { createClient } from '../../src/registry/client.ts'
import { createGated } from '../builders.ts'
import { pushed, pushThroughDoor } from '../fake-engine.ts'
import { createFakeHost, type FakeHost, type StreamAnswer, type StreamScript } from '../fake-host.ts'
import { createFakeRegistry, registryLogin } from '../fake-registry.ts'

const name = parseImageName('ghcr.io/acme/iris')
const says = (line: string, exitCode = 1): StreamScript => ({ lines: [line], ended: { kind: 'exited', exitCode } })

type Case = Readonly<{ push?: StreamScript; options?: Parameters<typeof createFakeRegistry>[0]; tag?: object; anonymous?: boolean }>

function setUp({ push, options = {}, tag = {}, anonymous = false }: Case, signal = new AbortController().signal) {
  const registry = createFakeRegistry(options)
  const host: FakeHost = createFakeHost({
    capture: { 'docker image tag': tag, 'docker image rm': {} },
    stream: { 'docker push --quiet': push ?? pushThroughDoor(() => host) },
    request: { '': registry.answer },
  })
  const client = createClient(host, name, anonymous ? undefined : registryLogin)
  const fallback = { tag: 'sha-1f2e3d4', credential: anonymous ? undefined : registryLogin }
  const carried = carry(host, createGated({ digest: pushed.digest }), name, client, fallback, { PATH: '/bin' }, signal)
  return { host, registry, carried }
}

/** Answers through the door first, so that the engine is known to reach it. */
const reaching = (host: () => FakeHost, then: (tries: number) => StreamScript): StreamScript => {
  let tries = 0
  return async (command) => {
    await host().relays[0]?.send({ path: '/v2/' })
    const next = then(++tries)
    return typeof next === 'function' ? await next(command) : next
  }
}

test('the engine pushes through a door of ours, and no tag is set', async () => {
  const { carried, host, registry } = setUp({ options: { auth: 'bearer' } })
  expect(await carried).toBe(pushed.digest)
  expect([...registry.manifests.keys()]).toEqual([`acme/iris@${pushed.digest}`])
  expect(host.relays.map((relay) => relay.isClosed())).toEqual([true])
})

test('it gets no login, pushes a name that only this run knows, and the name is taken away again', async () => {
  const { carried, host } = setUp({})
  await carried
  const reference = host.commands.find(({ argv }) => argv[1] === 'push')?.argv.at(-1) ?? ''
  expect(reference).toMatch(/^127\.0\.0\.1:41001\/[0-9a-f-]{36}:f00dcafe0001$/)
  expect(host.argvs()).toEqual([
    `docker image tag ml-image-action/run:f00dcafe0001 ${reference}`,
    `docker push --quiet ${reference}`,
    `docker image rm ${reference}`,
  ])
  expect(host.traces).toEqual([{ kind: 'image', name: reference }])
  expect(host.commands.every(({ env }) => JSON.stringify(env) === '{"PATH":"/bin"}')).toBe(true)
})

test('a push that breaks is tried again', async () => {
  const setting: ReturnType<typeof setUp> = setUp({
    push: reaching(
      () => setting.host,
      (tries) => (tries < 3 ? says('unexpected EOF') : pushThroughDoor(() => setting.host)),
    ),
  })
  expect(await setting.carried).toBe(pushed.digest)
  expect(setting.host.argvs().filter((argv) => argv.startsWith('docker push'))).toHaveLength(3)
})

/** The engine sends a layer through the door, which ends so: with this status, or (0) breaks off. */
const layerEnds = (host: () => FakeHost, status: number, headers: Readonly<Record<string, string>> = {}): StreamScript => {
  return async ({ argv }) => {
    const [, door] = /^127\.0\.0\.1:\d+\/([^:]+)/.exec(argv.at(-1) ?? '') ?? []
    const step = await host().relays[0]?.send({ method: 'PUT', path: `/v2/${door}/blobs/uploads/u`, headers: { 'content-length': '9' } })
    const refusal = status >= 400 ? { refusal: { status, headers, body: new Uint8Array() } } : {}
    if (step?.kind === 'forward') step.onEnd?.({ status: status || 502, sent: 9, received: 0, ...refusal })
    return says('failed to copy: unexpected status: 400 Bad Request; denied, as far as the engine knows') as StreamAnswer
  }
}

describe('a layer that does not arrive', () => {
  const weather = (status: number, times: number, headers: Readonly<Record<string, string>> = {}) => {
    let tries = 0
    const setting: ReturnType<typeof setUp> = setUp({
      push: async (command) => {
        const script = ++tries <= times ? layerEnds(() => setting.host, status, headers) : pushThroughDoor(() => setting.host)
        return typeof script === 'function' ? await script(command) : script
      },
    })
    return { ...setting, pushes: () => setting.host.argvs().filter((argv) => argv.startsWith('docker push')).length }
  }
  test.each([503, 429, 0, 401])('is sent again, whatever the engine says of it: %d', async (status) => {
    const { carried, pushes, host } = weather(status, 1)
    expect([await carried, pushes()]).toEqual([pushed.digest, 2])
    expect(host.lines.join()).toContain('ghcr.io/acme/iris: a layer did not arrive')
  })
  test('after the pause that the registry asks for', async () => {
    const { carried, host } = weather(429, 1, { 'retry-after': '20' })
    const start = host.now()
    await carried
    expect(host.now() - start).toBe(20_000)
  })
  test('for a minute, and is then told', async () => {
    const { carried, pushes } = weather(503, Number.POSITIVE_INFINITY)
    await expect(carried).rejects.toMatchObject({
      code: 'registry-unavailable',
      message: 'ghcr.io/acme/iris does not take a layer (HTTP 503).',
    })
    expect(pushes()).toBeGreaterThan(4)
  })
  test('and never will ends the push at once', async () => {
    const { carried, pushes } = weather(413, Number.POSITIVE_INFINITY)
    await expect(carried).rejects.toMatchObject({ code: 'layer-too-large' })
    expect(pushes()).toBe(1)
  })
})

test('a layer that takes its time tells how it gets on, once it is a long one', async () => {
  const setting: ReturnType<typeof setUp> = setUp({
    push: async (command) => {
      const { host } = setting
      const [, door] = /^127\.0\.0\.1:\d+\/([^:]+)/.exec(command.argv.at(-1) ?? '') ?? []
      const sent = { method: 'PUT', path: `/v2/${door}/blobs/uploads/u`, headers: { 'content-length': '240000000' } }
      const step = await host.relays[0]?.send(sent)
      for (let second = 0; second < 24 && step?.kind === 'forward'; second++) {
        step.onSent?.(10_000_000)
        await host.sleep(1_000)
      }
      if (step?.kind === 'forward') step.onEnd?.({ status: 201, sent: 240_000_000, received: 0 })
      const rest = pushThroughDoor(() => host)
      return typeof rest === 'function' ? await rest(command) : rest
    },
  })
  expect(await setting.carried).toBe(pushed.digest)
  expect(setting.host.lines).toEqual([
    expect.stringMatching(/^ghcr\.io\/acme\/iris: 1[01]0\.0 MB sent in 10\.0 s, 1[01]\.0 MB\/s$/),
    expect.stringMatching(/^ghcr\.io\/acme\/iris: 2[01]0\.0 MB sent in 20\.0 s, 10\.0 MB\/s$/),
  ])
})

describe('an engine that waits for itself', () => {
  test('is ended after two minutes at most, and pushes again', async () => {
    let tries = 0
    const setting: ReturnType<typeof setUp> = setUp({
      push: reaching(
        () => setting.host,
        () => (++tries === 1 ? { takes: Number.POSITIVE_INFINITY } : pushThroughDoor(() => setting.host)),
      ),
    })
    const start = setting.host.now()
    expect([await setting.carried, tries]).toEqual([pushed.digest, 2])
    expect(setting.host.now() - start).toBeLessThan(121_000)
    expect(setting.host.lines.join()).toContain('the engine stands still')
  })
  test('is left alone while a layer is on its way', async () => {
    let standing = 0
    const over = new AbortController()
    const host = createFakeHost()
    const traffic = [1, 0, 1, 0, 0].map((busy) => ({ busy, requests: 7 }))
    await watchStandstill(
      host,
      () => traffic.shift() ?? { busy: 0, requests: 7 },
      over.signal,
      () => standing++,
    )
    expect([standing, traffic]).toEqual([1, []])
  })
})

describe('a push that is refused is told in its own words', () => {
  test.each([
    ['unauthorized: authentication required', 'registry-unauthorized', 1],
    ['denied: permission_denied: write_package', 'registry-denied', 1],
    ['name unknown: repository does not exist', 'repository-missing', 1],
    ['quota exceeded', 'quota-exceeded', 1],
    ['unexpected EOF', 'push-failed', 5],
  ])('%s: %s', async (line, code, least) => {
    const setting: ReturnType<typeof setUp> = setUp({
      push: reaching(
        () => setting.host,
        () => says(`first\n${line}`),
      ),
    })
    await expect(setting.carried).rejects.toMatchObject({ code, message: `ghcr.io/acme/iris: ${line}` })
    const tries = setting.host.argvs().filter((argv) => argv.startsWith('docker push')).length
    expect(least === 1 ? tries === 1 : tries >= least).toBe(true)
  })
  test('by the registry, before the engine is asked', async () => {
    const { carried, host } = setUp({ options: { auth: 'basic' }, anonymous: true })
    await expect(carried).rejects.toMatchObject({ code: 'registry-unauthorized' })
    expect(host.commands).toEqual([])
  })
  test('by the registry, of the manifest', async () => {
    const fault = (request: string) =>
      request.startsWith('PUT') ? { status: 403, body: '{"errors":[{"message":"no write"}]}' } : undefined
    const { carried, host } = setUp({ options: { fault } })
    await expect(carried).rejects.toMatchObject({ code: 'registry-denied', message: expect.stringContaining('no write') })
    expect(host.argvs().filter((argv) => argv.startsWith('docker push'))).toHaveLength(1)
  })
  test('by the engine, of the name', async () => {
    const { carried, host } = setUp({ tag: { exitCode: 1, stderr: 'no space left\n' } })
    await expect(carried).rejects.toMatchObject({ code: 'push-failed', message: expect.stringContaining('(no space left)') })
    expect(host.relays.every((relay) => relay.isClosed())).toBe(true)
  })
})

describe('an engine that does not reach us', () => {
  const elsewhere: StreamScript = ({ argv }) =>
    argv.at(-1)?.startsWith('127.0.0.1') ? { lines: ['connection refused'], ended: { kind: 'exited', exitCode: 1 } } : {}
  test('pushes by itself, under one tag that stays, with a login that is gone afterwards', async () => {
    const { carried, host } = setUp({ push: elsewhere })
    expect(await carried).toBe('sha-1f2e3d4')
    const last = host.commands.filter(({ argv }) => argv[1] === 'push').at(-1)
    expect(last?.argv.at(-1)).toBe('ghcr.io/acme/iris:sha-1f2e3d4')
    expect(last?.env['DOCKER_CONFIG']).toMatch(/^\/temp\/ml-image-login/)
    expect([host.files.temps.size, host.files.entries.size]).toEqual([0, 0])
    expect(host.lines).toEqual(['the engine does not reach this machine: it pushes ghcr.io/acme/iris:sha-1f2e3d4 by itself'])
  })
  test('and is refused there', async () => {
    const { carried, host } = setUp({ push: says('denied: no') })
    await expect(carried).rejects.toMatchObject({ code: 'registry-denied' })
    expect(host.files.temps.size).toBe(0)
  })
  test('without a login gets none', async () => {
    const { carried, host } = setUp({ push: elsewhere, anonymous: true })
    await carried
    expect(host.commands.every(({ env }) => env['DOCKER_CONFIG'] === undefined)).toBe(true)
  })
})

test('a push that is cancelled ends, and the name is taken away', async () => {
  const stop = new AbortController()
  const hanging: StreamScript = () => {
    setImmediate(() => stop.abort())
    return { takes: Number.POSITIVE_INFINITY }
  }
  const { carried, host } = setUp({ push: hanging }, stop.signal)
  await expect(carried).rejects.toMatchObject({ code: 'cancelled' })
  expect(host.argvs().at(-1)).toMatch(/^docker image rm 127\.0\.0\.1/)
})
