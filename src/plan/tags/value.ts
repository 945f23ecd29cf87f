import semver from 'semver'
import { Invalid } from '../../inputs/parse.ts'
import { dateExpression, globalValues, render } from './expression.ts'
import { branchOf, type Facts, shortShaOf, tagOf } from './facts.ts'
import type { Flavor } from './flavor.ts'
import type { Libraries } from './libraries.ts'
import { splitPattern, type TagRule } from './rule.ts'
import { type Patterned, pep440In, semverIn, type TagVersion } from './version.ts'

/** What a rule gives: the text of a tag, not yet made valid, and what it says about `latest`. */
export type Value = Readonly<{
  text: string
  /** What `latest=auto` makes of it. */
  latest: boolean
  /** Will point to another image one day. */
  moves: boolean
  /** Holds the name of a branch or tag. */
  named: boolean
  version?: TagVersion
}>

/** What rules are evaluated with. */
export type Around = Readonly<{ facts: Facts; libraries: Libraries; flavor: Flavor; notice: (text: string) => void }>

const holds = (text: string, names: string) => new RegExp(`\\{\\{[^}]*\\b(${names})\\b`).test(text)

/** The name that version and match rules look at: `value`, else that of the pushed tag. */
function subject(rule: Readonly<{ value: string }>, { facts }: Around, rendered: (text: string) => string): string | undefined {
  return rule.value === '' ? tagOf(facts) : rendered(rule.value)
}

/** Group 1 of `match`, slashes made hyphens; the whole where it does not match. */
function narrowed(name: string, match: string, notice: Around['notice']): string {
  if (match === '') return name.replaceAll('/', '-')
  const found = name.match(match)
  if (!found) notice(`${match} does not match ${name}.`)
  const group = found ? found[1] : name
  if (group === undefined) throw new Invalid('has a match without a group that takes part: put brackets around the version, as in v(.*)')
  return group.replaceAll('/', '-')
}

/** Regular expressions as `String.match` reads them: with the flag g, group 1 is the second match. */
function matched(rule: Extract<TagRule, { type: 'match' }>, name: string, notice: Around['notice']): string | undefined {
  const { source, flags } = splitPattern(rule.pattern)
  const found = name.match(new RegExp(source, flags))
  if (!found) {
    notice(`${rule.pattern} does not match ${name}.`)
    return undefined
  }
  const group = /^(0|[1-9]\d*)$/.test(rule.group) ? found[Number(rule.group)] : undefined
  if (group === undefined) notice(`Group ${rule.group} does not exist for the pattern ${rule.pattern}.`)
  return group
}

type Base = Readonly<{ text: string; latest?: boolean; stays?: boolean; named?: boolean; version?: TagVersion }>

/** What of a rule stands between prefix and suffix; undefined where the event does not concern it. */
function baseOf(rule: TagRule, around: Around, rendered: (text: string) => string): Base | undefined {
  const { facts, libraries, notice } = around
  const branch = branchOf(facts)
  const tag = tagOf(facts)
  switch (rule.type) {
    case 'schedule': {
      if (!facts.eventName.includes('schedule')) return undefined
      const values = { date: dateExpression(facts.now, libraries, notice), commit_date: dateExpression(facts.committed, libraries, notice) }
      return { text: render(rule.pattern, values, libraries) }
    }
    case 'semver':
    case 'pep440': {
      const whole = subject(rule, around, rendered)
      if (whole === undefined) return undefined
      const name = narrowed(whole, rule.match, notice)
      // Of our defaults, PEP 440 is asked only where semver has no answer.
      if (rule.from === 'defaults' && (rule.type === 'semver') !== (semver.valid(name) !== null)) return undefined
      const read: (name: string, pattern: string, libraries: Libraries) => Patterned | undefined =
        rule.type === 'semver' ? semverIn : pep440In
      const found = read(name, rule.pattern, libraries)
      if (!found) {
        if (rule.from === 'user') notice(`${name} is not a version by ${rule.type === 'semver' ? 'semver' : 'PEP 440'}.`)
        return undefined
      }
      return { text: found.text, latest: found.final, stays: found.full, version: found.version }
    }
    case 'match': {
      const name = subject(rule, around, rendered)
      const text = name === undefined ? undefined : matched(rule, name, notice)
      return text === undefined ? undefined : { text, latest: true }
    }
    case 'edge':
      return branch !== undefined && branch === (rule.branch || facts.defaultBranch) ? { text: 'edge' } : undefined
    case 'ref':
      if (rule.event === 'branch') return branch === undefined ? undefined : { text: branch, named: true }
      if (rule.event === 'tag') return tag === undefined ? undefined : { text: tag, latest: true, stays: true, named: true }
      return facts.ref.startsWith('refs/pull/') ? { text: facts.ref.slice('refs/pull/'.length).replace(/\/merge$/, '') } : undefined
    case 'raw':
      return { text: rendered(rule.value) }
    case 'sha':
      return facts.sha === '' ? undefined : { text: rule.format === 'short' ? shortShaOf(facts) : facts.sha, stays: true }
  }
}

/**
 * What a rule gives for a run; undefined when it is off, or has nothing to say. Rule by rule as docker/metadata-action
 * v6. @throws Invalid on what that throws on
 */
export function evaluate(rule: TagRule, around: Around): Value | undefined {
  const { facts, libraries, flavor, notice } = around
  const values = globalValues(facts, libraries, notice)
  const rendered = (text: string) => render(text, values, libraries)
  const enable = rendered(rule.enable)
  if (enable !== 'true' && enable !== 'false')
    throw new Invalid(`has enable=${rule.enable}, which comes out as "${enable}", neither true nor false`)
  if (enable === 'false') return undefined
  const base = baseOf(rule, around, rendered)
  if (!base) return undefined
  const prefix = rule.prefix ?? flavor.prefix
  const suffix = rule.suffix ?? flavor.suffix
  const text = `${rendered(prefix)}${base.text}${rendered(suffix)}`
  const sources = [prefix, suffix, 'value' in rule && rule.type === 'raw' ? rule.value : ''].join('\n')
  return {
    text,
    latest: base.latest ?? false,
    moves: !base.stays && !holds(sources, 'sha'),
    named: base.named ?? holds(sources, 'branch|tag|base_ref'),
    ...(base.version ? { version: base.version } : {}),
  }
}
