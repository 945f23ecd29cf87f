import { describe, expect, test } from '@jest/globals'
import { maskIn, secretForms } from '../../src/host/secret-forms.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('every form of a secret that may turn up in a log', () => {
  test.each([
    ['s3cret', ['s3cret', base64('s3cret')]],
    ['a b/c', ['a b/c', 'a%20b%2Fc', 'a+b%2Fc', base64('a b/c')]],
    ['a"b\\c', ['a"b\\c', 'a%22b%5Cc', 'a\\"b\\\\c', base64('a"b\\c')]],
    [
      '-----BEGIN\n  MIIE\r\nabc',
      [
        '-----BEGIN\n  MIIE\r\nabc',
        ...['-----BEGIN', 'MIIE'],
        ...['-----BEGIN%0A%20%20MIIE%0D%0Aabc', '-----BEGIN%0A++MIIE%0D%0Aabc', '-----BEGIN\\n  MIIE\\r\\nabc'],
        base64('-----BEGIN\n  MIIE\r\nabc'),
      ],
    ],
    ['abc', []],
    ['', []],
  ])('%j: %j', (secret, forms) => expect(secretForms(secret)).toEqual(forms))
})

test('what goes into files is without them, the longer first; a short one may be a tag', () => {
  expect(maskIn('{"a":"correct horse","b":"correct horse battery"}', ['correct horse', 'correct horse battery'])).toBe(
    '{"a":"***","b":"***"}',
  )
  expect(maskIn('latest', ['latest'])).toBe('latest')
})
