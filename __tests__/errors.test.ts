import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { ActionError, exitCodes, failures, messageOf } from '../src/errors.ts'

const codes = Object.entries(failures)
const troubleshooting = readFileSync(join(import.meta.dirname, '..', 'docs', 'troubleshooting.md'), 'utf8')

describe('every failure code', () => {
  test.each(codes)('%s has a kind with an exit code of its own, and says what to do', (code, { kind, remedy }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(exitCodes[kind]).toBeGreaterThan(0)
    expect(remedy).toMatch(/^\S.{20,}\.$/s)
  })
  const isTold = (code: string) => expect(troubleshooting.split('\n')).toContain(`### \`${code}\``)
  test.each(codes)('%s has a heading in docs/troubleshooting.md', isTold)
})

test('docs/troubleshooting.md has no heading of a code that is not there', () => {
  const headings = [...troubleshooting.matchAll(/^### `([^`]+)`$/gm)].map(([, code = '']) => code)
  expect(headings.filter((code) => !(code in failures))).toEqual([])
})

test('every code is given somewhere', () => {
  const root = join(import.meta.dirname, '..', 'src')
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/^(errors\.ts|failures\/)/.test(name),
  )
  const text = sources.map((name) => readFileSync(join(root, name), 'utf8')).join('\n')
  expect(codes.map(([code]) => code).filter((code) => !text.includes(`'${code}'`))).toEqual([])
})

test('exit codes tell a red gate, bad input and a broken tool apart', () =>
  expect(exitCodes).toEqual({ passed: 0, gate: 1, input: 2, tool: 3 }))

test('an error keeps its code and its cause', () => {
  const cause = new Error('ECONNRESET')
  const error = new ActionError('registry-unavailable', 'ghcr.io cannot be reached', { cause })
  expect(error).toMatchObject({ name: 'ActionError', code: 'registry-unavailable', message: 'ghcr.io cannot be reached', cause })
})

test.each([
  [new Error('a'), 'a'],
  ['b', 'b'],
  [undefined, 'undefined'],
  [7, '7'],
])('the text of what was thrown: %p', (thrown, text) => expect(messageOf(thrown)).toBe(text))
