import type { Json } from '../../inputs/parse.ts'
import { defaultTolerance, type Tolerance } from '../sample.ts'
import { type Difference, shown } from './difference.ts'
import { type JsonPath, type Location, locationText, names } from './json-path.ts'

/** So many differences are looked for; more would tell nobody more, and a tensor has millions. */
export const mostDifferences = 1_000

export type CompareRules = Readonly<{ tolerance: Tolerance; ignore: readonly JsonPath[] }>

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** numpy.isclose; a number too large for a double is equal to itself. */
export function isClose(expected: number, got: number, { rtol, atol }: Tolerance): boolean {
  return got === expected || Math.abs(got - expected) <= atol + rtol * Math.abs(expected)
}

/**
 * What of `expected` is not in `got`: objects may hold more, lists must be as long and in order, numbers within the
 * tolerance, everything else equal. Places that `ignore` names are not looked at.
 */
export function compare(
  expected: Json,
  got: Json | undefined,
  { tolerance, ignore }: CompareRules = { tolerance: defaultTolerance, ignore: [] },
): readonly Difference[] {
  const found: Difference[] = []
  const walk = (want: Json, have: Json | undefined, at: Location): void => {
    if (found.length >= mostDifferences || ignore.some((path) => names(path, at))) return
    if (isObject(want) && isObject(have)) {
      for (const [key, value] of Object.entries(want)) walk(value, Object.hasOwn(have, key) ? have[key] : undefined, [...at, key])
    } else if (isList(want) && isList(have)) {
      if (want.length !== have.length) found.push({ path: locationText(at), expected: `${want.length} items`, got: `${have.length} items` })
      else for (const [index, value] of want.entries()) walk(value, have[index], [...at, index])
    } else if (typeof want === 'number' && typeof have === 'number') {
      if (!isClose(want, have, tolerance))
        found.push({ path: locationText(at), expected: shown(want), got: shown(have), delta: have - want })
    } else if (isObject(want) || isList(want) || want !== have) {
      found.push({ path: locationText(at), expected: shown(want), got: shown(have) })
    }
  }
  walk(expected, got, [])
  return found
}
