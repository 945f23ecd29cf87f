import { describe, expect, test } from '@jest/globals'
import { buildImage } from '../../src/build/build.ts'
import { configDigest, createInputs, digest, ownBuilder } from '../builders.ts'
import { type CaptureScript, createFakeHost, type FakeHost, type StreamAnswer } from '../fake-host.ts'

const metadata = JSON.stringify({ 'containerimage.digest': digest, 'containerimage.config.digest': configDigest, 'buildx.build.ref': 'x' })
const inspected = (more: object = {}) => ({
  stdout: JSON.stringify([{ Id: digest, Size: 61_400_000, Config: { ExposedPorts: { '8000/tcp': {} }, WorkingDir: '/app' }, ...more }]),
})
const localName = 'ml-image-action/run:f00dcafe0001'

type Case = Readonly<{ build?: StreamAnswer; written?: string; inspect?: CaptureScript; store?: 'containerd' | 'classic' }>

async function build(
  { build: script = {}, written = metadata, inspect = inspected(), store = 'containerd' }: Case,
  signal = new AbortController().signal,
) {
  const host: FakeHost = createFakeHost({
    capture: { [`docker image inspect ${localName}`]: inspect },
    stream: {
      'docker buildx build': {
        ...script,
        act: () => written !== '' && host.files.writePrivate('/temp/ml-image-build-1/metadata.json', written),
      },
    },
  })
  const request = { build: createInputs().build, labels: {}, builder: 'default', store, cache: { kind: 'none' }, ...ownBuilder } as const
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  return { host, outcome: buildImage(host, request, { PATH: '/bin' }, log, signal) }
}

test('what was built is read from the metadata file and from the engine', async () => {
  const cached = { vertexes: [{ digest: 'sha256:1', name: '[2/2] RUN x', cached: true }] }
  const { host, outcome } = await build({ build: { lines: [JSON.stringify(cached)] } })
  expect(await outcome).toEqual({
    kind: 'passed',
    value: {
      digest,
      configDigest,
      store: 'containerd',
      localName,
      runnables: [{ id: digest }],
      untested: [],
      config: { exposedPorts: [8000], workingDirectory: '/app', command: [], env: {} },
      compressedBytes: 61_400_000,
      steps: { hit: 1, total: 1 },
      metadata,
    },
  })
  expect(host.commands[0]).toMatchObject({ cwd: '/repo', env: { PATH: '/bin' } })
  expect(host.commands[0]?.argv).toEqual(expect.arrayContaining([`type=image,name=${localName},compression=zstd,oci-mediatypes=true`]))
  expect(host.lines).toEqual(['│ CACHED [2/2] RUN x'])
})

test('the classic store does not know the compressed size', async () => {
  expect(await (await build({ store: 'classic' })).outcome).not.toHaveProperty('value.compressedBytes')
})

test('trouble with the cache is handed on and is not red', async () => {
  const trouble = { vertexes: [{ digest: 'sha256:1', name: 'importing cache manifest from gha:1', error: '503' }] }
  expect(await (await build({ build: { lines: [JSON.stringify(trouble)] } })).outcome).toMatchObject({
    kind: 'passed',
    value: { cacheTrouble: 'importing cache manifest: 503' },
  })
})

describe('a build that fails is red', () => {
  const exit1 = { kind: 'exited', exitCode: 1 } as const
  const step = {
    vertexes: [{ digest: 'sha256:1', name: '[2/2] RUN x', error: 'exit code: 1' }],
    logs: [{ vertex: 'sha256:1', data: Buffer.from('boom\n').toString('base64') }],
  }
  test.each<readonly [string, StreamAnswer, string, readonly string[]]>([
    ['by a step', { ended: exit1, lines: [JSON.stringify(step), 'ERROR: failed to build: x'] }, '[2/2] RUN x: exit code: 1', ['boom']],
    [
      'by no step',
      { ended: exit1, lines: ['a', 'ERROR: failed to build: failed to solve: unknown instruction: COPI', 'z'] },
      'unknown instruction: COPI',
      ['a', 'ERROR: failed to build: failed to solve: unknown instruction: COPI', 'z'],
    ],
    ['without ERROR', { ended: exit1, lines: ['permission denied'] }, 'permission denied', ['permission denied']],
    ['without a word', { ended: exit1 }, 'buildx said nothing', []],
    ['killed', { ended: { kind: 'killed', signal: 'SIGKILL' } }, 'buildx said nothing', []],
  ])('%s', async (_, script, message, evidence) => {
    const { host, outcome } = await build({ build: script, written: '' })
    expect(await outcome).toEqual({ kind: 'failed', red: { code: 'build-failed', message, evidence } })
    expect(host.argvs().slice(1)).toEqual(['docker image rm ml-image-action/run:f00dcafe0001'])
  })
  test('with what to do where a file is not in the context', async () => {
    const error = 'failed to calculate checksum of ref x::y: "/model.joblib": not found'
    const copy = { vertexes: [{ digest: 'sha256:1', name: '[2/2] COPY model.joblib .', error }] }
    const { outcome } = await build({ build: { ended: exit1, lines: [JSON.stringify(copy)] }, written: '' })
    const hint =
      '/model.joblib is not in the build context /repo. If the tests make it, set test-first: true; also look into .dockerignore.'
    expect(await outcome).toMatchObject({ red: { message: `[2/2] COPY model.joblib .: ${error}`, evidence: [hint] } })
  })
  test('one that was stopped is not', async () => {
    expect(await (await build({}, AbortSignal.abort())).outcome).toEqual({ kind: 'stopped' })
  })
})

describe('a build that says it went well and left nothing is a broken tool', () => {
  test.each<readonly [string, Case, string]>([
    ['no metadata', { written: '' }, 'internal'],
    ['no digest', { written: '{}' }, 'internal'],
    ['no image', { inspect: { exitCode: 1, stdout: '[]', stderr: 'No such image' } }, 'engine-unavailable'],
    ['another image', { inspect: inspected({ Id: configDigest }) }, 'engine-unavailable'],
  ])('%s', async (_, given, code) => await expect((await build(given)).outcome).rejects.toMatchObject({ code }))
})

test('its folder and its image are noted before they are made, and the folder is gone on every path', async () => {
  const cases: readonly Case[] = [{}, { written: '' }, { build: { ended: { kind: 'exited', exitCode: 1 } } }, { written: 'no JSON' }]
  for (const given of cases) {
    const { host, outcome } = await build(given)
    await outcome.catch(() => undefined)
    expect(host.traces).toEqual([
      { kind: 'folder', path: '/temp/ml-image-build-1' },
      { kind: 'image', name: localName },
    ])
    expect([...host.files.temps, ...host.files.entries]).toEqual([])
  }
})

test('lines of a build cannot command the runner', async () => {
  const log = { logs: [{ vertex: 'sha256:1', data: Buffer.from('::error::x\r\n##[add-mask]y\n').toString('base64') }] }
  const { host, outcome } = await build({ build: { lines: [JSON.stringify(log), ' ::warning::z'] } })
  await outcome
  expect(host.lines).toEqual(['│ ::error::x', '│ # #[add-mask]y', '│  ::warning::z'])
})
