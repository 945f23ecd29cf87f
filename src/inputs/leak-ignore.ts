import { ruleIds } from '../inspect/leaks/rules.ts'
import { nearest } from './nearest.ts'
import { Invalid } from './parse.ts'

/** What the leak check is to leave out: files by their path, a variable or label by its name, or a rule. */
export type LeakIgnore =
  | Readonly<{ kind: 'path'; pattern: RegExp }>
  | Readonly<{ kind: 'env' | 'arg' | 'label' | 'annotation'; pattern: RegExp }>
  | Readonly<{ kind: 'rule'; id: string }>

/** An entry as text, equal for what leaves out the same. */
export const ignoreText = (entry: LeakIgnore): string => `${entry.kind}:${entry.kind === 'rule' ? entry.id : entry.pattern.source}`

const special = /[.+^${}()|\\[\]]/g

/** `*` and `?` stay within a part of a path, `**` does not. */
function sourceOf(glob: string): string {
  return glob.replace(/\*\*\/|\*\*|\*|\?|[^*?]+/g, (part) => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    return part.replace(special, '\\$&')
  })
}

/**
 * A glob over absolute paths as a pattern, read as in .gitignore: without a slash it is a name in any folder, with one it
 * starts at the root; what matches a folder matches all below it.
 */
export function pathPattern(glob: string): RegExp {
  const bare = glob.replace(/^\/|\/$/g, '')
  const anywhere = !bare.includes('/') && !glob.startsWith('/')
  return new RegExp(`^/${anywhere ? '(?:.*/)?' : ''}${sourceOf(bare)}(?:/.*)?$`)
}

/** One entry of `leak-ignore`. @throws Invalid */
export function parseLeakIgnore(entry: string): LeakIgnore {
  const [, kind, rest = ''] = /^([a-z]+):(.*)$/s.exec(entry) ?? []
  switch (kind) {
    case undefined:
      if (/^[/*?.]*$/.test(entry)) throw new Invalid('leaves out every file; leak-check: false says that in so many words')
      if (entry.startsWith('!')) throw new Invalid('takes nothing back: an entry leaves out what it matches')
      return { kind: 'path', pattern: pathPattern(entry) }
    case 'env':
    case 'arg':
    case 'label':
    case 'annotation':
      if (rest === '') throw new Invalid(`has no name behind ${kind}:`)
      return { kind, pattern: new RegExp(`^${sourceOf(rest)}$`) }
    case 'rule': {
      if (ruleIds.includes(rest)) return { kind, id: rest }
      const near = nearest(rest, ruleIds)
      throw new Invalid(`names no rule of the leak check${near ? `; did you mean rule:${near}` : ''} (docs/leaks.md has all)`)
    }
    default:
      throw new Invalid('begins with none of env:, arg:, label:, annotation: and rule:, and is no path')
  }
}
