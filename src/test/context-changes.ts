import { join } from 'node:path'
import { readContext } from '../build/context.ts'
import type { Files } from '../host/host.ts'

/** Size and time of change of every file of a build context, by its path in it. */
export type ContextState = ReadonlyMap<string, string>

/** Looks at the files that a build would be sent: what `.dockerignore` leaves out is left out here. */
export function contextState(files: Pick<Files, 'contents' | 'stamp' | 'readText'>, context: string): ContextState {
  const { paths, ignores, complete } = readContext(files, context)
  if (!complete) return new Map()
  return new Map(
    paths.flatMap((path) => {
      const stamp = files.stamp(join(context, path))
      return stamp === undefined || ignores(path) ? [] : [[path, stamp] as const]
    }),
  )
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
