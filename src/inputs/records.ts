import { CsvError, parse } from 'csv-parse/sync'
import { Invalid } from './parse.ts'

const faults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'opens a quote (") and does not close it',
  CSV_INVALID_CLOSING_QUOTE: 'has text behind a closing quote ("): a quote must close at a comma or at the end',
  INVALID_OPENING_QUOTE: 'has a quote (") inside a field: quote the whole field, as in "value=a,b", or write no quotes',
}

function read(text: string, options: Readonly<Record<string, unknown>>): readonly (readonly string[])[] {
  try {
    return parse(text, { relax_column_count: true, skip_empty_lines: true, ...options }) as unknown as string[][]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Invalid(faults[error.code] ?? `is not CSV (${error.message})`)
  }
}

const readList = (text: string) => read(text, { relax_quotes: true, comment: '#', comment_no_infix: true })

/** Quoted fields whose commas will part them, as the first reading takes their quotes: of no use, but so with theirs. */
export function unquotedFields(text: string): readonly string[] {
  return readList(text).flatMap((fields) => (fields.length > 1 ? fields.filter((field) => field.includes(',')) : []))
}

/**
 * The records of a list input, one a line, as docker/metadata-action takes them from CSV: lines that start with `#`
 * and empty lines are none; a quoted field may hold commas and line breaks, and loses its quotes here. The fields are
 * joined again, and read once more by `recordFields`. @throws Invalid
 */
export function listRecords(text: string): readonly string[] {
  return readList(text)
    .map((fields) => fields.join(','))
    .filter((record) => record !== '')
    .map((record) => record.trim())
}

/** The fields of one record, untrimmed. Of a record over several lines (quoted) only the first line counts. @throws Invalid */
export function recordFields(record: string): readonly string[] {
  const [fields] = read(record, {})
  if (!fields) throw new Invalid('is a line of spaces alone: delete it')
  return fields
}
