import { expect, test } from '@jest/globals'
import { missingToAttest } from '../../src/attest/possible.ts'
import type { AttestInput } from '../../src/inputs/inputs.ts'
import { main } from '../../src/main.ts'
import { createEvent } from '../builders.ts'
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

test('nothing to attest is a problem with the inputs', async () => {
  const { host, result } = await run('best-effort', { test: 'false', smoke: 'false' })
  expect(result.exitCode).toBe(2)
  expect(host.annotations[0]?.message).toContain('attest')
})
