import { describe, expect, test } from '@jest/globals'
import type { TestStage } from '../../src/build/with-tests.ts'
import { judgeStage } from '../../src/test/in-target.ts'
import type { TestReport } from '../../src/test/junit.ts'
import { greenXml, redXml, xml } from './session.ts'

const passed = (left: Partial<TestStage> = {}): TestStage => ({ outcome: 'passed', output: [], ...left })
const failed = (...output: readonly string[]): TestStage => ({ outcome: 'failed', output })
const step = '[test tested 3/3] RUN pytest'
const redReport = redXml('assert 1 == 0')

function judge(stage: TestStage, acceptNone = false) {
  const reports: TestReport[] = []
  const outcome = judgeStage(stage, 90_000, acceptNone, (report) => reports.push(report))
  return { outcome, reports, told: outcome.kind === 'failed' ? outcome.red.code : outcome.kind }
}

describe('the verdict on a stage that tests', () => {
  test.each<readonly [string, TestStage, string]>([
    ['stopped', { outcome: 'stopped', output: [] }, 'stopped'],
    ['a step that takes too long', { outcome: 'timeout', output: [step, 'collecting ...'] }, 'tests-timeout'],
    ['a step that is red', failed(step, 'E assert 1 == 0'), 'tests-failed'],
    ['a step that is red by an import', failed(step, "E   ModuleNotFoundError: No module named 'torch'"), 'tests-import-error'],
    ['steps that are green', passed(), 'passed'],
    ['files of a green run', passed({ junit: greenXml, status: '0\n' }), 'passed'],
    ['a report alone, green', passed({ junit: greenXml }), 'passed'],
    ['a report alone, red', passed({ junit: redReport }), 'tests-hidden-failures'],
    ['a status alone, green', passed({ status: '0' }), 'passed'],
    ['a status alone, red', passed({ status: '1\n' }), 'tests-failed'],
    ['files of a red run', passed({ junit: redReport, status: '1' }), 'tests-failed'],
    ['a report that contradicts its status', passed({ junit: redReport, status: '0' }), 'tests-hidden-failures'],
    ['a report without a test', passed({ junit: xml(''), status: '0' }), 'tests-vacuous'],
    ['no test found', passed({ status: '5' }), 'tests-not-collected'],
    ['a usage error', passed({ status: '4' }), 'tests-crashed'],
    ['a crash', passed({ status: '139' }), 'tests-crashed'],
    ['a report that is none', passed({ junit: '<html/>', status: '0' }), 'tests-crashed'],
    ['an empty report', passed({ junit: '', status: '0' }), 'tests-crashed'],
    ['a status that is none', passed({ status: 'passed' }), 'tests-crashed'],
    ['an empty status', passed({ status: '' }), 'tests-crashed'],
  ])('%s', (_, stage, told) => expect(judge(stage).told).toBe(told))
  test.each(['1 of 5 failed', '0x1', '0 1'])('the status %j is none either', (status) =>
    expect(judge(passed({ status })).told).toBe('tests-crashed'),
  )
})

test('a status that is none is quoted, but not at length', () => {
  const message = `status of the test stage is "${'x'.repeat(40)}", not an exit code.`
  expect(judge(passed({ status: 'x'.repeat(99) })).outcome).toMatchObject({ red: { message } })
})

test('no tests are accepted where that is said, and nothing else is', () => {
  expect(judge(passed({ status: '5' }), true).told).toBe('skipped')
  expect(judge(passed({ junit: xml(''), status: '0' }), true).told).toBe('skipped')
  expect(judge(passed({ junit: redReport, status: '1' }), true).told).toBe('tests-failed')
})

test('a red step is told with its place and cause, where they are known', () => {
  const why = { at: { file: 'Dockerfile', line: 7 }, cause: { name: 'missing-wheel', text: 'No wheel.', fix: 'Take another.' } }
  expect(judge({ ...failed(step, 'x'), why }).outcome).toMatchObject({ red: { code: 'tests-failed', ...why } })
})

test('a red step is proven by its last lines', () => {
  const output = [step, ...Array.from({ length: 40 }, (_, index) => `line ${index}`)]
  expect(judge(failed(...output)).outcome).toEqual({
    kind: 'failed',
    red: { code: 'tests-failed', message: `The test stage of the Dockerfile is red: ${step}`, evidence: output.slice(-10) },
  })
})

test('the report is handed on, red or green', () => {
  expect(judge(passed({ junit: greenXml, status: '0' })).reports).toMatchObject([{ tests: 1, failed: 0 }])
  expect(judge(passed({ junit: redReport, status: '1' })).reports).toMatchObject([{ tests: 1, failed: 1 }])
  expect(judge(passed({ status: '0' })).reports).toEqual([])
})

test('a step that takes too long is named, with the time and the end of its output', () => {
  expect(judge({ outcome: 'timeout', output: [step, 'collecting ...'] }).outcome).toMatchObject({
    red: { message: `The test stage of the Dockerfile was still at ${step} after 90 s.`, evidence: ['collecting ...'] },
  })
})
