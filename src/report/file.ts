import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { messageOf } from '../errors.ts'
import type { Files, Host } from '../host/host.ts'
import type { Given } from '../inputs/reader.ts'
import type { ReportDocument } from './read-report.ts'

/** Whether a file of this path would be in the workspace, links followed as far as there is anything yet. */
export function landsInside(files: Pick<Files, 'realPath'>, workspace: string, path: string): boolean {
  let there = path
  while (files.realPath(there) === undefined && dirname(there) !== there) there = dirname(there)
  const real = join(files.realPath(there) ?? there, relative(there, path))
  const away = relative(files.realPath(workspace) ?? workspace, real)
  return away !== '' && away !== '..' && !away.startsWith('../') && !isAbsolute(away)
}

type Around = Pick<Host, 'files' | 'workspace' | 'kind'>

/**
 * Why a report cannot be written there, or undefined. On a laptop everything is open to who runs it.
 * @param link what becomes of one that is there already: with `replaced` only the folders on the way are followed
 */
export function misplaced({ files, workspace, kind }: Around, path: string, link: 'refused' | 'replaced'): string | undefined {
  if (files.kind(path) === 'directory') return 'is a folder, not a file'
  const real = link === 'refused' ? path : join(files.realPath(dirname(path)) ?? dirname(path), `${basename(path)}.new`)
  return kind === 'runner' && !landsInside(files, workspace, real) ? 'leads out of the workspace' : undefined
}

/** Absolute path of report-file, as raw inputs give it: a run that is refused has no others. */
function givenPath(given: Given, workspace: string): string | undefined {
  const text = (name: string) => given.get(name)?.trim() ?? ''
  if (text('report-file') === '') return undefined
  return resolve(workspace, text('working-directory') || text('context') || '.', text('report-file'))
}

/**
 * Writes report-file where it was asked for, whatever became of the run; secrets are left out. What was there is replaced:
 * tests that leave a link at its place do not lead it anywhere. @returns its path, undefined where there is none
 */
export function writeReport(host: Host, given: Given, document: ReportDocument): string | undefined {
  const path = givenPath(given, host.workspace)
  if (path === undefined) return undefined
  const why = misplaced(host, path, 'replaced')
  // Bad input says so itself; this is what has come about since.
  if (why !== undefined && !('problems' in document)) host.log.warning(`The report was not written: ${path} ${why}.`)
  if (why !== undefined) return undefined
  try {
    host.files.makeFolder(dirname(path))
    host.files.replaceText(path, host.masked(`${JSON.stringify(document, null, 2)}\n`))
    return path
  } catch (error) {
    host.log.warning(`The report could not be written to ${path} (${messageOf(error)}).`)
    return undefined
  }
}
