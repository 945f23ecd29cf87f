import { Invalid } from '../inputs/parse.ts'
import type { Event } from './event.ts'
import { globalValues, render } from './tags/expression.ts'
import { factsOf, type Settings } from './tags/facts.ts'
import type { Libraries } from './tags/libraries.ts'

/** Name and value, in the order in which they are shown. */
export type Pairs = readonly (readonly [name: string, value: string])[]

/** Lines of `labels` or `annotations`, rendered. */
export type Rendered = Readonly<{
  lines: readonly string[]
  notices: readonly string[]
  problems: readonly Readonly<{ line: string; reason: string }>[]
}>

/** Renders the expressions in lines of labels, by the facts that lines of the user have. */
export function renderLines(lines: readonly string[], event: Event, settings: Settings, libraries: Libraries, now: number): Rendered {
  const notices: string[] = []
  const problems: { line: string; reason: string }[] = []
  const values = globalValues(factsOf(event, settings, now, 'user'), libraries, (text) => void notices.push(text))
  const rendered = lines.flatMap((line) => {
    try {
      const text = render(line, values, libraries)
      if (!text.includes('=')) notices.push(`"${line}" is left out: it is not NAME=VALUE.`)
      return [text]
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      problems.push({ line, reason: error.message })
      return []
    }
  })
  return { lines: rendered, notices: [...new Set(notices)], problems }
}

/**
 * Puts lines `NAME=VALUE` over a base as docker/metadata-action does: the last of a name wins, lines without `=` are
 * left out, and all are sorted by name as the locale sorts.
 */
export function mergePairs(base: Readonly<Record<string, string>>, lines: readonly string[]): Pairs {
  const given = lines.flatMap((line): readonly (readonly [string, string])[] => {
    const at = line.indexOf('=')
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]]
  })
  return [...new Map([...Object.entries(base), ...given])].toSorted(([a], [b]) => a.localeCompare(b))
}

/** One `NAME=VALUE` each. */
export function pairLines(pairs: Pairs): readonly string[] {
  return pairs.map(([name, value]) => `${name}=${value}`)
}
