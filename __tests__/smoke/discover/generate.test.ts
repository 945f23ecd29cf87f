import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Json } from '../../../src/inputs/parse.ts'
import { generate } from '../../../src/smoke/discover/generate.ts'
import { loadSchemaJudge, type SchemaJudge } from '../../../src/smoke/judge/schema.ts'

let judge: SchemaJudge
beforeAll(async () => {
  judge = await loadSchemaJudge()
})

describe('a value for a schema', () => {
  const document = {
    components: {
      schemas: {
        Row: { type: 'object', required: ['x'], properties: { x: { type: 'number', minimum: 10, maximum: 20 }, note: { type: 'string' } } },
        Loop: { type: 'object', required: ['next'], properties: { next: { $ref: '#/components/schemas/Loop' } } },
      },
    },
  }
  test.each<readonly [Json, Json, boolean]>([
    [{ type: 'integer' }, 1, false],
    [{ type: 'integer', minimum: 3 }, 4, false],
    [{ type: 'integer', exclusiveMinimum: 3, maximum: 4 }, 4, false],
    [{ type: 'integer', minimum: 3, exclusiveMinimum: true }, 4, false],
    [{ type: 'number', minimum: 0, maximum: 1 }, 0.5, false],
    [{ type: 'number', maximum: -5 }, -6, false],
    [{ type: 'integer', multipleOf: 5, minimum: 7, maximum: 11 }, 10, false],
    [{ type: 'boolean' }, true, false],
    [{ type: 'string' }, 'text', false],
    [{ type: 'string', minLength: 6, maxLength: 6 }, 'textxx', false],
    [{ type: 'string', maxLength: 2 }, 'te', false],
    [{ type: 'string', format: 'date' }, '2024-01-15', false],
    [{ type: 'string', enum: ['a', 'b'] }, 'a', false],
    [{ const: 'v1' }, 'v1', true],
    [{ type: 'number', default: 0.3 }, 0.3, true],
    [{ type: 'number', example: 7 }, 7, true],
    [{ type: 'number', examples: [8, 9] }, 8, true],
    [{ type: ['null', 'integer'] }, 1, false],
    [{ anyOf: [{ type: 'null' }, { type: 'string' }] }, 'text', false],
    [{ oneOf: [{ $ref: '#/components/schemas/Row' }, { type: 'string' }] }, { x: 15 }, false],
    [{ type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 }, [1, 1, 1, 1], false],
    [{ type: 'array', items: { $ref: '#/components/schemas/Row' } }, [{ x: 15 }], false],
    [{ prefixItems: [{ const: 1 }, { type: 'string' }], type: 'array' }, [1, 'text'], false],
    [{ $ref: '#/components/schemas/Row' }, { x: 15 }, false],
    [{ allOf: [{ $ref: '#/components/schemas/Row' }, { required: ['y'], properties: { y: { const: 1 } } }] }, { x: 15, y: 1 }, false],
    [{ type: 'object', properties: { a: { type: 'integer' }, b: { example: 2 } } }, { a: 1, b: 2 }, false],
    [
      { type: 'object', required: ['a'], properties: { a: { example: 1 }, b: { type: 'string' }, c: { example: 3 } } },
      { a: 1, c: 3 },
      true,
    ],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, { key: 1 }, false],
    [{ type: 'object', properties: { constructor: { const: 1 } }, required: ['constructor'] }, { constructor: 1 }, true],
    [{}, {}, false],
    [{ $ref: '#/nowhere' }, {}, false],
    [{ $ref: 'https://example.com/schema' }, {}, false],
  ])('%j: %j, documented %p', (schema, value, documented) => expect(generate(schema, document)).toEqual({ value, documented }))
  test('one that contains itself comes to an end', () => {
    expect(JSON.stringify(generate({ $ref: '#/components/schemas/Loop' }, document)).length).toBeLessThan(2_000)
    const circle = { a: { $ref: '#/b' }, b: { $ref: '#/a' } }
    expect(generate({ $ref: '#/a' }, circle).value).toEqual({})
    expect(generate({ $ref: '#/a' }, { a: { allOf: [{ $ref: '#/a' }], type: 'integer' } }).value).toBe(1)
  })
})

test('what is made up fits its schema', () => {
  const number = fc
    .record({
      low: fc.integer({ min: -1_000, max: 1_000 }),
      width: fc.integer({ min: 2, max: 50 }),
      whole: fc.boolean(),
      open: fc.boolean(),
    })
    .map(({ low, width, whole, open }): Json => {
      const type = whole ? 'integer' : 'number'
      return open ? { type, exclusiveMinimum: low, exclusiveMaximum: low + width } : { type, minimum: low, maximum: low + width }
    })
  const text = fc
    .record({ minLength: fc.nat(20), more: fc.nat(20) })
    .map(({ minLength, more }): Json => ({ type: 'string', minLength, maxLength: minLength + more }))
  const { schema } = fc.letrec<{ schema: Json }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 3 },
      number,
      text,
      fc.constant<Json>({ type: 'boolean' }),
      fc.record({ type: fc.constant('array'), items: tie('schema'), minItems: fc.nat(3) }) as fc.Arbitrary<Json>,
      fc
        .dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema'))
        .map((properties): Json => ({ type: 'object', properties, required: Object.keys(properties) })),
      tie('schema').map((one): Json => ({ anyOf: [{ type: 'null' }, one] })),
    ),
  }))
  fc.assert(fc.property(schema, (one) => expect(judge(one, generate(one, {}).value)).toEqual([])))
})
