import { expect, test } from '@jest/globals'
import { parseImageName } from '../../src/plan/image-name.ts'
import { createReader } from '../../src/publish/held.ts'
import { createClient } from '../../src/registry/client.ts'
import { commit } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFakeRegistry, sha256 } from '../fake-registry.ts'

const labels = { 'org.opencontainers.image.revision': commit }
const config = JSON.stringify({ config: { Labels: labels } })
const manifest = JSON.stringify({ config: { digest: sha256(config) } })
const attestation = JSON.stringify({ config: { digest: sha256('{}') } })
const index = JSON.stringify({
  manifests: [
    { digest: sha256(attestation), platform: { os: 'unknown', architecture: 'unknown' } },
    { digest: sha256(manifest), platform: { os: 'linux', architecture: 'arm64' } },
  ],
})

/** A repository with these manifests by tag, and these blobs. */
function setUp(tags: Readonly<Record<string, string>>, blobs: readonly string[] = [config], untagged: readonly string[] = []) {
  const registry = createFakeRegistry()
  const store = (name: string, text: string) =>
    registry.manifests.set(name, { mediaType: 'application/vnd.oci.image.manifest.v1+json', body: new TextEncoder().encode(text) })
  for (const [tag, text] of Object.entries(tags)) store(`acme/iris:${tag}`, text)
  for (const text of [...Object.values(tags), ...untagged]) store(`acme/iris@${sha256(text)}`, text)
  for (const text of blobs) registry.blobs.set(sha256(text), text)
  const host = createFakeHost({ request: { '': registry.answer } })
  return {
    registry,
    read: createReader(createClient(host, parseImageName('ghcr.io/acme/iris'), undefined), 'https://github.com/acme/iris'),
  }
}
const pedigree = { revision: commit, movingTags: [] }

test('an image: its digest, its bytes, its labels', async () => {
  const { read } = setUp({ latest: manifest })
  const held = await read('latest')
  expect(held).toMatchObject({ digest: sha256(manifest), pedigree, manifest: { digest: sha256(manifest) } })
  expect(new TextDecoder().decode(held?.manifest.body)).toBe(manifest)
})

test('an index has the labels of its first image that runs somewhere', async () => {
  const { read } = setUp({ latest: index }, [config], [manifest, attestation])
  expect(await read('latest')).toMatchObject({ digest: sha256(index), pedigree })
})

test('an index that a merge has made says of itself what counts, also that it moves no tag', async () => {
  const said = { 'org.opencontainers.image.revision': 'e'.repeat(40), 'io.github.ml-image-action.moving-tags': '' }
  const merged = JSON.stringify({ ...JSON.parse(index), annotations: said })
  const { read } = setUp({ latest: merged }, [config], [manifest, attestation])
  expect(await read('latest')).toMatchObject({ pedigree: { revision: 'e'.repeat(40), movingTags: [''] } })
})

test('annotations that others gave an index say nothing', async () => {
  const annotated = JSON.stringify({ ...JSON.parse(index), annotations: { 'org.opencontainers.image.revision': 'e'.repeat(40) } })
  const { read } = setUp({ latest: annotated }, [config], [manifest, attestation])
  expect(await read('latest')).toMatchObject({ pedigree })
})

test('a tag that is not there holds nothing', async () => expect(await setUp({}).read('latest')).toBeUndefined())

test('what two tags hold is read once', async () => {
  const { read, registry } = setUp({ latest: manifest, main: manifest })
  await read('latest')
  await read('main')
  await read('main')
  expect(registry.log.map((request) => request.replace(/sha256:.*/, 'DIGEST'))).toEqual([
    'GET /v2/',
    'HEAD /v2/acme/iris/manifests/latest',
    'GET /v2/acme/iris/manifests/DIGEST',
    'GET /v2/acme/iris/blobs/DIGEST',
    'HEAD /v2/acme/iris/manifests/main',
    'HEAD /v2/acme/iris/manifests/main',
  ])
})

test.each<readonly [string, string, readonly string[]]>([
  ['no labels', JSON.stringify({ config: { digest: sha256('{"config":{}}') } }), ['{"config":{}}']],
  ['labels that are null', JSON.stringify({ config: { digest: sha256('{"config":{"Labels":null}}') } }), ['{"config":{"Labels":null}}']],
  ['a configuration that is gone', manifest, []],
  ['a configuration that is no JSON', JSON.stringify({ config: { digest: sha256('oops') } }), ['oops']],
  ['no configuration', '{"layers":[]}', []],
  ['an index of nothing', '{"manifests":[]}', []],
  ['no JSON at all', 'oops', []],
])('an image with %s says nothing of itself, but is there', async (_, text, blobs) => {
  expect(await setUp({ latest: text }, blobs).read('latest')).toMatchObject({ digest: sha256(text), pedigree: { movingTags: [] } })
})

test('other bytes than the digest says are not taken', async () => {
  const { read, registry } = setUp({ latest: manifest })
  registry.manifests.set(`acme/iris@${sha256(manifest)}`, { mediaType: '', body: new TextEncoder().encode('{}') })
  await expect(read('latest')).rejects.toMatchObject({ code: 'digest-mismatch' })
})
