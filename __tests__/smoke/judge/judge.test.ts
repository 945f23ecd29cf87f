import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Json } from '../../../src/inputs/parse.ts'
import { mostDifferences } from '../../../src/smoke/judge/compare.ts'
import { differenceTable, largestDelta } from '../../../src/smoke/judge/difference.ts'
import { type Answer, judge } from '../../../src/smoke/judge/judge.ts'
import { shapeOf } from '../../../src/smoke/judge/numbers.ts'
import { loadSchemaJudge, type SchemaJudge } from '../../../src/smoke/judge/schema.ts'
import { parseAnswer } from '../../../src/smoke/judge/strict-json.ts'
import { anyAnswer, type Sample } from '../../../src/smoke/sample.ts'
import { type Fault, fieldOf } from '../../../src/smoke/samples/field.ts'
import { parseExpect } from '../../../src/smoke/samples/parse-expect.ts'

let schemas: SchemaJudge
beforeAll(async () => {
  schemas = await loadSchemaJudge()
})

function sampleOf(expected: Json): Sample {
  const faults: Fault[] = []
  const expect = parseExpect(fieldOf(expected, 'expect', faults), { readText: () => '', checkSchema: () => {} }, faults)
  if (faults.length > 0) throw new Error(JSON.stringify(faults))
  return { name: 's', request: { method: 'POST', path: '/predict', headers: {} }, expect, source: 'given', from: 'test' }
}

function answer(body: string, more: Partial<Answer> = {}): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body, ms: 1, cut: false, ...more }
}

/** Each difference in one line; the status that was expected; nothing where all is well. */
function found(expected: Json, body: string, more: Partial<Answer> = {}): readonly string[] {
  const verdict = judge(sampleOf(expected), answer(body, more), schemas)
  if (verdict.kind === 'good') return []
  if (verdict.kind === 'status') return [`status ${verdict.expected}`]
  return verdict.differences.map(({ path, expected: wanted, got }) => `${path}: ${wanted} | ${got}`)
}

describe('the status', () => {
  test.each<readonly [Json, number, readonly string[]]>([
    [{}, 200, []],
    [{}, 204, []],
    [{}, 302, ['status 2xx']],
    [{}, 500, ['status 2xx']],
    [{ status: 201 }, 201, []],
    [{ status: [200, 202] }, 201, ['status 200 or 202']],
    [{ status: '4xx' }, 422, []],
    [{ error: true }, 422, []],
    [{ error: true }, 200, ['status 4xx']],
    [{ error: true }, 500, ['status 4xx']],
    [{ error: true, status: 422 }, 400, ['status 422']],
    [{ error: false }, 200, []],
  ])('%j, %d', (expected, status, differences) => expect(found(expected, '{}', { status })).toEqual(differences))
})

describe('the answer', () => {
  const probabilities = '{"p": {"cat": 0.2, "dog": 0.7, "cow": 0.1}}'
  test.each<readonly [string, Json, string, readonly string[]]>([
    ['a subset', { json: { a: 1 } }, '{"a": 1, "b": 2}', []],
    ['an ignored name', { json: { a: 1, ms: 2 }, ignore: 'ms' }, '{"a": 1, "ms": 3}', []],
    ['an ignored row', { json: [{ id: 1 }, { id: 2 }], ignore: ['$[*].id'] }, '[{"id": 3}, {"id": 4}]', []],
    ['an ignored place alone', { json: { a: { id: 1 }, id: 1 }, ignore: ['$.id'] }, '{"a": {"id": 2}, "id": 2}', ['$.a.id: 1 | 2']],
    ['a drift', { json: { p: 0.5 } }, '{"p": 0.5005}', ['$.p: 0.5 | 0.5005']],
    ['a drift that is allowed', { json: { p: 0.5 }, tolerance: 'rtol=1e-2' }, '{"p": 0.5005}', []],
    ['exactly', { json: 1, tolerance: { rtol: 0, atol: 0 } }, '1.0000001', ['$: 1 | 1.0000001']],
    ['text where JSON belongs', { json: {} }, '<html>', ['$: JSON | "<html>"']],
    ['text', {}, 'ok', []],
    ['nothing', {}, '', []],
    ['a pattern', { regex: '/SPAM/i' }, '"spam"', []],
    ['a pattern without slashes', { regex: '^\\{' }, '{}', []],
    ['a pattern that is not there', { regex: 'ham' }, '{}', ['$: /ham/ | "{}"']],
    ['a header', { headers: { 'Content-Type': 'application/json' } }, '{}', []],
    ['a header by a pattern', { headers: { 'content-type': '/json/' } }, '{}', []],
    ['a header that is another', { headers: { 'content-type': 'text/csv' } }, '', ['header content-type: text/csv | application/json']],
    ['a header that is not there', { headers: { etag: '/./' } }, '', ['header etag: /./ | nothing']],
    ['NaN', {}, '{"a": [1, NaN], "b": "NaN"}', ['$.a[1]: a finite number | NaN']],
    ['-Infinity alone', {}, '-Infinity', ['$: a finite number | -Infinity']],
    ['NaN for a number, told once', { json: { a: 1 } }, '{"a": NaN}', ['$.a: a finite number | NaN']],
    ['NaN that is let through', { finite: false, json: { b: 1 } }, '{"a": NaN, "b": 1}', []],
    ['null for a number', { finite: '$.scores' }, '{"scores": [1, null]}', ['$.scores[1]: a finite number | null']],
    ['numbers that are not there', { finite: '$.scores' }, '{}', ['$.scores: finite numbers | nothing']],
    ['a sum', { 'sums-to-one': '$.p' }, '{"p": [0.25, 0.75]}', []],
    ['sums of rows', { 'sums-to-one': '$.p' }, '{"p": [[0.25, 0.75], [0.5, 0.4]]}', ['$.p[1]: a sum of 1 | a sum of 0.9']],
    ['the sum of an object', { 'sums-to-one': 'p' }, probabilities, []],
    ['no sum', { 'sums-to-one': '$.p' }, '{"p": ["1"]}', ['$.p: numbers that sum to 1 | ["1"]']],
    ['the largest', { argmax: { '$.p': 'dog' } }, probabilities, []],
    ['not the largest', { argmax: { '$.p': 'cat' } }, probabilities, ['$.p: largest at cat | largest at dog']],
    ['the largest of two that are equal', { argmax: { $: 1 } }, '[0.5, 0.5]', []],
    ['the largest two', { 'top-k': { '$.p': ['cat', 'dog'] } }, probabilities, []],
    ['not the largest two', { 'top-k': { $: [0, 1] } }, '[1, 2, 3]', ['$: largest at 0, 1 | largest at 2, 1']],
    ['the largest of what is no list', { argmax: { $: 1 } }, '"x"', ['$: largest at 1 | "x"']],
    ['a shape', { shape: { '$.p': [2, null] } }, '{"p": [[1], [2]]}', []],
    ['the shape of all', { shape: [3] }, '[1, 2]', ['$: shape [3] | shape [2]']],
    ['rows of several lengths', { shape: [2, 1] }, '[[1], [2, 3]]', ['$: shape [2, 1] | rows of several lengths']],
    ['a schema', { schema: { type: 'object', required: ['a'] } }, '{"a": 1}', []],
    [
      'a schema that it breaks',
      { schema: { properties: { a: { items: { type: 'number' } } } } },
      '{"a": [1, null]}',
      ['$.a[1]: must be number (schema) | null'],
    ],
    ['an enum', { schema: { enum: ['a', 'b'] } }, '"c"', ['$: must be equal to one of the allowed values (["a","b"]) (schema) | "c"']],
    [
      'draft 7',
      { schema: { $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'string' }] } },
      '[1]',
      ['$[0]: must be string (schema) | 1'],
    ],
    ['nullable of OpenAPI 3.0', { schema: { type: 'string', nullable: true } }, 'null', []],
    ['a key of a prototype', { json: { constructor: 1 } }, '{}', ['$.constructor: 1 | nothing']],
  ])('%s: %j', (_, expected, body, differences) => expect(found(expected, body)).toEqual(differences))
  test('one that is cut off is told as such', () =>
    expect(found({ json: {} }, '{"a": [1, 2', { cut: true })).toEqual(['$: an answer that ends | "{\\"a\\": [1, 2"']))
})

test('the same answer gets the same verdict, a hundred times', () => {
  const sample = sampleOf({ json: { a: [1, 2] }, regex: '/1/g', schema: { type: 'object' } })
  const verdicts = Array.from({ length: 100 }, () => JSON.stringify(judge(sample, answer('{"a": [1, 2.1]}'), schemas)))
  expect(new Set(verdicts).size).toBe(1)
})

describe('numbers that are no JSON', () => {
  const number = fc.constantFrom('NaN', 'Infinity', '-Infinity')
  test('are found wherever they stand, and nothing else is', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            number,
            fc.integer().map(String),
            fc.string().map((text) => JSON.stringify(text)),
          ),
        ),
        (items) => {
          const parsed = parseAnswer(`[${items.join(', ')}]`)
          const bad = items.flatMap((item, index) => (/^(NaN|-?Infinity)$/.test(item) ? [`$[${index}]`] : []))
          expect(parsed.kind).toBe(bad.length > 0 ? 'lax' : 'json')
          expect(parsed.kind === 'lax' ? parsed.notFinite.map(({ path }) => path) : []).toEqual(bad)
        },
      ),
    )
  })
  test('text stays text', () =>
    expect(['NaNa', 'Banana', '{NaN: 1}', ''].map((text) => parseAnswer(text).kind)).toEqual(['text', 'text', 'text', 'text']))
})

test('the shape of nested lists', () => {
  expect([1, [], [[1, 2]], [[1], 2]].map((value) => shapeOf(value as Json))).toEqual([[], [0], [1, 2], undefined])
})

test('a large answer: its differences are bounded, and soon found', () => {
  const body = JSON.stringify(Array.from({ length: 200_000 }, (_, index) => index))
  const verdict = judge(sampleOf({ json: Array.from({ length: 200_000 }, () => -1) }), answer(body))
  expect(verdict).toMatchObject({ kind: 'different' })
  const differences = verdict.kind === 'different' ? verdict.differences : []
  expect(differences).toHaveLength(mostDifferences)
  expect(differenceTable(differences)).toHaveLength(22)
  expect(differenceTable(differences).at(-1)).toBe('and many more')
})

test('differences are a table, the largest among them is known', () => {
  const differences = [
    { path: '$.a', expected: '1', got: '1.5', delta: 0.5 },
    { path: '$.b[0]', expected: '3', got: '1', delta: -2 },
    { path: '$.c', expected: `"${'x'.repeat(80)}"`, got: 'nothing' },
  ]
  expect(differenceTable(differences)).toEqual([
    `path    expected${' '.repeat(42)}got      delta`,
    `$.a     1${' '.repeat(49)}1.5      +0.5`,
    `$.b[0]  3${' '.repeat(49)}1        -2`,
    `$.c     "${'x'.repeat(44)}...  nothing`,
  ])
  expect(largestDelta(differences)?.path).toBe('$.b[0]')
  expect(largestDelta([])).toBeUndefined()
})

test('what is expected where nothing is said', () => expect(sampleOf({}).expect).toEqual(anyAnswer))
