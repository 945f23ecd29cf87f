import { describe, expect, test } from '@jest/globals'
import type { Engine } from '../../src/build/engine.ts'
import { type Address, chooseAddress, endpointHost, findAddress, loopback, ownContainer } from '../../src/smoke/address.ts'
import { createFakeHost, type Overrides } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const everywhere = (host: string): Address => ({ kind: 'published', bind: '0.0.0.0', host })
const onNetwork = (network: string): Address => ({ kind: 'network', network })

describe('the machine that an endpoint names', () => {
  test.each([
    ['tcp://10.0.0.5:2375', '10.0.0.5'],
    ['tcp://docker:2376', 'docker'],
    ['tcp://[fd00::1]:2375', '[fd00::1]'],
    ['ssh://me@build.acme.io', 'build.acme.io'],
    ['ssh://me@build.acme.io:22/run/docker.sock', 'build.acme.io'],
    ['https://engine:2376/', 'engine'],
    ['unix:///run/user/1000/docker.sock', undefined],
    ['npipe:////./pipe/docker_engine', undefined],
    ['fd://', undefined],
    [undefined, undefined],
  ])('%s: %s', (endpoint, host) => expect(endpointHost(endpoint)).toBe(host))
})

describe('the address that really reaches the container', () => {
  test.each<readonly [string, Parameters<typeof chooseAddress>[0], Address]>([
    ['an ordinary runner', { sameName: true }, loopback],
    ['a rootless engine', { endpoint: 'unix:///run/user/1000/docker.sock', sameName: true }, loopback],
    ['Docker Desktop, which forwards', { sameName: false }, loopback],
    ['an engine of the same pod', { endpoint: 'tcp://localhost:2375', sameName: false }, loopback],
    ['a tunnel', { endpoint: 'tcp://127.0.0.1:2375', sameName: false }, loopback],
    ['docker in docker as a service', { endpoint: 'tcp://docker:2376', sameName: false }, everywhere('docker')],
    ['another machine', { endpoint: 'tcp://10.0.0.5:2375', sameName: false }, everywhere('10.0.0.5')],
    ['another machine by ssh', { endpoint: 'ssh://me@build', sameName: false }, everywhere('build')],
    ['a job in a container of the engine', { sameName: false, ownNetwork: 'github_network_1' }, onNetwork('github_network_1')],
    ['a job in the network of the host', { sameName: false, ownNetwork: 'host' }, loopback],
  ])('%s', (_, place, address) => expect(chooseAddress(place)).toEqual(address))
})

test('the container a job is in, by its mounts', () => {
  const id = 'ab'.repeat(32)
  expect(ownContainer(`710 697 8:1 /var/lib/docker/containers/${id}/hostname /etc/hostname rw\n`)).toBe(id)
  expect(ownContainer('710 697 8:1 / / rw\n')).toBeUndefined()
  expect(ownContainer(undefined)).toBeUndefined()
})

describe('where the engine is', () => {
  const engine = (more: Partial<Engine> = {}) => ({ name: 'runner', ...more }) as Engine
  const find = async (more: Partial<Engine>, given: Overrides, env = {}, offline = false, config?: string) => {
    const host = createFakeHost(given)
    return { found: await findAddress(host, engine(more), { offline }, config, env), asked: host.argvs() }
  }
  const inContainer = createFiles({ '/.dockerenv': '' })
  const elsewhere = { name: 'vm-host' }
  test('an ordinary runner asks nothing', async () => expect(await find({}, {})).toEqual({ found: { address: loopback }, asked: [] }))
  test('a job in a container is told its network by the engine', async () => {
    const inspect = 'docker container inspect'
    const given = { files: inContainer, hostname: 'c0ffee', capture: { [inspect]: { stdout: 'github_network_1\n' } } }
    expect((await find(elsewhere, given)).found).toEqual({ address: onNetwork('github_network_1'), self: 'c0ffee' })
    const unknown = { ...given, capture: { [inspect]: { exitCode: 1 } } }
    expect((await find(elsewhere, unknown)).found).toEqual({ address: loopback })
  })
  test('a context has its endpoint', async () => {
    const given = { capture: { 'docker context inspect': { stdout: 'ssh://me@build\n' } } }
    expect((await find({}, given, { DOCKER_CONTEXT: 'far' })).found).toEqual({ address: everywhere('build') })
    expect((await find({}, given, {}, false, '{"currentContext": "far"}')).found).toEqual({ address: everywhere('build') })
    expect((await find({}, {}, {}, false, '{"currentContext": "default"}')).found).toEqual({ address: loopback })
    await expect(find({}, { capture: { 'docker context inspect': { exitCode: 1 } } }, { DOCKER_CONTEXT: 'far' })).rejects.toThrow(
      'There is no docker context far.',
    )
  })
  test('offline needs an engine whose networks are in reach', async () => {
    expect((await find({}, {}, {}, true)).found.address).toEqual(loopback)
    for (const more of [elsewhere, { rootless: true as const }])
      await expect(find(more, {}, {}, true)).rejects.toMatchObject({ code: 'offline-unsupported' })
  })
})
