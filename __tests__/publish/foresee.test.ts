import { describe, expect, test } from '@jest/globals'
import { parseImageName } from '../../src/plan/image-name.ts'
import type { Access } from '../../src/plan/plan.ts'
import { foreseeDenial } from '../../src/publish/foresee.ts'
import { createPlan } from '../builders.ts'
import { type Answer, createFakeHost } from '../fake-host.ts'
import { createFakeRegistry, registryLogin, tokenWith } from '../fake-registry.ts'

const given: Access = { kind: 'given', credential: registryLogin, from: 'username and password' }
const granted = (...actions: readonly string[]): Answer => ({
  body: JSON.stringify({ token: tokenWith({ access: [{ type: 'repository', name: 'acme/iris', actions }] }) }),
})

type World = Readonly<{ token?: Answer; ping?: Answer; access?: Access; push?: boolean; names?: readonly string[] }>

async function foresee({ token, ping, access = given, push = true, names = ['ghcr.io/acme/iris'] }: World) {
  const registry = createFakeRegistry({
    auth: 'bearer',
    fault: (request) => (request === 'GET /token' ? token : request === 'GET /v2/' ? ping : undefined),
  })
  const host = createFakeHost({ request: { '': registry.answer } })
  const plan = createPlan({
    names: names.map(parseImageName),
    push: { push, reason: 'why' },
    access: new Map([
      // A run's own: what it finds out of a registry is remembered by it.
      ['ghcr.io', { ...access }],
      ['quay.io', { ...given }],
    ]),
  })
  const error = await foreseeDenial(host, plan, new AbortController().signal)
  return { error: error && [error.code, error.message], lines: host.lines, log: registry.log, scopes: registry.scopes, host }
}

describe('a push that would be refused is known before', () => {
  test.each<readonly [string, World, string, string]>([
    [
      'the token shows no push',
      { token: granted('pull') },
      'registry-denied',
      'ghcr.io/acme/iris: the token for shipper does not let it push.',
    ],
    ['the password is refused', { token: { status: 401 } }, 'registry-unauthorized', 'ghcr.io gives no token for acme/iris (HTTP 401)'],
    ['the account is refused', { token: { status: 403 } }, 'registry-denied', 'ghcr.io gives no token for acme/iris (HTTP 403)'],
    [
      'there is no such project',
      { token: { status: 404, body: '{"errors":[{"code":"NOT_FOUND","message":"project acme not found"}]}' } },
      'repository-missing',
      'ghcr.io gives no token for acme/iris (HTTP 404: project acme not found)',
    ],
    ['it is no registry', { ping: { status: 404 } }, 'registry-denied', 'ghcr.io does not answer as a registry (HTTP 404)'],
  ])('%s', async (_, world, code, message) => {
    const { error, lines } = await foresee(world)
    expect(error).toEqual([code, message])
    expect(lines).toEqual([`The push will be refused: ${message}`])
  })
})

describe('what cannot be seen is said, and stops nothing', () => {
  const helper: Access = { kind: 'job', login: { kind: 'helper', program: 'docker-credential-ecr', server: 'ghcr.io' } }
  test.each<readonly [string, World, readonly string[]]>([
    ['the token shows a push', { token: granted('pull', 'push') }, []],
    ['a token of no known form', {}, ['its token does not show it']],
    ['a registry without tokens', { ping: { status: 200 } }, ['it gives no token']],
    ['weather', { token: { status: 503 } }, ['it did not answer']],
    ['a login that a program has', { access: helper }, ['its login is with a helper program']],
    ['no login', { access: { kind: 'anonymous' } }, []],
    ['no push', { push: false, token: granted() }, []],
  ])('%s', async (_, world, why) => {
    const { error, lines, host } = await foresee(world)
    expect(error).toBeUndefined()
    expect(lines).toEqual(why.map((text) => `Whether ghcr.io/acme/iris may be written to is seen only by the push: ${text}.`))
    expect(host.commands).toEqual([])
  })
})

test('nothing is written, and the scope is that of the push', async () => {
  const { log, scopes } = await foresee({})
  expect(log).toEqual(['GET /v2/', 'GET /token'])
  expect(scopes).toEqual(['repository:acme/iris:pull,push'])
})

test('of two registries one that refuses stops nothing', async () => {
  const { error, lines } = await foresee({ token: granted('pull'), names: ['ghcr.io/acme/iris', 'quay.io/acme/iris'] })
  expect(error).toBeUndefined()
  expect(lines[0]).toContain('The push will be refused: ghcr.io/acme/iris')
})

test('a run that is over does not wait for it', async () => {
  const ended = new AbortController()
  const host = createFakeHost({ request: { '': { takes: Number.POSITIVE_INFINITY } } })
  const plan = createPlan({ access: new Map([['ghcr.io', given]]) })
  const foreseen = foreseeDenial(host, plan, ended.signal)
  ended.abort()
  expect(await foreseen).toBeUndefined()
  expect(host.lines).toEqual([])
})
