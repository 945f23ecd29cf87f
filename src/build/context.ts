import { join } from 'node:path'
import type { Files } from '../host/host.ts'
import { ignoredBy } from './ignored.ts'

/** The files of a build context. `paths` are relative, and of those some may be left out of the build: ask `ignores`, which is slow. */
export type BuildContext = Readonly<{ paths: readonly string[]; ignores: (path: string) => boolean; complete: boolean }>

const never = /^(\.git|node_modules|\.?venv|__pycache__|\.pytest_cache|\.ruff_cache|\.mypy_cache)$/
/** A context with more files and folders is not looked at to its end: it would take longer than it is worth. */
export const mostEntries = 20_000

/** What is left out: `Dockerfile.dockerignore` goes before `.dockerignore`, as in BuildKit. */
function ignoreRules(files: Pick<Files, 'readText'>, context: string, dockerfile: string | undefined): string {
  const own = dockerfile === undefined ? undefined : files.readText(`${dockerfile}.dockerignore`)
  return own ?? files.readText(join(context, '.dockerignore')) ?? ''
}

/** Walks through the files that a build may be sent, in the order of their names; links are not followed. */
export function readContext(files: Pick<Files, 'contents' | 'readText'>, context: string, dockerfile?: string): BuildContext {
  const rules = ignoreRules(files, context, dockerfile)
  const ignores = ignoredBy(rules)
  const takesBack = /^\s*!/m.test(rules)
  const paths: string[] = []
  let visited = 0
  const walk = (folder: string): void => {
    for (const { name, kind } of files.contents(join(context, folder))) {
      if (never.test(name)) continue
      if (++visited > mostEntries) return
      const path = folder === '' ? name : `${folder}/${name}`
      if (kind === 'file') paths.push(path)
      // A folder that is left out is not walked, unless a file in it may be taken back in.
      else if (takesBack || !ignores(path)) walk(path)
    }
  }
  walk('')
  return { paths, ignores, complete: visited <= mostEntries }
}
