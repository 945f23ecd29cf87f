import { describe, expect, test } from '@jest/globals'
import { parseImageName } from '../../src/plan/image-name.ts'
import { putParts } from '../../src/publish/put-parts.ts'
import { createClient } from '../../src/registry/client.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFakeRegistry, registryLogin, sha256 } from '../fake-registry.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const [config, base, code] = ['{"architecture":"amd64"}', 'layer of the base', 'layer of the code']
const manifestType = 'application/vnd.oci.image.manifest.v1+json'

function manifestOf(change: object = {}): string {
  const layers = [base, code].map((text) => ({ digest: sha256(text), size: text.length }))
  return JSON.stringify({ mediaType: manifestType, config: { digest: sha256(config), size: config.length }, layers, ...change })
}

/** A repository that has these, and an image of which those are at hand. */
function setUp(held: readonly string[], kept: readonly string[], manifest = manifestOf(), fault?: (request: string) => object | undefined) {
  const registry = createFakeRegistry({ auth: 'bearer', ...(fault ? { fault } : {}) })
  for (const text of held) registry.blobs.set(sha256(text), text)
  const host = createFakeHost({ request: { '': registry.answer } })
  const client = createClient(host, parseImageName('ghcr.io/acme/iris'), registryLogin)
  const parts = new Map([manifest, ...kept].map((text) => [sha256(text), bytes(text)]))
  return { registry, put: putParts(client, sha256(manifest), parts), root: sha256(manifest) }
}

test('what the repository lacks is sent from memory, the manifest last, and no tag is set', async () => {
  const { registry, put, root } = setUp([base], [config, code])
  expect(await put).toBe(root)
  expect(registry.blobs.get(sha256(code))).toBe(code)
  expect([...registry.manifests.keys()]).toEqual([`acme/iris@${root}`])
  expect(registry.log.at(-1)).toBe(`PUT /v2/acme/iris/manifests/${root}`)
})

describe('the engine is to bring it', () => {
  const index = JSON.stringify({ mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] })
  test.each<Readonly<{ what: string; held?: readonly string[]; manifest?: string }>>([
    { what: 'where a layer is neither there nor at hand', held: [] },
    { what: 'of an index', manifest: index },
    { what: 'of a manifest that does not say what it is', manifest: manifestOf({ mediaType: undefined }) },
    { what: 'of a manifest that does not name a layer by its digest', manifest: manifestOf({ layers: [{ size: 1 }] }) },
  ])('$what', async ({ held = [base], manifest }) => {
    const { registry, put } = setUp(held, [config, code], manifest)
    expect(await put).toBeUndefined()
    expect(registry.manifests.size).toBe(0)
    expect(registry.log.filter((line) => !/^(GET|HEAD) /.test(line))).toEqual([])
  })

  test('where its manifest is not at hand: nothing is asked', async () => {
    const registry = createFakeRegistry()
    const client = createClient(createFakeHost({ request: { '': registry.answer } }), parseImageName('ghcr.io/acme/iris'), registryLogin)
    expect(await putParts(client, sha256('another'), new Map())).toBeUndefined()
    expect(registry.log).toEqual([])
  })
})

test('a layer that is refused is the end of it', async () => {
  const refuse = (request: string) =>
    request.startsWith('POST') ? { status: 403, body: '{"errors":[{"code":"DENIED","message":"read only"}]}' } : undefined
  const { registry, put } = setUp([base], [config, code], manifestOf(), refuse)
  await expect(put).rejects.toMatchObject({ code: 'registry-denied' })
  expect(registry.manifests.size).toBe(0)
})
