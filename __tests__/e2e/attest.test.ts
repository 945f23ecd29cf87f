import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { type Sigstore, startSigstore } from '../doubles/sigstore/sigstore.ts'
import { commit, createJob, fixture, pushToMain } from './action.ts'

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

const visible = (visibility: string) => ({ ...pushToMain, repository: { ...pushToMain.repository, visibility } })
const junit =
  '<testsuite><testcase classname="tests.test_model" name="test_predicts"/><testcase classname="tests.test_model" name="test_later"><skipped/></testcase></testsuite>'
const tests = { 'test-requirements': 'none', 'test-command': `echo '${junit}' > report.xml`, 'test-report': 'report.xml' }
const inputsFor = (path: string, more: Readonly<Record<string, string>> = {}) => ({
  ...tests,
  images: `${registry.host}/${path}`,
  username: registry.username,
  password: registry.password,
  'github-token': sigstore.token,
  'predict-body': '{"features": [1]}',
  ...more,
})

type Statement = Readonly<{
  subject: readonly Readonly<{ name: string; digest: Readonly<Record<string, string>> }>[]
  predicateType: string
  predicate: unknown
}>
type Bundle = Readonly<{ dsseEnvelope: Readonly<{ payload: string; signatures: readonly Readonly<{ sig: string }>[] }> }>
const statementOf = (bundle: unknown) => JSON.parse(Buffer.from((bundle as Bundle).dsseEnvelope.payload, 'base64').toString()) as Statement

const login = () => ({ authorization: `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}` })
async function fromRegistry(path: string): Promise<unknown> {
  const answer = await fetch(`http://${registry.host}/v2/${path}`, {
    headers: { ...login(), accept: 'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json' },
  })
  expect(`${path} ${answer.status}`).toBe(`${path} 200`)
  return await answer.json()
}
type Manifest = Readonly<{
  subject: Readonly<{ digest: string }>
  layers: readonly Readonly<{ digest: string; mediaType: string }>[]
  manifests: readonly Readonly<{ digest: string; artifactType: string }>[]
}>

describe('attest: required', () => {
  test.each(['public', 'private'])(
    'what was tested is signed, and found at GitHub and in the registry (%s repository)',
    async (visibility) => {
      using job = createJob(fixture('service'), visible(visibility))
      const artifacts = join(job.temp, 'artifacts')
      writeFileSync(artifacts, '')
      const before = sigstore.stored.length
      const path = `acme/attest-${visibility}`
      const workflow = { GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/image.yml@refs/heads/main', GITHUB_WORKFLOW_SHA: commit }
      const ran = await job.main(inputsFor(path, { attest: 'required' }), {
        ...sigstore.variables,
        ...workflow,
        GITHUB_ARTIFACTS: artifacts,
      })
      expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-4000) }).toEqual({ exitCode: 0, log: '' })
      const digest = ran.outputs['digest'] ?? ''
      const bundles = sigstore.stored.slice(before)
      expect(bundles.map(statementOf)).toMatchObject([
        { subject: [{ digest: { gitCommit: commit } }], predicate: { passedTests: ['tests/test_model::test_predicts'] } },
        { subject: [{ name: `${registry.host}/${path}`, digest: { sha256: digest.slice('sha256:'.length) } }] },
      ])
      const list = (await fromRegistry(`${path}/manifests/${digest.replace(':', '-')}`)) as Manifest
      const found = await Promise.all(
        list.manifests.map(async (entry) => {
          const { subject, layers } = (await fromRegistry(`${path}/manifests/${entry.digest}`)) as Manifest
          expect(subject.digest).toBe(digest)
          return await fromRegistry(`${path}/blobs/${layers[0]?.digest}`)
        }),
      )
      expect(found).toEqual(bundles)
      expect(readFileSync(artifacts, 'utf8')).toBe(`oci://${registry.host}/${path}@${digest}\n`)
      expect(ran.log).not.toContain(sigstore.variables['ACTIONS_ID_TOKEN_REQUEST_TOKEN'])
    },
  )
})
