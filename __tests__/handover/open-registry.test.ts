import { describe, expect, test } from '@jest/globals'
import { openRegistry } from '../../src/handover/open-registry.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import { copyOrigin } from '../../src/publish/copy-origin.ts'
import { createClient } from '../../src/registry/client.ts'
import { digestOf } from '../../src/registry/digest.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFakeRegistry, type FakeRegistry } from '../fake-registry.ts'
import { indexType, made, stocked } from '../stocked-registry.ts'

const name = parseImageName('ghcr.io/acme/iris')
const { signal } = new AbortController()

function setUp(registry = stocked(), other = createFakeRegistry({ host: 'quay.io' })) {
  const host = createFakeHost({
    request: {
      'GET https://quay.io': other.answer,
      'HEAD https://quay.io': other.answer,
      'PUT https://quay.io': other.answer,
      'POST https://quay.io': other.answer,
      '': registry.answer,
    },
  })
  return {
    host,
    registry,
    other,
    client: createClient(host, name, undefined),
    to: createClient(host, parseImageName('quay.io/acme/iris'), undefined),
  }
}

test('an index is read whole: the platforms that run, and all that another registry needs', async () => {
  const { client } = setUp()
  const { origin, whole } = await openRegistry(client, name, made.root.digest)
  expect(whole.children.map(({ platform }) => platform)).toEqual(['linux/386', 'linux/amd64'])
  expect(origin.manifests.map(({ digest }) => digest)).toEqual([
    made.i386.descriptor.digest,
    made.amd64.descriptor.digest,
    made.attestation.digest,
    made.root.digest,
  ])
  expect(new Set(origin.blobs.map(({ digest }) => digest)).size).toBe(origin.blobs.length)
})
test('a single image is its own platform, by its configuration', async () => {
  const { client } = setUp()
  const { whole, origin } = await openRegistry(client, name, made.amd64.descriptor.digest)
  expect(whole.children).toEqual([expect.objectContaining({ platform: 'linux/amd64', configDigest: made.amd64.config.digest })])
  expect(origin.manifests).toHaveLength(1)
})
test('it is copied byte for byte, the root last, and what is there stays', async () => {
  const { host, client, to, other } = setUp()
  other.blobs.set(made.shared.digest, 'there')
  const { origin } = await openRegistry(client, name, made.root.digest)
  expect(await copyOrigin(host, origin, to, signal)).toBe(made.root.digest)
  const stored = [...other.manifests.values()].map(({ body }) => digestOf(body))
  expect(stored.at(-1)).toBe(made.root.digest)
  expect(new Set(stored)).toEqual(new Set(origin.manifests.map(({ digest }) => digest)))
  for (const { digest } of origin.blobs) expect(other.blobs.has(digest)).toBe(true)
  expect(other.blobs.get(made.shared.digest)).toBe('there')
  expect([...other.manifests.keys()].filter((key) => key.includes(':') && !key.includes('@'))).toEqual([])
  expect([...host.files.temps]).toEqual([])
})

describe('what cannot be had is told', () => {
  test.each<readonly [string, (registry: FakeRegistry) => unknown, string]>([
    ['there is none', ({ manifests }) => manifests.clear(), 'image-not-found'],
    ['a platform is gone', ({ manifests }) => manifests.delete(`acme/iris@${made.amd64.descriptor.digest}`), 'image-not-found'],
    [
      'it is something else',
      ({ manifests }) =>
        manifests.set(`acme/iris@${made.root.digest}`, { mediaType: indexType, body: new TextEncoder().encode('{"manifests":[]}') }),
      'digest-mismatch',
    ],
  ])('%s', async (_, spoil, code) => {
    const { client, registry } = setUp()
    spoil(registry)
    await expect(openRegistry(client, name, made.root.digest)).rejects.toMatchObject({ code })
  })
  test('an attestation is no image', async () => {
    const { client } = setUp()
    await expect(openRegistry(client, name, made.attestation.digest)).rejects.toMatchObject({ code: 'image-not-found' })
  })
  test('and a layer that is gone meanwhile', async () => {
    const { host, client, registry, to, other } = setUp()
    const { origin } = await openRegistry(client, name, made.root.digest)
    registry.blobs.delete(made.amd64.layer.digest)
    await expect(copyOrigin(host, origin, to, signal)).rejects.toMatchObject({ code: 'digest-mismatch' })
    expect([...other.manifests]).toEqual([])
  })
})
