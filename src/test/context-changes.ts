import { join, relative } from 'node:path'
import dockerignore from '@balena/dockerignore'
import type { Files } from '../host/host.ts'

/** Size and time of change of every file of a build context, by its path in it. */
export type ContextState = ReadonlyMap<string, string>

const never = /^(\.git|node_modules|\.?venv|__pycache__|\.pytest_cache|\.ruff_cache|\.mypy_cache)$/
/** A context with more files and folders is not looked at: it would take longer than it is worth. */
const mostFiles = 20_000

/** Looks at the files that a build would be sent: what `.dockerignore` leaves out is left out here. */
export function contextState(files: Pick<Files, 'list' | 'kind' | 'stamp' | 'readText'>, context: string): ContextState {
  const rules = files.readText(join(context, '.dockerignore')) ?? ''
  const ignored = dockerignore.default({ ignorecase: false }).add(rules.split('\n'))
  const takesBack = /^\s*!/m.test(rules)
  const state = new Map<string, string>()
  let visited = 0
  const walk = (folder: string): void => {
    for (const name of files.list(folder)) {
      if (never.test(name) || ++visited > mostFiles) continue
      const path = join(folder, name)
      // A folder that is left out is not walked, unless a file in it may be taken back in.
      if (files.kind(path) === 'directory') {
        if (takesBack || !ignored.ignores(relative(context, path))) walk(path)
      } else {
        const stamp = files.stamp(path)
        if (stamp !== undefined && !ignored.ignores(relative(context, path))) state.set(relative(context, path), stamp)
      }
    }
  }
  walk(context)
  return visited > mostFiles ? new Map() : state
}

/** Files that are new or other than before, by name. */
export function changedFiles(before: ContextState, after: ContextState): readonly string[] {
  if (before.size === 0) return []
  return [...after].flatMap(([path, stamp]) => (before.get(path) === stamp ? [] : [path])).sort()
}

/** The warning about tests that change what the image is being built from; undefined when they do not. */
export function dirtyWarning(changed: readonly string[]): string | undefined {
  if (changed.length === 0) return undefined
  const named = changed.slice(0, 5).join(', ')
  const more = changed.length > 5 ? ` and ${changed.length - 5} more` : ''
  return `The tests wrote into the build context while the image was built from it: ${named}${more}. If the image needs them, set test-first: true; else let the tests write elsewhere, or name them in .dockerignore.`
}
