import { describe, expect, test } from '@jest/globals'
import { buildImage } from '../../src/build/build.ts'
import type { LayerCache } from '../../src/build/cache/choose.ts'
import type { BuiltImage } from '../../src/build/image.ts'
import type { Outcome } from '../../src/outcome.ts'
import { configDigest, createInputs, digest, ownBuilder } from '../builders.ts'
import { type CaptureScript, createFakeHost, type FakeHost, type StreamAnswer } from '../fake-host.ts'

const metadata = JSON.stringify({ 'containerimage.digest': digest, 'containerimage.config.digest': configDigest, 'buildx.build.ref': 'x' })
const inspected = (more: object = {}) => ({
  stdout: JSON.stringify([{ Id: digest, Size: 61_400_000, Config: { ExposedPorts: { '8000/tcp': {} }, WorkingDir: '/app' }, ...more }]),
})
const localName = 'ml-image-action/run:f00dcafe0001'

type Case = Readonly<{
  build?: StreamAnswer
  again?: StreamAnswer
  written?: string
  inspect?: CaptureScript
  store?: 'containerd' | 'classic'
  cache?: LayerCache
  cacheBroken?: AbortSignal
}>

async function build(
  {
    build: script = {},
    again = script,
    written = metadata,
    inspect = inspected(),
    store = 'containerd',
    cache = { kind: 'none' },
    cacheBroken,
  }: Case,
  signal = new AbortController().signal,
) {
  const host: FakeHost = createFakeHost({
    capture: { [`docker image inspect ${localName}`]: inspect },
    stream: {
      'docker buildx build': () => ({
        ...(host.argvs().filter((argv) => argv.startsWith('docker buildx build')).length > 1 ? again : script),
        act: () => void (written !== '' && host.files.writePrivate('/temp/ml-image-build-1/metadata.json', written)),
      }),
    },
  })
  const signals = cacheBroken ? { cacheBroken } : {}
  const request = { build: createInputs().build, labels: {}, builder: 'default', store, cache, ...ownBuilder, ...signals } as const
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  return { host, outcome: buildImage(host, request, { PATH: '/bin' }, log, signal) }
}

const endingOf = async (outcome: Promise<Outcome<BuiltImage>>) => {
  const image = await outcome
  return image.kind === 'passed' ? await image.value.ending : undefined
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
      config: { exposedPorts: [8000], workingDirectory: '/app', command: [], env: {}, labels: {} },
      compressedBytes: 61_400_000,
      steps: { hit: 1, total: 1 },
      stepReports: [{ name: '[2/2] RUN x', cached: true }],
      ending: expect.anything(),
    },
  })
  expect(await endingOf(outcome)).toEqual({ cacheTimes: {}, metadata, configDigest })
  expect(host.commands[0]).toMatchObject({ cwd: '/repo', env: { PATH: '/bin' } })
  expect(host.commands[0]?.argv).toEqual(expect.arrayContaining([`type=image,name=${localName},compression=zstd,oci-mediatypes=true`]))
  expect(host.lines).toEqual(['│ CACHED [2/2] RUN x'])
})

test('the classic store does not know the compressed size', async () => {
  expect(await (await build({ store: 'classic' })).outcome).not.toHaveProperty('value.compressedBytes')
})

test('trouble with the cache is handed on and is not red', async () => {
  const trouble = { vertexes: [{ digest: 'sha256:1', name: 'importing cache manifest from gha:1', error: '503' }] }
  const { outcome } = await build({ build: { lines: [JSON.stringify(trouble)] } })
  expect(await endingOf(outcome)).toMatchObject({ cacheTrouble: 'importing cache manifest: 503' })
})

describe('an image that is in the store while its cache is still written', () => {
  const cache = { kind: 'gha', scope: 'iris', mode: 'max', read: true, write: true } as const
  const exported = JSON.stringify({ vertexes: [{ digest: 'sha256:9', name: 'exporting to image', started: 'a', completed: 'b' }] })
  const slow: StreamAnswer = { lines: [exported], takes: 9_000 }

  test('is not waited for, and the end of its build told', async () => {
    const { host, outcome } = await build({ build: slow, cache })
    expect(await outcome).toMatchObject({ kind: 'passed', value: { digest } })
    const ready = host.now()
    expect(host.files.kind('/temp/ml-image-build-1')).toBe('directory')
    expect(await endingOf(outcome)).toEqual({ cacheTimes: {}, metadata, configDigest })
    expect(host.now() - ready).toBe(9_000)
    expect(host.files.kind('/temp/ml-image-build-1')).toBeUndefined()
  })
  test('is waited for where no cache is written', async () => {
    const { host, outcome } = await build({ build: slow })
    await outcome
    const ready = host.now()
    await endingOf(outcome)
    expect(host.now()).toBe(ready)
  })
  test('is green whatever becomes of the cache', async () => {
    const { outcome } = await build({ build: { ...slow, ended: { kind: 'exited', exitCode: 1 } }, cache, written: '' })
    expect(await endingOf(outcome)).toMatchObject({ cacheTrouble: 'buildx said nothing', metadata: '{}' })
  })
  test('must be what the build names in the end', async () => {
    const { outcome } = await build({ build: slow, cache, written: metadata.replace(digest, configDigest) })
    expect(await outcome).toMatchObject({ kind: 'passed' })
    await expect(endingOf(outcome)).rejects.toMatchObject({ code: 'digest-mismatch' })
  })
  test('goes where the engine does not know it', async () => {
    const { outcome } = await build({ build: slow, cache, inspect: { exitCode: 1, stderr: 'No such image' } })
    await expect(outcome).rejects.toMatchObject({ code: 'engine-unavailable' })
  })
})

describe('a build that only its cache broke is done again without', () => {
  const exit1 = { kind: 'exited', exitCode: 1 } as const
  const cache = { kind: 'gha', scope: 'iris', mode: 'max', read: true, write: true } as const
  const failing = (name: string, error: string): StreamAnswer => ({
    ended: exit1,
    lines: [JSON.stringify({ vertexes: [{ digest: 'sha256:1', name, error }] }), `ERROR: failed to build: failed to solve: ${error}`],
  })
  test.each([
    ['exporting to image', 'failed to copy: GET http://127.0.0.1:1/blob/x'],
    ['exporting to image', 'short read: expected 106 bytes but got 48: unexpected EOF'],
    ['[3/4] RUN make', `blob sha256:${'a'.repeat(64)}: not found`],
    ['[3/4] RUN make', 'failed to load cache key'],
  ])('%s: %s', async (name, error) => {
    const { host, outcome } = await build({ build: failing(name, error), again: {}, cache })
    expect(await outcome).toMatchObject({ kind: 'passed', value: { digest } })
    expect(await endingOf(outcome)).toMatchObject({ cacheTrouble: error })
    const builds = host.argvs().filter((argv) => argv.startsWith('docker buildx build'))
    expect(builds.map((argv) => [argv.includes('--cache-from'), argv.includes('--cache-to')])).toEqual([
      [true, true],
      [false, true],
    ])
  })
  test.each<readonly [string, LayerCache, string]>([
    ['not where a step fails by itself', cache, 'process "/bin/sh -c make" did not complete successfully: exit code: 1'],
    ['not where nothing was read', { ...cache, read: false }, 'failed to copy: x'],
    ['not where there was none', { kind: 'none' }, 'failed to copy: x'],
  ])('%s', async (_, used, error) => {
    const { host, outcome } = await build({ build: failing('[3/4] RUN make', error), again: {}, cache: used })
    expect(await outcome).toMatchObject({ kind: 'failed' })
    expect(host.argvs().filter((argv) => argv.startsWith('docker buildx build'))).toHaveLength(1)
  })
  test('where a layer does not come, the builder is not waited for', async () => {
    const broken = new AbortController()
    const image = { kind: 'image', references: ['ghcr.io/acme/iris:latest'], write: true } as const
    const { host, outcome } = await build({ build: { takes: 3_600_000 }, again: {}, cache: image, cacheBroken: broken.signal })
    broken.abort()
    expect(await outcome).toMatchObject({ kind: 'passed', value: { digest } })
    expect(await endingOf(outcome)).toMatchObject({ cacheTrouble: 'a layer of it does not come' })
    const builds = host.argvs().filter((argv) => argv.startsWith('docker buildx build'))
    expect(builds.map((argv) => [argv.includes('--cache-from'), argv.includes('--cache-to')])).toEqual([
      [true, true],
      [false, true],
    ])
  })
  test('and a run that is stopped meanwhile stays stopped', async () => {
    const broken = new AbortController()
    const stop = new AbortController()
    const image = { kind: 'image', references: ['ghcr.io/acme/iris:latest'], write: true } as const
    const { host, outcome } = await build({ build: { takes: 3_600_000 }, again: {}, cache: image, cacheBroken: broken.signal }, stop.signal)
    broken.abort()
    stop.abort()
    expect(await outcome).toEqual({ kind: 'stopped' })
    expect(host.argvs().filter((argv) => argv.startsWith('docker buildx build'))).toHaveLength(1)
  })
  test('and red if it fails again', async () => {
    const { outcome } = await build({ build: failing('exporting to image', 'failed to copy: x'), cache })
    expect(await outcome).toMatchObject({ kind: 'failed', red: { code: 'build-failed' } })
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
    expect(await outcome).toEqual({ kind: 'failed', red: expect.objectContaining({ code: 'build-failed', message, evidence }) })
    expect(host.argvs().slice(1)).toEqual(['docker image rm ml-image-action/run:f00dcafe0001'])
  })
  test('with what to do where a file is not in the context', async () => {
    const error = 'failed to calculate checksum of ref x::y: "/model.joblib": not found'
    const copy = { vertexes: [{ digest: 'sha256:1', name: '[2/2] COPY model.joblib .', error }] }
    const { outcome } = await build({ build: { ended: exit1, lines: [JSON.stringify(copy)] }, written: '' })
    expect(await outcome).toMatchObject({
      red: {
        message: `[2/2] COPY model.joblib .: ${error}`,
        cause: {
          name: 'not-in-context',
          text: '/model.joblib is not in the build context.',
          fix: expect.stringContaining('test-first: true'),
        },
      },
    })
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
