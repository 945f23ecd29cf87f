import { type Edit, unifiedDiff } from '../../diff.ts'
import type { Requirement } from '../../requirement.ts'
import type { RequirementsSubject } from '../../rule.ts'

/** Where a requirement stands. */
export const at = ({ file }: RequirementsSubject, { line }: Requirement) => ({ file, line })
export const rawLine = ({ text }: RequirementsSubject, line: number) => text.split(/\r?\n/)[line - 1] ?? ''
/** Of a file with one requirement a line a line can be changed or taken out. */
export const isList = ({ file }: RequirementsSubject) => !/\.toml$|(^|\/)Pipfile$/.test(file)
/** A line that the next one belongs to, as with hashes, is left to its author. */
export const goesOn = (line: string) => /\\$|--hash/.test(line)

export function fixOf(subject: RequirementsSubject, edits: readonly Edit[]): { fix?: string } {
  return edits.length > 0 && isList(subject) ? { fix: unifiedDiff(subject.file, subject.text, edits) } : {}
}
/** The diff that takes requirements out. */
export const without = (subject: RequirementsSubject, lines: readonly Requirement[]): { fix?: string } =>
  lines.some(({ line }) => goesOn(rawLine(subject, line)))
    ? {}
    : fixOf(
        subject,
        lines.map(({ line }) => ({ line, remove: 1, insert: [] })),
      )

/** The diff that gives a requirement another name. */
export function renamed(subject: RequirementsSubject, { line, written }: Requirement, name: string): { fix?: string } {
  const before = rawLine(subject, line)
  return fixOf(subject, [{ line, remove: 1, insert: [before.replace(written, name)] }])
}
