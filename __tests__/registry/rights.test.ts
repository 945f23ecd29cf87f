import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { shownRights } from '../../src/registry/rights.ts'
import { tokenWith } from '../fake-registry.ts'

const repository = (name: string, ...actions: readonly string[]) => ({ type: 'repository', name, actions })

test.each([
  ['pull and push', { access: [repository('acme/iris', 'pull', 'push')] }, 'push'],
  ['everything', { access: [repository('acme/iris', '*')] }, 'push'],
  ['among others', { access: [repository('acme/base', 'pull'), repository('acme/iris', 'push')] }, 'push'],
  ['pull alone', { access: [repository('acme/iris', 'pull')] }, 'none'],
  ['nothing there', { access: [repository('acme/iris')] }, 'none'],
  ['nothing at all', { access: [] }, 'none'],
  ['another repository alone', { access: [repository('acme/base', 'push')] }, 'unknown'],
  ['a scope that is no repository', { access: [{ type: 'registry', name: 'acme/iris', actions: ['*'] }] }, 'unknown'],
  ['no claim', { sub: 'octocat' }, 'unknown'],
  ['a claim of another shape', { access: 'push' }, 'unknown'],
  ['actions of another shape', { access: [{ type: 'repository', name: 'acme/iris', actions: 'push' }] }, 'unknown'],
  ['an entry that is none', { access: [null] }, 'unknown'],
])('a token with %s', (_, claims, rights) => expect(shownRights(tokenWith(claims), 'acme/iris')).toBe(rights))

test.each(['', 'djE6Z2hzXzEyMzQ=', 'a.b', 'a.b.c', '...'])('a token that is no JWT shows nothing: %j', (token) =>
  expect(shownRights(token, 'acme/iris')).toBe('unknown'),
)

test('claims of any shape are read', () => {
  fc.assert(fc.property(fc.jsonValue(), (claims) => ['push', 'none', 'unknown'].includes(shownRights(tokenWith(claims), 'acme/iris'))))
})
