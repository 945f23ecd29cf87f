import { createHash } from 'node:crypto'

const longest = 128
const valid = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/

/** As docker/metadata-action makes a tag of a text: the result may still be too long, or start with `.` or `-`. */
export function sanitised(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, '-')
}

/** Whether a registry takes it as a tag (distribution/reference). */
export function isTag(text: string): boolean {
  return valid.test(text)
}

/**
 * Makes a tag of any text. Where docker/metadata-action would give one that no registry takes, this departs from it:
 * one that starts with `.` or `-` loses that, and one too long is cut and ends in a hash of the whole, so that two
 * stay two. May come out empty.
 */
export function tagFrom(text: string): string {
  const clean = sanitised(text).replace(/^[.-]+/, '')
  if (clean.length <= longest) return clean
  return `${clean.slice(0, longest - 9)}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
}
