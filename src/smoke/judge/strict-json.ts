import type { Json } from '../../inputs/parse.ts'
import type { Difference } from './difference.ts'
import { children, type Location, locationText } from './json-path.ts'

/** An answer read as JSON. `lax`: only because NaN and Infinity, which JSON has not, were taken for null. */
export type Parsed =
  | Readonly<{ kind: 'json'; value: Json }>
  | Readonly<{ kind: 'lax'; value: Json; notFinite: readonly Difference[] }>
  | Readonly<{ kind: 'text' }>

/** Strings, so that nothing in one is taken for a number, and the literals that Python's json.dumps writes. */
const literals = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const mark = '\u0000ml-image '

/** Reads strictly, and tells where NaN and Infinity stand if these alone keep it from being JSON. */
export function parseAnswer(text: string): Parsed {
  const value = parsed(text)
  if (value !== undefined) return { kind: 'json', value }
  const marked = parsed(text.replace(literals, (found) => (found.startsWith('"') ? found : JSON.stringify(mark + found))))
  if (marked === undefined) return { kind: 'text' }
  const notFinite: Difference[] = []
  const cleaned = (one: Json, at: Location): Json => {
    if (typeof one === 'string' && one.startsWith(mark)) {
      notFinite.push({ path: locationText(at), expected: 'a finite number', got: one.slice(mark.length) })
      return null
    }
    const inside = children(one, at).map((child) => [child.at.at(-1), cleaned(child.value, child.at)] as const)
    if (Array.isArray(one)) return inside.map(([, item]) => item)
    return typeof one === 'object' && one !== null ? (Object.fromEntries(inside) as Json) : one
  }
  const clean = cleaned(marked, [])
  return notFinite.length > 0 ? { kind: 'lax', value: clean, notFinite } : { kind: 'text' }
}
