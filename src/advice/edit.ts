import type { Instruction } from '../build/instruction.ts'
import { applyEdits, type Edit, unifiedDiff } from './diff.ts'
import type { Source } from './rule.ts'

/** The lines of an instruction as they stand in the file. */
export function rawLines({ text }: Source, { line, end }: Instruction): readonly string[] {
  return text.split(/\r?\n/).slice(line - 1, end)
}

/** In place of an instruction these lines; none takes it out. */
export function replaced({ line, end }: Instruction, insert: readonly string[]): Edit {
  return { line, remove: end - line + 1, insert }
}

/** A change within an instruction, however many lines it has; undefined where the pattern is not in it. */
export function changed(source: Source, instruction: Instruction, pattern: RegExp, by: string): Edit | undefined {
  const before = rawLines(source, instruction).join('\n')
  const after = before.replace(pattern, by)
  return after === before ? undefined : replaced(instruction, after.split('\n'))
}

/** Lines before an instruction and the comments that belong to it. */
export function before({ text }: Source, { line }: Instruction, insert: readonly string[]): Edit {
  const lines = text.split('\n')
  let top = line
  while (top > 1 && /^\s*#/.test(lines[top - 2] ?? '') && !/ml-image:|^\s*#\s*(syntax|escape|check)\s*=/i.test(lines[top - 2] ?? '')) top--
  return { line: top, remove: 0, insert }
}

/** Lines right behind an instruction. */
export function behind({ end }: Instruction, insert: readonly string[]): Edit {
  return { line: end + 1, remove: 0, insert }
}

/** The diff of these edits; `undefined` among them says that there is no way to make it. */
export function fixOf({ file, text }: Source, edits: readonly (Edit | undefined)[]): { fix?: string } {
  const all = edits.filter((edit) => edit !== undefined)
  return all.length < edits.length || all.length === 0 || applyEdits(text, all) === text ? {} : { fix: unifiedDiff(file, text, all) }
}

/** An instruction in the exec form, on one line. */
export function execLine(keyword: string, words: readonly string[]): string {
  return `${keyword} [${words.map((word) => JSON.stringify(word)).join(', ')}]`
}
