import { isAbsolute } from 'node:path'
import { exitCodes } from './errors.ts'
import { cancelOnSignal } from './host/cancel.ts'
import { childEnvironment } from './host/environment.ts'
import { terminalHost } from './host/terminal.ts'
import { type Declared, declaredInputs } from './inputs/declared.ts'
import { declaredMergeInputs } from './inputs/declared-merge.ts'
import { main } from './main.ts'
import { gitFacts } from './plan/git.ts'
import { gitEvent } from './plan/git-event.ts'
import { summaryMarkdown } from './report/summary/summary.ts'

const switches = new Set<string>(
  Object.entries<Declared>(declaredInputs).flatMap(([name, { default: value }]) => (value === 'true' || value === 'false' ? [name] : [])),
)

const flagLines = (table: Readonly<Record<string, Declared>>): readonly string[] =>
  Object.entries(table).map(([name, { help, default: value }]) => {
    const shown = value === '' || value.startsWith('${{') ? '' : ` [${value}]`
    return `  --${name}${' '.repeat(Math.max(1, 22 - name.length))}${help}${shown}`
  })

/** What `merge --help` prints. */
export function mergeHelpText(): string {
  return [
    'usage: ml-image-action merge --images NAME --digests DIGEST,DIGEST [--INPUT VALUE ...]',
    '',
    'Joins images that were pushed by digest, each with the record of its gates, and sets the tags with --push true.',
    '',
    ...flagLines(declaredMergeInputs),
  ].join('\n')
}

/** What `--help` prints: the table of inputs. */
export function helpText(): string {
  return [
    'usage: ml-image-action --images NAME [--INPUT VALUE ...]',
    '       ml-image-action merge --help',
    '',
    'Tests, builds and smoke-tests the image of this folder, as the GitHub Action does; pushes it with --push true.',
    'With --record FILE the answers of the image are written to that samples file, and expected from then on.',
    'Switches may stand alone (--dry-run). The password is read from a file (--password @FILE) or ML_IMAGE_PASSWORD.',
    '',
    ...flagLines(declaredInputs),
    '',
    'exit codes: 0 passed, 1 a gate is red, 2 bad input, 3 a tool or a registry',
  ].join('\n')
}

/** Flags -> the same names and texts that the Action gets as inputs. @throws Error on what is no flag */
export function parseFlags(argv: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>()
  const words = [...argv]
  for (let i = 0; i < words.length; i++) {
    const [, name, inline] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(words[i] ?? '') ?? []
    if (name === undefined) throw new Error(`"${words[i]}" is no flag. Flags are --NAME VALUE or --NAME=VALUE, see --help`)
    const next = words[i + 1]
    if (inline !== undefined) given.set(name, inline)
    else if (next !== undefined && !next.startsWith('--')) given.set(name, words[++i] ?? '')
    else if (switches.has(name)) given.set(name, 'true')
    else throw new Error(`--${name} needs a value; one that starts with -- is given as --${name}=VALUE`)
  }
  return given
}

/** The command line. Exit codes as the Action's. */
export async function runCli(words: readonly string[]): Promise<void> {
  const merges = words[0] === 'merge'
  const argv = merges ? words.slice(1) : words
  if (argv.length === 0 || argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(`${merges ? mergeHelpText() : helpText()}\n`)
    return
  }
  const host = terminalHost(process.env)
  let given: Map<string, string>
  let record: string | undefined
  try {
    given = new Map(parseFlags(argv))
    takePassword(given, process.env, host.files.readText)
    record = takeRecord(given, (path) => host.files.kind(path) === 'file')
  } catch (error) {
    host.log.line(`error: ${(error as Error).message}`)
    process.exitCode = exitCodes.input
    return
  }
  const git = await gitFacts(host, host.workspace, childEnvironment('code', process.env))
  const [event, cancel] = [gitEvent(git), cancelOnSignal(async () => (await import('./abandon.ts')).abandon(host))]
  const { exitCode, report } = merges
    ? await (await import('./merge/main.ts')).mergeMain(host, given, event, cancel)
    : await main(host, given, event, cancel, record)
  if (record !== undefined && exitCode === exitCodes.passed) host.log.line(`Recorded: ${record}. Read it, and commit it.`)
  if (report) process.stdout.write(summaryMarkdown(report))
  process.exitCode = exitCode
}

/** A password on a command line is seen by everybody on the machine: only a file or a variable may hold it. */
function takePassword(given: Map<string, string>, env: NodeJS.ProcessEnv, readText: (path: string) => string | undefined): void {
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
