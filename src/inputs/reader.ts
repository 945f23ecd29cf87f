import { isAbsolute, relative, resolve } from 'node:path'
import type { Host } from '../host/host.ts'
import type { TemplateCheck } from '../plan/tags/libraries.ts'
import { declaredInputs, type InputName } from './declared.ts'
import type { Problem } from './inputs.ts'
import { Invalid } from './parse.ts'
import type { TextYamlParser } from './read-registry-auth.ts'
import type { SampleLibraries } from './sample-libraries.ts'

/** The raw text of every input that was given, by name; names may be unknown ones. */
export type Given = ReadonlyMap<string, string>

/** What of the outside is looked at while inputs are read: files and variables; nothing is run. */
export type Surroundings = Pick<Host, 'files' | 'env' | 'workspace' | 'kind'>

/** What comes with the inputs: a check for the expressions in them, if there are any, and what their samples files need. */
export type Circumstances = Surroundings & Readonly<{ templateFault?: TemplateCheck; parseTextYaml?: TextYamlParser }> & SampleLibraries

/** Reads inputs one by one and collects every problem on the way. */
export interface Reader extends Circumstances {
  readonly problems: readonly Problem[]
  /** Notes a problem; the value shown is that of the input, and the example its own, unless others are given. */
  readonly complain: (input: string, reason: string, value?: string, example?: string) => void
  /** The text given, else the default; undefined when both are empty. */
  readonly text: (name: InputName) => string | undefined
  /** The parsed value; undefined when not given, or when there is a problem. */
  readonly parsed: <T>(name: InputName, parse: (text: string) => T, value?: string) => T | undefined
  /** As `parsed`, for inputs with a default: not to be used when there are problems. */
  readonly required: <T>(name: InputName, parse: (text: string) => T) => T
  /** The value itself, or the content of the file that `@path` names, from `base`. */
  readonly content: (name: InputName, base: string) => string | undefined
  /** Whether a path, links followed, is in the workspace. On a laptop everything is. */
  readonly inside: (path: string) => boolean
}

const secret = new Set<string>(['password', 'github-token', 'registry-auth', 'secrets'])
/** Of lines of variables only the names are shown: the rest may be a key over several lines. */
const variables = new Set<string>(['run-env', 'test-env', 'build-args'])
const longestValue = 60

function exampleOf(input: string): string {
  const example = Object.hasOwn(declaredInputs, input) ? declaredInputs[input as InputName].example.split('\n')[0] : ''
  return `${input}: ${example}`
}

export function createReader(given: Given, around: Circumstances): Reader {
  const { files, workspace } = around
  const problems: Problem[] = []

  const namesIn = (text: string) => text.replace(/=.*$/gm, '=***').replace(/^(?![A-Z_0-9]*(=\*\*\*)?$).*$/gm, '***')
  const shownOf = (input: string) => (variables.has(input) ? namesIn(given.get(input) ?? '') : (given.get(input) ?? ''))
  const complain: Reader['complain'] = (input, reason, value = shownOf(input), like = exampleOf(input)) => {
    const hidden = value === '' ? '' : '***'
    const shown = secret.has(input) ? hidden : value.length > longestValue ? `${value.slice(0, longestValue)}...` : value
    problems.push({ input, value: shown.replace(/\s+/g, ' '), reason, example: like })
  }
  const text: Reader['text'] = (name) => {
    const value = given.get(name)
    const trimmed = value === undefined || value.trim() === '' ? declaredInputs[name].default : value.trim()
    // A default that is an expression has a value only under the runner.
    return trimmed === '' || trimmed.startsWith('${{') ? undefined : trimmed
  }
  const parsed = <T>(name: InputName, parse: (text: string) => T, value = text(name)): T | undefined => {
    if (value === undefined) return undefined
    try {
      return parse(value)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      complain(name, error.message)
      return undefined
    }
  }
  const inside: Reader['inside'] = (path) => {
    if (around.kind === 'terminal') return true
    const away = relative(files.realPath(workspace) ?? workspace, files.realPath(path) ?? path)
    return away !== '..' && !away.startsWith('../') && !isAbsolute(away)
  }
  const content: Reader['content'] = (name, base) => {
    const value = text(name)
    if (value === undefined || !value.startsWith('@')) return value
    const path = resolve(base, value.slice(1))
    const read = files.readText(path)
    if (read === undefined) complain(name, 'names a file that cannot be read')
    else if (!inside(path)) complain(name, 'names a file outside the workspace')
    else return read
    return undefined
  }
  return { ...around, problems, complain, text, parsed, required: (name, parse) => parsed(name, parse) as never, content, inside }
}
