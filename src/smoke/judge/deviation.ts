import type { Json } from '../../inputs/parse.ts'
import type { AnswerExpectation } from '../sample.ts'
import { type Location, locationText, names } from './json-path.ts'

/** How far a number is from what is expected. `share`: of what the tolerance allows; above 1 it is not as expected. */
export type Deviation = Readonly<{ path: string; expected: number; got: number; share: number }>

/** So many numbers are looked at: a tensor has millions, and the verdict on it has been given. */
const mostNumbers = 10_000
/** Where nothing is allowed: a number that JSON has. */
const beyond = 1_000_000

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** Of the numbers that are expected and there, the one that is nearest to the edge of its tolerance, or furthest beyond. */
export function nearestToEdge({ json, ignore, tolerance: { rtol, atol } }: AnswerExpectation, got: Json): Deviation | undefined {
  let nearest: Deviation | undefined
  let seen = 0
  const walk = (want: Json, have: Json | undefined, at: Location): void => {
    if (seen >= mostNumbers || have === undefined || ignore.some((path) => names(path, at))) return
    if (isObject(want) && isObject(have)) {
      for (const [key, value] of Object.entries(want)) walk(value, Object.hasOwn(have, key) ? have[key] : undefined, [...at, key])
    } else if (isList(want) && isList(have)) {
      for (const [index, value] of want.entries()) {
        if (seen >= mostNumbers) return
        walk(value, have[index], [...at, index])
      }
    } else if (typeof want === 'number' && typeof have === 'number') {
      seen++
      const allowed = atol + rtol * Math.abs(want)
      const share = have === want ? 0 : Math.min(beyond, Math.abs(have - want) / allowed)
      if (!nearest || share > nearest.share) nearest = { path: locationText(at), expected: want, got: have, share }
    }
  }
  if (json !== undefined) walk(json, got, [])
  return nearest
}
