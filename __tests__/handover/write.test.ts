import { describe, expect, test } from '@jest/globals'
import { blobPath } from '../../src/build/layout.ts'
import { openLayout } from '../../src/handover/open-layout.ts'
import { writeLayout } from '../../src/handover/write.ts'
import type { Gated } from '../../src/publish/gated.ts'
import { digestOf } from '../../src/registry/digest.ts'
import { createGated, createRecord } from '../builders.ts'
import { createFakeHost, type FakeHost, type StreamScript } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const config = '{"os":"linux","architecture":"amd64","config":{}}'
const layer = 'weights'
const type = 'application/vnd.oci.image.manifest.v1+json'
const part = (text: string) => ({ mediaType: 'x', digest: digestOf(text), size: text.length })
const manifest = JSON.stringify({ mediaType: type, config: part(config), layers: [part(layer)] })
const digest = digestOf(manifest)
const place = { kind: 'layout', folder: '/repo/image', given: 'image' } as const
const { signal } = new AbortController()

/** `docker push` of what is given, as blobs and at last the manifest. */
function pushing(host: () => FakeHost, blobs: readonly string[], last: string): StreamScript {
  return async ({ argv }) => {
    const [, door = '', tag = ''] = /^[^/]+\/([^:]+):(.+)$/.exec(argv.at(-1) ?? '') ?? []
    const relay = host().relays[0]
    const send = async (method: string, path: string, body: string, headers = {}) => {
      const step = await relay?.send({ method, path, headers, readBody: async () => new TextEncoder().encode(body) })
      if (step?.kind !== 'save') return step
      host().files.writeText(step.path, body)
      return await step.answer({ bytes: body.length, digest: digestOf(body) })
    }
    for (const blob of blobs) {
      const opened = await send('POST', `/v2/${door}/blobs/uploads/`, '')
      const at = opened?.kind === 'answer' ? (opened.headers?.['location'] ?? '') : ''
      await send('PUT', `${at}?digest=${digestOf(blob)}`, blob)
    }
    await send('PUT', `/v2/${door}/manifests/${tag}`, last, { 'content-type': type })
    return {}
  }
}

type Case = Readonly<{
  files?: Record<string, string>
  blobs?: readonly string[]
  manifest?: string
  image?: Partial<Gated>
  push?: StreamScript
}>

function setUp(given: Case = {}) {
  const host: FakeHost = createFakeHost({
    files: createFiles({ '/repo/Dockerfile': '', ...given.files }),
    capture: { 'docker image tag': {}, 'docker image rm': {} },
    stream: { 'docker push': given.push ?? pushing(() => host, given.blobs ?? [config, layer], given.manifest ?? manifest) },
  })
  const image = { ...createGated({ digest }), ...given.image } as Gated
  const recordFor = (of: string) => createRecord({ image: of })
  return { host, written: writeLayout(host, image, place, { recordFor, refName: 'v1' }, { PATH: '/bin' }, signal) }
}
const inside = ({ files }: FakeHost) => [...files.entries.keys()].filter((path) => path.startsWith('/repo/image'))

test('what the engine gives away is written, with its record, and can be opened again', async () => {
  const { host, written } = setUp()
  expect(await written).toMatchObject({ digest, compressedBytes: config.length + layer.length })
  const { layout, record } = openLayout(host.files, place, undefined)
  expect(layout.root).toEqual({ digest, mediaType: type, bytes: manifest.length })
  expect(record).toEqual(createRecord({ image: digest }))
  const index = JSON.parse(host.files.entries.get('/repo/image/index.json') ?? '')
  expect(index.manifests[0].annotations).toEqual({ 'org.opencontainers.image.ref.name': 'v1' })
  expect(inside(host).filter((path) => path.startsWith('/repo/image.'))).toEqual([])
  expect(host.relays.map((relay) => relay.isClosed())).toEqual([true])
})
test('one of ours gives way', async () => {
  const first = setUp()
  await first.written
  const { host, written } = setUp({ files: Object.fromEntries([...first.host.files.entries, ['/repo/image/blobs/sha256/old', '']]) })
  await written
  expect(inside(host)).not.toContain('/repo/image/blobs/sha256/old')
})
test('from a layout that is here its files are taken, none of the engine', async () => {
  const first = setUp()
  await first.written
  const { layout } = openLayout(first.host.files, place, undefined)
  const files = Object.fromEntries([...first.host.files.entries].map(([path, text]) => [path.replace('/repo/image', '/built'), text]))
  const { host, written } = setUp({ files, image: { layout: { ...layout, folder: '/built' } } })
  expect((await written).digest).toBe(digest)
  expect(host.commands).toEqual([])
  expect(openLayout(host.files, place, undefined).layout.blobs).toEqual(layout.blobs)
  const changed = setUp({
    files: { ...files, [blobPath('/built', digestOf(layer))]: 'WEIGHTS' },
    image: { layout: { ...layout, folder: '/built' } },
  })
  await expect(changed.written).rejects.toMatchObject({ code: 'digest-mismatch' })
  expect(inside(changed.host)).toEqual([])
})

describe('nothing is left, and nothing overwritten, where', () => {
  test.each<readonly [string, Case, string, RegExp]>([
    ['it is another image than was tested', { manifest: manifest.replace('"x"', '"y"') }, 'digest-mismatch', /tested was/],
    ['a layer did not come', { blobs: [config] }, 'push-failed', /did not give away sha256:/],
    ['the engine says no', { push: { lines: ['no space left'], ended: { kind: 'exited', exitCode: 1 } } }, 'push-failed', /no space left/],
    ['somebody has put something there meanwhile', { files: { '/repo/image/notes.txt': 'mine' } }, 'push-failed', /not overwritten/],
  ])('%s', async (_, given, code, message) => {
    const { host, written } = setUp(given)
    await expect(written).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    expect(inside(host)).toEqual(Object.keys(given.files ?? {}))
    expect(host.traces).toContainEqual({ kind: 'folder', path: '/repo/image.f00dcafe0001' })
  })
})
