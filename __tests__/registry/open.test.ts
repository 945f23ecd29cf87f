import { expect, test } from '@jest/globals'
import type { Access } from '../../src/plan/access.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import { memoryOf, openRepository } from '../../src/registry/open.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFakeRegistry, registryLogin } from '../fake-registry.ts'

const given = (): Access => ({ kind: 'given', credential: registryLogin, from: 'password' })
const name = parseImageName('ghcr.io/acme/iris')

test('a run asks a registry once how it lets in, and each time for the token of what it does', async () => {
  const registry = createFakeRegistry({ auth: 'bearer' })
  const host = createFakeHost({ request: { '': registry.answer } })
  const access = new Map([['ghcr.io', given()]])
  for (const use of ['pull', 'push'] as const) {
    const { client } = await openRepository(host, access, name, {}, use)
    await client.head('v1')
    await client.authorization('pull,push')
  }
  expect(registry.log.filter((line) => line === 'GET /v2/')).toHaveLength(1)
  expect(registry.scopes).toHaveLength(4)
})

test('one that did not answer is asked again', async () => {
  let down = true
  const registry = createFakeRegistry({ auth: 'bearer', fault: () => (down ? { status: 404 } : undefined) })
  const host = createFakeHost({ request: { '': registry.answer } })
  const access = new Map([['ghcr.io', given()]])
  const head = async () => (await openRepository(host, access, name, {}, 'push')).client.head('v1')
  await expect(head()).rejects.toMatchObject({ code: 'registry-denied' })
  down = false
  expect(await head()).toBeUndefined()
})

test('two runs know nothing of each other, nor two registries with the same login', () => {
  const [one, other] = [given(), given()]
  memoryOf(one, 'ghcr.io').opened = { base: 'https://ghcr.io', challenge: undefined }
  expect(memoryOf(one, 'ghcr.io').opened).toBeDefined()
  expect(memoryOf(one, 'quay.io')).toEqual({})
  expect(memoryOf(other, 'ghcr.io')).toEqual({})
  expect(memoryOf(undefined, 'ghcr.io')).toEqual({})
})
