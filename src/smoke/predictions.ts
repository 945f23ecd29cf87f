import type { Json } from '../inputs/parse.ts'
import { type Location, locationText } from './judge/json-path.ts'
import { defaultTolerance, type Tolerance } from './sample.ts'

/** Where two answers are not the same. `delta` is `now - previous`, of numbers. Undefined is a value that is not there. */
export type Change = Readonly<{ path: string; at: Location; previous: Json | undefined; now: Json | undefined; delta?: number }>

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !isList(value)

/** What stands beside each other in two values; a list as by its places, an object by its keys, whichever has them. */
function children(previous: Json, now: Json): readonly (readonly [string | number, Json | undefined, Json | undefined])[] | undefined {
  if (isList(previous) && isList(now)) {
    const length = Math.max(previous.length, now.length)
    return Array.from({ length }, (_, index) => [index, previous[index], now[index]] as const)
  }
  if (!isObject(previous) || !isObject(now)) return undefined
  const keys = [...new Set([...Object.keys(previous), ...Object.keys(now)])]
  const at = (value: { readonly [key: string]: Json }, key: string) => (Object.hasOwn(value, key) ? value[key] : undefined)
  return keys.map((key) => [key, at(previous, key), at(now, key)] as const)
}

/** All places where two values differ: numbers by more than the tolerance (atol + rtol * |previous|), all else at all. */
export function changesOf(
  previous: Json | undefined,
  now: Json | undefined,
  tolerance: Tolerance = defaultTolerance,
  at: Location = [],
): readonly Change[] {
  const path = locationText(at)
  if (previous === undefined || now === undefined) return previous === now ? [] : [{ path, at, previous, now }]
  const inside = children(previous, now)
  if (inside) return inside.flatMap(([key, before, after]) => changesOf(before, after, tolerance, [...at, key]))
  if (typeof previous === 'number' && typeof now === 'number') {
    const delta = now - previous
    return Math.abs(delta) <= tolerance.atol + tolerance.rtol * Math.abs(previous) ? [] : [{ path, at, previous, now, delta }]
  }
  return previous === now ? [] : [{ path, at, previous, now }]
}

/** An answer as JSON, or the text that it is. */
export function readAnswer(body: string): Json {
  try {
    return JSON.parse(body) as Json
  } catch {
    return body
  }
}

/** The gravest: what is another kind of thing before what is another number, and of numbers the one that is furthest off. */
export function largestChange(changes: readonly Change[]): Change | undefined {
  const size = ({ delta }: Change) => (delta === undefined ? Number.POSITIVE_INFINITY : Math.abs(delta))
  return changes.reduce<Change | undefined>((most, change) => (most && size(most) >= size(change) ? most : change), undefined)
}

/** Paths at which the answers of one image to one request differ from each other: they say nothing of its model. */
export function volatilePaths(answers: readonly Json[]): ReadonlySet<string> {
  const [first, ...others] = answers
  return new Set(others.flatMap((other) => changesOf(first, other).map(({ path }) => path)))
}
