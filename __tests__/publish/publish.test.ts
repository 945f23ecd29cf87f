import { describe, expect, test } from '@jest/globals'
import { ActionError } from '../../src/errors.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { createHistory } from '../../src/publish/history.ts'
import { proveSame, publish, withCreation } from '../../src/publish/publish.ts'
import type { GateRecord } from '../../src/publish/record.ts'
import { recordTag } from '../../src/publish/record.ts'
import { secretsOf } from '../../src/registry/credential.ts'
import { resolveCredential } from '../../src/registry/open.ts'
import { createEvent, createGated, createPlan, createRecord } from '../builders.ts'
import { pushed, pushThroughDoor } from '../fake-engine.ts'
import { type Answer, createFakeHost, type FakeHost } from '../fake-host.ts'
import { createFakeRegistry, registryLogin } from '../fake-registry.ts'

const names = ['ghcr.io/acme/iris', 'quay.io/acme/iris'].map(parseImageName)
const tags = [
  { name: 'latest', moves: true },
  { name: '1.4.2', moves: false },
  { name: '1.4', moves: true },
  { name: 'sha-1f2e3d4', moves: false },
]

type Faults = Readonly<Record<string, (request: string, count: number) => Answer | undefined>>
const image = createGated({ digest: pushed.digest, configDigest: pushed.configDigest })

async function run(
  faults: Faults = {},
  plan: Partial<Plan> = {},
  gated = image,
  stop: AbortController = new AbortController(),
  held: readonly string[] = [],
  recordFor?: (digest: string) => GateRecord,
) {
  const registries = Object.fromEntries(
    ['ghcr.io', 'quay.io'].map((host) => {
      const fault = faults[host]
      const registry = createFakeRegistry({ host, ...(fault ? { fault } : {}) })
      const stored = { mediaType: pushed.mediaType, body: new TextEncoder().encode(pushed.text) }
      for (const reference of held) registry.manifests.set(`acme/iris${reference}`, stored)
      return [host, registry]
    }),
  )
  const host: FakeHost = createFakeHost({
    capture: { 'docker image': {} },
    stream: { 'docker push': pushThroughDoor(() => host) },
    request: { '': (asked) => registries[new URL(asked.url).host]?.answer(asked) ?? { status: 404 } },
  })
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  const publication = await publish(
    host,
    createPlan({ names, tags, ...plan }),
    gated,
    createHistory(host, createEvent(), undefined, '/repo', {}),
    {},
    log,
    stop.signal,
    recordFor,
  )
  const puts = host.requests
    .filter(({ method }) => method === 'PUT')
    .map(({ url }) => new URL(url).host + new URL(url).pathname.replace(/.*manifests\//, ' '))
  return { host, publication, puts, registries }
}

test('first the digest everywhere, then the tags that stay, then those that move, each asked for again', async () => {
  const { publication, puts, host } = await run()
  expect(puts).toEqual([
    ...[`ghcr.io ${pushed.digest}`, `quay.io ${pushed.digest}`],
    ...['ghcr.io 1.4.2', 'ghcr.io sha-1f2e3d4', 'quay.io 1.4.2', 'quay.io sha-1f2e3d4'],
    ...['ghcr.io latest', 'ghcr.io 1.4', 'quay.io latest', 'quay.io 1.4'],
  ])
  expect(publication).not.toHaveProperty('failure')
  expect(publication).toMatchObject({
    arrived: [{ name: { registry: 'ghcr.io' } }, { name: { registry: 'quay.io' } }],
    published: {
      digest: pushed.digest,
      pushedTags: [
        ...['ghcr.io/acme/iris:1.4.2', 'ghcr.io/acme/iris:sha-1f2e3d4', 'quay.io/acme/iris:1.4.2', 'quay.io/acme/iris:sha-1f2e3d4'],
        ...['ghcr.io/acme/iris:latest', 'ghcr.io/acme/iris:1.4', 'quay.io/acme/iris:latest', 'quay.io/acme/iris:1.4'],
      ],
      compressedBytes: pushed.compressedBytes,
    },
    kept: [],
  })
  // A tag that stays once, one that moves while the layers are on their way, before it is set and after.
  expect(host.requests.filter(({ method }) => method === 'HEAD')).toHaveLength(16)
})

describe('push: digest', () => {
  const digestOnly = { push: { push: true, reason: 'push is digest', only: 'digest' } } as const
  const recordFor = (digest: string) => createRecord({ image: digest })
  test('the digest everywhere, then its record, and no tag', async () => {
    const { publication, puts, registries } = await run({}, digestOnly, image, undefined, [], recordFor)
    const tag = recordTag(createRecord({ image: pushed.digest }))
    expect(puts.filter((put) => !put.includes('/blobs/'))).toEqual([
      ...[`ghcr.io ${pushed.digest}`, `quay.io ${pushed.digest}`],
      ...[`ghcr.io ${tag}`, `quay.io ${tag}`],
    ])
    expect(publication).toMatchObject({ published: { digest: pushed.digest, pushedTags: [] }, kept: [] })
    expect(JSON.parse(new TextDecoder().decode(registries['quay.io']?.manifests.get(`acme/iris:${tag}`)?.body))).toMatchObject({
      subject: { digest: pushed.digest, size: pushed.text.length },
    })
  })
  test('what a registry has already gets a record all the same', async () => {
    const { puts } = await run({}, digestOnly, image, undefined, [`@${pushed.digest}`], recordFor)
    expect(puts.filter((put) => put.includes(' gate-'))).toHaveLength(2)
    expect(puts.filter((put) => put.includes(pushed.digest))).toEqual([])
  })
  test('a registry that does not take the image gets no record, and the run fails', async () => {
    const fault = (request: string): Answer | undefined =>
      request === `PUT /v2/acme/iris/manifests/${pushed.digest}` ? { status: 403 } : undefined
    const { puts, publication } = await run({ 'ghcr.io': fault }, digestOnly, image, undefined, [], recordFor)
    expect(puts.filter((put) => put.includes(' gate-'))).toEqual([`quay.io ${recordTag(createRecord({ image: pushed.digest }))}`])
    expect(publication.failure).toMatchObject({ code: 'registry-denied' })
  })
  test('a record that is not there afterwards is a failure', async () => {
    const fault = (request: string): Answer | undefined => (/^HEAD .*gate-/.test(request) ? { status: 404 } : undefined)
    const { publication } = await run({ 'quay.io': fault }, digestOnly, image, undefined, [], recordFor)
    expect(publication.failure).toMatchObject({ code: 'digest-mismatch', message: expect.stringContaining('quay.io/acme/iris:gate-') })
  })
})

describe('a registry that has the image', () => {
  const all = [`@${pushed.digest}`, ...tags.map(({ name }) => `:${name}`)]
  test('under all tags: nothing is pushed, and that is said', async () => {
    const { publication, puts, host } = await run({}, {}, image, new AbortController(), all)
    expect([puts, host.argvs().filter((argv) => argv.startsWith('docker'))]).toEqual([[], []])
    expect(publication.published.pushedTags).toHaveLength(8)
    expect(host.lines).toContain(`ghcr.io/acme/iris@${pushed.digest} is in the registry already: no layer is pushed`)
  })
  test('under one less: that is set', async () => {
    const { publication, puts } = await run({}, {}, image, new AbortController(), all.slice(0, -1))
    expect(puts).toEqual(['ghcr.io sha-1f2e3d4', 'quay.io sha-1f2e3d4'])
    expect(publication.published.pushedTags).toHaveLength(8)
  })
  test('where the digest before the push is another, as on the classic store: it is pushed', async () => {
    const classic = createGated({ store: 'classic', digest: pushed.configDigest, configDigest: pushed.configDigest })
    expect((await run({}, {}, classic, new AbortController(), all)).puts).toContain(`ghcr.io ${pushed.digest}`)
  })
})

test('every tag holds the very bytes that were pushed', async () => {
  const { registries } = await run()
  for (const tag of tags)
    expect(new TextDecoder().decode(registries['quay.io']?.manifests.get(`acme/iris:${tag.name}`)?.body)).toBe(pushed.text)
})

describe('a registry that fails gets no more tags, and the others go on', () => {
  const denied: Answer = { status: 403, body: '{"errors":[{"message":"no"}]}' }
  test('at the digest: none at all', async () => {
    const { publication, puts } = await run({ 'ghcr.io': (request) => (request.startsWith('PUT') ? denied : undefined) })
    expect(publication.failure).toMatchObject({ code: 'registry-denied' })
    expect(publication.published.pushedTags).toEqual(
      tags.toSorted((a, b) => Number(a.moves) - Number(b.moves)).map(({ name }) => `quay.io/acme/iris:${name}`),
    )
    expect(puts.filter((put) => put.startsWith('ghcr.io'))).toEqual([`ghcr.io ${pushed.digest}`])
  })
  test('at a tag that stays: none that move', async () => {
    const { publication, puts } = await run({
      'quay.io': (request) => (request === 'PUT /v2/acme/iris/manifests/1.4.2' ? denied : undefined),
    })
    expect(publication.failure).toMatchObject({ code: 'registry-denied', message: expect.stringContaining('quay.io/acme/iris:1.4.2') })
    expect(puts.filter((put) => put.startsWith('quay.io'))).toEqual([`quay.io ${pushed.digest}`, 'quay.io 1.4.2'])
    expect(publication.published.pushedTags).toHaveLength(4)
  })
  test('the first failure is the one that is told, and all are in the log', async () => {
    const fault = (request: string) => (request.startsWith('PUT') ? denied : undefined)
    const { publication, host } = await run({ 'ghcr.io': fault, 'quay.io': fault })
    expect(publication.failure?.message).toContain('ghcr.io')
    expect(publication.published).toEqual({ digest: '', pushedTags: [], compressedBytes: 0 })
    expect(host.lines).toHaveLength(2)
  })
})

describe('a registry that holds something else than was tested is a failure', () => {
  const other: Answer = { body: '{"config":{"digest":"sha256:other"}}' }
  test('under the digest: no tag is set', async () => {
    const { publication, puts } = await run(
      { 'ghcr.io': (request) => (request.startsWith('GET /v2/acme') ? other : undefined) },
      { names: names.slice(0, 1) },
    )
    expect(publication.failure).toMatchObject({ code: 'digest-mismatch', message: expect.stringContaining(`tested was ${pushed.digest}`) })
    expect(puts).toEqual([`ghcr.io ${pushed.digest}`])
  })
  test('nothing, where it has just taken it', async () => {
    const { publication } = await run({ 'ghcr.io': (request) => (request.startsWith('GET /v2/acme') ? { status: 404 } : undefined) })
    expect(publication.failure).toMatchObject({ code: 'digest-mismatch' })
  })
  test('an engine that pushes another image than was built', async () => {
    const { publication, puts } = await run({}, {}, createGated({ digest: `sha256:${'ee'.repeat(32)}` }))
    expect(publication.failure).toMatchObject({ code: 'digest-mismatch' })
    expect(puts).toEqual([`ghcr.io ${pushed.digest}`, `quay.io ${pushed.digest}`])
  })
  test('under a tag, after it was set', async () => {
    const moved: Answer = { headers: { 'docker-content-digest': 'sha256:other' } }
    const { publication } = await run(
      { 'ghcr.io': (request) => (request === 'HEAD /v2/acme/iris/manifests/1.4.2' ? moved : undefined) },
      { names: names.slice(0, 1) },
    )
    expect(publication.failure).toMatchObject({
      code: 'digest-mismatch',
      message: `ghcr.io/acme/iris:1.4.2 answers sha256:other, set was ${pushed.digest}.`,
    })
    expect(publication.published.pushedTags).toEqual([])
  })
})

test('on the classic store the proof is the configuration', () => {
  const manifest = { digest: '', mediaType: '', body: new TextEncoder().encode(pushed.text) }
  const { configDigest } = pushed
  expect(proveSame({ store: 'classic', digest: configDigest, configDigest }, manifest)).toMatchObject({ config: { digest: configDigest } })
  expect(() => proveSame({ store: 'classic', digest: 'x', configDigest: 'x' }, manifest)).toThrow(
    `The registry holds ${configDigest}, tested was x.`,
  )
  expect(() => proveSame({ store: 'containerd', digest: configDigest, configDigest }, manifest)).toThrow('The registry holds sha256:')
})

test('what another builder made is known by its manifest, on the classic store too', () => {
  const body = new TextEncoder().encode(pushed.text)
  const manifest = { digest: pushed.digest, mediaType: pushed.mediaType, body }
  const made = (digest: string) => ({
    ...({ store: 'classic', digest: pushed.configDigest, configDigest: pushed.configDigest } as const),
    layout: { folder: '/l', root: { digest, mediaType: '', bytes: 1 }, children: [], manifests: [], blobs: [] },
  })
  expect(proveSame(made(pushed.digest), manifest)).toMatchObject({ config: { digest: pushed.configDigest } })
  expect(() => proveSame(made('sha256:other'), manifest)).toThrow(`The registry holds ${pushed.digest}, tested was sha256:other.`)
})

test('a run that is cancelled sets no tag any more', async () => {
  const stop = new AbortController()
  const { puts } = await run({ 'quay.io': () => void stop.abort() }, {}, image, stop)
  expect(puts).toEqual([`ghcr.io ${pushed.digest}`])
})

describe('the login of a registry', () => {
  const helper = { kind: 'job', login: { kind: 'helper', program: 'docker-credential-x', server: 'ghcr.io' } } as const
  const resolve = (access: Parameters<typeof resolveCredential>[2], answer: object = {}) => {
    const host = createFakeHost({ capture: { 'docker-credential-x get': answer } })
    return { host, login: resolveCredential(host, 'ghcr.io', access, { PATH: '/bin' }) }
  }
  test('none', async () => expect(await resolve({ kind: 'anonymous' }).login).toBeUndefined())
  test('given', async () => expect(await resolve({ kind: 'given', credential: registryLogin, from: 'x' }).login).toEqual(registryLogin))
  test('of the job, which is hidden', async () => {
    const { host, login } = resolve({ kind: 'job', login: { kind: 'credential', credential: registryLogin } })
    expect(await login).toEqual(registryLogin)
    expect(host.hidden).toEqual(secretsOf(registryLogin))
  })
  test('of a helper, which is asked by its input, and hidden', async () => {
    const { host, login } = resolve(helper, { stdout: '{"ServerURL":"x","Username":"u","Secret":"s3cret"}' })
    expect(await login).toEqual({ username: 'u', password: 's3cret' })
    expect(host.commands).toEqual([{ argv: ['docker-credential-x', 'get'], env: { PATH: '/bin' }, input: 'ghcr.io' }])
    expect(host.hidden).toEqual(['s3cret', 'dTpzM2NyZXQ='])
  })
  test('of a helper that has none', async () => {
    await expect(resolve(helper, { exitCode: 1, stdout: 'credentials not found\n' }).login).rejects.toMatchObject({
      code: 'registry-unauthorized',
      message: 'docker-credential-x gives no login for ghcr.io (credentials not found).',
    })
  })
})

test('a repository that ECR does not have is told with the command that makes it', () => {
  const name = parseImageName('123456789012.dkr.ecr.eu-west-1.amazonaws.com/ml/iris')
  const said = "The repository with name 'ml/iris' does not exist in the registry with id '123456789012'"
  const error = new ActionError('registry-denied', `x cannot be written (HTTP 404: ${said})`)
  expect(withCreation(name, error).message).toBe(
    `${error.message} It is made by: aws ecr create-repository --region eu-west-1 --repository-name ml/iris`,
  )
  expect(withCreation(parseImageName('ghcr.io/ml/iris'), error)).toBe(error)
  const denied = new ActionError('registry-denied', 'not authorized to perform: ecr:InitiateLayerUpload')
  expect(withCreation(name, denied)).toBe(denied)
})
