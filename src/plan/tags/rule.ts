import { Invalid } from '../../inputs/parse.ts'
import { recordFields } from '../../inputs/records.ts'
import { attributes, commonAttributes, defaultLines, priorities, type RuleType, ruleTypes, type TagRule } from './grammar.ts'

export type { TagRule }

const namedTypes: readonly string[] = ['defaults', ...ruleTypes]

type Attributes = ReadonlyMap<string, string>

/**
 * A field without `=`, or with nothing before it, is the value; keys are lowered; the last of a key wins, but every
 * type must be one.
 */
function readAttributes(line: string): Attributes {
  const fields = recordFields(line).map((field): readonly [string, string] => {
    const at = field.indexOf('=')
    return at < 1 ? ['value', field.trim()] : [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()]
  })
  for (const [key, value] of fields)
    if (key === 'type' && !namedTypes.includes(value)) throw new Invalid(`has type=${value}, which is none of ${namedTypes.join(', ')}`)
  return new Map(fields)
}

function oneOf<const T extends string>(value: string | undefined, name: string, ...allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value)
  if (found === undefined) {
    const given = value === undefined ? `lacks ${name}` : `has ${name}=${value}`
    throw new Invalid(`${given}, which must be one of ${allowed.join(', ')}`)
  }
  return found
}

function required(given: Attributes, name: string, type: RuleType, like: string): string {
  const value = given.get(name)
  if (value === undefined) throw new Invalid(`lacks ${name}, which type=${type} needs: ${name}=${like}`)
  return value
}

function checkPattern(pattern: string, flags?: string): void {
  try {
    new RegExp(pattern, flags)
  } catch (error) {
    throw new Invalid(`has a regular expression that is none (${(error as Error).message})`)
  }
}

/** `/pattern/flags`, or a pattern alone. */
export function splitPattern(text: string): Readonly<{ source: string; flags?: string }> {
  const [, source, flags] = /^\/(.+)\/(.*)$/.exec(text) ?? []
  return source === undefined ? { source: text } : { source, flags: flags ?? '' }
}

type Own<T> = T extends TagRule ? Omit<T, 'line' | 'from' | 'enable' | 'priority' | 'prefix' | 'suffix'> : never

function readOwn(type: RuleType, given: Attributes, line: string): Own<TagRule> {
  switch (type) {
    case 'schedule':
      return { type, pattern: given.get('pattern') ?? 'nightly' }
    case 'semver':
    case 'pep440': {
      const match = given.get('match') ?? ''
      checkPattern(match)
      return { type, pattern: required(given, 'pattern', type, '{{version}}'), value: given.get('value') ?? '', match }
    }
    case 'match': {
      const pattern = required(given, 'pattern', type, '\\d.\\d')
      const { source, flags } = splitPattern(pattern)
      checkPattern(source, flags)
      const group = given.get('group') ?? '0'
      if (Number.isNaN(Number(group))) throw new Invalid(`has group=${group}, which is not the number of a group`)
      return { type, pattern, group, value: given.get('value') ?? '' }
    }
    case 'edge':
      return { type, branch: given.get('branch') ?? '' }
    case 'ref':
      return { type, event: oneOf(given.get('event'), 'event', 'branch', 'tag', 'pr') }
    case 'raw':
      if (/^- /.test(given.get('value') ?? line)) throw new Invalid('starts with "- ": the lines are no YAML list, leave that out')
      return { type, value: required(given, 'value', type, 'v2') }
    case 'sha':
      return { type, format: oneOf(given.get('format') ?? 'short', 'format', 'short', 'long') }
  }
}

/**
 * Reads a line of `tags`; `type=defaults` becomes several. What docker/metadata-action throws on is refused, and a
 * regular expression that is none also where the event does not reach it. Attributes that nobody knows are left out.
 * @throws Invalid
 */
export function parseTagRule(line: string, from: TagRule['from'] = 'user'): readonly TagRule[] {
  const given = readAttributes(line)
  const named = given.get('type')
  if (named === 'defaults') {
    const extra = [...given.keys()].find((name) => name !== 'type')
    if (extra !== undefined) throw new Invalid(`has ${extra}, which type=defaults does not take: write the lines out that it stands for`)
    return defaultLines.flatMap((one) => parseTagRule(one, 'defaults'))
  }
  const type = ruleTypes.find((one) => one === named) ?? 'raw'
  const own = readOwn(type, given, line)
  const enable = given.get('enable') ?? 'true'
  if (!enable.includes('{{') && enable !== 'true' && enable !== 'false')
    throw new Invalid(`has enable=${enable}, which is neither true nor false`)
  const priority = given.get('priority')
  const prefix = given.get('prefix') ?? (own.type === 'sha' ? 'sha-' : own.type === 'ref' && own.event === 'pr' ? 'pr-' : undefined)
  const suffix = given.get('suffix')
  return [
    {
      ...own,
      line,
      from,
      enable,
      priority: priority === undefined ? priorities[type] : Number(priority),
      ...(prefix === undefined ? {} : { prefix }),
      ...(suffix === undefined ? {} : { suffix }),
    },
  ]
}

/** What of a line has no effect, though docker/metadata-action takes it without a word. */
export function oddities(rule: TagRule): readonly string[] {
  const extra = [...readAttributes(rule.line).keys()].filter(
    (name) => name !== 'type' && !commonAttributes.includes(name) && !attributes[rule.type].includes(name),
  )
  const values = recordFields(rule.line).filter((field) => field.indexOf('=') < 1)
  return [
    ...(values.length > 1 ? ['of several values the last alone counts: give each tag a line of its own'] : []),
    ...extra.map((name) => `${name || 'an attribute without a name'} has no effect: type=${rule.type} does not take it`),
    ...(Number.isNaN(rule.priority) ? ['priority has no effect: it is not a number'] : []),
  ]
}

/** In the order in which they count: by priority, highest first; those of the same in the order given. */
export function inOrder(rules: readonly TagRule[]): readonly TagRule[] {
  return rules.toSorted((a, b) => (a.priority < b.priority ? 1 : a.priority > b.priority ? -1 : 0))
}
