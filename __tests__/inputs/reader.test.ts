import { describe, expect, test } from '@jest/globals'
import { Invalid } from '../../src/inputs/parse.ts'
import { createReader } from '../../src/inputs/reader.ts'
import { createFiles } from '../memory-files.ts'

const readerOf = (given: Readonly<Record<string, string>>) =>
  createReader(new Map(Object.entries(given)), {
    files: createFiles({ '/repo/a.json': '{}' }),
    env: {},
    workspace: '/repo',
    kind: 'runner',
  })

describe('a problem shows the value that is wrong', () => {
  test.each([
    ['port', '0', '0'],
    ['password', 'hunter22', '***'],
    ['github-token', 'ghs_1234', '***'],
    ['password', '', ''],
  ])('of %s %j: %j', (input, given, value) => {
    const reader = readerOf({ [input]: given })
    reader.complain(input, 'is wrong')
    expect(reader.problems).toEqual([{ input, value, reason: 'is wrong', example: expect.stringMatching(`^${input}: .`) }])
  })
})

describe('a text is the one given, else the default', () => {
  test.each([
    [{ push: ' true ' }, 'true'],
    [{ push: ' \n' }, 'auto'],
    [{}, 'auto'],
  ])('%j', (given, text) => expect(readerOf(given).text('push')).toBe(text))
  test('or nothing, where the default is nothing or for the runner to fill in', () => {
    expect([readerOf({}).text('port'), readerOf({}).text('github-token')]).toEqual([undefined, undefined])
  })
})

test('what is invalid is a problem, and what breaks is not hidden', () => {
  const reader = readerOf({ port: 'x' })
  const refuse = () => {
    throw new Invalid('is no port')
  }
  const breakDown = () => {
    throw new TypeError('x is not a function')
  }
  expect(reader.parsed('port', refuse)).toBeUndefined()
  expect(reader.problems).toHaveLength(1)
  expect(() => reader.parsed('port', breakDown)).toThrow(TypeError)
})

test('a content is the value, or that of the file it names', () => {
  expect(readerOf({ 'predict-body': '[1]' }).content('predict-body', '/repo')).toBe('[1]')
  expect(readerOf({ 'predict-body': '@a.json' }).content('predict-body', '/repo')).toBe('{}')
})
