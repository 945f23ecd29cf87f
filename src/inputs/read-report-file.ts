import { resolve } from 'node:path'
import { misplaced } from '../report/file.ts'
import { Invalid } from './parse.ts'
import type { Reader } from './reader.ts'

/** Where the report is to be written: refused now where that cannot be. It is written at the end by `writeReport`. */
export function readReportFile(reader: Reader, workingDirectory: string): string | undefined {
  return reader.parsed('report-file', (text) => {
    if (text.endsWith('/')) throw new Invalid('names a folder, not a file')
    const path = resolve(workingDirectory, text)
    const why = misplaced(reader, path, 'refused')
    if (why !== undefined) throw new Invalid(why)
    return path
  })
}
