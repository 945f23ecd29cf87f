import { describe, expect, test } from '@jest/globals'
import type { Statement } from '../../src/attest/statement.ts'
import type { Attestations } from '../../src/host/host.ts'
import { mergeMain } from '../../src/merge/main.ts'
import { type GateRecord, recordArtifact, recordTag } from '../../src/publish/record.ts'
import { commit, createEvent, createRecord } from '../builders.ts'
import { type Answer, createFakeHost, type FakeHost } from '../fake-host.ts'
import { createFakeRegistry, type FakeRegistry, sha256 } from '../fake-registry.ts'

const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const indexType = 'application/vnd.oci.image.index.v1+json'
const bytes = (text: string) => new TextEncoder().encode(text)

function put(registry: FakeRegistry, text: string, mediaType = manifestType, tag?: string): string {
  const stored = { mediaType, body: bytes(text) }
  registry.manifests.set(`acme/iris@${sha256(text)}`, stored)
  if (tag) registry.manifests.set(`acme/iris:${tag}`, stored)
  return sha256(text)
}

/** An image of a platform. @returns its digest */
function putImage(registry: FakeRegistry, architecture: string, revision = commit, mark = ''): string {
  const config = JSON.stringify({ architecture, os: 'linux', mark, config: { Labels: { 'org.opencontainers.image.revision': revision } } })
  registry.blobs.set(sha256(config), config)
  return put(registry, JSON.stringify({ mediaType: manifestType, config: { digest: sha256(config) }, layers: [] }))
}

function putRecord(registry: FakeRegistry, image: string, overrides: Partial<GateRecord> = {}, subject = image, tag?: string): void {
  const record = createRecord({ image, ...overrides })
  const { manifest, blobs } = recordArtifact(record, { digest: subject, mediaType: manifestType, body: new Uint8Array() })
  for (const { digest, body } of blobs) registry.blobs.set(digest, new TextDecoder().decode(body))
  put(registry, new TextDecoder().decode(manifest.body), manifestType, tag ?? recordTag(record))
}

const gated = (registry: FakeRegistry, architecture: string, overrides: Partial<GateRecord> = {}, mark = ''): string => {
  const digest = putImage(registry, architecture, commit, mark)
  putRecord(registry, digest, { smoked: [`linux/${architecture}`], ...overrides })
  return digest
}

type World = Readonly<{ host: FakeHost; ghcr: FakeRegistry; quay: FakeRegistry }>

type Fault = (request: string, count: number) => Answer | undefined

function createWorld(fault?: Fault, env: Readonly<Record<string, string>> = {}, quayFault: Fault = () => undefined): World {
  const ghcr = createFakeRegistry(fault ? { fault } : {})
  const quay = createFakeRegistry({ host: 'quay.io', fault: quayFault })
  const host = createFakeHost({
    env: { HOME: '/home/ci', GITHUB_RUN_ID: '42', GITHUB_RUN_ATTEMPT: '2', ...env },
    capture: { git: { exitCode: 128 } },
    request: { '': (asked) => (new URL(asked.url).host === 'quay.io' ? quay : ghcr).answer(asked) },
  })
  return { host, ghcr, quay }
}

const merge = async (
  { host }: World,
  given: Readonly<Record<string, string>> = {},
  event = createEvent({ about: { name: 'iris', url: 'https://github.com/acme/iris', description: '', license: '' } }),
) =>
  await mergeMain(
    host,
    new Map(Object.entries({ images: 'ghcr.io/acme/iris', 'github-token': 'ghs_x', ...given })),
    event,
    new AbortController().signal,
  )
const putsOf = ({ host }: World) =>
  host.requests.filter(({ method }) => method === 'PUT').map(({ url }) => `${new URL(url).host} ${url.split('/manifests/')[1] ?? 'blob'}`)
const held = (registry: FakeRegistry, tag: string) =>
  JSON.parse(new TextDecoder().decode(registry.manifests.get(`acme/iris:${tag}`)?.body)) as {
    manifests: { digest: string; platform: unknown }[]
    annotations: Record<string, string>
  }

test('what the jobs of this run have pushed becomes one index: by digest first, then the tags', async () => {
  const world = createWorld()
  const [arm, amd] = [gated(world.ghcr, 'arm64'), gated(world.ghcr, 'amd64')]
  gated(world.ghcr, 's390x', { run: { id: '41', attempt: 1 } })
  const { exitCode, report } = await merge(world, { platforms: 'linux/amd64,linux/arm64', annotations: 'team=ml' })
  expect({ exitCode, lines: exitCode === 0 ? [] : world.host.annotations }).toEqual({ exitCode: 0, lines: [] })
  const digest = world.host.outputs.get('digest') ?? ''
  expect(putsOf(world)).toEqual([`ghcr.io ${digest}`, 'ghcr.io sha-1f2e3d4', 'ghcr.io latest'])
  const index = held(world.ghcr, 'latest')
  expect(index.manifests).toEqual([
    { mediaType: manifestType, digest: amd, size: expect.any(Number), platform: { architecture: 'amd64', os: 'linux' } },
    { mediaType: manifestType, digest: arm, size: expect.any(Number), platform: { architecture: 'arm64', os: 'linux' } },
  ])
  expect(index.annotations).toEqual({
    'io.github.ml-image-action.moving-tags': 'latest',
    'org.opencontainers.image.revision': commit,
    'org.opencontainers.image.source': 'https://github.com/acme/iris',
    'org.opencontainers.image.title': 'iris',
    'org.opencontainers.image.url': 'https://github.com/acme/iris',
    'org.opencontainers.image.version': 'sha-1f2e3d4',
    team: 'ml',
  })
  expect(Object.fromEntries(world.host.outputs)).toMatchObject({
    image: `ghcr.io/acme/iris@${digest}`,
    pushed: 'true',
    result: 'passed',
    'failure-code': '',
    'pushed-tags': 'ghcr.io/acme/iris:sha-1f2e3d4\nghcr.io/acme/iris:latest',
  })
  expect(report?.merged).toEqual({
    digest,
    parts: [
      { platform: 'linux/amd64', digest: amd, tests: 'passed', smoke: 'passed' },
      { platform: 'linux/arm64', digest: arm, tests: 'passed', smoke: 'passed' },
    ],
  })
  expect(world.host.argvs().filter((argv) => argv.startsWith('docker'))).toEqual([])
})

test('nothing where nothing is to be pushed, and no registry is asked', async () => {
  const world = createWorld()
  const { exitCode } = await merge(world, {}, createEvent({ name: 'pull_request', ref: { kind: 'pull', number: 7 } }))
  expect([exitCode, world.host.requests, world.host.outputs.get('pushed')]).toEqual([0, [], 'false'])
  expect(world.host.summaries.join()).toContain('not pushed: pull')
})

test('an image with attestations brings them along, and is one of its platform', async () => {
  const world = createWorld()
  const amd = putImage(world.ghcr, 'amd64')
  const attestation = put(world.ghcr, '{"config":{}}')
  const entries = [
    { mediaType: manifestType, digest: amd, size: 3, platform: { architecture: 'amd64', os: 'linux' } },
    {
      mediaType: manifestType,
      digest: attestation,
      size: 4,
      platform: { architecture: 'unknown', os: 'unknown' },
      annotations: { 'vnd.docker.reference.digest': amd },
    },
  ]
  putRecord(world.ghcr, put(world.ghcr, JSON.stringify({ mediaType: indexType, manifests: entries }), indexType))
  gated(world.ghcr, 'arm64')
  expect(await merge(world)).toMatchObject({ exitCode: 0 })
  expect(held(world.ghcr, 'latest').manifests.slice(0, 2)).toEqual(entries)
})

describe('of jobs that were run again', () => {
  const first = { run: { id: '42', attempt: 1 } }
  test('the last attempt of a platform counts, and what was green before', async () => {
    const world = createWorld()
    gated(world.ghcr, 'amd64', first, 'old')
    const [amd, arm] = [gated(world.ghcr, 'amd64', {}, 'new'), gated(world.ghcr, 'arm64', first)]
    await merge(world)
    expect(held(world.ghcr, 'latest').manifests.map(({ digest }) => digest)).toEqual([amd, arm])
  })
  test('two of one attempt are two', async () => {
    const world = createWorld()
    gated(world.ghcr, 'amd64', {}, 'cpu')
    gated(world.ghcr, 'amd64', {}, 'gpu')
    expect(await merge(world)).toMatchObject({ exitCode: 1, report: { failure: { code: 'merge-mismatch' } } })
    expect(putsOf(world)).toEqual([])
  })
  test('of which digests may name one', async () => {
    const world = createWorld()
    const cpu = gated(world.ghcr, 'amd64', {}, 'cpu')
    gated(world.ghcr, 'amd64', {}, 'gpu')
    expect(await merge(world, { digests: cpu })).toMatchObject({ exitCode: 0 })
    expect(held(world.ghcr, 'latest').manifests.map(({ digest }) => digest)).toEqual([cpu])
  })
})

describe('what is not gated is refused, and nothing is written', () => {
  const refused = async (world: World, given: Readonly<Record<string, string>>, message: string) => {
    const { exitCode, report } = await merge(world, given)
    expect([exitCode, report?.failure]).toEqual([
      1,
      expect.objectContaining({ stage: 'publish', code: 'digest-ungated', message: expect.stringContaining(message) }),
    ])
    expect(putsOf(world)).toEqual([])
  }
  test('an image without a record', async () => {
    const world = createWorld()
    const digests = `${gated(world.ghcr, 'amd64')},${putImage(world.ghcr, 'arm64')}`
    await refused(world, { digests }, `has no record that ${digests.split(',')[1]} passed its gates`)
  })
  test('a record that stands for another image', async () => {
    const world = createWorld()
    const [amd, arm] = [gated(world.ghcr, 'amd64'), putImage(world.ghcr, 'arm64')]
    // The record of one under the tag of the other, as a copy by hand would be.
    const record = world.ghcr.manifests.get(`acme/iris:${recordTag(createRecord({ image: amd }))}`)
    if (record) world.ghcr.manifests.set(`acme/iris:${recordTag(createRecord({ image: arm }))}`, record)
    await refused(world, { digests: arm }, `has no record that ${arm}`)
  })
  test('a record that says of another image than its subject', async () => {
    const world = createWorld()
    const [amd, arm] = [putImage(world.ghcr, 'amd64'), putImage(world.ghcr, 'arm64')]
    putRecord(world.ghcr, arm, {}, amd)
    await refused(world, { digests: arm }, `has no record that ${arm}`)
  })
  test('a record of another run under a tag of this one', async () => {
    const world = createWorld()
    const amd = putImage(world.ghcr, 'amd64')
    putRecord(world.ghcr, amd, { run: { id: '41', attempt: 1 } }, amd, recordTag(createRecord({ image: amd })))
    await refused(world, {}, 'No job of this run')
  })
  test('an artifact of somebody else under such a tag', async () => {
    const world = createWorld()
    const arm = putImage(world.ghcr, 'arm64')
    put(world.ghcr, JSON.stringify({ artifactType: 'a/b' }), manifestType, recordTag(createRecord({ image: arm })))
    await refused(world, { digests: arm }, `has no record that ${arm}`)
  })
  test('a run that has pushed nothing', async () => {
    const world = createWorld()
    gated(world.ghcr, 'amd64', { run: { id: '4', attempt: 1 } })
    await refused(world, {}, 'No job of this run (42) has pushed a gated image to ghcr.io/acme/iris.')
  })
  test('a record of another repository', async () => {
    const world = createWorld()
    gated(world.ghcr, 'amd64', { repository: 'acme/other' })
    await refused(world, {}, 'No job of this run')
  })
  test('a record of another commit, where runs are numbered alike', async () => {
    const world = createWorld()
    gated(world.ghcr, 'amd64', { revision: 'e'.repeat(40) })
    await refused(world, {}, 'No job of this run')
  })
  test('an image that is gone', async () => {
    const world = createWorld()
    putRecord(world.ghcr, sha256('gone'))
    await refused(world, {}, `does not have ${sha256('gone')}`)
  })
  test('outside of a run nothing is found by itself', async () => {
    await refused(createWorld(undefined, { GITHUB_RUN_ID: '' }), {}, 'digests has to')
  })
})

describe('a registry that the jobs did not push to', () => {
  const both = { images: 'quay.io/acme/iris\nghcr.io/acme/iris', registry: 'quay.io', username: 'u', password: 'p' }
  test('gets a copy of what it lacks, then index and tags as the other', async () => {
    const world = createWorld()
    const amd = gated(world.ghcr, 'amd64')
    expect(await merge(world, both)).toMatchObject({ exitCode: 0 })
    const digest = world.host.outputs.get('digest') ?? ''
    expect(putsOf(world).filter((line) => line.startsWith('quay.io'))).toEqual([
      ...['quay.io blob', `quay.io ${amd}`],
      ...[`quay.io ${digest}`, 'quay.io sha-1f2e3d4', 'quay.io latest'],
    ])
    expect(held(world.quay, 'latest')).toEqual(held(world.ghcr, 'latest'))
    const folder = world.host.traces.flatMap((trace) => (trace.kind === 'folder' ? [trace.path] : []))
    expect(folder.map((path) => world.host.files.kind(path))).toEqual([undefined])
  })
  test('gets no layer that it has', async () => {
    const world = createWorld()
    gated(world.ghcr, 'amd64')
    for (const [digest, text] of world.ghcr.blobs) world.quay.blobs.set(digest, text)
    expect(await merge(world, both)).toMatchObject({ exitCode: 0 })
    expect(putsOf(world)).not.toContain('quay.io blob')
  })
  test('and does not take it gets no tag, the other goes on, and the run fails', async () => {
    const world = createWorld(undefined, {}, (request) => (request.startsWith('POST') ? { status: 403 } : undefined))
    gated(world.ghcr, 'amd64')
    const { exitCode, report } = await merge(world, both)
    expect([exitCode, report?.failure?.code]).toEqual([3, 'registry-denied'])
    expect(putsOf(world).filter((line) => line.startsWith('quay.io'))).toEqual([])
    expect(world.ghcr.manifests.has('acme/iris:latest')).toBe(true)
  })
  test('is not told of what none of them has: the first one is', async () => {
    const { report } = await merge(createWorld(), both)
    expect(report?.failure?.message).toContain('pushed a gated image to quay.io/acme/iris')
  })
})

test('an image of another commit than that of the run is not merged under its tags', async () => {
  const world = createWorld()
  putRecord(world.ghcr, putImage(world.ghcr, 'amd64', 'e'.repeat(40)))
  expect(await merge(world)).toMatchObject({ exitCode: 1, report: { failure: { code: 'merge-mismatch' } } })
  expect(putsOf(world)).toEqual([])
})

test('other bytes than a digest says are not joined', async () => {
  let amd = ''
  let other = ''
  const world = createWorld((request) => (request === `GET /v2/acme/iris/manifests/${amd}` ? { body: other } : undefined))
  amd = gated(world.ghcr, 'amd64')
  // Another image that could be joined as well.
  other = new TextDecoder().decode(world.ghcr.manifests.get(`acme/iris@${putImage(world.ghcr, 'amd64', commit, 'other')}`)?.body)
  expect(await merge(world)).toMatchObject({ exitCode: 3, report: { failure: { code: 'digest-mismatch' } } })
  expect(putsOf(world)).toEqual([])
})

test('an index of a run without moving tags says so', async () => {
  const world = createWorld()
  gated(world.ghcr, 'amd64')
  await merge(world, { tags: 'type=sha' })
  expect(held(world.ghcr, 'sha-1f2e3d4').annotations).toMatchObject({ 'io.github.ml-image-action.moving-tags': '' })
})

test('gates that a job left out are named', async () => {
  const world = createWorld()
  gated(world.ghcr, 'amd64', { gates: { tests: 'skipped', smoke: 'passed' }, untested: ['linux/amd64'] })
  const { report } = await merge(world)
  expect(report?.notices).toContain('linux/amd64: its tests were left out, it was not started, as its job was told.')
  expect(report?.merged?.parts[0]).toMatchObject({ tests: 'skipped', smoke: 'skipped' })
})

test('a login that the registry refuses is told as such', async () => {
  const world = createWorld((request) => (request.includes('tags/list') ? { status: 401 } : undefined))
  expect(await merge(world)).toMatchObject({ exitCode: 3, report: { failure: { code: 'registry-unauthorized' } } })
})

test('problems with the inputs are told before any registry is asked', async () => {
  const world = createWorld()
  expect(await merge(world, { digests: 'latest', platform: 'linux/amd64' })).toMatchObject({
    exitCode: 2,
    refusal: { problems: [{ input: 'platform' }, { input: 'digests' }] },
  })
  expect(world.host.requests).toEqual([])
})

describe('records are looked for in one page of tags', () => {
  const lists = ({ host }: World) => host.requests.filter(({ url }) => url.includes('tags/list')).map(({ url }) => new URL(url).search)
  test('where the registry sorts them', async () => {
    const world = createWorld()
    gated(world.ghcr, 'amd64')
    expect(await merge(world, { tags: 'type=sha' })).toMatchObject({ exitCode: 0 })
    expect(lists(world)).toEqual(['?n=1000&last=gate-42.'])
  })
  test('else in all of them', async () => {
    // In an order of its own, whatever is asked for.
    const tags = ['v2', 'gate-42.2-aaaaaaaaaaaa', 'v1']
    const fault = (request: string): Answer | undefined =>
      request.includes('tags/list') ? { body: JSON.stringify({ tags: own ?? tags }) } : undefined
    let own: readonly string[] | undefined
    const world = createWorld(fault)
    const amd = gated(world.ghcr, 'amd64')
    own = [...tags, recordTag(createRecord({ image: amd }))]
    expect(await merge(world, { tags: 'type=sha' })).toMatchObject({ exitCode: 0 })
    expect(lists(world)).toEqual(['?n=1000&last=gate-42.', '?n=1000'])
  })
})

describe('attest', () => {
  const env = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://identities/', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'asked' }
  const attesting = (statements: Statement[]): Attestations => ({
    sign: async (statement) => {
      statements.push(statement)
      return { bundle: JSON.stringify(statement), mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' }
    },
    store: async () => '1001',
  })
  test('says of the index what the records say of its images, and tells the runner what it is', async () => {
    const world = createWorld(undefined, env)
    const parts = [gated(world.ghcr, 'amd64'), gated(world.ghcr, 'arm64', { gates: { tests: 'passed', smoke: 'skipped' } })]
    const statements: Statement[] = []
    const host = { ...world.host, attestations: attesting(statements) }
    const { exitCode, report } = await merge({ ...world, host }, { attest: 'required' })
    const digest = world.host.outputs.get('digest') ?? ''
    expect({ exitCode, attested: report?.attested?.map(({ about }) => about) }).toEqual({ exitCode: 0, attested: ['smoke'] })
    expect(statements).toMatchObject([
      {
        subject: [{ name: 'ghcr.io/acme/iris', digest: { sha256: digest.slice(7) } }],
        predicate: {
          result: 'WARNED',
          passedTests: ['linux/amd64: smoke'],
          warnedTests: ['linux/arm64: not started'],
          mlImage_parts: [{ digest: parts[0] }, { digest: parts[1] }],
        },
      },
    ])
    expect(world.host.artifacts).toEqual([`oci://ghcr.io/acme/iris@${digest}`])
  })
  test('required, without the permission: refused before a registry is asked', async () => {
    const world = createWorld()
    expect((await merge(world, { attest: 'required' })).exitCode).toBe(2)
    expect(world.host.requests).toEqual([])
  })
})
