import { advise } from '../../src/advice/advise.ts'
import type { Found } from '../../src/advice/look.ts'
import { initProject } from '../../src/init/main.ts'
import { parseInitWords } from '../../src/init/words.ts'
import { createInputs } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

export type Texts = Readonly<Record<string, string>>

/** What init has made of a project: the files that it has written, what it said, and what the advice says of the result. */
export type Made = Readonly<{ written: Texts; text: string; exitCode: number; advice: readonly Found[]; after: Texts }>

const below = (entries: ReadonlyMap<string, string>): Texts =>
  Object.fromEntries([...entries].flatMap(([path, text]) => (path.startsWith('/repo/') ? [[path.slice('/repo/'.length), text]] : [])))

/** Runs init in a project of texts by their paths; `git` answers commands of git by their beginning. */
export async function initIn(project: Texts, words: readonly string[] = [], git: Readonly<Record<string, string>> = {}): Promise<Made> {
  const files = createFiles(Object.fromEntries(Object.entries(project).map(([path, text]) => [`/repo/${path}`, text])))
  const answers = Object.entries(git).map(([words, stdout]) => [`git -c safe.directory=* ${words}`, { stdout }] as const)
  const host = {
    ...createFakeHost({ files, capture: { git: { exitCode: 128 }, ...Object.fromEntries(answers) } }),
    now: () => Date.UTC(2026, 5, 1),
  }
  const { text, exitCode } = await initProject(host, parseInitWords(words), {}, 100)
  const after = below(files.entries)
  const written = Object.fromEntries(Object.entries(after).filter(([path]) => !Object.hasOwn(project, path)))
  const dockerfile = after['Dockerfile']
  const advice = dockerfile === undefined ? [] : advise(host, createInputs({ advice: 'warn', build: { dockerfile } }))
  return { written, text, exitCode, advice, after }
}
