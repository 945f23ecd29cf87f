import { describe, expect, test } from '@jest/globals'
import type { Event } from '../../src/plan/event.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import { findPrevious, previousOf } from '../../src/previous/find.ts'
import { commit, createEvent, createPlan } from '../builders.ts'
import { type Answer, createFakeHost } from '../fake-host.ts'
import { createFakeRegistry, registryLogin, sha256 } from '../fake-registry.ts'

const source = 'https://github.com/acme/iris'
const own = { 'org.opencontainers.image.revision': commit, 'org.opencontainers.image.source': source, 'a.metric': '1' }

type Case = Readonly<{ labels?: object; tags?: readonly string[]; fault?: Answer; push?: boolean; config?: string }>

function setUp({ labels = own, tags = ['latest'], fault, push = true, config = JSON.stringify({ config: { Labels: labels } }) }: Case) {
  const registry = createFakeRegistry({
    auth: 'bearer',
    ...(fault ? { fault: (request) => (/manifests/.test(request) ? fault : undefined) } : {}),
  })
  const manifest = JSON.stringify({ config: { digest: sha256(config) } })
  for (const tag of tags)
    registry.manifests.set(`acme/iris:${tag}`, {
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      body: new TextEncoder().encode(manifest),
    })
  registry.blobs.set(sha256(config), config)
  const host = createFakeHost({ request: { '': registry.answer } })
  const plan = createPlan({
    labels: { 'org.opencontainers.image.source': source },
    access: new Map([['ghcr.io', { kind: 'given', credential: registryLogin, from: 'test' }]]),
    push: { push, reason: 'test' },
  })
  return { host, plan, registry, manifest }
}
const wanted = { name: parseImageName('ghcr.io/acme/iris'), references: ['stable', 'latest'] }

describe('the image before this one', () => {
  test('is what the first tag holds that there is; a login for reading does', async () => {
    const { host, plan, registry, manifest } = setUp({})
    expect(await findPrevious(host, plan, wanted, {})).toMatchObject({
      kind: 'found',
      image: { reference: 'ghcr.io/acme/iris:latest', digest: sha256(manifest), labels: own },
    })
    expect(new Set(registry.scopes)).toEqual(new Set(['repository:acme/iris:pull']))
  })
  test('says nothing by labels that it has of a base image', async () => {
    for (const labels of [{ ...own, 'org.opencontainers.image.source': 'https://github.com/acme/base' }, { 'a.metric': '1' }]) {
      const { host, plan } = setUp({ labels })
      expect(await findPrevious(host, plan, wanted, {})).toHaveProperty('image.labels', {})
    }
  })
  test('may be something else than an image', async () => {
    const { host, plan } = setUp({ config: 'no JSON' })
    expect(await findPrevious(host, plan, wanted, {})).toHaveProperty('image.labels', {})
  })
  test('is not there before the first release', async () => {
    const { host, plan } = setUp({ tags: [] })
    expect(await findPrevious(host, plan, wanted, {})).toEqual({
      kind: 'none',
      why: 'ghcr.io/acme/iris has no image before this one (stable, latest)',
    })
  })
  test('is none where we may not look', async () => {
    const { host, plan } = setUp({ fault: { status: 403, body: '{"errors":[{"message":"denied"}]}' } })
    expect(await findPrevious(host, plan, wanted, {})).toMatchObject({
      kind: 'none',
      why: expect.stringMatching(/cannot be read: .*denied/),
    })
  })
  test('cannot be told by a registry that does not answer: an error for a run that pushes there, else none', async () => {
    const broken = { fault: { status: 503 } }
    const pushing = setUp(broken)
    await expect(findPrevious(pushing.host, pushing.plan, wanted, {})).rejects.toMatchObject({ code: 'registry-unavailable' })
    const looking = setUp({ ...broken, push: false })
    expect(await findPrevious(looking.host, looking.plan, wanted, {})).toMatchObject({ kind: 'none' })
  })
  test('without a name nobody is asked', async () => {
    const { host, plan, registry } = setUp({})
    expect(await findPrevious(host, plan, undefined, {})).toEqual({ kind: 'none', why: 'there is no name to look under' })
    expect(registry.log).toEqual([])
  })
})

describe('where it is looked for', () => {
  const tags = [
    { name: '1.4.2', moves: false },
    { name: '1.4', moves: true },
  ]
  test.each<readonly [string, Partial<Event>, readonly string[]]>([
    ['a release', {}, ['1.4', 'latest', 'main']],
    ['a pull request', { ref: { kind: 'pull', number: 12 } }, ['latest', 'main']],
    ['a branch that is no tag', { defaultBranch: 'feature/x' }, ['1.4', 'latest']],
  ])('%s', (_, event, references) =>
    expect(previousOf(createPlan({ tags, event: createEvent(event) }))).toMatchObject({ name: { path: 'acme/iris' }, references }),
  )
})
