import { describe, expect, test } from '@jest/globals'
import { searchedBefore } from '../../src/inspect/searched.ts'
import type { Access } from '../../src/plan/access.ts'
import { inputPartsLabel } from '../../src/plan/labels.ts'
import { commit, createPlan } from '../builders.ts'
import { type Answer, createFakeHost } from '../fake-host.ts'
import { createFakeRegistry, registryLogin, sha256 } from '../fake-registry.ts'

const source = { 'org.opencontainers.image.source': 'https://github.com/acme/iris' }
const asked = { [inputPartsLabel]: 'commit=aa leaks=5f16 accept=bb' }

const given: Access = { kind: 'given', credential: registryLogin, from: 'test' }

type Case = Readonly<{ parts?: string; ours?: object; push?: boolean; fault?: Answer; index?: boolean; login?: Access }>

async function ask({ parts = 'commit=cc leaks=5f16 accept=dd', ours = asked, push = true, fault, index = false, login = given }: Case) {
  const registry = createFakeRegistry({ ...(fault ? { fault: () => fault } : {}) })
  const config = JSON.stringify({
    config: { Labels: { ...source, 'org.opencontainers.image.revision': commit, [inputPartsLabel]: parts } },
  })
  const manifest = index
    ? { manifests: [{ digest: 'sha256:child' }] }
    : { config: { digest: sha256(config) }, layers: [{ digest: 'sha256:base' }, { digest: 'sha256:packages' }] }
  registry.manifests.set('acme/iris:latest', {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    body: new TextEncoder().encode(JSON.stringify(manifest)),
  })
  registry.blobs.set(sha256(config), config)
  const host = createFakeHost({ request: { '': registry.answer } })
  const plan = createPlan({
    labels: { ...source, ...ours },
    access: new Map([['ghcr.io', login]]),
    push: { push, reason: 'test' },
  })
  return { layers: [...(await searchedBefore(host, plan, {}))], requests: host.requests.length }
}

describe('layers need not be searched again', () => {
  test('that the image before this one has, if it was searched as this one is to be', async () =>
    expect((await ask({})).layers).toEqual(['sha256:base', 'sha256:packages']))
  test.each<readonly [string, Case]>([
    ['of an image that was searched by other rules, or not at all', { parts: 'commit=cc leaks=0000 accept=dd' }],
    ['of an image that does not say it', { parts: 'commit=cc' }],
    ['where the registry does not answer', { fault: { takes: 9e9 } }],
    ['of an index', { index: true }],
  ])('but not those %s', async (_, given) => expect((await ask(given)).layers).toEqual([]))
  test.each<readonly [string, Case]>([
    ['nothing is pushed', { push: false }],
    ['the image is not ours to label', { ours: {} }],
    ['a cloud would have to be asked for the login', { login: { kind: 'ecr', place: { kind: 'public' } } }],
    ['a program would', { login: { kind: 'job', login: { kind: 'helper', program: 'docker-credential-x', server: 'ghcr.io' } } }],
  ])('nobody is asked where %s', async (_, given) => expect(await ask(given)).toEqual({ layers: [], requests: 0 }))
})
