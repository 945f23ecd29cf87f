import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { repositoryRoot } from './action.ts'

/** Holds a report against the schema that is published, by a validator that knows nothing of ours. @returns what it holds */
export function expectReport(text: string): Readonly<Record<string, unknown>> {
  const schema = JSON.parse(readFileSync(join(repositoryRoot, 'docs', 'report.schema.json'), 'utf8')) as object
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema)
  const report = JSON.parse(text) as Readonly<Record<string, unknown>>
  validate(report)
  expect(validate.errors).toBeNull()
  return report
}
