import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  Invalid,
  oneOf,
  parseBoolean,
  parseDuration,
  parseExpectation,
  parseItems,
  parseJson,
  parseLines,
  parsePath,
  parsePort,
  parseVariables,
} from '../../src/inputs/parse.ts'

describe('booleans are those of YAML 1.2 core', () => {
  test.each(['true', 'True', 'TRUE'])('%s is true', (text) => expect(parseBoolean(text)).toBe(true))
  test.each(['false', 'False', 'FALSE'])('%s is false', (text) => expect(parseBoolean(text)).toBe(false))
  test.each(['yes', 'no', 'on', 'off', '1', '0', 'y', 'tRue', 'true ', 'truefalse', ''])('"%s" is neither', (text) =>
    expect(() => parseBoolean(text)).toThrow(Invalid),
  )
})

describe('durations have a unit and are more than nothing and at most a day', () => {
  test.each([
    ['500ms', 500],
    ['90s', 90_000],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['24h', 86_400_000],
    ['1h1m1s1ms', 3_661_001],
    ['0.5s', 500],
    ['0h5s', 5_000],
    ['1ms', 1],
  ])('%s is %d ms', (text, ms) => expect(parseDuration(text)).toBe(ms))
  test.each([
    ...['30', '', 's', '-5s', '+5s', '0s', '0.4ms', 'NaN', 'Infinity', '1e9s', '9999999999s', '25h', '24h1ms', '1d', 'PT30S'],
    ...['1m 30s', ' 5s', '5s\n', '1,5h', '5S', '1..5s', '.5s', '٣s', '5s;rm'],
  ])('"%s" is none', (text) => expect(() => parseDuration(text)).toThrow(Invalid))
  test('every whole number of seconds up to a day is read as it is written', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 86_400 }), (seconds) => parseDuration(`${seconds}s`) === seconds * 1000))
  })
})

describe('ports are decimal, from 1 to 65535', () => {
  test.each([
    ['1', 1],
    ['8080', 8080],
    ['65535', 65_535],
  ])('%s', (text, port) => expect(parsePort(text)).toBe(port))
  test.each(['0', '65536', '99999', '-1', '8080/tcp', '0x1F90', '8080:80', ' 8080 ', '٨٠٨٠', '1e3', '80.0', '', '123456'])(
    '"%s" is none',
    (text) => expect(() => parsePort(text)).toThrow(Invalid),
  )
})

describe('paths are absolute and on the server under test', () => {
  test.each(['/', '/health', '/v2/models/iris/ready', '/health?deep=1&x=a..b', '/a%20b', '/.well-known/x', '/a..b/c.'])('%s', (text) =>
    expect(parsePath(text)).toBe(text),
  )
  test.each([
    ...['health', 'http://evil/', '//evil', '/a b', '/#frag', '/a#b', '/../etc', '/a/..', '/a/../b', '/./a', '/a/.', '/ü', '/a\\b'],
    ...['/a\tb', '/a\nb', '/..?x', '', ' /a', '/a\u0000'],
  ])('%j is none', (text) => expect(() => parsePath(text)).toThrow(Invalid))
})

test('lines are trimmed, of any end, without blank ones and comments', () => {
  expect(parseLines('  a \r\n\r\n# no\n\tb # kept\rc\n')).toEqual(['a', 'b # kept', 'c'])
})

test('items may share a line, with commas between', () => {
  expect(parseItems('a, b,,\n# no\n c ,d\n')).toEqual(['a', 'b', 'c', 'd'])
})

test('one of a list is exactly one of it', () => {
  expect(oneOf('auto', 'gha')('gha')).toBe('gha')
  expect(() => oneOf('auto', 'gha')('GHA')).toThrow('is not one of auto, gha')
})

describe('variables are NAME=value, or NAME from the job', () => {
  const parse = parseVariables({ FROM_JOB: 'job', EMPTY: '' })
  test.each([
    ['A=1', { A: '1' }],
    ['A=b=c', { A: 'b=c' }],
    ['A=', { A: '' }],
    ['FROM_JOB', { FROM_JOB: 'job' }],
    ['EMPTY', { EMPTY: '' }],
    ['A=1\n# no\n\nA=2\n_b9="x y"', { A: '2', _b9: '"x y"' }],
  ])('%j', (text, variables) => expect(parse(text)).toEqual(variables))
  test.each(['=1', '1A=2', 'A B=1', 'A-B=1', 'export A=1', 'é=1', 'NOT_SET'])('%j is none', (text) =>
    expect(() => parse(text)).toThrow(Invalid),
  )
  test('the name that the job does not have is told', () => expect(() => parse('NOT_SET')).toThrow('takes NOT_SET from the job'))
})

describe('expectations are JSON or /regex/', () => {
  test.each([
    ['{"a": [1, null]}', { kind: 'json', value: { a: [1, null] } }],
    ['0', { kind: 'json', value: 0 }],
    ['"/x/"', { kind: 'json', value: '/x/' }],
    ['/setosa|virginica/i', { kind: 'pattern', pattern: /setosa|virginica/i }],
    ['/a\nb/', { kind: 'pattern', pattern: /a\nb/ }],
  ])('%j', (text, expectation) => expect(parseExpectation(text)).toEqual(expectation))
  test.each(['setosa', '//', '/a', '/(/', '/a/xyz', '{a: 1}', 'NaN', '[1,]', ''])('%j is neither', (text) =>
    expect(() => parseExpectation(text)).toThrow(Invalid),
  )
  test('every JSON value is read as itself', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(parseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))))
  })
})
