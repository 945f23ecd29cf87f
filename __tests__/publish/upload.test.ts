import { describe, expect, test } from '@jest/globals'
import { blobPath, readLayout } from '../../src/build/layout.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import { upload } from '../../src/publish/upload.ts'
import { createClient } from '../../src/registry/client.ts'
import { createLayout } from '../a-layout.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFakeRegistry, registryLogin } from '../fake-registry.ts'
import { createFiles } from '../memory-files.ts'

const made = createLayout('/l')

function setUp(options: Parameters<typeof createFakeRegistry>[0] = {}, signal = new AbortController().signal) {
  const registry = createFakeRegistry(options)
  const files = createFiles(made.files)
  const host = createFakeHost({ files, request: { '': registry.answer } })
  const layout = readLayout(files, '/l', made.root.digest)
  const client = createClient(host, parseImageName('ghcr.io/acme/iris'), registryLogin)
  return { registry, host, files, layout, send: () => upload(files, layout, client, signal) }
}

test('every layer from its file, then the manifests by their digests, the whole last; no tag', async () => {
  const { registry, layout, send } = setUp({ auth: 'bearer' })
  expect(await send()).toBe(made.root.digest)
  expect(registry.blobs).toEqual(new Map(layout.blobs.map(({ digest }) => [digest, blobPath('/l', digest)])))
  expect([...registry.manifests.keys()]).toEqual(layout.manifests.map(({ digest }) => `acme/iris@${digest}`))
  const lastBlob = registry.log.findLastIndex((request) => request.includes('/blobs/'))
  expect(lastBlob).toBeLessThan(registry.log.findIndex((request) => request.includes('PUT /v2/acme/iris/manifests/')))
})

test('what the registry has is not sent again', async () => {
  const { registry, send } = setUp()
  registry.blobs.set(made.shared.digest, 'before')
  await send()
  expect(registry.blobs.get(made.shared.digest)).toBe('before')
  expect(registry.log.filter((request) => request.startsWith('POST'))).toHaveLength(5)
})

describe('weather', () => {
  test.each([429, 500, 503])('%i is waited for', async (status) => {
    const { registry, layout, send } = setUp({
      fault: (request, count) => (request.startsWith('PUT /v2/acme/iris/blobs') && count < 3 ? { status } : undefined),
    })
    await send()
    expect(registry.blobs.size).toBe(layout.blobs.length)
  })
  test('a connection that breaks begins anew', async () => {
    const { registry, layout, send } = setUp({
      fault: (request, count) => {
        if (request.startsWith('PUT /v2/acme/iris/blobs') && count === 1) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
        return undefined
      },
    })
    await send()
    expect(registry.blobs.size).toBe(layout.blobs.length)
  })
  test('a token that runs out on the way is asked for again', async () => {
    const { registry, layout, send } = setUp({
      auth: 'bearer',
      fault: (request, count) => (request.startsWith('PUT /v2/acme/iris/blobs') && count === 1 ? { status: 401 } : undefined),
    })
    await send()
    expect(registry.blobs.size).toBe(layout.blobs.length)
    expect(registry.scopes.length).toBeGreaterThan(1)
  })
  test('that lasts is an end', async () => {
    const { send } = setUp({ fault: (request) => (request.startsWith('PUT /v2/acme/iris/blobs') ? { status: 503 } : undefined) })
    await expect(send()).rejects.toMatchObject({ code: 'registry-unavailable' })
  })
})

describe('what the registry does not take is told at once', () => {
  test.each([
    ['POST', 403, 'registry-denied'],
    ['PUT', 413, 'layer-too-large'],
    ['HEAD', 401, 'registry-unauthorized'],
  ])('%s: %i', async (method, status, code) => {
    const { send } = setUp({ fault: (request) => (request.startsWith(`${method} /v2/acme/iris/blobs`) ? { status } : undefined) })
    await expect(send()).rejects.toMatchObject({ code })
  })
  test('another digest than the one sent', async () => {
    const headers = { 'docker-content-digest': made.shared.digest }
    const { send } = setUp({
      fault: (request) => (request.startsWith('PUT /v2/acme/iris/manifests') ? { status: 201, headers } : undefined),
    })
    await expect(send()).rejects.toMatchObject({ code: 'digest-mismatch' })
  })
})

test('a manifest that somebody has changed since is not sent', async () => {
  const { files, registry, send } = setUp()
  files.entries.set(blobPath('/l', made.root.digest), '{}')
  await expect(send()).rejects.toMatchObject({ code: 'digest-mismatch', message: expect.stringContaining('has changed on this machine') })
  expect(registry.manifests.has(`acme/iris@${made.root.digest}`)).toBe(false)
})

test('a run that is cancelled sends nothing more', async () => {
  const { registry, send } = setUp({}, AbortSignal.abort())
  await expect(send()).rejects.toMatchObject({ code: 'cancelled' })
  expect(registry.log).toEqual([])
})
