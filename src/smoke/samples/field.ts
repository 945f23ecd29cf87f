import { nearest } from '../../inputs/nearest.ts'
import { Invalid, type Json } from '../../inputs/parse.ts'
import { shown } from '../judge/difference.ts'

/** What is wrong in a samples file, and where: `samples[2].expect.tolerance`. */
export type Fault = Readonly<{ at: string; reason: string }>

/** A value of a samples file, with its place, and where its faults go. */
export type Field = Readonly<{ value: Json; at: string; complain: (reason: string) => void }>
type Fields = Readonly<Record<string, Field>>

const shortest = 60

export function valueText(value: Json): string {
  const text = shown(value)
  return text.length > shortest ? `${text.slice(0, shortest)}...` : text
}

export function fieldOf(value: Json, at: string, faults: Fault[]): Field {
  return { value, at, complain: (reason) => void faults.push({ at, reason: `${valueText(value)} ${reason}` }) }
}

/** The fields of an object whose keys are known; an unknown one is a fault, with the nearest that is known. */
export function fieldsOf(field: Field, known: readonly string[], faults: Fault[]): Fields | undefined {
  const { value, at } = field
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    field.complain(`is no object: it holds ${known.slice(0, 3).join(', ')}${known.length > 3 ? ' ...' : ''}`)
    return undefined
  }
  const entries = Object.entries(value as Readonly<Record<string, Json>>)
  for (const [key] of entries.filter(([name]) => !known.includes(name))) {
    const near = nearest(key, known)
    faults.push({ at: `${at}.${key}`, reason: `is not known here${near ? `; did you mean ${near}` : `: allowed are ${known.join(', ')}`}` })
  }
  return Object.fromEntries(entries.map(([key, one]) => [key, fieldOf(one, `${at}.${key}`, faults)]))
}

/** What `parse` makes of a field that is there; undefined where it is not, or is wrong, which is noted. */
export function parsed<T>(field: Field | undefined, parse: (value: Json, field: Field) => T): T | undefined {
  if (field === undefined) return undefined
  try {
    return parse(field.value, field)
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    field.complain(error.message)
    return undefined
  }
}

/** @throws Invalid */
export function textIn(value: Json): string {
  if (typeof value !== 'string') throw new Invalid('is no text')
  if (value.trim() === '') throw new Invalid('is empty')
  return value
}

/** One value, or a list of them. */
export function listIn(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value]
}

/** @throws Invalid */
export function booleanIn(value: Json): boolean {
  if (typeof value !== 'boolean') throw new Invalid('is neither true nor false')
  return value
}

/** @throws Invalid */
export function entriesIn(value: Json, example: string): readonly (readonly [string, Json])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Invalid(`is no object: write ${example}`)
  const entries = Object.entries(value as Readonly<Record<string, Json>>)
  if (entries.length === 0) throw new Invalid(`is empty: write ${example}`)
  return entries
}
