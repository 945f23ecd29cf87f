import { describe, expect, test } from '@jest/globals'
import { annotationsOf } from '../../src/report/annotations.ts'
import { failureReport, type Report } from '../../src/report/report.ts'
import { createReport, createTestReport } from '../builders.ts'

const failed = (number: number) =>
  Array.from({ length: number }, (_, i) => ({ name: `t::${i}`, message: `assert ${i}`, file: 'tests/test_t.py', line: i + 1 }))
const red = (number: number, overrides: Partial<Report> = {}) =>
  createReport({
    result: 'failed',
    failure: failureReport('test', { code: 'tests-failed', message: `${number} of 99 tests failed.`, evidence: ['t::0: assert 0'] }),
    tests: createTestReport({ failed: number, failures: failed(number) }),
    ...overrides,
  })
const checks = (number: number) =>
  Array.from({ length: number }, (_, i) => ({ rule: `C${i}`, message: 'x', at: { file: 'Dockerfile', line: i + 1 } }))
const advice = (number: number) =>
  Array.from({ length: number }, (_, i) => ({
    rule: `a${i}`,
    message: 'm',
    why: 'w',
    at: { file: 'Dockerfile', line: i + 1 },
    gain: { kind: 'size' as const },
  }))

test('a green run has none', () => expect(annotationsOf(createReport())).toEqual([]))

describe('a red run', () => {
  test('first what happened and what to do, then each test at its line', () => {
    expect(annotationsOf(red(2))).toEqual([
      {
        level: 'error',
        title: 'ML image: test tests-failed',
        message: '2 of 99 tests failed.\n  t::0: assert 0\nMend the tests named above; the image was not published.',
      },
      { level: 'error', title: 't::0', message: 'assert 0', file: 'tests/test_t.py', line: 1 },
      { level: 'error', title: 't::1', message: 'assert 1', file: 'tests/test_t.py', line: 2 },
    ])
  })
  test('nine tests beside it, and how many more there are', () => {
    const all = annotationsOf(red(40))
    expect(all.map(({ title }) => title).slice(1)).toEqual(failed(9).map(({ name }) => name))
    expect(all[0]?.message).toMatch(/\n9 failed tests are annotated; 31 more are in the summary\.$/)
  })
  test('a test of which nobody knows where it is stands in the summary alone', () =>
    expect(annotationsOf(red(0, { tests: createTestReport({ failures: [{ name: 'a', message: 'b' }] }) }))).toHaveLength(1))
  test('where the fault is in a file, at its line', () => {
    const at = { file: 'Dockerfile', line: 4 }
    expect(
      annotationsOf(red(0, { failure: failureReport('build', { code: 'build-failed', message: 'x', evidence: [], at }) }))[0],
    ).toMatchObject(at)
  })
})

describe('findings', () => {
  test('advice is left to the summary where the run is red of something else', () => {
    const titles = (code: 'advice' | 'build-failed') =>
      annotationsOf(createReport({ advice: advice(1), failure: failureReport('build', { code, message: 'No.', evidence: [] }) })).map(
        ({ title }) => title.split(':')[0],
      )
    expect([titles('build-failed'), titles('advice')]).toEqual([['ML image'], ['ML image', 'Advice']])
  })
  test('checks and advice in turn, at their lines; advice on the image as a whole is for the summary', () => {
    const [one, two] = advice(2)
    if (!one || !two) throw new Error('two were made')
    const { at: _, ...nowhere } = two
    const all = annotationsOf(createReport({ checks: checks(2), advice: [one, nowhere] }))
    expect(all.map(({ title, file, line }) => `${title} ${file}:${line}`)).toEqual([
      'Dockerfile: C0 Dockerfile:1',
      'Advice: a0 Dockerfile:1',
      'Dockerfile: C1 Dockerfile:2',
    ])
    expect(all[1]).toMatchObject({ level: 'warning', message: 'm\nw' })
  })
  test('of more than have room the last one says how many', () => {
    const all = annotationsOf(createReport({ checks: checks(8), advice: advice(8) }))
    expect(all).toHaveLength(10)
    expect(all.at(-1)?.message).toMatch(/^7 more findings/)
  })
})

test.each([
  [10, 10],
  [7, 7],
  [1, 1],
  [0, 0],
])('with room for %d of a level there are %d', (room, number) => {
  const all = annotationsOf(red(30, { checks: checks(30) }), () => room)
  expect(['error', 'warning'].map((level) => all.filter((one) => one.level === level).length)).toEqual([number, number])
})
