/** A JSON Schema (draft 2020-12), as far as it is used here. */
export type JsonSchema = Readonly<{ [keyword: string]: unknown }>

/**
 * The schema of a type. The type is held equal to it by the compiler: an object must name every field that its type has, a
 * word every word, a union every member. So a report cannot get a field that its schema does not have.
 */
export type Shape<T> = Readonly<{ json: JsonSchema; of?: (value: T) => T }>

/** Fields that JSON may not have: those that may be left out, and those that may be undefined. */
type OptionalKey<T> = { [K in keyof T]-?: Record<string, never> extends Pick<T, K> ? K : undefined extends T[K] ? K : never }[keyof T]
/** A field that may be left out. */
type Optional<T> = Readonly<{ optional: Shape<T> }>
type Fields<T> = Readonly<{ [K in keyof T]-?: K extends OptionalKey<T> ? Optional<Exclude<T[K], undefined>> : Shape<T[K]> }>

export const text: Shape<string> = { json: { type: 'string' } }
export const number: Shape<number> = { json: { type: 'number' } }
export const count: Shape<number> = { json: { type: 'integer', minimum: 0 } }
export const yesOrNo: Shape<boolean> = { json: { type: 'boolean' } }
/** JSON has null for NaN. */
export const numberOrNaN: Shape<number> = { json: { type: ['number', 'null'] } }
/** Whatever JSON has. */
export const anything = <T>(): Shape<T> => ({ json: {} })

/** A schema, whatever its type. */
type AnyShape = Readonly<{ json: JsonSchema }>

export const optional = <T>(shape: Shape<T>): Optional<T> => ({ optional: shape })

export const orNull = <T>({ json }: Shape<T>): Shape<T | null> => ({ json: { anyOf: [json, { type: 'null' }] } })

export const listOf = <T>({ json }: Shape<T>): Shape<readonly T[]> => ({ json: { type: 'array', items: json } })

/** An object of any names. */
export const recordOf = <T>({ json }: Shape<T>): Shape<Readonly<Record<string, T>>> => ({
  json: { type: 'object', additionalProperties: json },
})

export const exactly = <T extends string | number | boolean>(value: T): Shape<T> => ({ json: { const: value } })

/** One of the words of a union; the keys are all of them. */
export const wordOf = <T extends string>(words: Readonly<Record<T, unknown>>): Shape<T> => ({ json: { enum: Object.keys(words) } })

/** A schema with a name under `$defs`, for one that holds itself. */
export const reference = <T>(name: string): Shape<T> => ({ json: { $ref: `#/$defs/${name}` } })

/** What a field means, in the schema. */
export const said = <T>(description: string, { json }: Shape<T>): Shape<T> => ({ json: { ...json, description } })

export function object<T>(fields: Fields<T>): Shape<T> {
  const properties: Record<string, JsonSchema> = {}
  const required: string[] = []
  for (const [name, field] of Object.entries<AnyShape | Readonly<{ optional: AnyShape }>>(fields)) {
    if ('optional' in field) properties[name] = field.optional.json
    else {
      properties[name] = field.json
      required.push(name)
    }
  }
  return { json: { type: 'object', properties, required, additionalProperties: false } }
}

/** One of several objects, told apart by the word in their field `kind`. */
export function byKind<T extends Readonly<{ kind: string }>>(
  members: Readonly<{ [K in T['kind']]: Shape<Extract<T, Readonly<{ kind: K }>>> }>,
): Shape<T> {
  return { json: { oneOf: Object.values<AnyShape>(members).map(({ json }) => json) } }
}
