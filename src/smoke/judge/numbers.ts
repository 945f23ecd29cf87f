import type { Json } from '../../inputs/parse.ts'
import type { AnswerExpectation, Rank, Tolerance } from '../sample.ts'
import { isClose } from './compare.ts'
import { type Difference, shown } from './difference.ts'
import { children, type JsonPath, type Location, locationText, select } from './json-path.ts'

type Place = Readonly<{ at: Location; value: Json }>

/** The numbers of a list by index, of an object by key; undefined where something else stands among them. */
function numbersOf(value: Json): readonly (readonly [string | number, number])[] | undefined {
  const entries = children(value, []).map(({ at, value: item }) => [at[0] ?? '', item] as const)
  const numbers = entries.filter((entry): entry is readonly [string | number, number] => typeof entry[1] === 'number')
  return entries.length > 0 && numbers.length === entries.length ? numbers : undefined
}

/** Looks at each place of a path; that there is none is a difference too. */
function at(value: Json, path: JsonPath, expected: string, look: (place: Place) => readonly Difference[]): readonly Difference[] {
  const places = select(value, path)
  return places.length === 0 ? [{ path: path.text, expected, got: 'nothing' }] : places.flatMap(look)
}

/** A matrix is looked at row by row. */
const rowsOf = (place: Place): readonly Place[] =>
  Array.isArray(place.value) && place.value.length > 0 && place.value.every((row) => Array.isArray(row))
    ? children(place.value, place.at)
    : [place]

function numeric(place: Place): readonly Difference[] {
  if (typeof place.value === 'number') return []
  const inside = children(place.value, place.at)
  return inside.length > 0
    ? inside.flatMap(numeric)
    : [{ path: locationText(place.at), expected: 'a finite number', got: shown(place.value) }]
}

function sumsToOne(place: Place, tolerance: Tolerance): readonly Difference[] {
  return rowsOf(place).flatMap((row) => {
    const path = locationText(row.at)
    const numbers = numbersOf(row.value)
    if (!numbers) return [{ path, expected: 'numbers that sum to 1', got: shown(row.value) }]
    const sum = numbers.reduce((total, [, number]) => total + number, 0)
    return isClose(1, sum, tolerance)
      ? []
      : [{ path, expected: 'a sum of 1', got: `a sum of ${Number(sum.toPrecision(6))}`, delta: sum - 1 }]
  })
}

/** The k largest; those that are equal to the last of them count as well. */
function ranked(place: Place, keys: Rank['keys'], what: string): readonly Difference[] {
  const path = locationText(place.at)
  const numbers = numbersOf(place.value)
  const wanted = keys.map(String)
  const expected = `${what} ${wanted.join(', ')}`
  if (!numbers) return [{ path, expected, got: shown(place.value) }]
  const sorted = numbers.toSorted(([, a], [, b]) => b - a)
  const last = sorted[keys.length - 1]?.[1] ?? Number.NEGATIVE_INFINITY
  const among = new Set(sorted.filter(([, number]) => number >= last).map(([key]) => String(key)))
  if (wanted.every((key) => among.has(key))) return []
  return [
    {
      path,
      expected,
      got: `${what} ${sorted
        .slice(0, keys.length)
        .map(([key]) => key)
        .join(', ')}`,
    },
  ]
}

/** Lengths of nested lists, outermost first; undefined where rows differ in length. */
export function shapeOf(value: Json): readonly number[] | undefined {
  if (!Array.isArray(value)) return []
  const inner = (value as readonly Json[]).map(shapeOf)
  const [first] = inner
  if (inner.some((shape) => shape === undefined || String(shape) !== String(first))) return undefined
  return [value.length, ...(first ?? [])]
}

function shaped(place: Place, wanted: readonly (number | null)[]): readonly Difference[] {
  const shape = shapeOf(place.value)
  const same = shape?.length === wanted.length && wanted.every((length, i) => length === null || length === shape[i])
  if (same) return []
  const expected = `shape [${wanted.map((length) => length ?? 'any').join(', ')}]`
  return [{ path: locationText(place.at), expected, got: shape ? `shape [${shape.join(', ')}]` : 'rows of several lengths' }]
}

/** What of the rules about numbers an answer breaks: finite, sums-to-one, argmax, top-k, shape. */
export function judgeNumbers(expect: AnswerExpectation, value: Json): readonly Difference[] {
  const rank =
    (what: string) =>
    ({ path, keys }: Rank) =>
      at(value, path, `${what} ${keys.join(', ')}`, (place) => ranked(place, keys, what))
  return [
    ...expect.numeric.flatMap((path) => at(value, path, 'finite numbers', numeric)),
    ...expect.sumsToOne.flatMap((path) => at(value, path, 'numbers that sum to 1', (place) => sumsToOne(place, expect.tolerance))),
    ...expect.argmax.flatMap(rank('largest at')),
    ...expect.topK.flatMap(rank('largest at')),
    ...expect.shapes.flatMap(({ path, shape }) => at(value, path, `shape [${shape.join(', ')}]`, (place) => shaped(place, shape))),
  ]
}
