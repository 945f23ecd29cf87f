import { Invalid } from '../inputs/parse.ts'
import type { Event } from './event.ts'
import { type Facts, factsOf, type Settings } from './tags/facts.ts'
import { isTag, sanitised, tagFrom } from './tags/fit.ts'
import { type Flavor, latestText } from './tags/flavor.ts'
import { defaultLines } from './tags/grammar.ts'
import type { Libraries } from './tags/libraries.ts'
import { inOrder, oddities, parseTagRule, type TagRule } from './tags/rule.ts'
import { evaluate, type Value } from './tags/value.ts'
import type { TagVersion } from './tags/version.ts'

export type { TagVersion }

/** A tag of the image; one that `moves` will point to another image one day. `version` where one gave the tag. */
export type Tag = Readonly<{ name: string; moves: boolean; version?: TagVersion }>

/** What the lines of `tags` and `flavor` give for a run. */
export type Tagging = Readonly<{
  /** Most telling first; the first is the version of the image. Each once. */
  tags: readonly Tag[]
  /** The names as docker/metadata-action lists them, where `latest` may come twice. */
  names: readonly string[]
  notices: readonly string[]
  problems: readonly Readonly<{ line: string; reason: string }>[]
}>

/** What tags are computed with. `now` in ms. */
export type TagOrder = Readonly<{ rules: readonly TagRule[]; flavor: Flavor; settings: Settings; libraries: Libraries; now: number }>

const defaultRules = defaultLines.flatMap((line) => parseTagRule(line, 'defaults'))

/** Rules in force: those of the user, else our defaults. */
export function rulesOf(rules: readonly TagRule[]): readonly TagRule[] {
  return rules.length === 0 ? defaultRules : rules
}

/** The text of a tag that the inputs alone decide; undefined where it depends on the run. */
export function literalText(rule: TagRule, flavor: Flavor): string | undefined {
  if (rule.type !== 'raw' || rule.enable === 'false') return undefined
  const text = `${rule.prefix ?? flavor.prefix}${rule.value}${rule.suffix ?? flavor.suffix}`
  return text === '' || text.includes('{{') ? undefined : text
}

/**
 * Why a literal tag is none; undefined when it is one. Other characters than those of tags become hyphens, as with
 * docker/metadata-action; but what is a whole `name:tag` was meant for docker/build-push-action.
 */
export function faultOf(text: string): string | undefined {
  if (/^[^\s/:]+(:\d+)?(\/[^\s/:]+)*\/[^\s/:]+:[\w][\w.-]*$/.test(text))
    return 'is a whole reference: give the name in images, and the tag alone here'
  if (isTag(sanitised(text))) return undefined
  return `makes the tag "${sanitised(text).slice(0, 40)}", which no registry takes (at most 128 characters, not starting with . or -)`
}

/** By which facts a rule is evaluated, and what `latest=auto` means to it. */
function latestOf(value: Value, rule: TagRule, flavor: Flavor): boolean {
  const latest = flavor.latest ?? (rule.from === 'defaults' ? 'false' : 'auto')
  return latest === 'auto' ? value.latest : latest === 'true'
}

/** Tells of names that had to be changed: another name may come out the same. */
function changes(value: Value, name: string): readonly string[] {
  const clean = sanitised(value.text)
  if (name !== clean) {
    return [
      name === ''
        ? `"${value.text}" makes no tag that a registry takes: left out.`
        : `The tag ${clean} is written ${name}: no registry takes it as it is.`,
    ]
  }
  return value.named && clean !== value.text
    ? [`The tag ${name} is that of ${value.text}: a name that differs only in such characters gets the same tag.`]
    : []
}

/**
 * The tags of a run, as docker/metadata-action v6 assembles them: the first value is the version, the others follow,
 * and whether there is a `latest` is decided by that first value alone.
 */
export function computeTags(order: TagOrder, event: Event): Tagging {
  const { flavor, settings, libraries, now } = order
  const notices: string[] = []
  const problems: { line: string; reason: string }[] = []
  const facts: Readonly<Record<TagRule['from'], Facts>> = {
    user: factsOf(event, settings, now, 'user'),
    defaults: factsOf(event, settings, now, 'defaults'),
  }
  const values: Value[] = []
  let latest: Readonly<{ on: boolean; version?: TagVersion }> | undefined
  for (const rule of inOrder(rulesOf(order.rules))) {
    if (rule.from === 'user') notices.push(...oddities(rule).map((oddity) => `tags: ${rule.line}: ${oddity}.`))
    const notice = (text: string) => void notices.push(`tags: ${rule.line}: ${text}`)
    try {
      const value = evaluate(rule, { facts: facts[rule.from], libraries, flavor, notice })
      if (!value || value.text === '') continue
      values.push(value)
      latest ??= { on: latestOf(value, rule, flavor), ...(value.version ? { version: value.version } : {}) }
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      problems.push({ line: rule.line, reason: error.message })
    }
  }

  const made = values.map((value) => ({ value, name: tagFrom(value.text) }))
  notices.push(...made.flatMap(({ value, name }) => changes(value, name)))
  const tags = new Map<string, Tag>()
  const add = (tag: Tag) => {
    const known = tags.get(tag.name)
    tags.set(tag.name, known ? { ...tag, ...known, moves: known.moves || tag.moves } : tag)
  }
  for (const { value, name } of made) {
    if (name !== '') add({ name, moves: value.moves, ...(value.version ? { version: value.version } : {}) })
  }
  const names = [...tags.keys()]
  if (latest?.on) {
    const name = tagFrom(latestText(flavor))
    names.push(name)
    add({ name, moves: true, ...(latest.version ? { version: latest.version } : {}) })
  }
  return { tags: [...tags.values()], names, notices: [...new Set(notices)], problems }
}
