import { describe, expect, test } from '@jest/globals'
import { missingToAttest } from '../../src/attest/possible.ts'
import type { Statement } from '../../src/attest/statement.ts'
import type { Attestations } from '../../src/host/host.ts'
import type { AttestInput } from '../../src/inputs/inputs.ts'
import { main } from '../../src/main.ts'
import { commit, createEvent } from '../builders.ts'
import { createWorld, givenFor } from '../whole-run.ts'

const env = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://identities/', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'asked' }
const yes = { push: true, reason: 'push to main' }
const event = createEvent()

test.each<[string, Parameters<typeof missingToAttest>, string | undefined]>([
  ['all is there', ['required', yes, event, env, 'token'], undefined],
  ['it is off', ['off', yes, createEvent({ source: 'git' }), {}, undefined], undefined],
  ['nothing is pushed', ['required', { push: false, reason: 'a fork' }, event, {}, undefined], undefined],
  ['a laptop', ['required', yes, createEvent({ source: 'git' }), env, 'token'], 'no job of GitHub Actions'],
  ['no permission', ['required', yes, event, {}, 'token'], 'id-token: write'],
  ['no token', ['required', yes, event, env, undefined], 'github-token'],
  [
    'a server of its own',
    ['required', yes, createEvent({ serverUrl: 'https://github.acme.org' }), env, 'token'],
    'https://github.acme.org',
  ],
  [
    'one that looks like GitHub',
    ['required', yes, createEvent({ serverUrl: 'https://ghe.com.acme.org' }), env, 'token'],
    'no attestations',
  ],
  ['a tenant of ghe.com', ['required', yes, createEvent({ serverUrl: 'https://acme.ghe.com' }), env, 'token'], undefined],
])('%s', (_, given, reason) => {
  const problem = missingToAttest(...given)
  if (reason === undefined) expect(problem).toBeUndefined()
  else expect(`${problem?.reason} ${problem?.example}`).toContain(reason)
})

async function run(attest: AttestInput, more: Readonly<Record<string, string>> = {}) {
  const { host } = createWorld()
  const given = givenFor({ attest, 'github-token': 'the-token', ...more })
  return { host, result: await main(host, given, createEvent(), new AbortController().signal) }
}

test('required, in a job without the permission: refused before anything is run', async () => {
  const { host, result } = await run('required')
  expect(result.exitCode).toBe(2)
  expect(host.annotations.map(({ message }) => message).join()).toContain('permissions: { id-token: write, attestations: write }')
  expect(host.argvs().filter((argv) => argv.startsWith('docker'))).toEqual([])
})

test('best-effort goes on, and says once what is missing', async () => {
  const { host, result } = await run('best-effort')
  expect(result.exitCode).toBe(0)
  expect(host.lines.filter((line) => line.includes('id-token: write'))).toHaveLength(1)
})

describe('a whole run', () => {
  async function signed(more: Readonly<Record<string, string>>, store: Attestations['store'] = async () => '1001') {
    const { host: bare } = createWorld({ env })
    const statements: Statement[] = []
    const sign: Attestations['sign'] = async (statement) => {
      // The tags are set by then.
      expect(bare.lines.some((line) => line.includes(':latest'))).toBe(more['push'] !== 'digest')
      statements.push(statement)
      return { bundle: '{}', mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' }
    }
    const host = { ...bare, attestations: { sign, store } }
    const given = givenFor({ attest: 'required', 'github-token': 'the-token', ...more })
    return { host: bare, statements, ...(await main(host, given, createEvent(), new AbortController().signal)) }
  }
  const subjects = (statements: readonly Statement[]) => statements.flatMap(({ subject }) => subject.map(({ digest }) => digest))

  test('signs when the tags are set, and tells it in report and log', async () => {
    const { host, statements, report, exitCode } = await signed({})
    expect({ exitCode, about: report?.attested?.map(({ about }) => about) }).toEqual({ exitCode: 0, about: ['tests', 'smoke'] })
    expect(subjects(statements)).toEqual([{ gitCommit: commit }, { sha256: report?.image?.digest.slice(7) }])
    expect(host.lines).toContain('  attested: tests, smoke')
    expect(host.artifacts).toEqual([`oci://localhost:5000/acme/iris@${report?.image?.digest}`])
  })
  test('signs the digest alone with push: digest', async () => {
    const { statements, report, exitCode } = await signed({ push: 'digest' })
    expect({ exitCode, tags: report?.pushedTags }).toEqual({ exitCode: 0, tags: [] })
    expect(subjects(statements)).toContainEqual({ sha256: report?.image?.digest.slice(7) })
  })
  test('says nothing of a gate that was left out', async () => {
    const { statements } = await signed({ test: 'false' })
    expect(subjects(statements).flatMap(Object.keys)).toEqual(['sha256'])
  })
  test('that is required and fails: red, but the image is pushed, and the outputs say so', async () => {
    const { host, exitCode, report } = await signed({}, async () => Promise.reject(Object.assign(new Error('no'), { status: 403 })))
    expect([exitCode, report?.failure?.code]).toEqual([3, 'attestation-failed'])
    expect(Object.fromEntries(host.outputs)).toMatchObject({ pushed: 'true', 'failed-stage': 'publish', result: 'failed' })
    expect(host.outputs.get('pushed-tags')).toContain(':latest')
    expect(host.outputs.get('image')).toContain('@sha256:')
  })
  test('whose tests are red signs nothing, and hands nothing over', async () => {
    const { host: bare } = createWorld({ env, tests: { ended: { kind: 'exited', exitCode: 1 } } })
    const host = { ...bare, attestations: { sign: async () => Promise.reject(new Error('asked')), store: async () => '' } }
    const given = givenFor({ attest: 'required', 'github-token': 'the-token' })
    expect((await main(host, given, createEvent(), new AbortController().signal)).exitCode).toBe(1)
    expect(bare.artifacts).toEqual([])
  })
})

test('nothing to attest is a problem with the inputs', async () => {
  const { host, result } = await run('best-effort', { test: 'false', smoke: 'false' })
  expect(result.exitCode).toBe(2)
  expect(host.annotations[0]?.message).toContain('attest')
})
