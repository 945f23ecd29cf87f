import { join } from 'node:path'
import type { Files } from '../host/host.ts'

const elsewhere = /^(\.|node_modules$|venv$|env$|site-packages$|dist$|build$|__pycache__$)/
const testFile = /^(test_.*|.*_test)\.py$/
const deepest = 4

/** Whether pytest collects a file of this name by its defaults. */
export function isTestFile(name: string): boolean {
  return testFile.test(name)
}

/** Whether there is a file that pytest would collect by its default names. */
export function hasPytestFiles(files: Pick<Files, 'list' | 'kind'>, folder: string, depth = 0): boolean {
  const names = files.list(folder).filter((name) => !elsewhere.test(name))
  if (names.some((name) => testFile.test(name))) return true
  return (
    depth < deepest &&
    names.some((name) => files.kind(join(folder, name)) === 'directory' && hasPytestFiles(files, join(folder, name), depth + 1))
  )
}
