import { describe, expect, test } from '@jest/globals'
import { layoutRules } from '../../src/build/door.ts'
import { blobPath, readLayout } from '../../src/build/layout.ts'
import { createLayout } from '../a-layout.ts'
import { createFiles } from '../memory-files.ts'

const made = createLayout('/l')
const read = (digest = made.root.digest, files = made.files) => readLayout(createFiles(files), '/l', digest)

describe('a layout is read to the last blob', () => {
  test('of an index: its images, and its attestations as what is published too', () => {
    const layout = read()
    expect(layout.root).toEqual({ digest: made.root.digest, mediaType: made.root.mediaType, bytes: made.root.size })
    expect(layout.children).toEqual(
      (['i386', 'amd64'] as const).map((name) => ({
        platform: name === 'i386' ? 'linux/386' : 'linux/amd64',
        digest: made[name].descriptor.digest,
        configDigest: made[name].config.digest,
        compressedBytes: made[name].bytes,
      })),
    )
    expect(layout.manifests.map(({ digest }) => digest)).toEqual([
      ...[made.i386.descriptor, made.amd64.descriptor, made.attestation, made.root].map(({ digest }) => digest),
    ])
    // Two configurations, two layers, the one that both have once, and the configuration of the attestation.
    expect(layout.blobs).toHaveLength(6)
  })
  test('of one image, whose platform its configuration says if nobody else does', () => {
    const { digest } = made.amd64.descriptor
    const { platform: _, ...bare } = made.amd64.descriptor
    const files = { ...made.files, '/l/index.json': JSON.stringify({ manifests: [bare] }) }
    for (const layout of [read(digest), read(digest, files)]) {
      expect(layout.children).toMatchObject([{ platform: 'linux/amd64', digest }])
      expect(layout.manifests).toHaveLength(1)
    }
  })
})

describe('one that is not whole is a broken builder', () => {
  const { [blobPath('/l', made.i386.descriptor.digest)]: _, ...holed } = made.files
  const { '/l/index.json': __, ...headless } = made.files
  test.each<readonly [string, string, Readonly<Record<string, string>>, RegExp]>([
    ['another image', `sha256:${'00'.repeat(32)}`, made.files, /left another image than sha256:0000/],
    ['a manifest is missing', made.root.digest, holed, /no whole image: .* is missing/],
    ['all is missing', made.root.digest, headless, /index.json is missing/],
  ])('%s', (_, digest, files, message) => {
    expect(() => read(digest, files)).toThrow(expect.objectContaining({ code: 'internal', message: expect.stringMatching(message) }))
  })
  test('a digest that is a path leads nowhere', () => expect(() => blobPath('/l', 'sha256:../../etc/passwd')).toThrow('is no digest'))
})

describe('the door shows the layout as a registry would, and nothing else', () => {
  const rules = layoutRules(read(), 'n')
  const ask = (path: string, method = 'GET') => rules.route({ method, path, headers: {}, readBody: async () => new Uint8Array() })
  const manifest = made.amd64.descriptor.digest
  const layer = made.shared.digest
  test('manifests with their types, blobs as they are', async () => {
    expect(await ask(`/v2/n/manifests/${manifest}`, 'HEAD')).toEqual({
      kind: 'file',
      path: blobPath('/l', manifest),
      headers: { 'content-type': made.amd64.descriptor.mediaType, 'docker-content-digest': manifest },
    })
    expect(await ask(`/v2/n/blobs/${layer}`)).toMatchObject({ kind: 'file', headers: { 'content-type': 'application/octet-stream' } })
    expect(await ask('/v2/')).toMatchObject({ status: 200 })
  })
  test.each([
    ['another name', `/v2/m/manifests/${manifest}`, 'GET', 404],
    ['a tag', '/v2/n/manifests/latest', 'GET', 404],
    ['a blob as a manifest', `/v2/n/manifests/${layer}`, 'GET', 404],
    ['a manifest as a blob', `/v2/n/blobs/${manifest}`, 'GET', 404],
    ['what it does not have', `/v2/n/blobs/sha256:${'00'.repeat(32)}`, 'GET', 404],
    ['a way out', `/v2/n/blobs/../../${manifest}`, 'GET', 404],
    ['an upload', '/v2/n/blobs/uploads/', 'POST', 405],
    ['a removal', `/v2/n/manifests/${manifest}`, 'DELETE', 405],
  ])('not %s', async (_, path, method, status) => expect(await ask(path, method)).toMatchObject({ kind: 'answer', status }))
})
