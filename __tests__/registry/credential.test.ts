import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { configWith, findJobLogin, helperCredential } from '../../src/registry/credential.ts'

const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') })
const hub = 'https://index.docker.io/v1/'
const find = (config: unknown, registry: string) => findJobLogin(JSON.stringify(config), registry)
const credential = (username: string, password: string) => ({ kind: 'credential', credential: { username, password } })
const helper = (program: string, server: string) => ({ kind: 'helper', program: `docker-credential-${program}`, server })

describe('the login that the job has', () => {
  test.each<readonly [string, unknown, string, unknown]>([
    ['by host', { auths: { 'ghcr.io': auth('u:p') } }, 'ghcr.io', credential('u', 'p')],
    ['by address', { auths: { 'https://ghcr.io/v2/': auth('u:p') } }, 'ghcr.io', credential('u', 'p')],
    ['with a port', { auths: { 'localhost:5000': auth('u:p') } }, 'localhost:5000', credential('u', 'p')],
    ['to Docker Hub', { auths: { [hub]: auth('u:p') } }, 'docker.io', credential('u', 'p')],
    ['a password with colons and a line break', { auths: { 'ghcr.io': auth('u:p:q\nr') } }, 'ghcr.io', credential('u', 'p:q\nr')],
    ['a helper for one registry', { credHelpers: { 'eu.gcr.io': 'gcloud' } }, 'eu.gcr.io', helper('gcloud', 'eu.gcr.io')],
    ['a helper before a login', { credHelpers: { 'ghcr.io': 'x' }, auths: { 'ghcr.io': auth('u:p') } }, 'ghcr.io', helper('x', 'ghcr.io')],
    ['a helper for Docker Hub', { credHelpers: { [hub]: 'x' } }, 'docker.io', helper('x', hub)],
    ['a store', { credsStore: 'desktop', auths: { 'ghcr.io': {} } }, 'ghcr.io', helper('desktop', 'ghcr.io')],
    ['a store that was never asked', { credsStore: 'desktop', auths: { 'quay.io': {} } }, 'ghcr.io', undefined],
    ['of another registry', { auths: { 'ghcr.io.evil.com': auth('u:p') } }, 'ghcr.io', undefined],
    ['without a password', { auths: { 'ghcr.io': auth('u:') } }, 'ghcr.io', undefined],
    ['an empty one', { auths: { 'ghcr.io': {} } }, 'ghcr.io', undefined],
    ['no config', {}, 'ghcr.io', undefined],
  ])('%s', (_, config, registry, login) => expect(find(config, registry)).toEqual(login))
  test.each([undefined, '', 'no JSON', 'null', '[]', '7'])('a config of %s has none', (text) =>
    expect(findJobLogin(text, 'ghcr.io')).toBeUndefined(),
  )
  test('a user name of any text and a password of any text are found again', () => {
    const text = fc.string({ minLength: 1 })
    fc.assert(
      fc.property(
        text.filter((name) => !name.includes(':')),
        text,
        (username, password) => {
          const config = configWith(undefined, new Map([['ghcr.io', { username, password }]]))
          expect(findJobLogin(config, 'ghcr.io')).toEqual(credential(username, password))
        },
      ),
    )
  })
  test('an entry of null is none', () => expect(find({ auths: { 'ghcr.io': null } }, 'ghcr.io')).toBeUndefined())
})

describe('a config with logins added', () => {
  const added = (config: unknown, registry = 'ghcr.io') =>
    JSON.parse(configWith(JSON.stringify(config), new Map([[registry, { username: 'u', password: 'p' }]]))) as unknown
  test.each<readonly [string, unknown, string, unknown]>([
    ['nothing before', {}, 'ghcr.io', { auths: { 'ghcr.io': auth('u:p') } }],
    ['Docker Hub by its key', {}, 'docker.io', { auths: { [hub]: auth('u:p') } }],
    [
      'others stay',
      { auths: { 'quay.io': auth('a:b') }, proxies: { x: 1 } },
      'ghcr.io',
      { auths: { 'quay.io': auth('a:b'), 'ghcr.io': auth('u:p') }, proxies: { x: 1 } },
    ],
    ['the same is replaced', { auths: { 'ghcr.io': auth('a:b') } }, 'ghcr.io', { auths: { 'ghcr.io': auth('u:p') } }],
    [
      'its helper is left out',
      { credHelpers: { 'ghcr.io': 'x', 'eu.gcr.io': 'gcloud' } },
      'ghcr.io',
      { auths: { 'ghcr.io': auth('u:p') }, credHelpers: { 'eu.gcr.io': 'gcloud' } },
    ],
    [
      'a store is asked for its own alone',
      { credsStore: 'desktop', auths: { 'quay.io': {}, 'ghcr.io': {} } },
      'ghcr.io',
      { auths: { 'quay.io': {}, 'ghcr.io': auth('u:p') }, credHelpers: { 'quay.io': 'desktop' } },
    ],
  ])('%s', (_, before, registry, after) => expect(added(before, registry)).toEqual(after))
})

describe('identity tokens', () => {
  const token = { kind: 'identity-token', username: '00000000-0000-0000-0000-000000000000', token: 'refresh' } as const
  test('of config.json, with or without a name', () => {
    const entry = { ...auth(`${token.username}:`), identitytoken: 'refresh' }
    expect(find({ auths: { 'acme.azurecr.io': entry } }, 'acme.azurecr.io')).toEqual({ kind: 'credential', credential: token })
    expect(find({ auths: { 'acme.azurecr.io': { identitytoken: 'refresh' } } }, 'acme.azurecr.io')).toEqual({
      kind: 'credential',
      credential: { ...token, username: '<token>' },
    })
  })
  test('are written as they are read', () => {
    expect(findJobLogin(configWith(undefined, new Map([['acme.azurecr.io', token]])), 'acme.azurecr.io')).toEqual({
      kind: 'credential',
      credential: token,
    })
  })
  test('of a helper', () => {
    expect(helperCredential('{"ServerURL":"x","Username":"<token>","Secret":"refresh"}')).toEqual({ ...token, username: '<token>' })
    expect(helperCredential('{"ServerURL":"x","Username":"u","Secret":"p"}')).toEqual({ username: 'u', password: 'p' })
  })
})
