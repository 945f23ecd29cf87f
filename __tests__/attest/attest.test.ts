import { describe, expect, test } from '@jest/globals'
import { openAttestor } from '../../src/attest/attest.ts'
import type { Statement } from '../../src/attest/statement.ts'
import { ActionError } from '../../src/errors.ts'
import type { Attestations } from '../../src/host/host.ts'
import type { AttestInput } from '../../src/inputs/inputs.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import type { Arrived } from '../../src/publish/set-tags.ts'
import { createClient } from '../../src/registry/client.ts'
import { commit, createEvent, createInputs, createPlan } from '../builders.ts'
import { createFakeHost, type FakeHost } from '../fake-host.ts'
import { createFakeRegistry, type FakeRegistry, sha256 } from '../fake-registry.ts'

const may = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://identities/', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'asked' }
const suite = { passed: ['one'], warned: [], more: {} }
const image = new TextEncoder().encode('{"schemaVersion":2}')
const imageDigest = sha256(image)
const failing = (properties: object) => Object.assign(new Error('said'), properties)

type Signer = Readonly<{ instances: string[]; statements: Statement[]; stored: string[] }>
type Case = Readonly<{
  attest?: AttestInput
  sign?: Attestations['sign']
  store?: Attestations['store']
  head?: string
  publicRepository?: true
  fault?: NonNullable<Parameters<typeof createFakeRegistry>[0]>['fault']
  cancel?: AbortSignal
}>
type Came = Readonly<{ error?: ActionError; warnings: readonly string[]; host: FakeHost; registry: FakeRegistry; signer: Signer }> &
  Readonly<{ attested: readonly object[] }>

async function attest(one: Case = {}): Promise<Came> {
  const signer: Signer = { instances: [], statements: [], stored: [] }
  const registry = createFakeRegistry(one.fault ? { fault: one.fault } : {})
  const attestations: Attestations = {
    sign: async (statement, instance) => {
      signer.instances.push(instance)
      signer.statements.push(statement)
      if (one.sign) return await one.sign(statement, instance)
      return { bundle: JSON.stringify(statement), mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', logIndex: '7' }
    },
    store: async (repository, bundle, token, signal) => {
      signer.stored.push(`${repository} ${token}`)
      return one.store ? await one.store(repository, bundle, token, signal) : '1001'
    },
  }
  const head = one.head === undefined ? { exitCode: 128 } : { stdout: `${one.head}\n` }
  const host = createFakeHost({ env: may, attestations, capture: { git: head }, request: { '': registry.answer } })
  const warnings: string[] = []
  const name = parseImageName('ghcr.io/acme/iris')
  const there = {
    name,
    client: createClient(host, name, undefined),
    image: { digest: imageDigest, manifest: { digest: imageDigest, mediaType: 'application/vnd.oci.image.manifest.v1+json', body: image } },
  } as unknown as Arrived
  const attestor = openAttestor({
    host,
    inputs: createInputs({ attest: one.attest ?? 'required', credentials: { githubToken: 'the-token' } }),
    plan: createPlan({ event: createEvent(one.publicRepository ? { publicRepository: true } : {}) }),
    warn: (text) => void warnings.push(text),
  })
  const log = host.log.stage('publish')
  const came = { warnings, host, registry, signer }
  try {
    const attested = await attestor?.({ tests: suite, smoke: suite }, [there], log, one.cancel ?? new AbortController().signal)
    return { ...came, attested: attested ?? [] }
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    return { ...came, attested: [], error }
  }
}

describe('what is signed', () => {
  test('the tests on the commit that is checked out, the smoke test on the digest in each registry', async () => {
    const head = 'ab'.repeat(20)
    const { attested, signer, error } = await attest({ head })
    expect(error).toBeUndefined()
    expect(signer.statements.map(({ subject }) => subject)).toEqual([
      [{ name: 'git+https://github.com/acme/iris', digest: { gitCommit: head } }],
      [{ name: 'ghcr.io/acme/iris', digest: { sha256: imageDigest.slice(7) } }],
    ])
    expect(signer.stored).toEqual(['acme/iris the-token', 'acme/iris the-token'])
    const url = 'https://github.com/acme/iris/attestations/1001'
    expect(attested).toEqual([
      { about: 'tests', subject: `git+https://github.com/acme/iris@gitCommit:${head}`, url, logIndex: '7' },
      { about: 'smoke', subject: `ghcr.io/acme/iris@${imageDigest}`, url, logIndex: '7' },
    ])
  })
  test('without a working copy, on the commit of the event', async () => {
    const { signer } = await attest()
    expect(signer.statements[0]?.subject[0]?.digest).toEqual({ gitCommit: commit })
  })
  test.each([
    [true as const, 'public-good'],
    [undefined, 'github'],
  ])('public repository %s: by %s, whatever the event file says by now', async (isPublic, instance) => {
    const { signer } = await attest(isPublic ? { publicRepository: isPublic } : {})
    expect(new Set(signer.instances)).toEqual(new Set([instance]))
  })
})

describe('in the registry', () => {
  type Index = Readonly<{ manifests: readonly Readonly<{ digest: string; artifactType: string }>[] }>
  const indexOf = ({ registry }: Came): Index | undefined => {
    const held = registry.manifests.get(`acme/iris:${imageDigest.replace(':', '-')}`)
    return held && (JSON.parse(new TextDecoder().decode(held.body)) as Index)
  }
  test('each is an artifact about the image; a registry without a list of referrers gets one as a tag', async () => {
    const came = await attest()
    const found = indexOf(came)?.manifests.map(({ digest }) => {
      const { body = image } = came.registry.manifests.get(`acme/iris@${digest}`) ?? {}
      return JSON.parse(new TextDecoder().decode(body)) as object
    })
    expect(found).toHaveLength(2)
    for (const manifest of found ?? [])
      expect(manifest).toMatchObject({
        artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        config: { mediaType: 'application/vnd.oci.empty.v1+json', size: 2 },
        subject: { digest: imageDigest, size: image.length },
        annotations: {
          'dev.sigstore.bundle.content': 'dsse-envelope',
          'dev.sigstore.bundle.predicateType': 'https://in-toto.io/attestation/test-result/v0.1',
        },
      })
  })
  test('one that has a list of referrers gets no tag', async () => {
    const listed: string[] = []
    const came = await attest({
      fault: (request) => {
        const [, put] = /^PUT .*\/manifests\/(sha256:.*)$/.exec(request) ?? []
        if (put) listed.push(put)
        return request.includes('/referrers/') ? { body: JSON.stringify({ manifests: listed.map((digest) => ({ digest })) }) } : undefined
      },
    })
    expect(indexOf(came)).toBeUndefined()
    expect(listed).toHaveLength(2)
  })
  test('what others have put into the list stays', async () => {
    const first = await attest()
    const before = indexOf(first)?.manifests ?? []
    expect(before).toHaveLength(2)
    const tag = `acme/iris:${imageDigest.replace(':', '-')}`
    const theirs = { mediaType: 'x', digest: `sha256:${'ee'.repeat(32)}`, size: 3 }
    let seeded = false
    const came = await attest({
      fault: (request) => {
        if (seeded || !request.startsWith('GET') || !request.endsWith(tag.split(':')[1] ?? '')) return undefined
        seeded = true
        return {
          headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' },
          body: JSON.stringify({ schemaVersion: 2, manifests: [theirs] }),
        }
      },
    })
    expect(indexOf(came)?.manifests.map(({ digest }) => digest)).toEqual([theirs.digest, ...before.map(() => expect.any(String))])
  })
})

describe('what fails', () => {
  const forbidden = async () => Promise.reject(failing({ status: 403 }))
  test.each<[string, Case, string]>([
    ['no permission to store', { store: forbidden }, 'permissions: attestations: write'],
    ['no attestations for the repository', { store: async () => Promise.reject(failing({ status: 404 })) }, 'Enterprise Cloud'],
    ['no identity', { sign: async () => Promise.reject(failing({ code: 'IDENTITY_TOKEN_READ_ERROR' })) }, 'permissions: id-token: write'],
    ['no certificate', { sign: async () => Promise.reject(failing({ code: 'CA_CREATE_SIGNING_CERTIFICATE_ERROR' })) }, 'Fulcio'],
    [
      'no entry',
      { sign: async () => Promise.reject(failing({ code: 'TLOG_CREATE_ENTRY_ERROR', cause: new Error('(503) broken') })) },
      '(Rekor): (503) broken.',
    ],
    ['a registry that takes no artifacts', { fault: (request) => (request.startsWith('POST') ? { status: 403 } : undefined) }, 'ghcr.io'],
  ])('%s: required is red and names it; best-effort warns once', async (_, one, said) => {
    const required = await attest(one)
    expect(required.error?.code).toBe('attestation-failed')
    expect(required.error?.message).toContain(said)
    expect(required.error?.message).toContain('The image is pushed')
    const effort = await attest({ ...one, attest: 'best-effort' })
    expect(effort.error).toBeUndefined()
    expect(effort.warnings).toHaveLength(1)
    expect(effort.warnings[0]).toContain(said)
  })
  test('what GitHub does not take, the registry has all the same', async () => {
    const { registry } = await attest({ attest: 'best-effort', store: forbidden })
    expect([...registry.manifests.keys()].filter((key) => key.startsWith('acme/iris:sha256-'))).toHaveLength(1)
  })
  test('a token that is none is not in the message', async () => {
    const message = 'invalid identity token: eyJhbGciOi'
    const { error } = await attest({
      sign: async () => Promise.reject(Object.assign(new Error(message), { code: 'IDENTITY_TOKEN_PARSE_ERROR' })),
    })
    expect(error?.message).not.toContain('eyJ')
  })
  test('a statement about a commit that GitHub does not take is in the registry alone, and that is no failure', async () => {
    const store: Attestations['store'] = async (_, bundle) =>
      bundle.includes('gitCommit') ? Promise.reject(failing({ status: 422 })) : '1002'
    const { error, attested } = await attest({ store })
    expect(error).toBeUndefined()
    expect(attested).toMatchObject([{ about: 'tests' }, { about: 'smoke', url: expect.stringContaining('1002') }])
    expect(attested[0]).not.toHaveProperty('url')
  })
  test('a store that is down for a while is asked again', async () => {
    let times = 0
    const { error, signer } = await attest({ store: async () => (++times < 4 ? Promise.reject(failing({ status: 503 })) : '1003') })
    expect(error).toBeUndefined()
    expect(signer.stored.length).toBeGreaterThan(3)
  })
  const silent: Attestations['sign'] = async () => new Promise(() => {})
  test.each<[AttestInput, number]>([
    ['best-effort', 30_000],
    ['required', 180_000],
  ])('a service that never answers: %s ends after %i ms', async (input, ms) => {
    const began = createFakeHost().now()
    const { host, warnings, error } = await attest({ attest: input, sign: silent })
    expect(`${error?.message ?? ''}${warnings.join()}`).toContain(`Sigstore has not answered after ${ms / 1000} s`)
    expect(host.now() - began).toBe(ms)
  })
  test('a run that is cancelled ends at once, and says so', async () => {
    const cancel = new AbortController()
    const { error } = await attest({
      cancel: cancel.signal,
      sign: async () => {
        cancel.abort()
        return await silent({} as Statement, 'github')
      },
    })
    expect(error?.code).toBe('cancelled')
  })
})

test.each([
  ['attest: off', { attest: 'off' as const }, may],
  ['a job that may not ask for an identity', { attest: 'best-effort' as const }, {}],
])('%s: there is no attestor, and git is not asked', (_, more, env) => {
  const host = createFakeHost({ env, attestations: { sign: async () => Promise.reject(), store: async () => '' } })
  const inputs = createInputs({ ...more, credentials: { githubToken: 'the-token' } })
  expect(openAttestor({ host, inputs, plan: createPlan(), warn: () => {} })).toBeUndefined()
  expect(host.commands).toEqual([])
})
