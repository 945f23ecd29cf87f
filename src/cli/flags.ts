import { isAbsolute } from 'node:path'
import { type Declared, declaredInputs } from '../inputs/declared.ts'

type Source = Readonly<Record<string, string | undefined>>

/** What stdout gets at the end of a run. */
export const formats = ['text', 'markdown', 'json'] as const
export type Format = (typeof formats)[number]

/** Those that may stand alone. */
const switches = new Set<string>([
  'json',
  ...Object.entries<Declared>(declaredInputs).flatMap(([name, { default: value }]) =>
    value === 'true' || value === 'false' ? [name] : [],
  ),
])

/** Flags -> the same names and texts that the Action gets as inputs. @throws Error on what is no flag */
export function parseFlags(argv: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>()
  const words = [...argv]
  for (let i = 0; i < words.length; i++) {
    const [, name, inline] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(words[i] ?? '') ?? []
    if (name === undefined) throw new Error(`"${words[i]}" is no flag. Flags are --NAME VALUE or --NAME=VALUE, see --help`)
    const next = words[i + 1]
    if (inline !== undefined) given.set(name, inline)
    // A word behind --json is the next flag's matter: it takes none.
    else if (next !== undefined && !next.startsWith('--') && name !== 'json') given.set(name, words[++i] ?? '')
    else if (switches.has(name)) given.set(name, 'true')
    else throw new Error(`--${name} needs a value; one that starts with -- is given as --${name}=VALUE`)
  }
  return given
}

/** `--format FORMAT`, or `--json`, which are no inputs of the Action. @throws Error on what is no format */
export function takeFormat(given: Map<string, string>): Format {
  const [json, named] = [given.get('json'), given.get('format')]
  given.delete('json')
  given.delete('format')
  if (json !== undefined && json !== 'true') throw new Error(`--json takes no value, not "${json}"`)
  if (json !== undefined && named !== undefined && named !== 'json')
    throw new Error(`--json and --format ${named} are two formats: take one`)
  if (named === undefined) return json === undefined ? 'text' : 'json'
  const format = formats.find((one) => one === named)
  if (!format) throw new Error(`--format is "${named}", and takes ${formats.join(', ')}`)
  return format
}

/** Whether JSON was asked for, of words that need not be flags. */
export function wantsJson(words: readonly string[]): boolean {
  return words.some((word, at) => word === '--json' || word === '--format=json' || (word === '--format' && words[at + 1] === 'json'))
}

/** A password on a command line is seen by everybody on the machine: only a file or a variable may hold it. */
export function takePassword(given: Map<string, string>, env: Source, readText: (path: string) => string | undefined): void {
  const literal = given.get('password')
  if (literal !== undefined && !literal.startsWith('@'))
    throw new Error('--password takes @FILE: on a command line everybody on the machine could read it. Or set ML_IMAGE_PASSWORD')
  if (given.get('registry-auth')?.trim().startsWith('@') === false)
    throw new Error('--registry-auth takes @FILE: on a command line everybody on the machine could read the passwords in it')
  const text = literal === undefined ? env['ML_IMAGE_PASSWORD'] : readText(literal.slice(1))
  if (literal !== undefined && text === undefined) throw new Error(`--password names a file that cannot be read (${literal.slice(1)})`)
  if (text !== undefined) given.set('password', text.trimEnd())
  const token = env['GITHUB_TOKEN']
  if (token && !given.has('github-token')) given.set('github-token', token)
}

/**
 * `--record FILE`, which is no input of the Action: nothing is pushed by such a run, and the requests of a file that is there
 * already are asked again. @throws Error on what is no samples file
 */
export function takeRecord(given: Map<string, string>, isFile: (path: string) => boolean): string | undefined {
  const path = given.get('record')
  if (path === undefined) return undefined
  given.delete('record')
  if (!/\.(json|jsonl|ya?ml)$/.test(path)) throw new Error(`--record takes a samples file (.json, .jsonl, .yaml), not "${path}"`)
  if (isAbsolute(path) || path.split('/').includes('..')) throw new Error(`--record takes a path in this folder, not "${path}"`)
  if (given.get('push') === 'true') throw new Error('--record is for a run that pushes nothing: leave out --push')
  if (given.get('smoke') === 'false') throw new Error('--record needs the smoke test: leave out --smoke=false')
  given.set('push', 'false')
  if (!given.has('samples') && !given.has('predict-body') && isFile(path)) given.set('samples', path)
  return path
}
