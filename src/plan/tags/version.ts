import semver from 'semver'
import { isRawStatement, render, type Values } from './expression.ts'
import type { Libraries } from './libraries.ts'

/** A version that a tag stands for, and by which rules it compares with others. */
export type TagVersion = Readonly<{ scheme: 'semver' | 'pep440'; value: string }>

/** A version put into a pattern. `final`: neither a pre-release nor, by PEP 440, a post- or dev-release. */
export type Patterned = Readonly<{ text: string; version: TagVersion; final: boolean; full: boolean }>

const isFull = (pattern: string) => /\b(version|raw)\b/.test(pattern) || ['major', 'minor', 'patch'].every((part) => pattern.includes(part))

/**
 * `name` (slashes made hyphens) by semver's strict rules, in `pattern`: raw, version, major, minor, patch. Of a
 * pre-release every pattern but `{{raw}}` gives the whole version. Undefined when it is none. @throws Invalid
 */
export function semverIn(name: string, pattern: string, libraries: Libraries): Patterned | undefined {
  const version = semver.valid(name) === null ? null : semver.parse(name, { loose: true })
  if (!version) return undefined
  const final = semver.prerelease(name) === null
  const taken = final || isRawStatement(pattern, libraries) ? pattern : '{{version}}'
  const text = render(taken, version as unknown as Values, libraries)
  return { text, version: { scheme: 'semver', value: version.version }, final, full: isFull(taken) }
}

/** The same by PEP 440, where pre-, post- and dev-releases are whole. */
export function pep440In(name: string, pattern: string, libraries: Libraries): Patterned | undefined {
  const { pep440 } = libraries
  if (!pep440) throw new Error('a version is read that was not announced to loadLibraries')
  const explained = pep440.valid(name) === null ? null : pep440.explain(name)
  if (!explained) return undefined
  const clean = pep440.clean(name) ?? ''
  const version: TagVersion = { scheme: 'pep440', value: clean }
  if (explained.is_prerelease || explained.is_postrelease || explained.is_devrelease) {
    return { text: isRawStatement(pattern, libraries) ? name : clean, version, final: false, full: true }
  }
  const values: Values = {
    raw: () => name,
    version: () => clean,
    major: () => pep440.major(name),
    minor: () => pep440.minor(name),
    patch: () => pep440.patch(name),
  }
  return { text: render(pattern, values, libraries), version, final: true, full: isFull(pattern) }
}
