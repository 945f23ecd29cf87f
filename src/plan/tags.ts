import { createHash } from 'node:crypto'
import semver from 'semver'
import { Invalid } from '../inputs/parse.ts'
import { type Event, onDefaultBranch } from './event.ts'

/** The version that a tag was made of, and how two of them compare. */
export type TagVersion = Readonly<{ scheme: 'semver' | 'pep440'; value: string }>

/** A tag of the image; one that `moves` will point to another image one day. */
export type Tag = Readonly<{ name: string; moves: boolean; version?: TagVersion }>

/** A line of the input `tags`. The whole grammar of docker/metadata-action comes later; these are its commonest lines. */
export type TagRule =
  | Readonly<{ type: 'defaults' }>
  | Readonly<{ type: 'sha'; format: 'short' | 'long' }>
  | Readonly<{ type: 'ref'; event: 'branch' | 'tag' | 'pr' }>
  | Readonly<{ type: 'raw'; value: string }>

const valid = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/
const longest = 128

/** Reads a line of `tags`. @throws Invalid */
export function parseTagRule(line: string): TagRule {
  const fields = new Map<string, string>()
  for (const field of line.split(',')) {
    const eq = field.indexOf('=')
    if (eq < 0) fields.set('value', field.trim())
    else fields.set(field.slice(0, eq).trim().toLowerCase(), field.slice(eq + 1).trim())
  }
  const type = fields.get('type') ?? 'raw'
  const known: Readonly<Record<string, readonly string[]>> = {
    defaults: ['type'],
    sha: ['type', 'format'],
    ref: ['type', 'event'],
    raw: ['type', 'value'],
  }
  const names = known[type]
  if (!names)
    throw new Invalid(
      `has a line "${line}" of a type that is not known here; known are ${Object.keys(known).join(', ')} (defaults adds the versions of a release tag)`,
    )
  const extra = [...fields.keys()].find((name) => !names.includes(name))
  if (extra !== undefined) throw new Invalid(`has a line "${line}" with ${extra}, which type=${type} does not take here`)
  switch (type) {
    case 'defaults':
      return { type }
    case 'sha': {
      const format = fields.get('format') ?? 'short'
      if (format !== 'short' && format !== 'long') throw new Invalid(`has a line "${line}" whose format is neither short nor long`)
      return { type, format }
    }
    case 'ref': {
      const event = fields.get('event') ?? ''
      if (event !== 'branch' && event !== 'tag' && event !== 'pr')
        throw new Invalid(`has a line "${line}" whose event is none of branch, tag, pr`)
      return { type, event }
    }
    default: {
      const value = fields.get('value') ?? ''
      if (!valid.test(value))
        throw new Invalid(`has a tag "${value}" that is not allowed (letters, digits, _ . -, not starting with . or -, at most 128)`)
      return { type: 'raw', value }
    }
  }
}

/** Makes a tag of a branch or tag name; one too long is cut and ends in a hash of the whole, so that two stay two. */
export function tagFrom(text: string): string {
  const clean = text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '')
  if (clean.length <= longest) return clean
  return `${clean.slice(0, longest - 9)}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
}

const stays = (name: string): readonly Tag[] => (name === '' ? [] : [{ name, moves: false }])
const moves = (name: string): readonly Tag[] => (name === '' ? [] : [{ name, moves: true }])

function shaTag(event: Event, format: 'short' | 'long'): readonly Tag[] {
  return event.sha === '' ? [] : stays(`sha-${format === 'short' ? event.sha.slice(0, 7) : event.sha}`)
}

function refTag(event: Event, wanted: 'branch' | 'tag' | 'pr'): readonly Tag[] {
  const { ref } = event
  if (ref.kind === 'branch' && wanted === 'branch') return moves(tagFrom(ref.name))
  if (ref.kind === 'tag' && wanted === 'tag') return stays(tagFrom(ref.name))
  if (ref.kind === 'pull' && wanted === 'pr') return moves(`pr-${ref.number}`)
  return []
}

/** `1.4.2` and `1.4` of the tag v1.4.2; a pre-release only as itself. */
function versionTags(event: Event): readonly Tag[] {
  if (event.ref.kind !== 'tag') return []
  const version = semver.parse(event.ref.name.replaceAll('/', '-'), { loose: true })
  if (!version) return stays(tagFrom(event.ref.name))
  const of: TagVersion = { scheme: 'semver', value: version.version }
  const full: Tag = { name: tagFrom(version.version), moves: false, version: of }
  return version.prerelease.length > 0 ? [full] : [full, { name: `${version.major}.${version.minor}`, moves: true, version: of }]
}

function defaults(event: Event): readonly Tag[] {
  return [
    ...versionTags(event),
    ...refTag(event, 'pr'),
    ...(onDefaultBranch(event) ? [] : refTag(event, 'branch')),
    ...shaTag(event, 'short'),
    ...(onDefaultBranch(event) ? moves('latest') : []),
  ]
}

function tagsOf(rule: TagRule, event: Event): readonly Tag[] {
  switch (rule.type) {
    case 'defaults':
      return defaults(event)
    case 'sha':
      return shaTag(event, rule.format)
    case 'ref':
      return refTag(event, rule.event)
    case 'raw':
      return moves(rule.value)
  }
}

/** The tags of a run, most telling first; the first is the version of the image. */
export function computeTags(rules: readonly TagRule[], event: Event): readonly Tag[] {
  const wanted = rules.length === 0 ? ([{ type: 'defaults' }] as const) : rules
  const all = wanted.flatMap((rule) => tagsOf(rule, event))
  return all.filter((tag, index) => all.findIndex(({ name }) => name === tag.name) === index)
}
