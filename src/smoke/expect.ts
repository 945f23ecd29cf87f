import type { Expectation, Json } from '../inputs/parse.ts'

/** Where an answer is not as expected: a path such as `$.scores[1]`. */
export type Difference = Readonly<{ path: string; expected: string; got: string }>

/** numpy.isclose's defaults but for atol, spec: rtol=1e-4, atol=1e-6. */
export type Tolerance = Readonly<{ rtol: number; atol: number }>
export const defaultTolerance: Tolerance = { rtol: 1e-4, atol: 1e-6 }

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 200)}...` : text
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/**
 * What of `expected` is not in `got`: objects may hold more, lists must be as long and in order, numbers within the
 * tolerance (|got - expected| <= atol + rtol * |expected|), everything else equal.
 */
export function differences(
  expected: Json,
  got: Json | undefined,
  tolerance: Tolerance = defaultTolerance,
  path = '$',
): readonly Difference[] {
  if (isObject(expected) && isObject(got)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(value, Object.hasOwn(got, key) ? got[key] : undefined, tolerance, `${path}.${key}`),
    )
  }
  if (isList(expected) && isList(got)) {
    if (expected.length !== got.length) return [{ path, expected: `${expected.length} items`, got: `${got.length} items` }]
    return expected.flatMap((value, index) => differences(value, got[index], tolerance, `${path}[${index}]`))
  }
  const equal =
    typeof expected === 'number' && typeof got === 'number'
      ? got === expected || Math.abs(got - expected) <= tolerance.atol + tolerance.rtol * Math.abs(expected)
      : !isObject(expected) && !isList(expected) && expected === got
  return equal ? [] : [{ path, expected: shown(expected), got: shown(got) }]
}

/** Holds the text of an answer against what is expected of it. */
export function judgeAnswer(expectation: Expectation, body: string): readonly Difference[] {
  if (expectation.kind === 'pattern')
    return new RegExp(expectation.pattern).test(body) ? [] : [{ path: '$', expected: String(expectation.pattern), got: shown(body) }]
  let got: Json
  try {
    got = JSON.parse(body) as Json
  } catch {
    return [{ path: '$', expected: 'JSON', got: shown(body) }]
  }
  return differences(expectation.value, got)
}
