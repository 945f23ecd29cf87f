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
    [`o/${'a'.repeat(253)}`, 'docker.io', `o/${'a'.repeat(253)}`],
    [`${'h'.repeat(60)}.example.com/${'a'.repeat(255)}`, `${'h'.repeat(60)}.example.com`, 'a'.repeat(255)],
    ['a'.repeat(247), 'docker.io', `library/${'a'.repeat(247)}`],
    [`ghcr.io/${'f'.repeat(64)}`, 'ghcr.io', 'f'.repeat(64)],
    ['LOCALHOST/app', 'localhost', 'app'],
    ['docker.io/library/a/b', 'docker.io', 'library/a/b'],
    ['[2001:DB8::1]/app', '[2001:db8::1]', 'app'],
    ['host:00080/app', 'host:00080', 'app'],
    ['my_app', 'docker.io', 'library/my_app'],
    ['a'.repeat(63), 'docker.io', `library/${'a'.repeat(63)}`],
  ])('%s', (text, registry, path) => expect(parseImageName(text)).toEqual({ registry, path, given: text }))
})

describe('bad names are refused with what is wrong', () => {
  test.each([
    ['', 'is no image name'],
    [' ', 'holds a space or line break: give each name a line of its own'],
    ['ghcr.io/o/app:v1', 'has a tag: tags go into the input tags'],
    ['app:latest', 'has a tag: tags go into the input tags'],
    [`app@sha256:${'a'.repeat(64)}`, 'has a digest or a user behind or before @: give the name alone'],
    ['user@host.io/a', 'has a digest or a user behind or before @: give the name alone'],
    ['-rf', 'has the part "-rf", which must start and end with a letter or digit'],
    ['--push', 'has the part "--push", which must start and end with a letter or digit'],
    ['a//b', 'has a / with nothing before or behind it'],
    ['/a', 'has a / with nothing before or behind it'],
    ['a/', 'has a / with nothing before or behind it'],
    ['ghcr.io//a', 'has a / with nothing before or behind it'],
    ['ghcr.io/', 'has no name behind the registry'],
    ['o/app_', 'has the part "app_", which must start and end with a letter or digit'],
    ['o/_app', 'has the part "_app", which must start and end with a letter or digit'],
    ['o/.a', 'has the part ".a", which must start and end with a letter or digit'],
    ['o/a___b', 'has the part "a___b"; between letters and digits may stand one ., one _, two __, or any number of -'],
    ['o/a..b', 'has the part "a..b"; between letters and digits may stand one ., one _, two __, or any number of -'],
    ['o/a._b', 'has the part "a._b"; between letters and digits may stand one ., one _, two __, or any number of -'],
    ['o/a+b', 'holds "+"; allowed are letters, digits, and . _ - / between them'],
    ['o/$(id)', 'holds "$"; allowed are letters, digits, and . _ - / between them'],
    ['o/a;b', 'holds ";"; allowed are letters, digits, and . _ - / between them'],
    ['ghcr.io', 'is a registry alone: the name of the image is missing'],
    ['us-docker.pkg.dev', 'is a registry alone: the name of the image is missing'],
    ['localhost', 'is a registry alone: the name of the image is missing'],
    ['localhost:5000', 'is a registry alone: the name of the image is missing'],
    ['https://ghcr.io/o/a', 'starts with a scheme: leave out what is before the host, and ://'],
    ['docker://o/a', 'starts with a scheme: leave out what is before the host, and ://'],
    ['host:0/a', 'has the port 0, which is not between 1 and 65535'],
    ['host:65536/a', 'has the port 65536, which is not between 1 and 65535'],
    ['host:/a', 'has "host:" where a registry host such as ghcr.io or localhost:5000 belongs'],
    ['host:80a/a', 'has "host:80a" where a registry host such as ghcr.io or localhost:5000 belongs'],
    ['-host.io/a', 'has "-host.io" where a registry host such as ghcr.io or localhost:5000 belongs'],
    ['host-.io/a', 'has "host-.io" where a registry host such as ghcr.io or localhost:5000 belongs'],
    ['a_b.io/a', 'has "a_b.io" where a registry host such as ghcr.io or localhost:5000 belongs'],
    ['[fe80::1%eth0]/a', 'has "[fe80::1%eth0]" where a registry host such as ghcr.io or localhost:5000 belongs'],
    ['[:::]/a', 'has the host "[:::]", which is no address'],
    ['10.0.0.256/a', 'has the host "10.0.0.256", which is no address'],
    ['0x7f.1/a', 'has the host "0x7f.1", which is no address'],
    ['f'.repeat(64), 'is 64 hexadecimal digits, which Docker takes for an image id'],
    [`o/${'a'.repeat(254)}`, 'is longer than 255 characters (256, without the registry)'],
    ['a'.repeat(248), 'is longer than 255 characters (256, without the registry)'],
    ['\u043e/app', 'holds "\u043e", which is not plain ASCII'],
    ['\uff4f/app', 'holds "\uff4f", which is not plain ASCII'],
    ['o/\ud83d\ude80', 'holds "\ud83d\ude80", which is not plain ASCII'],
    ['o/a\u0000', 'holds "\\u0000", which is not plain ASCII'],
    ['o/a\n', 'holds a space or line break: give each name a line of its own'],
    ['o/\ta', 'holds a space or line break: give each name a line of its own'],
  ])('%j: %s', (text, reason) => {
    expect(() => parseImageName(text)).toThrow(Invalid)
    expect(() => parseImageName(text)).toThrow(new Invalid(reason))
  })
})

const part = fc.stringMatching(/^[a-z0-9]{1,8}((\.[a-z]|_|__|-{1,3})[a-z0-9]{1,8})?$/)
const host = fc.constantFrom('', 'ghcr.io/', 'localhost:5000/', 'quay.example.com/', '[::1]:5000/')
const name = fc.tuple(host, fc.array(part, { minLength: 2, maxLength: 4 })).map(([registry, parts]) => registry + parts.join('/'))

test('every name of the grammar is read, and its text is read as the same name', () => {
  fc.assert(
    fc.property(name, (text) => {
      const { registry, path } = parseImageName(text)
      expect(parseImageName(nameText(parseImageName(text)))).toMatchObject({ registry, path })
      expect(parseImageName(text.toUpperCase())).toMatchObject({ registry, path })
      expect(parseImageName(`${registry}/${path}`)).toMatchObject({ registry, path })
    }),
  )
})

test('arbitrary text is read or refused, never a crash, and what is read has no more than the grammar', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'aA0/._-:@[] ') })), (text) => {
      try {
        const { registry, path } = parseImageName(text)
        return /^[a-z0-9.:[\]-]+$/.test(registry) && /^[a-z0-9._/-]+$/.test(path) && path.length <= 255
      } catch (error) {
        return error instanceof Invalid
      }
    }),
  )
})

test('a name is called what it was called, in lower case, as docker/metadata-action does', () => {
  const names = ['app', 'foo/app', 'docker.io/library/a/b', 'index.docker.io/Foo/App', 'ghcr.io/o/a']
  expect(names.map((text) => nameText(parseImageName(text)))).toEqual(names.map((text) => text.toLowerCase()))
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
