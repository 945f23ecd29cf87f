import { describe, expect, test } from '@jest/globals'
import { blobPath } from '../../src/build/layout.ts'
import { openLayout, verifyBlobs } from '../../src/handover/open-layout.ts'
import { recordArtifact, recordType } from '../../src/publish/record.ts'
import { createLayout } from '../a-layout.ts'
import { createRecord } from '../builders.ts'
import { createFiles } from '../memory-files.ts'

const place = { kind: 'layout', folder: '/l', given: 'image' } as const
const made = createLayout('/l')
const text = (body: Uint8Array) => new TextDecoder().decode(body)

/** The layout of an index, with the record that this one has of its gates. */
function createHanded(record = createRecord({ image: made.root.digest })) {
  const { digest, mediaType, size } = made.root
  const image = { digest, mediaType, body: new TextEncoder().encode(made.files[blobPath('/l', digest)]) }
  const { manifest, blobs } = recordArtifact(record, image)
  const files: Record<string, string> = { ...made.files }
  for (const blob of [...blobs, manifest]) files[blobPath('/l', blob.digest)] = text(blob.body)
  const entry = { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.body.length, artifactType: recordType }
  files['/l/index.json'] = JSON.stringify({ manifests: [{ digest, mediaType, size }, entry] })
  return { files, record, content: blobs[1]?.digest ?? '', manifest: manifest.digest }
}
const open = (files: Readonly<Record<string, string>>, wanted?: string) => openLayout(createFiles(files), place, wanted)

test('the image, and the record that is about it', () => {
  const { files, record } = createHanded()
  const opened = open(files)
  expect(opened.record).toEqual(record)
  expect(opened.layout).toMatchObject({ folder: '/l', root: { digest: made.root.digest } })
  expect(opened.layout.children.map(({ platform }) => platform)).toEqual(['linux/386', 'linux/amd64'])
})
test('a record of another image is none', () => expect(open(createHanded(createRecord()).files).record).toBeUndefined())
test('of a layout of another tool there is none, and one of several images is named', () => {
  expect(() => open(made.files)).toThrow(/holds 2 images: say which, as oci:image@sha256:/)
  expect(open(made.files, made.amd64.descriptor.digest)).toEqual({
    layout: expect.objectContaining({ root: expect.objectContaining({ digest: made.amd64.descriptor.digest }) }),
  })
})

const flipped = (value: string) => `${value.slice(0, -1)}${value.endsWith('!') ? '?' : '!'}`

describe('what is not whole, or not what it was, is refused', () => {
  const { files, content, manifest } = createHanded()
  const { root, amd64, shared } = made
  const at = (digest: string) => blobPath('/l', digest)
  const changed = (digest: string) => ({ ...files, [at(digest)]: flipped(files[at(digest)] ?? '') })
  const without = (path: string) => Object.fromEntries(Object.entries(files).filter(([name]) => name !== path))
  test.each<readonly [string, Readonly<Record<string, string>>, string, RegExp]>([
    ['no index', without('/l/index.json'), 'layout-unusable', /no index\.json/],
    ['an index that is no JSON', { ...files, '/l/index.json': '<html>' }, 'layout-unusable', /no whole layout/],
    ['an index of nothing', { ...files, '/l/index.json': '{}' }, 'layout-unusable', /holds no image/],
    [
      'a digest that is a path',
      { ...files, '/l/index.json': '{"manifests":[{"digest":"sha256:../../../etc/passwd","mediaType":"","size":1}]}' },
      'layout-unusable',
      /no digest/,
    ],
    ['a manifest that is missing', without(at(root.digest)), 'layout-unusable', /missing/],
    ['a layer that is missing', without(at(shared.digest)), 'layout-unusable', /lacks sha256:/],
    ['another manifest', changed(root.digest), 'digest-mismatch', /has changed/],
    ['another manifest of a platform', changed(amd64.descriptor.digest), 'digest-mismatch', /has changed/],
    ['a longer layer', { ...files, [at(shared.digest)]: `${files[at(shared.digest)]}.` }, 'digest-mismatch', /bytes, not/],
    ['another record', changed(content), 'digest-mismatch', /has changed/],
    ['another manifest of the record', changed(manifest), 'digest-mismatch', /has changed/],
  ])('%s', (_, given, code, message) => {
    const attempt = () => open(given)
    expect(attempt).toThrow(message)
    expect(attempt).toThrow(expect.objectContaining({ code }))
  })
  test('and a link in the place of a manifest is not followed', () => {
    const linked = createFiles(
      { ...without(at(root.digest)), '/elsewhere': files[at(root.digest)] ?? '' },
      { [at(root.digest)]: '/elsewhere' },
    )
    expect(() => openLayout(linked, place, undefined)).toThrow(expect.objectContaining({ code: 'layout-unusable' }))
  })
})

describe('every layer is read', () => {
  const { signal } = new AbortController()
  test('and is what it was', async () => {
    const files = createFiles(createHanded().files)
    await expect(verifyBlobs(files, openLayout(files, place, undefined).layout, signal)).resolves.toBeUndefined()
  })
  test.each(['shared', 'amd64', 'i386'] as const)('and one that has changed (%s) is told', async (which) => {
    const files = createFiles(createHanded().files)
    const { layout } = openLayout(files, place, undefined)
    const digest = which === 'shared' ? made.shared.digest : made[which].layer.digest
    files.writeText(blobPath('/l', digest), flipped(files.readText(blobPath('/l', digest)) ?? ''))
    await expect(verifyBlobs(files, layout, signal)).rejects.toMatchObject({
      code: 'digest-mismatch',
      message: expect.stringContaining(digest),
    })
  })
})
