import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Json } from '../../../src/inputs/parse.ts'
import { children, type Location, locationText, names, parseJsonPath, select } from '../../../src/smoke/judge/json-path.ts'

describe('a path names places', () => {
  test.each<readonly [string, Location, boolean]>([
    ['$', [], true],
    ['$', ['a'], false],
    ['$.a', ['a'], true],
    ['$.a', ['b', 'a'], false],
    ['a', ['b', 0, 'a'], true],
    ['$..a', ['b', 'a'], true],
    ['meta.ms', ['x', 'meta', 'ms'], true],
    ['meta.ms', ['ms'], false],
    ['$.rows[*].id', ['rows', 7, 'id'], true],
    ['$.rows[1].id', ['rows', 7, 'id'], false],
    ['$.*.id', ['rows', 'id'], true],
    ['$["a b"][0]', ['a b', 0], true],
    ["$['a.b']", ['a.b'], true],
    ['$.0', ['0'], true],
    ['latency-ms', ['latency-ms'], true],
  ])('%s names %j: %s', (path, location, named) => expect(names(parseJsonPath(path), location)).toBe(named))
  test.each(['', '$a', '$.', 'a..b', '$.a[', '$[x]', 'a[-1]', '$.a b]', '$..'])('%j is none', (text) =>
    expect(() => parseJsonPath(text)).toThrow(),
  )
})

test('every place of a value is named by its own path, and by no other', () => {
  const places = (value: Json, at: Location = []): readonly Location[] => [
    at,
    ...children(value, at).flatMap((one) => places(one.value, one.at)),
  ]
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (given) => {
      const value = JSON.parse(JSON.stringify(given)) as Json
      for (const at of places(value)) {
        const path = parseJsonPath(locationText(at))
        expect(select(value, path).map((place) => place.at)).toEqual([at])
        expect(names(path, at)).toBe(true)
      }
    }),
  )
})
