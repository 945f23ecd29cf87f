import type { CommentInputs } from './inputs.ts'
import { Invalid, oneOf } from './parse.ts'
import type { Reader } from './reader.ts'

/** A job without a matrix has `null` for it. @throws Invalid */
function parseMatrix(text: string): Readonly<Record<string, unknown>> | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Invalid('is no JSON')
  }
  if (value === null) return undefined
  if (typeof value !== 'object' || Array.isArray(value)) throw new Invalid('is no JSON object')
  return value as Readonly<Record<string, unknown>>
}

export function readComment(reader: Reader): CommentInputs {
  const when = reader.required('comment', oneOf('off', 'on-change', 'always'))
  const matrix = reader.parsed('matrix', parseMatrix)
  return { when, ...(matrix && Object.keys(matrix).length > 0 ? { matrix } : {}) }
}
