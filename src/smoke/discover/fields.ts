import type { Json } from '../../inputs/parse.ts'

export type JsonObject = Readonly<Record<string, Json>>

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object at a key of an object; an empty one where there is none. */
export function objectAt(value: Json | undefined, key: string): JsonObject {
  const inside = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return isObject(inside) ? inside : {}
}

/** The list at a key of an object; an empty one where there is none. */
export function listAt(value: Json | undefined, key: string): readonly Json[] {
  const inside = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return Array.isArray(inside) ? (inside as readonly Json[]) : []
}

/** What `#/a/b` names in a document; references that lead to references are followed, but not in a circle. */
export function resolved(schema: Json | undefined, document: Json): JsonObject {
  let here: Json | undefined = schema
  for (let hops = 0; hops < 16 && isObject(here) && typeof here['$ref'] === 'string'; hops++) {
    const path = here['$ref'].startsWith('#/') ? here['$ref'].slice(2).split('/') : ['']
    here = path.reduce<Json | undefined>((value, part) => {
      const key = decodeURIComponent(part.replaceAll('~1', '/').replaceAll('~0', '~'))
      return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
    }, document)
  }
  return isObject(here) ? here : {}
}
