import { describe, expect, test } from '@jest/globals'
import type { BuiltImage } from '../../../src/build/image.ts'
import { parseIncrease, parseSize } from '../../../src/inputs/parse-size.ts'
import type { SizeReport } from '../../../src/inspect/size/size.ts'
import { inspectWhole } from '../../../src/inspect/whole.ts'
import { createSeek } from '../../../src/previous/seek.ts'
import { digestOf } from '../../../src/registry/digest.ts'
import { commit, createImage, createInputs, createPlan } from '../../builders.ts'
import { createFakeHost, type FakeHost } from '../../fake-host.ts'
import { createFakeRegistry } from '../../fake-registry.ts'
import { createFiles } from '../../memory-files.ts'

const source = { 'org.opencontainers.image.source': 'https://github.com/acme/iris', 'org.opencontainers.image.revision': commit }
const text = (value: unknown) => JSON.stringify(value)
const named = (body: string, size = body.length) => ({ digest: digestOf(body), size, mediaType: 'application/x' })
const configOf = (architecture: string, labels: Readonly<Record<string, string>> = {}) =>
  text({
    os: 'linux',
    architecture,
    config: { Labels: { ...source, ...labels } },
    history: [{ created_by: 'ADD base' }, { created_by: 'COPY . . # buildkit' }],
  })
const manifestOf = (config: string, own: string, size: number) =>
  text({ config: named(config), layers: [named('base', 30), named(own, size)] })

/** An image as another builder leaves it: its manifests, and below the index that is its root if there are several. */
function layoutWith(sizes: Readonly<Record<string, number>>, labels: Readonly<Record<string, string>>) {
  const images = Object.entries(sizes).map(([architecture, size]) => {
    const config = configOf(architecture, labels)
    return { config, manifest: manifestOf(config, 'own', size) }
  })
  const blobs = ['base', 'own', ...images.flatMap(({ config, manifest }) => [config, manifest])]
  const files = Object.fromEntries(blobs.map((body) => [`/layout/blobs/sha256/${digestOf(body).slice(7)}`, body]))
  const manifests = images.map(({ manifest }) => ({ digest: digestOf(manifest), mediaType: '', bytes: 1 }))
  const [root = { digest: '', mediaType: '', bytes: 0 }] = manifests
  return { files, layout: { folder: '/layout', root, children: [], manifests, blobs: [] } }
}

type Before = 'none' | 'single' | 'index' | 'arm64' | 'artifact'

/** A registry with an image of 100 bytes at latest, or with none. */
function registryWith(before: Before) {
  const registry = createFakeRegistry()
  const put = (reference: string, body: string) =>
    registry.manifests.set(`acme/iris${reference}`, { mediaType: 'application/x', body: new TextEncoder().encode(body) })
  if (before === 'none') return registry
  const config = before === 'artifact' ? '{}' : configOf(before === 'arm64' ? 'arm64' : 'amd64')
  registry.blobs.set(digestOf(config), config)
  const manifest = manifestOf(config, 'old', 70)
  if (before !== 'index') put(':latest', manifest)
  else {
    put(`@${digestOf(manifest)}`, manifest)
    const children = [
      { digest: digestOf(manifest), platform: { os: 'linux', architecture: 'amd64' } },
      { digest: digestOf('attestation'), platform: { os: 'unknown', architecture: 'unknown' } },
    ]
    put(':latest', text({ manifests: children }))
  }
  return registry
}

type Case = Readonly<{
  signal?: AbortSignal
  labels?: Readonly<Record<string, string>>
  most?: string
  increase?: string
  sizes?: Readonly<Record<string, number>>
  before?: Before
  leaks?: boolean
  asked?: boolean
  image?: Partial<BuiltImage>
  host?: FakeHost
}>

async function inspect({
  labels = {},
  most,
  increase,
  sizes = { amd64: 90 },
  before = 'none',
  leaks = false,
  asked = false,
  image,
  host: given,
  signal = new AbortController().signal,
}: Case) {
  const { files, layout } = layoutWith(sizes, labels)
  const registry = registryWith(before)
  const host = given ?? createFakeHost({ files: createFiles({ ...files, '/repo/Dockerfile': '' }), request: { '': registry.answer } })
  const inputs = createInputs({
    leaks: { check: leaks, ignore: [] },
    size: { ...(most ? { most: parseSize(most) } : {}), ...(increase ? { increase: parseIncrease(increase) } : {}) },
    build: { dockerfile: 'FROM x\nCOPY . .\n', file: '/repo/Dockerfile' },
  })
  const told: SizeReport[] = []
  const names: string[] = []
  const log = host.log.stage('inspect')
  const seek = createSeek(host, () => createPlan({ labels: source }), {})
  if (asked) await seek.ask()
  const built = createImage({ layout, ...image })
  const outcome = await inspectWhole({
    ...{ host, image: built, inputs, env: {}, log, signal, notice: host.log.notice, seek },
    onName: (name) => names.push(name),
    onSize: (size) => told.push(size),
  })
  if (!signal.aborted) await seek.asked()
  // What is added when nobody waits for it any more.
  for (let turns = 0; turns < 500; turns++) await Promise.resolve()
  return { outcome, told, host, registry, names }
}

describe('the size of an image', () => {
  test('is a gate without the search for secrets, too', async () => {
    const { outcome } = await inspect({ most: '100B' })
    expect(outcome).toMatchObject({ kind: 'failed', red: { code: 'image-too-large', at: { file: 'Dockerfile', line: 2 } } })
    expect(await inspect({ most: '120B' })).toMatchObject({ outcome: { kind: 'passed', value: { size: { bytes: 120 } } } })
  })
  test('that is too large is told to the report all the same', async () => {
    const { told } = await inspect({ most: '100B' })
    expect(told).toMatchObject([
      {
        bytes: 120,
        layers: [
          { bytes: 30, own: false },
          { bytes: 90, own: true },
        ],
      },
    ])
  })
  test('is less grave than a secret, which may stand in what is told of it', async () => {
    const { outcome } = await inspect({
      most: '100B',
      leaks: true,
      labels: { note: `hf_${'a1B2c3D4e5F6g7H8i9J0'.repeat(2).slice(0, 34)}` },
    })
    expect(outcome).toMatchObject({ kind: 'failed', red: { code: 'secret-in-image' } })
    expect(await inspect({ most: '100B', leaks: true })).toMatchObject({ outcome: { kind: 'failed', red: { code: 'image-too-large' } } })
  })
  test.each<readonly [Before, string, string | undefined]>([
    ['single', '20B', undefined],
    ['single', '19B', 'image-grew'],
    ['index', '20%', undefined],
    ['index', '19%', 'image-grew'],
  ])('is held against that of the one before (%s, %s: %s), of which no layer is asked for', async (before, increase, code) => {
    const { outcome, told, registry, host } = await inspect({ before, increase })
    expect(outcome.kind === 'failed' ? outcome.red.code : undefined).toBe(code)
    expect(told).toMatchObject([{ bytes: 120, previous: { reference: 'ghcr.io/acme/iris:latest', bytes: 100 } }])
    expect(registry.log.filter((request) => request.includes(digestOf('old')))).toEqual([])
    expect(host.notices).toEqual([])
  })
  test.each<readonly [Before, string]>([
    ['none', 'ghcr.io/acme/iris has no image before this one (latest, main)'],
    ['arm64', 'ghcr.io/acme/iris:latest has none for that platform'],
    ['artifact', 'ghcr.io/acme/iris:latest is no image of a container'],
  ])('has not grown where there is none before it (%s), and that is said', async (before, why) => {
    const { outcome, host } = await inspect({ before, increase: '0%' })
    expect(outcome.kind).toBe('passed')
    expect(host.notices).toEqual([expect.stringMatching(/was not judged/)])
    expect(host.notices[0]).toContain(why)
  })
  test('is waited for no longer when another gate is red, though the registry does not answer', async () => {
    const stopping = new AbortController()
    const silent = createFakeHost({ files: createFiles(layoutWith({ amd64: 90 }, {}).files), request: { '': () => new Promise(() => {}) } })
    const inspecting = inspect({ increase: '1%', host: silent, signal: stopping.signal })
    stopping.abort()
    expect(await inspecting).toMatchObject({ outcome: { kind: 'stopped' } })
  })
  test('of several platforms is judged for each', async () => {
    const { outcome } = await inspect({ most: '150B', sizes: { amd64: 90, arm64: 130 } })
    expect(outcome).toMatchObject({ kind: 'failed', red: { message: expect.stringMatching(/^The image for linux\/arm64 weighs 160 B/) } })
  })
})

describe('without a limit', () => {
  test('nothing is asked for it alone', async () => {
    const { told, registry, outcome } = await inspect({ before: 'single' })
    expect([told, registry.log]).toEqual([[], []])
    expect(outcome).toEqual({ kind: 'passed', value: {} })
  })
  test('it is told by the layers that the search for secrets has met, and against an image that was asked for anyway', async () => {
    const { told, outcome } = await inspect({ before: 'index', leaks: true, asked: true })
    expect(told.map(({ bytes, previous }) => [bytes, previous?.bytes])).toEqual([
      [120, undefined],
      [120, 100],
    ])
    expect(outcome).toMatchObject({ kind: 'passed', value: { leaks: {} } })
    expect(outcome).not.toHaveProperty('value.size')
  })
})

/** An engine of the classic store, which sends all that it is not said to be there, and says digests afterwards. */
function classicEngine(reaches: boolean) {
  const config = configOf('amd64')
  const blobs = ['base', 'own', config]
  const manifest = manifestOf(config, 'own', 90)
  const sent: string[] = []
  const host: FakeHost = createFakeHost({
    files: createFiles({ '/repo/Dockerfile': '' }),
    capture: { 'docker image tag': {} },
    stream: {
      'docker push': async ({ argv }) => {
        if (!reaches) return { ended: { kind: 'exited', exitCode: 1 } }
        const [, port, door] = /^127\.0\.0\.1:(\d+)\/([^:]+):/.exec(argv.at(-1) ?? '') ?? []
        const relay = host.relays.find((one) => String(one.port) === port)
        const send = async (method: string, path: string, body?: string) => {
          const bytes = new TextEncoder().encode(body ?? '')
          const headers = body === undefined ? { 'content-length': '0' } : { 'transfer-encoding': 'chunked' }
          const step = await relay?.send({ method, path: `/v2/${door}/${path}`, headers, readBody: async () => bytes })
          if (step?.kind !== 'answer') throw new Error('no answer')
          return step
        }
        for (const blob of blobs) {
          // Of the base image it knows by which digest a registry has it.
          if (blob === 'base' && (await send('HEAD', `blobs/${digestOf(blob)}`)).status === 200) continue
          sent.push(blob === config ? 'config' : blob)
          const { headers } = await send('POST', 'blobs/uploads/')
          const place = headers?.['location']?.replace(`/v2/${door}/`, '') ?? ''
          await send('PATCH', place, blob)
          await send('PUT', `${place}?digest=${encodeURIComponent(digestOf(blob))}`)
          if ((await send('HEAD', `blobs/${digestOf(blob)}`)).status !== 200) return { ended: { kind: 'exited', exitCode: 1 } }
        }
        await send('PUT', 'manifests/run', manifest)
        return {}
      },
    },
  })
  return { host, sent }
}

/** As the engine itself has it: in no layout, and of no known sum. */
function classicImage(): Partial<BuiltImage> {
  const { layout: _, compressedBytes: __, ...image } = createImage({ store: 'classic' })
  return { ...image, layout: undefined as never, compressedBytes: undefined as never }
}

describe('on the classic store', () => {
  test('the layers are packed to be weighed, if there is a limit', async () => {
    const { host, sent } = classicEngine(true)
    const { outcome, told, names } = await inspect({ most: '100B', image: classicImage(), host })
    expect(outcome).toMatchObject({ kind: 'failed', red: { code: 'image-too-large', at: { line: 2 } } })
    expect(told).toMatchObject([{ bytes: 120, layers: [{ own: false }, { instruction: 'COPY . .' }] }])
    expect(host.relays.every((relay) => relay.isClosed())).toBe(true)
    expect(sent).toEqual(['base', 'own', 'config'])
    expect(names).toEqual([expect.stringMatching(/^127/)])
  })
  test('of an engine elsewhere the limit cannot be judged, and a run that has one is red', async () => {
    const inspecting = inspect({ most: '100B', image: classicImage(), host: classicEngine(false).host })
    await expect(inspecting).rejects.toMatchObject({ code: 'build-unsupported' })
  })
  test('and where the engine is elsewhere and knows the sum, that is judged', async () => {
    const image = { ...classicImage(), store: 'containerd' as const, compressedBytes: 120 }
    const { outcome } = await inspect({ most: '100B', image, host: classicEngine(false).host })
    expect(outcome).toMatchObject({ kind: 'failed', red: { code: 'image-too-large', evidence: [] } })
  })
})
