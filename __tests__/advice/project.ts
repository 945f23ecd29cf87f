import { lookAround } from '../../src/advice/around.ts'
import { dockerfileSubject, sentFiles } from '../../src/advice/dockerfile.ts'
import type { Found } from '../../src/advice/look.ts'
import type { DockerfileSubject } from '../../src/advice/rule.ts'
import { createFiles } from '../memory-files.ts'

export type Texts = Readonly<Record<string, string>>
export type Sizes = Readonly<Record<string, number>>

export const workspace = '/work'

/** A project in memory, its files by their paths; `sizes` are those of files whose bytes do not matter. */
export function projectFiles(texts: Texts, sizes: Sizes = {}) {
  const all = { ...Object.fromEntries(Object.keys(sizes).map((path) => [path, ''])), ...texts }
  const files = createFiles(Object.fromEntries(Object.entries(all).map(([path, text]) => [`${workspace}/${path}`, text])))
  const stat: typeof files.stat = (path) => {
    const bytes = sizes[path.slice(workspace.length + 1)]
    return bytes === undefined ? files.stat(path) : { bytes, modifiedMs: 0 }
  }
  return { ...files, stat }
}

export function projectSubject(texts: Texts, sizes: Sizes = {}, file = 'Dockerfile'): DockerfileSubject {
  const files = projectFiles(texts, sizes)
  const asked = { file: `${workspace}/${file}`, context: workspace, dockerfile: texts[file] ?? '', args: {} }
  const subject = dockerfileSubject(asked, { workspace, sent: sentFiles(files, asked, workspace), gpu: false, now: Date.UTC(2026, 10, 1) })
  if (!subject) throw new Error(`${file} has no stage`)
  return subject
}

/** What is said of the files around the Dockerfile of a project. */
export function around(texts: Texts, sizes: Sizes = {}, file = 'Dockerfile', tests: 'runner' | 'image' = 'runner'): readonly Found[] {
  const asked = { workspace, build: { context: workspace }, test: { place: { kind: tests } }, smoke: {} }
  return lookAround(projectFiles(texts, sizes), asked, projectSubject(texts, sizes, file))
}
