import { describe, expect, test } from '@jest/globals'
import { type CheckRecord, checksOf } from '../../src/build/checks.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const record = (short: string, line?: number, more: Partial<CheckRecord> = {}): CheckRecord => ({
  short: base64(short),
  sourceInfo: { filename: 'Dockerfile' },
  ...(line === undefined ? {} : { range: [{ start: { line } }] }),
  ...more,
})
const check = (...records: readonly CheckRecord[]) => checksOf(records, '/repo', '/repo/service/Dockerfile')

describe('a finding', () => {
  test('has its rule, its words, its page and its line', () => {
    const url = 'https://docs.docker.com/go/dockerfile/rule/undefined-var/'
    expect(check(record("UndefinedVar: Usage of undefined variable '$VERSOIN' (line 6)", 6, { url }))).toEqual([
      { rule: 'UndefinedVar', message: "Usage of undefined variable '$VERSOIN'", url, at: { file: 'service/Dockerfile', line: 6 } },
    ])
  })
  test.each<readonly [string, CheckRecord, object]>([
    ['without a rule', record('something is odd', 3), { rule: 'Check', message: 'something is odd' }],
    ['over lines', record('A: b\nc', 3), { rule: 'A', message: 'b\nc' }],
  ])('%s', (_, given, expected) => expect(check(given)).toMatchObject([expected]))
  test.each<readonly [string, CheckRecord]>([
    ['without a line', record('A: b')],
    ['without ranges', record('A: b', undefined, { range: null })],
    ['of another file', record('A: b', 1, { sourceInfo: { filename: 'other' } })],
  ])('%s stands nowhere', (_, given) => expect(check(given)[0]).toEqual({ rule: 'A', message: 'b' }))
})

test('the gravest come first, what is not known before what is style, then the order of the file', () => {
  const found = [
    record('ConsistentInstructionCasing: a', 1),
    record('LegacyKeyValueFormat: b', 2),
    record('SomethingNew: c', 3),
    record('UndefinedVar: e', 9),
    record('UndefinedVar: d', 4),
    record('SecretsUsedInArgOrEnv: f', 8),
  ]
  expect(
    check(...found)
      .map(({ message }) => message)
      .join(''),
  ).toBe('fdecba')
})

test('each is told once, however many targets have it', () =>
  expect(check(record('A: b', 1), record('A: b', 1), record('A: b', 2))).toHaveLength(2))
