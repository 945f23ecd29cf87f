import { parse as parseWords } from 'shell-quote'

/** Thrown by the parsers: `reason` says what is wrong with the value. */
export class Invalid extends Error {}

/** YAML 1.2 core schema, as `core.getBooleanInput`. */
export function parseBoolean(text: string): boolean {
  if (/^(true|True|TRUE)$/.test(text)) return true
  if (/^(false|False|FALSE)$/.test(text)) return false
  throw new Invalid('is neither true nor false')
}

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const
const longest = 24 * units.h

/** Milliseconds of `500ms`, `90s`, `1m30s`, `1.5h`; more than zero, at most a day. */
export function parseDuration(text: string): number {
  const whole = /^(?:\d{1,9}(?:\.\d{1,3})?(?:ms|s|m|h))+$/
  if (!whole.test(text)) throw new Invalid('is not a duration with a unit (ms, s, m, h)')
  let ms = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) ms += Number(amount) * units[unit as keyof typeof units]
  if (ms < 1) throw new Invalid('is no time at all')
  if (ms > longest) throw new Invalid('is longer than a day')
  return Math.round(ms)
}

export function parsePort(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new Invalid('is not a port number (the one in the container, 1 to 65535)')
  const port = Number(text)
  if (port < 1 || port > 65_535) throw new Invalid('is not between 1 and 65535')
  return port
}

/** One item a line; blank lines and lines that start with # are left out. */
export function parseLines(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** One item a line, or several in a line with commas between. */
export function parseItems(text: string): readonly string[] {
  return parseLines(text)
    .flatMap((line) => line.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

export function oneOf<const T extends string>(...allowed: readonly T[]): (text: string) => T {
  return (text) => {
    const found = allowed.find((value) => value === text)
    if (found === undefined) throw new Invalid(`is not one of ${allowed.join(', ')}`)
    return found
  }
}

/** A path on the server under test: absolute, on that server, without a fragment. */
export function parsePath(text: string): string {
  if (!text.startsWith('/')) throw new Invalid('does not start with /: give the path only, not a URL')
  if (text.startsWith('//')) throw new Invalid('starts with //, which names another server')
  if (/[\s#\\]/.test(text) || /[^\x21-\x7e]/.test(text))
    throw new Invalid('holds a space, a fragment (#) or a character that must be percent-encoded')
  if (/(^|\/)\.\.?(\/|\?|$)/.test(text)) throw new Invalid('holds . or .. as a segment')
  return text
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new Invalid(`is not JSON (${(error as Error).message})`)
  }
}

/** What an answer is held against. */
export type Expectation = Readonly<{ kind: 'json'; value: Json }> | Readonly<{ kind: 'pattern'; pattern: RegExp }>

/** `/regex/flags`, else JSON. */
export function parseExpectation(given: string): Expectation {
  const text = given.trim()
  const pattern = /^\/(.+)\/([a-z]*)$/s.exec(text)
  if (!pattern) return { kind: 'json', value: parseJson(text) }
  try {
    return { kind: 'pattern', pattern: new RegExp(pattern[1] ?? '', pattern[2] ?? '') }
  } catch (error) {
    throw new Invalid(`is not a regular expression (${(error as Error).message})`)
  }
}

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/

/** `NAME=value` lines, or `NAME` alone to take the value from `job`. Later lines win. */
export function parseVariables(job: Readonly<Record<string, string | undefined>>): (text: string) => Readonly<Record<string, string>> {
  return (text) => {
    const variables: Record<string, string> = {}
    for (const [number, line] of parseLines(text).entries()) {
      const at = line.indexOf('=')
      const name = at < 0 ? line : line.slice(0, at)
      if (!variableName.test(name)) throw new Invalid(`has a line (number ${number + 1}) that is neither NAME=value nor NAME`)
      const value = at < 0 ? job[name] : line.slice(at + 1)
      if (value === undefined)
        throw new Invalid(`takes ${/^[A-Z_0-9]+$/.test(name) ? name : `a name (line ${number + 1})`} from the job, where it is not set`)
      variables[name] = value
    }
    return variables
  }
}

const ours = /^(--name|--rm|--detach|--cidfile|--publish|--publish-all)(=|$)|^-[itq]*[dpP]/
const unreachable = /^(host|none)$/

/** Words as a shell parts them; nothing is expanded, no operator is taken. */
export function parseShellWords(text: string): readonly string[] {
  const words = parseLines(text).flatMap((line) =>
    parseWords(line, (name) => {
      throw new Invalid(`uses $${name}: variables are not expanded here, use an expression of the workflow`)
    }),
  )
  return words.map((word) => {
    if (typeof word === 'string') return word
    if ('op' in word && word.op === 'glob') return word.pattern
    throw new Invalid('holds a shell operator')
  })
}

/** Words of a shell line; what would break how the container is found, reached or removed is refused. */
export function parseRunArgs(text: string): readonly string[] {
  const args = parseShellWords(text)
  if (args[0] !== undefined && !args[0].startsWith('-')) throw new Invalid(`starts with "${args[0]}", which is no flag of docker run`)
  args.forEach((arg, index) => {
    if (ours.test(arg)) throw new Invalid(`holds ${arg}, which the action sets itself`)
    const network = /^--net(?:work)?(?:=(.*))?$/.exec(arg)
    if (network && unreachable.test(network[1] ?? args[index + 1] ?? ''))
      throw new Invalid('takes the network away that the smoke test needs')
  })
  return args
}
