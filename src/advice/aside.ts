import { join } from 'node:path'
import { ignoredBy } from '../build/ignored.ts'
import type { Files } from '../host/host.ts'
import type { ContextFile } from './rule.ts'

/** Folders that no look at a build context goes into. */
const aside = /^(\.git|\.hg|\.svn|node_modules|\.?venv|env|\.tox|\.nox|\.conda|__pycache__|\.pytest_cache|\.ruff_cache|\.mypy_cache)$/
/** So many files are weighed, of all such folders together: more would take longer than it is worth. */
const mostWeighed = 2_000
const deepest = 3

/** A folder that a build is sent though nothing needs it there. */
export type Aside = ContextFile & Readonly<{ /** Not all of it was weighed: it has more bytes. */ more?: true }>

/**
 * Finds what a look at the context steps over, where `.dockerignore` (`rules`) does not leave it out, and weighs it. Paths are from
 * the context, with `/` at their end. Patterns are those of Docker: https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function foldersAside(files: Pick<Files, 'contents' | 'stat' | 'kind'>, context: string, rules: string): readonly Aside[] {
  const ignores = ignoredBy(rules)
  const found: Aside[] = []
  let left = mostWeighed
  const weigh = (folder: string): Readonly<{ bytes: number; more: boolean }> => {
    let [bytes, more] = [0, false]
    for (const { name, kind } of files.contents(folder)) {
      if (left <= 0) return { bytes, more: true }
      const path = join(folder, name)
      if (kind === 'file') {
        left--
        bytes += files.stat(path)?.bytes ?? 0
        continue
      }
      const below = weigh(path)
      bytes += below.bytes
      more ||= below.more
    }
    return { bytes, more }
  }
  const isAside = (name: string, path: string) =>
    aside.test(name) ? name !== 'env' || files.kind(join(path, 'pyvenv.cfg')) === 'file' : files.kind(join(path, 'pyvenv.cfg')) === 'file'
  const walk = (folder: string, depth: number): void => {
    for (const { name, kind } of files.contents(join(context, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`
      if (kind !== 'directory' || ignores(path)) continue
      if (isAside(name, join(context, path))) {
        const { bytes, more } = weigh(join(context, path))
        found.push({ path: `${path}/`, bytes, ...(more ? { more } : {}) })
      } else if (depth < deepest) walk(path, depth + 1)
    }
  }
  walk('', 1)
  return found
}
