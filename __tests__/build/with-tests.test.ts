import { describe, expect, test } from '@jest/globals'
import { buildWithTests } from '../../src/build/with-tests.ts'
import { configDigest, createInputs, digest, ownBuilder } from '../builders.ts'
import { createFakeHost, type FakeHost, type StreamAnswer } from '../fake-host.ts'

const folder = '/temp/ml-image-build-1'
const exit1 = { kind: 'exited', exitCode: 1 } as const
const ofImage = { 'containerimage.digest': digest, 'containerimage.config.digest': configDigest }
const dockerfile = 'FROM python:3.11 AS tested\nFROM scratch AS report\n'

type Case = Readonly<{
  bake?: StreamAnswer
  stage?: string
  timeoutMs?: number
  left?: Readonly<Record<string, string>>
  metadata?: object
}>

async function build(
  { bake = {}, stage = 'tested', timeoutMs = 60_000, left = {}, metadata = { image: ofImage, test: {} } }: Case,
  signal?: AbortSignal,
) {
  const definitions: unknown[] = []
  const host: FakeHost = createFakeHost({
    capture: { 'docker image inspect': { stdout: JSON.stringify([{ Id: digest }]) } },
    stream: {
      'docker buildx bake': {
        ...bake,
        act: () => {
          definitions.push(JSON.parse(host.files.readText(`${folder}/bake.json`) ?? ''))
          host.files.entries.set(`${folder}/metadata.json`, JSON.stringify(metadata))
          for (const [name, text] of Object.entries(left)) host.files.entries.set(`${folder}/report/${name}`, text)
        },
      },
    },
  })
  const inputs = createInputs({ build: { dockerfile } })
  const order = {
    build: inputs.build,
    labels: {},
    builder: 'default',
    store: 'containerd',
    cache: { kind: 'none' },
    ...ownBuilder,
  } as const
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  const built = buildWithTests(host, order, { stage, timeoutMs }, { PATH: '/bin' }, log, signal ?? new AbortController().signal)
  return { host, built, definitions }
}

const brokenStep = (name: string): StreamAnswer => ({
  ended: exit1,
  lines: [
    JSON.stringify({
      vertexes: [{ digest: 'sha256:1', name, error: 'exit code: 1' }],
      logs: [{ vertex: 'sha256:1', data: Buffer.from('boom\n').toString('base64') }],
    }),
  ],
})

test('one build makes the image and runs the tests; the image has the metadata of its own target', async () => {
  const { host, built, definitions } = await build({})
  const { image, tests } = await built
  expect(image).toMatchObject({ kind: 'passed', value: { digest, configDigest } })
  expect(image.kind === 'passed' && (await image.value.ending).metadata).toBe(JSON.stringify(ofImage, null, 2))
  expect(tests).toEqual({ outcome: 'passed', output: [] })
  expect(host.argvs()).toHaveLength(2)
  expect(host.commands[0]).toMatchObject({ cwd: '/repo', env: { PATH: '/bin', BUILDX_BAKE_ENTITLEMENTS_FS: '0' } })
  expect(definitions).toMatchObject([{ target: { test: { target: 'tested', output: ['type=cacheonly'] } } }])
})

test('a build that only its cache broke is done again without', async () => {
  const caches: boolean[] = []
  const error = 'failed to copy: GET http://127.0.0.1:1/blob/x'
  const broken: StreamAnswer = {
    ended: exit1,
    lines: [JSON.stringify({ vertexes: [{ digest: 'sha256:1', name: 'exporting to image', error }] })],
  }
  const wordAfter = (argv: readonly string[], flag: string) => argv[argv.indexOf(flag) + 1] ?? ''
  const host: FakeHost = createFakeHost({
    capture: { 'docker image': { stdout: JSON.stringify([{ Id: digest }]) } },
    stream: {
      'docker buildx bake': () => ({
        ...(caches.length === 0 ? broken : {}),
        act: ({ argv }) => {
          caches.push((host.files.readText(wordAfter(argv, '--file')) ?? '').includes('cache-from'))
          host.files.writePrivate(wordAfter(argv, '--metadata-file'), JSON.stringify({ image: ofImage, test: {} }))
        },
      }),
    },
  })
  const cache = { kind: 'gha', scope: 'iris', mode: 'max', read: true, write: true } as const
  const order = {
    build: createInputs({ build: { dockerfile } }).build,
    labels: {},
    builder: 'default',
    store: 'containerd',
    cache,
    ...ownBuilder,
  } as const
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  const built = await buildWithTests(host, order, { stage: 'tested', timeoutMs: 1_000 }, {}, log, new AbortController().signal)
  expect(built).toMatchObject({ image: { kind: 'passed', value: { digest } }, tests: { outcome: 'passed' } })
  expect(built.image.kind === 'passed' && (await built.image.value.ending)).toMatchObject({ cacheTrouble: error })
  expect(caches).toEqual([true, false])
})

describe('what a stage of files alone has left is handed on', () => {
  test.each([{}, { 'junit.xml': '<a/>' }, { status: '1\n' }, { 'junit.xml': '<a/>', status: '0' }])('%j', async (left) => {
    const { built, definitions } = await build({ stage: 'report', left })
    const { 'junit.xml': junit, status } = left as Readonly<Record<string, string>>
    const found = { ...(junit ? { junit } : {}), ...(status ? { status } : {}) }
    expect((await built).tests).toEqual({ outcome: 'passed', output: [], ...found })
    expect(definitions).toMatchObject([{ target: { test: { output: [`type=local,dest=${folder}/report`] } } }])
  })
  test('but not through a link', async () => {
    const { host, built } = await build({ stage: 'report', left: { status: '0' } })
    host.files.entries.set('/etc/report.xml', '<a/>')
    host.files.link('/etc/report.xml', `${folder}/report/junit.xml`)
    expect((await built).tests).toEqual({ outcome: 'passed', output: [], status: '0' })
  })
})

describe('a build that is red tells which of the two it was', () => {
  test('a step of the tests', async () => {
    expect(await (await build({ bake: brokenStep('[test tested 3/3] RUN pytest') })).built).toEqual({
      image: { kind: 'stopped' },
      tests: { outcome: 'failed', output: ['[test tested 3/3] RUN pytest', 'boom'], why: {} },
    })
  })
  test.each(['[image 2/2] RUN x', '[image test 2/2] RUN x', '[testing 1/2] RUN x'])('a step of the image: %s', async (name) => {
    expect(await (await build({ bake: brokenStep(name) })).built).toEqual({
      image: { kind: 'failed', red: { code: 'build-failed', message: `${name}: exit code: 1`, evidence: ['boom'] } },
      tests: { outcome: 'stopped', output: [] },
    })
  })
  test('one that was stopped is neither', async () => {
    expect(await (await build({}, AbortSignal.abort())).built).toEqual({
      image: { kind: 'stopped' },
      tests: { outcome: 'stopped', output: [] },
    })
  })
  test('one that left no image is a broken tool', async () => {
    await expect((await build({ metadata: { test: ofImage } })).built).rejects.toMatchObject({ code: 'internal' })
  })
})

test('its folder is gone on every path', async () => {
  for (const given of [{}, { bake: { ended: exit1 } }, { metadata: {} }]) {
    const { host, built } = await build(given)
    await built.catch(() => undefined)
    expect([...host.files.temps, ...host.files.entries]).toEqual([])
  }
})

describe('a step of the tests that takes longer than it may', () => {
  const starts = (name: string): StreamAnswer => ({
    takes: 30_000,
    lines: [JSON.stringify({ vertexes: [{ digest: 'sha256:1', name, started: '2026-01-02T03:04:05Z' }] })],
  })
  const bake = starts('[test tested 3/3] RUN pytest')
  test('is stopped, and told with its output', async () => {
    const { host, built } = await build({ bake, timeoutMs: 10_000 })
    const begun = host.now()
    expect(await built).toEqual({ image: { kind: 'stopped' }, tests: { outcome: 'timeout', output: ['[test tested 3/3] RUN pytest'] } })
    expect(host.now() - begun).toBeLessThan(11_000)
  })
  test('not one that ends in time', async () => {
    expect((await (await build({ bake, timeoutMs: 31_000 })).built).tests.outcome).toBe('passed')
  })
  test('nor one of the image', async () => {
    expect((await (await build({ bake: starts('[image 3/3] RUN train'), timeoutMs: 10_000 })).built).tests.outcome).toBe('passed')
  })
  test('a cancelled run is none that was too slow', async () => {
    const { built } = await build({ bake, timeoutMs: 10_000 }, AbortSignal.abort())
    expect((await built).tests.outcome).toBe('stopped')
  })
})
