import { describe, expect, test } from '@jest/globals'
import { cacheRights, relayToken } from '../../../../src/build/cache/gha/token.ts'

const now = Date.parse('2026-01-02T03:04:05Z')
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const tokenOf = (claims: unknown) => `${encode({ alg: 'RS256' })}.${encode(claims)}.signature`
const scopes = (...permissions: readonly number[]) => tokenOf({ ac: JSON.stringify(permissions.map((Permission) => ({ Permission }))) })

describe('what a token of the cache service allows', () => {
  const both = { read: true, write: true }
  test.each([
    [both, scopes(3)],
    [both, scopes(1, 2)],
    [{ read: true, write: false }, scopes(1)],
    [{ read: false, write: true }, scopes(2)],
    [{ read: false, write: false }, scopes()],
    [undefined, tokenOf({})],
    [undefined, tokenOf({ ac: '[{"Permission":3}]', exp: now / 1000 })],
    [both, tokenOf({ ac: '[{"Permission":3}]', exp: now / 1000 + 1, nbf: now / 1000 })],
    [undefined, tokenOf({ ac: '[{"Permission":3}]', nbf: now / 1000 + 1 })],
    [undefined, 'opaque'],
    [undefined, 'a.b'],
    [undefined, 'a.!.c'],
    [undefined, ''],
    [undefined, tokenOf({ ac: 'no JSON' })],
  ])('%j: %s', (rights, token) => expect(cacheRights(token, now)).toEqual(rights))
})

describe('the token that BuildKit gets instead', () => {
  const ac = [
    { Scope: 'refs/tags/v1', Permission: 3 },
    { Scope: 'refs/heads/main', Permission: 1 },
  ]
  const given = tokenOf({ ac: JSON.stringify(ac), nbf: 1, exp: 9_999_999_999, scp: 'Actions.Results:secret' })
  const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  test('has the scopes and times of the real one, and nothing else of it', () => {
    const claims = claimsOf(relayToken(given, 'n1'))
    expect(claims).toEqual({ ac: JSON.stringify(ac), nbf: 1, exp: 9_999_999_999, jti: 'n1' })
  })
  test('is another for another run', () => expect(relayToken(given, 'n1')).not.toBe(relayToken(given, 'n2')))
  test('is limited to one scope', () => expect(claimsOf(relayToken(given, 'n', 'refs/heads/main')).ac).toBe(JSON.stringify([ac[1]])))
  test('but to none that the real one does not have', () =>
    expect(claimsOf(relayToken(given, 'n', 'refs/heads/x')).ac).toBe(JSON.stringify(ac)))
})
