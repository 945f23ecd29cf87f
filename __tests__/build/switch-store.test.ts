import { describe, expect, test } from '@jest/globals'
import type { Engine } from '../../src/build/engine.ts'
import { maySwitch, switchStore, withContainerdStore } from '../../src/build/switch-store.ts'
import { type CaptureScript, createFakeHost, type FakeHost, type StreamScript } from '../fake-host.ts'

const engine: Engine = {
  store: 'classic',
  version: '28.0.4',
  buildx: '0.29.1',
  architecture: 'x86_64',
  rootFolder: '',
  containers: 0,
  images: 0,
}
const hosted = { RUNNER_ENVIRONMENT: 'github-hosted' }

describe('an engine is switched where nobody misses the other', () => {
  test.each<readonly [string, Partial<Engine>, 'auto' | 'keep', Readonly<Record<string, string>>, boolean]>([
    ['on a hosted runner with nothing in the store', {}, 'auto', hosted, true],
    ['also by the address of its own socket', {}, 'auto', { ...hosted, DOCKER_HOST: 'unix:///run/docker.sock' }, true],
    ['not where it is to be kept', {}, 'keep', hosted, false],
    ['not on the containerd store', { store: 'containerd' }, 'auto', hosted, false],
    ['not on a runner of the user', {}, 'auto', { RUNNER_ENVIRONMENT: 'self-hosted' }, false],
    ['not on a laptop', {}, 'auto', {}, false],
    ['not with a container, as of services or setup-buildx', { containers: 1 }, 'auto', hosted, false],
    ['not with an image', { images: 1 }, 'auto', hosted, false],
    ['not in another machine', {}, 'auto', { ...hosted, DOCKER_HOST: 'tcp://build:2375' }, false],
    ['not of another context', {}, 'auto', { ...hosted, DOCKER_CONTEXT: 'build' }, false],
  ])('%s', (_, more, asked, job, expected) => expect(maySwitch({ ...engine, ...more }, asked, job)).toBe(expected))
})

describe('the settings are what they were, with the store', () => {
  const on = { 'containerd-snapshotter': true }
  test.each<readonly [string, unknown]>([
    ['', { features: on }],
    ['{}', { features: on }],
    [
      '{"bip": "10.0.0.1/24", "features": {"cdi": true, "containerd-snapshotter": false}}',
      { bip: '10.0.0.1/24', features: { cdi: true, ...on } },
    ],
  ])('%s', (before, after) => expect(JSON.parse(withContainerdStore(before) ?? '')).toEqual(after))
  test.each(['{', '[]', '"x"', 'null'])('%s is left alone', (text) => expect(withContainerdStore(text)).toBeUndefined())
})

type Case = Readonly<{ restart?: StreamScript; write?: CaptureScript; settings?: CaptureScript; never?: boolean; slow?: number }>

/** A service manager and its engine: what it comes up as is what its settings say. */
function setUp({ restart = {}, write, settings, never = false, slow = 0 }: Case) {
  let file = '{"bip": "10.0.0.1/24"}'
  let store = 'overlay2'
  let asked = 0
  const host: FakeHost = createFakeHost({
    capture: {
      'sudo -n cat': settings ?? (() => ({ stdout: file })),
      'sudo -n sh -c':
        write ??
        (({ input = '' }) => {
          file = input
          return {}
        }),
      'docker buildx version': { stdout: 'v0.29.1' },
      'docker info': () => {
        if (++asked <= slow) return { exitCode: 1, stderr: 'no such file' }
        const driver = store === 'containerd' ? [['driver-type', 'io.containerd.snapshotter.v1']] : []
        return { stdout: JSON.stringify({ ServerVersion: '28.0.4', DriverStatus: driver, Containers: 0, Images: 0 }) }
      },
    },
    stream: {
      'sudo -n systemctl restart docker': (command) => {
        if (!never) store = file.includes('"containerd-snapshotter": true') ? 'containerd' : 'overlay2'
        return typeof restart === 'function' ? restart(command) : restart
      },
    },
  })
  return { host, switched: switchStore(host, engine, {}, new AbortController().signal), file: () => file }
}

test('an engine that comes up on the other store is the one of the run, and the log says so in one line', async () => {
  const { host, switched, file } = setUp({ slow: 3 })
  expect(await switched).toMatchObject({ store: 'containerd' })
  expect(JSON.parse(file())).toMatchObject({ bip: '10.0.0.1/24' })
  expect(host.lines).toEqual(['The engine was switched to the containerd image store in 750 ms ("image-store: keep" leaves it).'])
})

describe('where that goes wrong the run goes on with the classic store', () => {
  const red = { ended: { kind: 'exited', exitCode: 1 } } as const
  test.each<readonly [string, Case, RegExp]>([
    ['no sudo', { write: { exitCode: 1, stderr: 'sudo: a password is required' } }, /cannot be written \(sudo: a password is required\)/],
    ['settings that are not JSON', { settings: { stdout: '{"a": 1,}' } }, /daemon.json is not JSON/],
    ['an engine that does not take them', { never: true }, /did not come up on the other/],
    ['a service manager that fails', { restart: red }, /did not come up on the other/],
  ])('%s', async (_, given, why) => {
    const { host, switched, file } = setUp(given)
    expect(await switched).toMatchObject({ store: 'classic' })
    expect(file()).toBe('{"bip": "10.0.0.1/24"}')
    expect(host.lines).toEqual([expect.stringMatching(why)])
  })
})
