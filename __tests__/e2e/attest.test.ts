import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { type Sigstore, startSigstore } from '../doubles/sigstore/sigstore.ts'
import { commit, createJob, fixture, leftovers, pushToMain, type Ran } from './action.ts'
import { type Trust, verifyBundle, verifyImage } from './cosign.ts'

let registry: Registry
let sigstore: Sigstore
beforeAll(async () => {
  registry = await startRegistry()
  sigstore = await startSigstore(commit)
})
afterAll(async () => {
  registry.stop()
  await sigstore[Symbol.asyncDispose]()
})

const seen = (visibility: string) => ({ ...pushToMain, repository: { ...pushToMain.repository, visibility } })
const cases = ['<testcase classname="tests.test_model" name="test_predicts"/>', '<testcase name="later"><skipped/></testcase>']
const tests = {
  'test-requirements': 'none',
  'test-command': `echo '<testsuite>${cases.join('')}</testsuite>' > report.xml`,
  'test-report': 'report.xml',
}
const workflow = { GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/image.yml@refs/heads/main', GITHUB_WORKFLOW_SHA: commit }
const inputsFor = (path: string, more: Readonly<Record<string, string>>) => ({
  images: `${registry.host}/${path}`,
  username: registry.username,
  password: registry.password,
  'github-token': sigstore.token,
  'predict-body': '{"features": [1]}',
  ...more,
})
const toldBy = (ran: Ran) => ({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-4000) })

type Statement = Readonly<{ subject: readonly Readonly<{ name?: string; digest: object }>[]; predicate: object }>
type Bundle = Readonly<{ dsseEnvelope: Readonly<{ payload: string }> }>
const statementOf = ({ dsseEnvelope }: Bundle) => JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString()) as Statement
const isOnCommit = (bundle: Bundle) => statementOf(bundle).subject.some(({ digest }) => 'gitCommit' in digest)
/** They are sent side by side, and arrive in either order. */
const commitFirst = (bundles: readonly Bundle[]) => bundles.toSorted((a, b) => Number(isOnCommit(b)) - Number(isOnCommit(a)))
/** The same bundle with another statement in it. */
const tampered = (bundle: Bundle, statement: Statement): Bundle => ({
  ...bundle,
  dsseEnvelope: { ...bundle.dsseEnvelope, payload: Buffer.from(JSON.stringify(statement)).toString('base64') },
})

async function fromRegistry<T>(path: string): Promise<T> {
  const login = Buffer.from(`${registry.username}:${registry.password}`).toString('base64')
  const accept = 'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json'
  const answer = await fetch(`http://${registry.host}/v2/${path}`, { headers: { authorization: `Basic ${login}`, accept } })
  expect(`${path} ${answer.status}`).toBe(`${path} 200`)
  return (await answer.json()) as T
}
type Entry = Readonly<{ digest: string }>

/** What the registry has about an image. */
async function attached(path: string, digest: string): Promise<readonly Bundle[]> {
  const { manifests } = await fromRegistry<Readonly<{ manifests: readonly Entry[] }>>(`${path}/manifests/${digest.replace(':', '-')}`)
  return await Promise.all(
    manifests.map(async (entry) => {
      const { subject, layers } = await fromRegistry<Readonly<{ subject: Entry; layers: readonly Entry[] }>>(
        `${path}/manifests/${entry.digest}`,
      )
      expect(subject.digest).toBe(digest)
      return await fromRegistry<Bundle>(`${path}/blobs/${layers[0]?.digest}`)
    }),
  )
}

describe('attest: required', () => {
  test.each([
    ['public', true],
    ['private', false],
  ])('in a %s repository: both statements, at GitHub and in the registry, and cosign verifies them', async (visibility, log) => {
    using job = createJob(fixture('service'), seen(visibility))
    const artifacts = join(job.temp, 'artifacts')
    writeFileSync(artifacts, '')
    const before = sigstore.stored.length
    const path = `acme/attest-${visibility}`
    const env = { ...sigstore.variables, ...workflow, GITHUB_ARTIFACTS: artifacts }
    const ran = await job.main(inputsFor(path, { ...tests, attest: 'required' }), env)
    expect(toldBy(ran)).toEqual({ exitCode: 0, log: '' })
    const digest = ran.outputs['digest'] ?? ''
    const bundles = commitFirst(sigstore.stored.slice(before) as readonly Bundle[])
    expect(bundles.map(statementOf)).toMatchObject([
      { subject: [{ digest: { gitCommit: commit } }], predicate: { result: 'PASSED', passedTests: ['tests/test_model::test_predicts'] } },
      { subject: [{ name: `${registry.host}/${path}`, digest: { sha256: digest.slice('sha256:'.length) } }] },
    ])
    expect(await attached(path, digest)).toEqual(bundles)
    expect(readFileSync(artifacts, 'utf8')).toBe(`oci://${registry.host}/${path}@${digest}\n`)
    for (const secret of [sigstore.token, sigstore.variables['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''])
      expect(ran.log.replaceAll(`::add-mask::${secret}`, '')).not.toContain(secret)
    expect(leftovers(ran.state)).toEqual([])

    const trust: Trust = { trustedRoot: sigstore.trustedRoot, log }
    const [onCommit, onImage] = bundles
    if (!onCommit || !onImage) throw new Error('there are two')
    const verified = (bundle: Bundle, of: string, more: Partial<Trust> = {}) => verifyBundle(bundle, of, { ...trust, ...more }, job.temp)
    const image = `${registry.host}/${path}@${digest}`
    expect(verified(onImage, digest)).toMatchObject({ exitCode: 0 })
    expect(verified(onCommit, `gitCommit:${commit}`)).toMatchObject({ exitCode: 0 })
    expect(verifyImage(image, registry, trust, job.temp)).toMatchObject({ exitCode: 0 })

    const other = `sha256:${'ee'.repeat(32)}`
    const statement = statementOf(onImage)
    expect(verified(onImage, other).exitCode).not.toBe(0)
    expect(
      verified(tampered(onImage, { ...statement, subject: [{ name: 'x', digest: { sha256: other.slice(7) } }] }), other).exitCode,
    ).not.toBe(0)
    expect(
      verified(onImage, digest, { identity: 'https://github.com/evil/shop/.github/workflows/image.yml@refs/heads/main' }).exitCode,
    ).not.toBe(0)
    const stranger = await startSigstore(commit)
    expect(verified(onImage, digest, { trustedRoot: stranger.trustedRoot }).exitCode).not.toBe(0)
    await stranger[Symbol.asyncDispose]()
  })

  test('Sigstore refuses: red, and the image is pushed all the same', async () => {
    using job = createJob(fixture('service'), seen('public'))
    sigstore.faults.set('fulcio.sigstore.dev', 400)
    const ran = await job.main(inputsFor('acme/attest-refused', { test: 'false', attest: 'required' }), sigstore.variables)
    sigstore.faults.clear()
    expect(ran).toMatchObject({
      exitCode: 3,
      outputs: { pushed: 'true', result: 'failed', 'failed-stage': 'publish', 'failure-code': 'attestation-failed' },
    })
    expect(ran.outputs['pushed-tags']).toContain(':latest')
    expect(ran.log).toContain('(400) it is broken')
  })
})

test('attest: best-effort without attestations: write: one warning names it, and the registry has the statement', async () => {
  using job = createJob(fixture('service'), seen('public'))
  sigstore.faults.set('api.github.com', 403)
  const ran = await job.main(inputsFor('acme/attest-forbidden', { test: 'false', attest: 'best-effort' }), sigstore.variables)
  sigstore.faults.clear()
  expect(toldBy(ran)).toEqual({ exitCode: 0, log: '' })
  expect(ran.log.match(/^::warning::.*attestations: write/gm)).toHaveLength(1)
  expect(await attached('acme/attest-forbidden', ran.outputs['digest'] ?? '')).toHaveLength(1)
})

test('attest: off asks nobody', async () => {
  using job = createJob(fixture('service'), seen('public'))
  const before = sigstore.requests.length
  const ran = await job.main(inputsFor('acme/attest-off', { test: 'false' }), sigstore.variables)
  expect(toldBy(ran)).toEqual({ exitCode: 0, log: '' })
  expect(sigstore.requests.slice(before).filter((request) => /fulcio|rekor|timestamp|token|attestations/.test(request))).toEqual([])
})
