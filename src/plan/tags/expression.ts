import { Invalid } from '../../inputs/parse.ts'
import { branchOf, type Facts, shortShaOf, tagOf } from './facts.ts'
import type { Libraries } from './libraries.ts'

/** What names in a template stand for: values, or functions that give them. */
export type Values = Readonly<Record<string, unknown>>

// Names that take no arguments and mean nothing to Handlebars itself.
const plainNames = 'branch|tag|sha|base_ref|is_default_branch|is_not_default_branch|raw|version|major|minor|patch'
const plainExpression = new RegExp(`\\{\\{[ \\t]*(${plainNames})[ \\t]*\\}\\}`, 'g')
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
  '`': '&#x60;',
  '=': '&#x3D;',
}

/** Whether a template holds text and expressions like `{{branch}}` alone, which need no Handlebars. */
export function isPlain(template: string): boolean {
  return !template.includes('{{') || !/[{}\\]/.test(template.replace(plainExpression, ''))
}

function fillPlain(template: string, values: Values): string {
  if (!template.includes('{{')) return template
  return template.replace(plainExpression, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    const text: unknown = typeof value === 'function' ? value() : value
    return text === undefined || text === null ? '' : String(text).replace(/[&<>"'`=]/g, (character) => escapes[character] ?? '')
  })
}

function engine({ handlebars }: Libraries): typeof import('handlebars') {
  if (!handlebars) throw new Error('an expression is rendered that was not announced to loadLibraries')
  return handlebars
}

/** What Handlebars has against a template, in one line. */
export function templateFault(error: unknown): string {
  const [what = '', where] = (error as Error).message.split('\n')
  return `has an expression that cannot be evaluated (${(where === undefined ? what : `parse error at ${where}`).slice(0, 160)})`
}

/**
 * Renders a template as Handlebars does, which escapes what it puts in for HTML: `&` becomes `&amp;`.
 * @throws Invalid when it is no template, or asks for something that is not there
 */
export function render(template: string, values: Values, libraries: Libraries): string {
  if (isPlain(template)) return fillPlain(template, values)
  const handlebars = engine(libraries)
  try {
    return handlebars.compile(template)(values)
  } catch (error) {
    throw new Invalid(templateFault(error))
  }
}

/** Whether a pattern is `{{raw}}` and nothing else. */
export function isRawStatement(pattern: string, libraries: Libraries): boolean {
  if (isPlain(pattern)) return /^\{\{[ \t]*raw[ \t]*\}\}$/.test(pattern)
  try {
    const { body } = engine(libraries).parseWithoutProcessing(pattern)
    const [statement] = body as readonly Readonly<{ type: string; path?: Readonly<{ parts?: readonly string[] }> }>[]
    const parts = statement?.path?.parts
    return body.length === 1 && statement?.type === 'MustacheStatement' && parts?.length === 1 && parts[0] === 'raw'
  } catch {
    return false
  }
}

/** The expressions `{{date 'FORMAT' tz='ZONE'}}` over a time: formats of moment; the zone is UTC unless given. */
export function dateExpression(time: Date, { moment }: Libraries, notice: (text: string) => void) {
  return (format: unknown, options?: Readonly<{ hash: Readonly<Record<string, unknown>> }>): string => {
    // Without a format Handlebars hands its options in the place of it.
    if (!options) throw new Error("a date needs a format, as in {{date 'YYYYMMDD'}}")
    if (!moment) throw new Error('a date is rendered that was not announced to loadLibraries')
    let zone: unknown = 'UTC'
    for (const [key, value] of Object.entries(options.hash)) {
      if (key !== 'tz') throw new Error(`Unknown ${key} attribute`)
      zone = value
    }
    const at = moment(time)
    // moment would write this to the log by itself, and go on in the zone of the machine.
    if (typeof zone === 'string' && zone !== '' && moment.tz.zone(zone) === null) {
      notice(`"${zone}" is no time zone: the date is in that of this machine.`)
      return at.format(format as string)
    }
    return at.tz(zone as string).format(format as string)
  }
}

/** What expressions stand for in every text but patterns. */
export function globalValues(facts: Facts, libraries: Libraries, notice: (text: string) => void): Values {
  const isDefault = String(facts.isDefaultBranch)
  return {
    branch: () => branchOf(facts) ?? '',
    tag: () => tagOf(facts) ?? '',
    sha: () => shortShaOf(facts),
    base_ref: () => facts.baseRef,
    is_default_branch: () => isDefault,
    is_not_default_branch: () => String(!facts.isDefaultBranch),
    date: dateExpression(facts.now, libraries, notice),
    commit_date: dateExpression(facts.committed, libraries, notice),
  }
}
