import type { Instruction } from '../build/instruction.ts'

/** Splits at `&&`, `||`, `;`, `|` and line ends, outside of quotes. */
function split(script: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  for (const [token] of script.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|\\[\s\S]|&&|\|\||[;|\n]|[^"'\\&|;\n]+|[\s\S]/g)) {
    if (/^(&&|\|\||[;|\n])$/.test(token)) {
      parts.push(part)
      part = ''
    } else part += token
  }
  return [...parts, part].map((text) => text.trim()).filter((text) => text !== '')
}

/** The commands of a RUN: its line and its heredoc, each without what joins it to the next. */
export function commandsOf({ keyword, rest, words, heredocs }: Instruction): readonly string[] {
  if (keyword !== 'RUN') return []
  if (words) return words.length === 3 && /^(\/bin\/)?(ba)?sh$/.test(words[0] ?? '') ? split(words[2] ?? '') : [words.join(' ')]
  return [...split(rest), ...heredocs.flatMap(({ text }) => split(text))]
    .map((command) => command.replace(/^\(\s*|^set -\S+$/g, ''))
    .filter(Boolean)
}

/** Words of a command line, quotes taken off; variables stay as they are. */
export function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([word]) =>
    word.replace(
      /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g,
      (_, double?: string, single?: string, plain?: string) => double ?? single ?? plain ?? '',
    ),
  )
}

/** The packages that a command has a package manager of the system install; undefined for other commands. */
export function systemPackages(command: string): readonly string[] | undefined {
  const [, given] = /^(?:sudo\s+)?(?:apt-get|apt|apk|microdnf|dnf|yum)\s+(?:-\S+\s+)*(?:install|add)\s+(.*)$/s.exec(command) ?? []
  return given === undefined
    ? undefined
    : wordsOf(given)
        .filter((word) => !word.startsWith('-'))
        .map((word) => word.replace(/[=:].*$/, ''))
}

/** A call of pip, uv pip, or conda's pip: by which program, and its arguments behind `install`. */
export type PipInstall = Readonly<{ program: string; arguments: string }>

/** A command that installs by pip; undefined for others. */
export function pipInstall(command: string): PipInstall | undefined {
  const [, program, given] =
    /^(?:sudo\s+)?(?:[A-Z_]\w*=\S*\s+)*((?:\S*\/)?(?:python[\d.]*\s+-m\s+pip|pip[\d.]*|uv\s+pip))\s+(?:-\S+\s+)*install\b\s*(.*)$/s.exec(
      command,
    ) ?? []
  return program === undefined ? undefined : { program: program.replace(/\s+/g, ' '), arguments: given ?? '' }
}

/** The files that an installation reads (`-r requirements.txt`, `-c constraints.txt`). */
export function installFiles(given: string): readonly string[] {
  return [...given.matchAll(/(?:^|\s)(?:-r|-c|--requirement|--constraint)[\s=]*(["']?)([^\s"']+)\1/g)].map(([, , file = '']) => file)
}
