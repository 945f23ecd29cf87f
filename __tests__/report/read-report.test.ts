import { describe, expect, test } from '@jest/globals'
import { isRefusal, readReport } from '../../src/report/read-report.ts'
import { brokenOf, flagRefusal, refusalOf } from '../../src/report/refusal.ts'
import { reportSchema } from '../../src/report/schema/schema.ts'
import { loadSchemaJudge } from '../../src/smoke/judge/schema.ts'
import { createReport } from '../builders.ts'
import { everyKind } from './every-kind.ts'
import { sampleReports } from './reports.ts'

const written = (document: unknown) => JSON.parse(JSON.stringify(document))
const refusals = {
  'bad input': refusalOf([{ input: 'port', value: '0', reason: 'is no port', example: 'port: 8080' }]),
  'a tool that broke': brokenOf(new Error('boom')),
  'a wrong flag': flagRefusal('"x" is no flag'),
}

describe('the schema', () => {
  test.each(Object.entries<unknown>({ ...everyKind, ...sampleReports, ...refusals }))('holds of %s', async (_, document) => {
    const judge = await loadSchemaJudge()
    expect(judge(reportSchema as never, written(document))).toEqual([])
  })
  test('is used whole: each field of a report is in one of these', () => {
    const { $defs } = reportSchema as Readonly<{ $defs: Readonly<Record<'report', Readonly<{ properties: object }>>> }>
    const seen = new Set(Object.values(everyKind).flatMap((report) => Object.keys(report)))
    expect([...seen].toSorted()).toEqual(Object.keys($defs.report.properties).toSorted())
  })
  test.each<readonly [string, unknown]>([
    ['a field that nobody knows', { ...createReport(), more: 1 }],
    ['a stage that nobody knows', { ...createReport(), stages: [{ ...createReport().stages[0], stage: 'deploy' }] }],
    ['a field that is missing', { ...createReport(), notices: undefined }],
    ['another version', { ...createReport(), version: 2 }],
  ])('does not hold of %s', async (_, document) => {
    const judge = await loadSchemaJudge()
    expect(judge(reportSchema as never, written(document)).length).toBeGreaterThan(0)
  })
})

describe('a report file is read', () => {
  test.each(Object.entries({ ...everyKind, ...refusals }))('of %s', async (_, document) => {
    const read = await readReport(JSON.stringify(document), 'r.json')
    expect(read).toEqual(written(document))
    expect(isRefusal(read)).toBe(Object.values<unknown>(refusals).includes(document))
  })
  test('with fields of a later version of the same number', async () => {
    const later = { ...createReport(), more: 1, tests: { ...createReport().tests, more: 1 } }
    await expect(readReport(JSON.stringify(later), 'r.json')).resolves.toMatchObject({ more: 1 })
  })
  test.each<readonly [string, string]>([
    ['', 'r.json is no report: it is not JSON'],
    ['{"version": 1', 'r.json is no report: it is not JSON'],
    ['[]', 'r.json is no report of this action: it has no version'],
    ['null', 'r.json is no report of this action: it has no version'],
    ['{}', 'r.json is no report of this action: it has no version'],
    ['{"version": 2}', 'r.json is a report of version 2, and this program reads 1: use the version of the action that wrote it'],
    ['{"version": 1, "plan": {}}', 'r.json is of a dry run, which has nothing to report'],
    ['{"version": 1}', "must have required property 'result'"],
    [JSON.stringify({ ...createReport(), result: 'fine' }), 'result: must be equal to one of the allowed values'],
    [JSON.stringify({ ...createReport(), stages: [{ ...createReport().stages[0], duration: 'x' }] }), 'stages[0].duration: must be number'],
  ])('not of %j', async (text, reason) => await expect(readReport(text, 'r.json')).rejects.toThrow(reason))
})
