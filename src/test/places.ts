import { isAbsolute, relative, resolve } from 'node:path'
import type { Files } from '../host/host.ts'
import type { TestReport } from './junit.ts'

/** The path from the workspace of a file that pytest names from the folder it was started in; undefined where there is none. */
function pathOf(files: Pick<Files, 'kind'>, workspace: string, folders: readonly string[], file: string): string | undefined {
  if (file.includes('\0')) return undefined
  for (const folder of folders) {
    const path = resolve(folder, file)
    const within = relative(workspace, path)
    if (within.split('/')[0] !== '..' && !isAbsolute(within) && files.kind(path) === 'file') return within
  }
  return undefined
}

/**
 * The report with the places of failed tests as paths from the workspace, where links and annotations can stand.
 * @param folders where the tests may have been started, or a folder of the image that has what these have
 */
export function withPlaces(files: Pick<Files, 'kind'>, workspace: string, folders: readonly string[], report: TestReport): TestReport {
  const known = new Map<string, string | undefined>()
  const find = (file: string) => {
    if (!known.has(file)) known.set(file, pathOf(files, workspace, folders, file))
    return known.get(file)
  }
  return {
    ...report,
    failures: report.failures.map(({ file, line, ...failure }) => {
      const path = file === undefined ? undefined : find(file)
      return path === undefined ? failure : { ...failure, file: path, ...(line === undefined ? {} : { line }) }
    }),
  }
}
