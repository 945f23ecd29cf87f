import semver from 'semver'
import type { Event } from '../event.ts'
import { isPlain, templateFault } from './expression.ts'
import type { Flavor } from './flavor.ts'
import type { TagRule } from './rule.ts'

/** The libraries that the grammar is defined by. They take 15 to 90 ms to load: only what a run needs is there. */
export type Libraries = Readonly<{
  handlebars?: typeof import('handlebars')
  moment?: typeof import('moment-timezone')
  pep440?: typeof import('@renovate/pep440')
}>

/** What of the inputs holds rules and expressions. */
export type Grammar = Readonly<{
  tags: readonly TagRule[]
  flavor: Flavor
  labels: readonly string[]
  annotations: readonly string[]
}>

/** The texts of a rule that are rendered. */
export function templatesOf(rule: TagRule): readonly string[] {
  const own = [...('value' in rule ? [rule.value] : []), ...('pattern' in rule && rule.type !== 'match' ? [rule.pattern] : [])]
  return [rule.enable, rule.prefix ?? '', rule.suffix ?? '', ...own]
}

function textsOf({ tags, flavor, labels, annotations }: Grammar): readonly string[] {
  return [...tags.flatMap(templatesOf), flavor.prefix, flavor.suffix, ...labels, ...annotations]
}

function needsPep440(rule: TagRule, { ref, context }: Event): boolean {
  if (rule.type !== 'pep440') return false
  if (rule.from === 'user') return rule.value !== '' || context.ref.startsWith('refs/tags/')
  return ref.kind === 'tag' && semver.valid(ref.name.replaceAll('/', '-')) === null
}

/** Handlebars, which is made to print nothing (it has an expression for that): it could be a command of the runner. */
async function loadHandlebars(): Promise<typeof import('handlebars')> {
  const handlebars = (await import('handlebars')).default
  handlebars.logger.level = Number.POSITIVE_INFINITY
  return handlebars
}

/** What is wrong with a text as a template; undefined when nothing is. */
export type TemplateCheck = (template: string) => string | undefined

/** A check for templates among inputs that were not read yet: Handlebars is loaded only if one may be more than plain. */
export async function loadTemplateCheck(inputs: readonly string[]): Promise<TemplateCheck> {
  if (inputs.every((text) => text.split('\n').every(isPlain))) return () => undefined
  const handlebars = await loadHandlebars()
  return (template) => {
    if (isPlain(template)) return undefined
    try {
      handlebars.parse(template)
      return undefined
    } catch (error) {
      return templateFault(error)
    }
  }
}

/** Loads what the rules and texts of a run need. */
export async function loadLibraries(grammar: Grammar, event: Event): Promise<Libraries> {
  const expressions = textsOf(grammar).filter((text) => !isPlain(text))
  const [handlebars, moment, pep440] = await Promise.all([
    expressions.length > 0 ? loadHandlebars() : undefined,
    expressions.some((text) => text.includes('date')) ? import('moment-timezone') : undefined,
    grammar.tags.some((rule) => needsPep440(rule, event)) ? import('@renovate/pep440') : undefined,
  ])
  return {
    ...(handlebars ? { handlebars } : {}),
    ...(moment ? { moment: moment.default } : {}),
    ...(pep440 ? { pep440: pep440.default } : {}),
  }
}

/** Whether a text of the run asks for the time of the commit, which may have to be looked up. */
export function asksForCommitDate(grammar: Grammar): boolean {
  return textsOf(grammar).some((text) => text.includes('commit_date'))
}
