import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Invalid } from '../../src/inputs/parse.ts'
import { isLoopback, nameText, normaliseRegistry, parseImageName } from '../../src/plan/image-name.ts'

describe('good names are normalised as Docker does', () => {
  test.each([
    ['app', 'docker.io', 'library/app'],
    ['foo/app', 'docker.io', 'foo/app'],
    ['library/app', 'docker.io', 'library/app'],
    ['docker.io/app', 'docker.io', 'library/app'],
    ['index.docker.io/foo/app', 'docker.io', 'foo/app'],
    ['registry-1.docker.io/foo/app', 'docker.io', 'foo/app'],
    ['MyOrg/App', 'docker.io', 'myorg/app'],
    ['ghcr.io/MyOrg/App', 'ghcr.io', 'myorg/app'],
    ['GHCR.IO/o/a', 'ghcr.io', 'o/a'],
    ['ghcr.io/o/a/b/c', 'ghcr.io', 'o/a/b/c'],
    ['localhost/app', 'localhost', 'app'],
    ['localhost:5000/app', 'localhost:5000', 'app'],
    ['127.0.0.1:5000/a', '127.0.0.1:5000', 'a'],
    ['[::1]:5000/app', '[::1]:5000', 'app'],
    ['host:65535/a', 'host:65535', 'a'],
    ['my-registry.example.com:443/team/app', 'my-registry.example.com:443', 'team/app'],
    ['us-docker.pkg.dev/proj/repo/img', 'us-docker.pkg.dev', 'proj/repo/img'],
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/a', '123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'a'],
    ['o/a__b', 'docker.io', 'o/a__b'],
    ['o/a.b', 'docker.io', 'o/a.b'],
    ['o/a---b', 'docker.io', 'o/a---b'],
    ['o/0', 'docker.io', 'o/0'],
    [`o/${'a'.repeat(255 - 'docker.io/o/'.length)}`, 'docker.io', `o/${'a'.repeat(243)}`],
    ['a'.repeat(63), 'docker.io', `library/${'a'.repeat(63)}`],
  ])('%s', (text, registry, path) => expect(parseImageName(text)).toEqual({ registry, path }))
})

describe('bad names are refused with what is wrong', () => {
  test.each([
    ['', 'grammar'],
    [' ', 'space'],
    ['ghcr.io/o/app:v1', 'has a tag'],
    ['app:latest', 'has a tag'],
    ['localhost:5000', 'has a tag'],
    [`app@sha256:${'a'.repeat(64)}`, 'has a digest'],
    ['-rf', 'grammar'],
    ['--push', 'grammar'],
    ['a//b', 'grammar'],
    ['/a', 'grammar'],
    ['a/', 'grammar'],
    ['ghcr.io/', 'grammar'],
    ['ghcr.io//a', 'grammar'],
    ['o/app_', 'grammar'],
    ['o/_app', 'grammar'],
    ['o/a___b', 'grammar'],
    ['o/a..b', 'grammar'],
    ['o/a._b', 'grammar'],
    ['o/.a', 'grammar'],
    ['o/a+b', 'grammar'],
    ['o/$(id)', 'grammar'],
    ['o/a;b', 'grammar'],
    ['ghcr.io', 'registry alone'],
    ['us-docker.pkg.dev', 'registry alone'],
    ['https://ghcr.io/o/a', 'scheme'],
    ['docker://o/a', 'scheme'],
    ['host:0/a', 'port 0'],
    ['host:65536/a', 'port 65536'],
    ['host:99999/a', 'port 99999'],
    ['host:/a', 'registry host'],
    ['host:80a/a', 'registry host'],
    ['-host.io/a', 'registry host'],
    ['host-.io/a', 'registry host'],
    ['[fe80::1%eth0]/a', 'registry host'],
    ['user@host.io/a', 'digest'],
    ['f'.repeat(64), 'image id'],
    [`o/${'a'.repeat(244)}`, '255'],
    ['о/app', 'ASCII'],
    ['ｏ/app', 'ASCII'],
    ['o/a\u0000', 'ASCII'],
    ['o/a\n', 'space'],
    ['o/\ta', 'space'],
  ])('%j: %s', (text, reason) => {
    expect(() => parseImageName(text)).toThrow(Invalid)
    expect(() => parseImageName(text)).toThrow(reason)
  })
})

const part = fc.stringMatching(/^[a-z0-9]{1,8}((\.|_|__|-{1,3})[a-z0-9]{1,8})?$/)
const host = fc.constantFrom('', 'ghcr.io/', 'localhost:5000/', 'quay.example.com/', '[::1]:5000/')
const name = fc.tuple(host, fc.array(part, { minLength: 2, maxLength: 4 })).map(([registry, parts]) => registry + parts.join('/'))

test('every name of the grammar is read, and its text is read as the same name', () => {
  fc.assert(
    fc.property(name, (text) => {
      const parsed = parseImageName(text)
      expect(parseImageName(nameText(parsed))).toEqual(parsed)
      expect(parseImageName(text.toUpperCase())).toEqual(parsed)
    }),
  )
})

test('arbitrary text is read or refused, never a crash, and what is read has no more than the grammar', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'aA0/._-:@[] ') })), (text) => {
      try {
        const { registry, path } = parseImageName(text)
        return /^[a-z0-9.:[\]-]+$/.test(registry) && /^[a-z0-9._/-]+$/.test(path) && `${registry}/${path}`.length <= 255
      } catch (error) {
        return error instanceof Invalid
      }
    }),
  )
})

test('Docker Hub is left out of a name as people write it', () => {
  expect(['app', 'foo/app', 'ghcr.io/o/a'].map((text) => nameText(parseImageName(text)))).toEqual(['app', 'foo/app', 'ghcr.io/o/a'])
})

test.each([
  ['https://index.docker.io/v1/', 'docker.io'],
  ['registry.hub.docker.com', 'docker.io'],
  ['http://LOCALHOST:5000', 'localhost:5000'],
  [' ghcr.io/ ', 'ghcr.io'],
])('the registry %s is %s', (text, registry) => expect(normaliseRegistry(text)).toBe(registry))

describe('plain HTTP is for the loopback alone', () => {
  test.each(['localhost', 'localhost:5000', '127.0.0.1', '127.1.2.3:80', '[::1]:5000'])('%s', (registry) =>
    expect(isLoopback(registry)).toBe(true),
  )
  test.each(['ghcr.io', 'localhost.evil.com', '127.0.0.1.evil.com', '1127.0.0.1', '10.0.0.1:5000', 'my-localhost', '[::2]'])(
    'not %s',
    (registry) => expect(isLoopback(registry)).toBe(false),
  )
})
