import { describe, expect, test } from '@jest/globals'
import { engineBuilder, findEngine, storeOf } from '../../src/build/engine.ts'
import { ActionError } from '../../src/errors.ts'
import { type CaptureScript, createFakeHost } from '../fake-host.ts'

describe('the image store is what the engine says of its driver', () => {
  test.each([
    [[['driver-type', 'io.containerd.snapshotter.v1']], 'containerd'],
    [
      [
        ['Backing Filesystem', 'extfs'],
        ['Supports d_type', 'true'],
      ],
      'classic',
    ],
    [[], 'classic'],
    [null, 'classic'],
    [undefined, 'classic'],
  ] as const)('%j is %s', (status, store) => expect(storeOf(status)).toBe(store))
})

describe('the builder of the engine has the name of the docker context in use', () => {
  test.each([
    [{}, undefined, 'default'],
    [{}, '{}', 'default'],
    [{}, '{ "auths": {}, "currentContext" : "desktop-linux" }', 'desktop-linux'],
    [{ DOCKER_CONTEXT: 'remote' }, '{"currentContext":"desktop-linux"}', 'remote'],
    [{ DOCKER_HOST: 'tcp://d:2375', DOCKER_CONTEXT: 'remote' }, '{"currentContext":"desktop-linux"}', 'default'],
    [{ DOCKER_HOST: '' }, 'no JSON', 'default'],
  ])('%j, %s: %s', (job, config, builder) => expect(engineBuilder(job, config)).toBe(builder))
})

const info = {
  ServerVersion: '28.5.2',
  DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
  Architecture: 'x86_64',
  DockerRootDir: '/var/lib/docker',
  Containers: 0,
  Images: 3,
}
const buildx = { stdout: 'github.com/docker/buildx v0.29.1 a32761aeb3debd39be1eca514af3693af0db334b\n' }
const find = (docker: CaptureScript, version: CaptureScript = buildx) =>
  findEngine(createFakeHost({ capture: { 'docker info': docker, 'docker buildx version': version } }), {})

test('an engine that answers is told by its store, version, buildx and architecture', async () => {
  expect(await find({ stdout: JSON.stringify(info) })).toEqual({
    store: 'containerd',
    version: '28.5.2',
    buildx: '0.29.1',
    architecture: 'x86_64',
    rootFolder: '/var/lib/docker',
    containers: 0,
    images: 3,
  })
  expect(await find({ stdout: '{"ServerVersion":"20.10"}' }, { stdout: 'a build of today' })).toMatchObject({
    store: 'classic',
    buildx: 'a build of today',
  })
})

test('the client that knows its plugins is not asked for buildx again', async () => {
  const Plugins = [
    { Name: 'compose', Version: '2.40.3' },
    { Name: 'buildx', Version: 'v0.29.1+ds1' },
  ]
  const host = createFakeHost({ capture: { 'docker info': { stdout: JSON.stringify({ ...info, ClientInfo: { Plugins } }) } } })
  expect((await findEngine(host, {})).buildx).toBe('0.29.1')
  expect(host.argvs()).toEqual(['docker info --format {{json .}}'])
})

describe('what is missing is named', () => {
  const missing = () => {
    throw new ActionError('tool-missing', 'docker cannot be run')
  }
  test.each<readonly [string, CaptureScript, CaptureScript, string, string]>([
    ['no docker', missing, missing, 'engine-unavailable', 'There is no docker command on PATH.'],
    [
      'no engine',
      { stdout: '{"ServerErrors":["Cannot connect to the Docker daemon at unix:///var/run/docker.sock."]}' },
      buildx,
      'engine-unavailable',
      'No Docker engine answers (Cannot connect to the Docker daemon at unix:///var/run/docker.sock.).',
    ],
    [
      'a client that fails',
      { exitCode: 1, stderr: 'first\npermission denied\n' },
      buildx,
      'engine-unavailable',
      'No Docker engine answers (permission denied).',
    ],
    [
      'no buildx',
      { stdout: JSON.stringify(info) },
      { exitCode: 1, stderr: "docker: 'buildx' is not a docker command.\nSee" },
      'buildx-unavailable',
      `"docker buildx version" fails (docker: 'buildx' is not a docker command.).`,
    ],
  ])('%s', async (_, docker, version, code, message) => {
    await expect(find(docker, version)).rejects.toMatchObject({ code, message })
  })
  test('a docker that is something else is no fault of the action', async () => {
    await expect(find({ stdout: 'podman 5.0' })).rejects.toMatchObject({ code: 'engine-unavailable' })
  })
})
