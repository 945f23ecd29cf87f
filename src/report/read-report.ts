import { messageOf } from '../errors.ts'
import type { Json } from '../inputs/parse.ts'
import type { Refusal } from './refusal.ts'
import { type Report, reportVersion } from './report.ts'

/** What a report file holds. */
export type ReportDocument = Report | Refusal

export function isRefusal(document: ReportDocument): document is Refusal {
  return 'problems' in document
}

/** A later version of the same number may have more fields: the ones that are known are held to their schema. */
function lenient(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(lenient)
  if (typeof schema !== 'object' || schema === null) return schema
  const kept = Object.entries(schema).filter(([keyword, value]) => keyword !== 'additionalProperties' || value !== false)
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, lenient(value)]))
}

const mostTold = 3

/**
 * The text of a report file as what it says. The libraries for it are loaded here: no run needs them.
 * @throws Error that says what is wrong with it, and where
 */
export async function readReport(text: string, name: string): Promise<ReportDocument> {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    throw new Error(`${name} is no report: it is not JSON (${messageOf(error)}). Give the file of report-file, or of the output report`)
  }
  if (typeof value !== 'object' || value === null || !('version' in value))
    throw new Error(`${name} is no report of this action: it has no version. Give the file of report-file, or of the output report`)
  const { version } = value as Readonly<{ version: Json }>
  if (version !== reportVersion)
    throw new Error(
      `${name} is a report of version ${JSON.stringify(version)}, and this program reads ${reportVersion}: use the version of the action that wrote it`,
    )
  if ('plan' in value) throw new Error(`${name} is of a dry run, which has nothing to report`)
  const [{ loadSchemaJudge }, { reportSchema }] = await Promise.all([import('../smoke/judge/schema.ts'), import('./schema/schema.ts')])
  const judge = await loadSchemaJudge()
  const { $defs } = reportSchema as Readonly<{ $defs: Json }>
  const wanted = 'problems' in value ? 'refusal' : 'report'
  const differences = judge({ $ref: `#/$defs/${wanted}`, $defs: lenient($defs) }, value)
  if (differences.length > 0) {
    const told = differences.slice(0, mostTold).map(({ path, expected, got }) => `${path}: ${expected}, is ${got}`)
    throw new Error(`${name} is a broken report: ${told.join('; ')}`)
  }
  return value as unknown as ReportDocument
}
