import { pushed, pushThroughDoor } from './fake-engine.ts'
import { type CaptureScript, createFakeHost, type FakeHost, type Overrides, type RequestScript, type StreamAnswer } from './fake-host.ts'
import { createFakeRegistry, type FakeRegistry, registryLogin } from './fake-registry.ts'
import { createFiles } from './memory-files.ts'

export const localName = 'ml-image-action/run:f00dcafe0001'
const base = 'http://127.0.0.1:32768'
const exited = (exitCode: number) => ({ kind: 'exited', exitCode }) as const

/** How the parts of a run go; what is left out goes well. Times in ms. */
export type Script = Readonly<{
  tests?: StreamAnswer
  build?: StreamAnswer
  health?: RequestScript
  predict?: RequestScript
  registry?: Parameters<typeof createFakeRegistry>[0]
  capture?: Readonly<Record<string, CaptureScript>>
  files?: Readonly<Record<string, string>>
  /** Of every disk. */
  freeBytes?: number
}> &
  Pick<Overrides, 'env' | 'kind' | 'repository' | 'commitTime' | 'compareCommits'>

export type World = Readonly<{ host: FakeHost; registry: FakeRegistry }>

export const project = { '/repo/Dockerfile': 'FROM python:3.11-slim\n', '/repo/tests/test_app.py': '' }
export const red = (takes = 0): StreamAnswer => ({ ended: exited(1), lines: ['assert 1 == 0'], takes })

const info = { ServerVersion: '28.5.2', DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']], Architecture: 'x86_64' }
const image = [{ Id: pushed.digest, Size: 43_000, Config: { ExposedPorts: { '8000/tcp': {} } } }]
const container = [
  {
    Image: pushed.digest,
    State: { Running: true, ExitCode: 0, OOMKilled: false, Error: '' },
    NetworkSettings: { Ports: { '8000/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }] } },
  },
]
const metadata = JSON.stringify({ 'containerimage.digest': pushed.digest, 'containerimage.config.digest': pushed.configDigest })

/** A machine with an engine, and a registry on the loopback that lets in one user, for a run whose tests are `make test`. */
export function createWorld(script: Script = {}): World {
  const registry = createFakeRegistry({ host: 'localhost:5000', scheme: 'http', auth: 'basic', ...script.registry })
  const host: FakeHost = createFakeHost({
    env: { PATH: '/usr/bin', HOME: '/home/ci', RUNNER_TEMP: '/temp', ...script.env },
    ...(script.kind ? { kind: script.kind } : {}),
    ...(script.repository ? { repository: script.repository } : {}),
    ...(script.commitTime ? { commitTime: script.commitTime } : {}),
    ...(script.compareCommits ? { compareCommits: script.compareCommits } : {}),
    files: { ...createFiles({ ...project, '/temp/x': '', ...script.files }), freeBytes: () => script.freeBytes },
    capture: {
      git: { exitCode: 128 },
      'docker info': { stdout: JSON.stringify(info) },
      'docker buildx version': { stdout: 'buildx v0.29.1' },
      'docker image inspect': { stdout: JSON.stringify(image) },
      'docker image': {},
      'docker run': { stdout: 'id' },
      'docker container inspect': { stdout: JSON.stringify(container) },
      'docker logs': { stdout: 'last words\n' },
      'docker rm': {},
      ...script.capture,
    },
    stream: {
      bash: script.tests ?? {},
      'docker buildx build': {
        ...script.build,
        act: ({ argv }) => host.files.writePrivate(argv[argv.indexOf('--metadata-file') + 1] ?? '', metadata),
      },
      'docker wait': { takes: Number.POSITIVE_INFINITY },
      'docker pull': {},
      'docker push': pushThroughDoor(() => host),
    },
    request: {
      [`GET ${base}/`]: { status: 404 },
      [`GET ${base}/health`]: script.health ?? {},
      ...Object.fromEntries(['z', '_', '-'].map((more) => [`GET ${base}/health${more}`, { status: 404 }])),
      [`POST ${base}/predict`]: script.predict ?? {},
      '': registry.answer,
    },
  })
  return { host, registry }
}

/** What somebody gives for a run in that world. */
export function givenFor(overrides: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
  const given = {
    images: 'localhost:5000/acme/iris',
    'test-command': 'make test',
    'test-requirements': 'none',
    'predict-body': '{}',
    'leak-check': 'false',
  }
  return new Map(Object.entries({ ...given, ...registryLogin, ...overrides }))
}
