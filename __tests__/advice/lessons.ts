import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Texts } from './project.ts'

const root = join(import.meta.dirname, '../fixtures/lessons')

/** The files of a lesson, as it has them, by their paths. */
export function lesson(name: string): Texts {
  const folder = join(root, name)
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile())
  return Object.fromEntries(paths.map((path) => [relative(folder, join(folder, path)), readFileSync(join(folder, path), 'utf8')]))
}

export const lessonNames: readonly string[] = readdirSync(root)

/** The Dockerfiles of a lesson: its own, and others that it shows besides. */
export const dockerfilesOf = (texts: Texts): readonly string[] =>
  Object.keys(texts)
    .filter((path) => /Dockerfile$/.test(path))
    .sort()
