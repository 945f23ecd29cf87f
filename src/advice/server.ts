import type { Instruction } from '../build/instruction.ts'
import { environmentOf, lastOf } from './chain.ts'
import type { Edit } from './diff.ts'
import { changed, execLine, replaced } from './edit.ts'
import type { DockerfileSubject, Source } from './rule.ts'
import { wordsOf } from './shell.ts'

/** What an image runs when it starts, and the instructions that say so, ENTRYPOINT before CMD. */
export type ServerCommand = Readonly<{ line: string; words: readonly string[]; by: readonly Instruction[] }>

const wordsBy = ({ words, rest }: Instruction) => words ?? wordsOf(rest)

/** ENTRYPOINT and CMD of what ships; undefined where its base image is left to say. A shell entry point takes no CMD. */
export function serverCommand(subject: Pick<DockerfileSubject, 'chain'>): ServerCommand | undefined {
  const entry = lastOf(subject, 'ENTRYPOINT')
  const command = entry && !entry.words ? undefined : lastOf(subject, 'CMD')
  const by = [entry, command].filter((one) => one !== undefined)
  const words = by.flatMap(wordsBy)
  const script = /^(\/bin\/)?(ba)?sh$/.test(words[0] ?? '') && /^-\w*c$/.test(words[1] ?? '') ? words[2] : undefined
  return by.length === 0 ? undefined : { line: script ?? words.join(' '), words, by }
}

/** `app.main` of `uvicorn app.main:app`, `serve.py` of `python serve.py`: which file of Python a command starts. */
function startedFile({ line }: ServerCommand, env: Readonly<Record<string, string>>): string | undefined {
  const [, script] = /(?:^|[\s/])(?:python[\d.]*|fastapi\s+(?:run|dev))\s+(?:-[uBEIOs]+\s+)*([\w./-]+\.py)\b/.exec(line) ?? []
  if (script !== undefined) return script
  const [, application] = /(?:^|\s)([A-Za-z_][\w.]*):[A-Za-z_]\w*(?:\(\))?(?=\s|$)/.exec(line) ?? []
  const [, flask] = /\bflask\s+(?:--app|-A)[\s=]([\w./]+)/.exec(line) ?? []
  const asked = application ?? (/\bflask\b/.test(line) ? (flask ?? env['FLASK_APP'] ?? 'app') : undefined)
  const [, module] = /(?:^|[\s/])python[\d.]*\s+(?:-[uBEIOs]+\s+)*-m\s+([A-Za-z_][\w.]*)/.exec(line) ?? []
  const named = asked ?? (module === undefined || /^(uvicorn|gunicorn|flask|pip|hypercorn)$/.test(module) ? undefined : module)
  return named === undefined ? undefined : named.endsWith('.py') ? named : `${named.replaceAll('.', '/')}.py`
}

/** A file of Python with the path it has in the context. */
export type Code = Source & Readonly<{ path: string }>

/** The code that the command of the image starts, where the build context has it. */
export function serverCode(subject: DockerfileSubject): Code | undefined {
  const command = serverCommand(subject)
  const file = command && startedFile(command, environmentOf(subject))?.replace(/^(\.?\/)*/, '')
  if (file === undefined) return undefined
  const { sent } = subject
  const package_ = file.replace(/\.py$/, '/__init__.py')
  // In the image it may lie in a folder that the context does not have: `/app/main.py`.
  const tails = [file, package_, ...(file.includes('/') ? [file.slice(file.indexOf('/') + 1)] : [])]
  for (const tail of tails) {
    const [path] = sent.paths.filter((one) => one === tail || one.endsWith(`/${tail}`)).toSorted((a, b) => a.length - b.length)
    const text = path === undefined ? undefined : sent.read(path)
    if (path !== undefined && text !== undefined) return { path, file: sent.name(path), text }
  }
  return undefined
}

/** More words at the end of the command that `by` ends with; undefined where a shell has more to do than start it. */
export function withMoreWords(source: Source, { by }: ServerCommand, more: readonly string[]): Edit | undefined {
  const last = by.at(-1)
  if (!last) return undefined
  const { words, keyword, rest } = last
  if (words && !/^(\/bin\/)?(ba)?sh$/.test(words[0] ?? '')) return replaced(last, [execLine(keyword, [...words, ...more])])
  const line = words ? (words.at(-1) ?? '') : rest
  if (/[|;&<>]/.test(line)) return undefined
  return words ? changed(source, last, /"(\s*\]\s*)$/, ` ${more.join(' ')}"$1`) : changed(source, last, /\s*$/, ` ${more.join(' ')}`)
}

/** The command without a word, or with another in its place; in whichever of its instructions it stands. */
export function withWord(source: Source, { by }: ServerCommand, word: string, other: string | undefined): Edit | undefined {
  for (const instruction of by) {
    const { words, keyword } = instruction
    if (words?.includes(word)) {
      const put = words.flatMap((one) => (one === word ? (other ?? []) : [one]))
      return replaced(instruction, [execLine(keyword, put)])
    }
    const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const edit = changed(source, instruction, new RegExp(`(\\s|["'])${literal}(?=\\s|["']|$)`), other === undefined ? '' : `$1${other}`)
    if (edit) return edit
  }
  return undefined
}
