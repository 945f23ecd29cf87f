import { basename, isAbsolute, relative } from 'node:path'

/** A line of a file that an annotation can stand at: the path is one from the workspace. */
export type SourceLine = Readonly<{ file: string; line: number }>

/** Where BuildKit says the fault is, as it names the file: by the last part of its path. */
export type Excerpt = Readonly<{ name: string; line: number }>

/**
 * Reads the head of the excerpt of the source that buildx prints behind a failed build (`Dockerfile:12` above a rule of
 * dashes). Feed it what buildx says itself, line by line; the first one counts.
 */
export function excerptReader(): (line: string) => Excerpt | undefined {
  let last = ''
  let found: Excerpt | undefined
  return (line) => {
    const [, name, number] = /^-{20}$/.test(line) ? (/^(\S.*):(\d+)$/.exec(last) ?? []) : []
    if (!found && name !== undefined) found = { name, line: Number(number) }
    last = line
    return found
  }
}

const words = (text: string) => text.trim().replace(/\s+/g, ' ')

/** The line on which the instruction of a step begins, for where no excerpt is printed; undefined unless there is just one. */
export function lineOfStep(dockerfile: string, step: string): number | undefined {
  const wanted = words(step.replace(/^\[[^\]]*\]/, ''))
  const found: number[] = []
  let start: number | undefined
  let text = ''
  for (const [index, line] of dockerfile.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue
    start ??= index + 1
    text += `${line.replace(/\\\s*$/, '')} `
    if (/\\\s*$/.test(line)) continue
    if (words(text) === wanted) found.push(start)
    start = undefined
    text = ''
  }
  return found.length === 1 ? found[0] : undefined
}

/** `line` of a file; undefined when no annotation could stand there, as the file is not in the workspace. */
export function sourceLine(workspace: string, file: string, line: number | undefined): SourceLine | undefined {
  const path = relative(workspace, file)
  return line === undefined || path.startsWith('..') || isAbsolute(path) ? undefined : { file: path, line }
}

/** Where a failed build broke: by the excerpt, or by the name of the step. */
export function placeOf(
  workspace: string,
  { file, dockerfile }: Readonly<{ file: string; dockerfile: string }>,
  excerpt: Excerpt | undefined,
  step: string | undefined,
): SourceLine | undefined {
  if (excerpt && basename(excerpt.name) !== basename(file)) return undefined
  return sourceLine(workspace, file, excerpt?.line ?? (step === undefined ? undefined : lineOfStep(dockerfile, step)))
}
