import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseChallenge } from '../../src/registry/challenge.ts'

const bearer = (realm: string, more: object = {}) => ({ scheme: 'bearer', realm, ...more })

describe('what a registry asks for', () => {
  test.each([
    ['Basic realm="registry"', { scheme: 'basic' }],
    ['BASIC', { scheme: 'basic' }],
    [
      'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:a/b:pull"',
      bearer('https://ghcr.io/token', { service: 'ghcr.io', scope: 'repository:a/b:pull' }),
    ],
    ['bearer Realm="https://a/t", SERVICE="s"', bearer('https://a/t', { service: 's' })],
    ['Bearer realm=https://a/t,service=s', bearer('https://a/t', { service: 's' })],
    [
      'Bearer realm="https://a/t",scope="repository:a:pull,push",error="invalid_token"',
      bearer('https://a/t', { scope: 'repository:a:pull,push' }),
    ],
    ['Bearer realm="https://a/t?x=1&y=2"', bearer('https://a/t?x=1&y=2')],
    ['Bearer', { scheme: 'unknown', text: 'Bearer' }],
    ['Bearer service="s"', { scheme: 'unknown', text: 'Bearer service="s"' }],
    ['Negotiate', { scheme: 'unknown', text: 'Negotiate' }],
    ['', { scheme: 'unknown', text: '' }],
  ])('%s', (header, challenge) => expect(parseChallenge(header)).toEqual(challenge))
  test('of two at once the first is taken, and nothing of the second', () => {
    const header = 'Bearer realm="https://git.example/v2/token",service="container_registry", Basic realm="https://git.example/v2"'
    expect(parseChallenge(header)).toEqual(bearer('https://git.example/v2/token', { service: 'container_registry' }))
  })
})

test('an arbitrary header is some challenge', () => {
  fc.assert(fc.property(fc.string(), (header) => ['basic', 'bearer', 'unknown'].includes(parseChallenge(header).scheme)))
})
