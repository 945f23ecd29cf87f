import { randomUUID } from 'node:crypto'
import { appendFileSync, statSync } from 'node:fs'

/** The files by which an action speaks to the runner and to later steps. */
const variables = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY', 'GITHUB_ARTIFACTS']

export interface CommandFiles {
  /** Does a write of our own, whose traces are not somebody else's. */
  readonly writing: (write: () => void) => void
  /** The variables of the files that have changed otherwise. */
  readonly changed: () => readonly string[]
}

/** Watches the command files of the step, by size and time of change. */
export function watchCommandFiles(env: Readonly<Record<string, string | undefined>>): CommandFiles {
  const mark = (variable: string): string => {
    try {
      // The time of the inode's change cannot be set back as that of the content can.
      const { size, mtimeMs, ctimeMs } = statSync(env[variable] ?? '')
      return `${size} ${mtimeMs} ${ctimeMs}`
    } catch {
      return ''
    }
  }
  const known = new Map(variables.map((variable) => [variable, mark(variable)]))
  const changed = () => variables.filter((variable) => mark(variable) !== known.get(variable))
  return {
    changed,
    writing: (write) => {
      const theirs = new Set(changed())
      write()
      for (const variable of variables) if (!theirs.has(variable)) known.set(variable, mark(variable))
    },
  }
}

/** Adds to the job summary, at once: the process may leave next. Runners that have none name no file. */
export function appendSummary(path: string | undefined, markdown: string): void {
  if (path) appendFileSync(path, markdown)
}

/** A variable for later steps, written to GITHUB_ENV. Not core.exportVariable: that puts it into our own environment, too. */
export function appendVariable(path: string | undefined, name: string, value: string): void {
  if (!path) return
  const end = `end_${randomUUID()}`
  appendFileSync(path, `${name}<<${end}\n${value}\n${end}\n`)
}

/** A line for GITHUB_ARTIFACTS (actions/runner, CreateArtifactsFileCommand.cs). Runners that do not know the file do not name one. */
export function appendArtifact(path: string | undefined, reference: string): void {
  if (path) appendFileSync(path, `${reference}\n`)
}
