import type { AnySchema, ErrorObject } from 'ajv'
import type { Json } from '../../inputs/parse.ts'
import { type Difference, shown } from './difference.ts'
import { locationText } from './json-path.ts'

/** Holds a value against a JSON Schema. @throws Error when the schema itself is none */
export type SchemaJudge = (schema: Json, value: Json) => readonly Difference[]

const mostErrors = 50

/** The value at a JSON pointer, and the place as we write it. */
function placeOf(value: Json, pointer: string): Readonly<{ path: string; value: Json | undefined }> {
  const location: (string | number)[] = []
  let here: Json | undefined = value
  for (const raw of pointer.split('/').slice(1)) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    location.push(Array.isArray(here) ? Number(key) : key)
    here = (here as Readonly<Record<string, Json>> | undefined)?.[key]
  }
  return { path: locationText(location), value: here }
}

const told = (value: Json, { instancePath, message = '', params }: ErrorObject): Difference => {
  const place = placeOf(value, instancePath)
  const allowed = 'allowedValues' in params ? ` (${shown(params['allowedValues'])})` : ''
  return { path: place.path, expected: `${message}${allowed} (schema)`, got: shown(place.value) }
}

/**
 * Loads the validator, which takes about 50 ms: only for who has a schema. Draft 7 where `$schema` names an old draft,
 * else 2020-12, which is OpenAPI 3.1's; `nullable` is OpenAPI 3.0's. Formats are not looked at.
 */
export async function loadSchemaJudge(): Promise<SchemaJudge> {
  const [draft7, draft2020] = await Promise.all([import('ajv'), import('ajv/dist/2020.js')])
  // A bundle gives no other name of a CommonJS module than this one.
  const { Ajv } = draft7.default
  const { Ajv2020 } = draft2020.default
  const options = { strict: false, allErrors: true, validateFormats: false, logger: false } as const
  const validators = new Map<Json, ReturnType<InstanceType<typeof Ajv>['compile']>>()
  return (schema, value) => {
    let validate = validators.get(schema)
    if (!validate) {
      const { $schema = '', ...rest } = schema as Readonly<Record<string, Json>>
      // A validator of its own for each: two schemas may have the same $id.
      const ajv = /draft-0[3467]/.test(String($schema)) ? new Ajv(options) : new Ajv2020(options)
      validate = ajv.compile((typeof schema === 'boolean' ? schema : rest) as AnySchema)
      validators.set(schema, validate)
    }
    if (validate(value)) return []
    return (validate.errors ?? []).slice(0, mostErrors).map((error) => told(value, error))
  }
}
