import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { circumstancesOf, commitSubject, imageSubject, mostNames, type Statement, testResult } from '../../src/attest/statement.ts'
import { joinedSuite, smokeSuite, testSuite } from '../../src/attest/suites.ts'
import { failed, passed, skipped } from '../../src/outcome.ts'
import { commit, createSmokeReport, createTestReport, digest } from '../builders.ts'
import { statementSchema, testResultSchema } from './schemas.ts'

const ajv = new Ajv2020({ allErrors: true })
const [isStatement, isTestResult] = [ajv.compile(statementSchema), ajv.compile(testResultSchema)]
/** What keeps a text from being such a statement. */
function faults(statement: unknown): readonly string[] {
  const read: unknown = JSON.parse(JSON.stringify(statement))
  isStatement(read)
  const first = ajv.errorsText(isStatement.errors)
  isTestResult(read)
  return [first, ajv.errorsText(isTestResult.errors)].filter((text) => text !== 'No errors')
}

const server = 'https://github.com'
const env = {
  GITHUB_WORKFLOW_REF: 'acme/iris/.github/workflows/image.yml@refs/heads/main',
  GITHUB_WORKFLOW_SHA: commit,
  GITHUB_REPOSITORY: 'acme/iris',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '2',
}
const circumstances = circumstancesOf(env, server)
const onCommit = [commitSubject(server, 'acme/iris', commit)]
const onImage = [imageSubject('ghcr.io/acme/iris', digest)]
const nothing = { passed: [], warned: [], more: {} }

test('a statement of tests, whole', () => {
  const suite = testSuite(passed({ report: createTestReport({ tests: 2, skipped: 1 }), passed: ['tests/test_app::test_health'] }))
  expect(suite && testResult(onCommit, suite, circumstances)).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'git+https://github.com/acme/iris', digest: { gitCommit: commit } }],
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result: 'PASSED',
      configuration: [
        {
          name: '.github/workflows/image.yml',
          uri: 'git+https://github.com/acme/iris@refs/heads/main',
          digest: { gitCommit: commit },
        },
      ],
      url: 'https://github.com/acme/iris/actions/runs/42/attempts/2',
      passedTests: ['tests/test_app::test_health'],
      warnedTests: [],
      failedTests: [],
      mlImage_counts: { tests: 2, failed: 0, errors: 0, skipped: 1 },
      mlImage_seconds: 1.5,
    },
  })
})

describe('the schemas of in-toto', () => {
  const names = fc.array(fc.string({ minLength: 1 }), { maxLength: 20 })
  test('hold whatever the names are', () =>
    fc.assert(
      fc.property(names, names, fc.constantFrom(onCommit, onImage), (green, warned, subject) => {
        expect(faults(testResult(subject, { passed: green, warned, more: {} }, circumstances))).toEqual([])
      }),
    ))
  test('hold without a workflow, a run or a report', () => {
    expect(faults(testResult(onImage, nothing, circumstancesOf({}, server)))).toEqual([])
  })
  const good = testResult(onImage, nothing, circumstances)
  test.each<[string, object]>([
    ['no subject', { ...good, subject: [] }],
    ['a subject without a digest', { ...good, subject: [{ name: 'ghcr.io/acme/iris' }] }],
    ['a digest with its algorithm in it', { ...good, subject: [{ name: 'a', digest: { sha256: digest } }] }],
    ['a result of another kind', { ...good, predicate: { ...good.predicate, result: 'passed' } }],
    ['no configuration', { ...good, predicate: { result: 'PASSED' } }],
    ['another type', { ...good, predicateType: 'https://slsa.dev/provenance/v1' }],
  ])('do not hold with %s', (_, statement) => expect(faults(statement)).not.toEqual([]))
})

describe('the names of tests', () => {
  test('are bounded, and what is left out is counted', () => {
    const many = Array.from({ length: mostNames + 7 }, (_, at) => `${'x'.repeat(400)}${at}`)
    const { predicate }: Statement = testResult(onCommit, { ...nothing, passed: many }, circumstances)
    expect(predicate.passedTests).toHaveLength(mostNames)
    expect(predicate.mlImage_leftOut).toBe(7)
    expect(JSON.stringify(predicate).length).toBeLessThan(2_000_000)
  })
})

describe('what came of the gates', () => {
  test.each([skipped('test: false'), failed('tests-failed', 'one is red')])('of tests that did not pass nothing is said', (outcome) =>
    expect(testSuite(outcome)).toBeUndefined(),
  )
  test('tests without a report passed all the same', () => expect(testSuite(passed({}))).toEqual(nothing))
  test('the smoke test: its health path and the samples that passed', () => {
    const sample = {
      name: 'setosa',
      source: 'given',
      from: 'predict-body',
      method: 'POST',
      path: '/predict',
      result: 'passed',
      compared: true,
    } as const
    expect(smokeSuite(passed(createSmokeReport({ samples: [sample], preset: 'fastapi' })))).toEqual({
      passed: ['GET /health', 'POST /predict (setosa)'],
      warned: [],
      more: { mlImage_started: digest, mlImage_preset: 'fastapi' },
    })
  })
  test.each([
    [{ unproven: 'no sample' }, 'predicts: not proven (no sample)'],
    [{ gpuMissing: 'nvidia/cuda' }, 'predicts: not proven (no GPU on the host)'],
    [{ untested: ['linux/arm64'] }, 'linux/arm64: not started'],
  ])('%j is a warning', (more, warning) => {
    const suite = smokeSuite(passed(createSmokeReport(more)))
    expect(suite?.warned).toEqual([warning])
    expect(suite && testResult(onImage, suite, circumstances).predicate.result).toBe('WARNED')
  })
  test('every platform under its name', () => {
    const others = [createSmokeReport({ platform: 'linux/arm64' })]
    expect(smokeSuite(passed(createSmokeReport({ platform: 'linux/amd64', others })))?.passed).toEqual([
      'linux/amd64: GET /health',
      'linux/arm64: GET /health',
    ])
  })
  test('an index: the images that were started, and those that were not', () => {
    const part = { digest, tests: 'passed', smoke: 'passed' } as const
    const parts = [
      { ...part, platform: 'linux/amd64' },
      { ...part, platform: 'linux/arm64', smoke: 'skipped' as const },
    ]
    expect(joinedSuite(parts)).toEqual({
      passed: ['linux/amd64: smoke'],
      warned: ['linux/arm64: not started'],
      more: { mlImage_parts: parts },
    })
    expect(joinedSuite(parts.slice(1))).toBeUndefined()
  })
})
