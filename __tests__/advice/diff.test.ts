import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { applyEdits, type Edit, newFileDiff, unifiedDiff } from '../../src/advice/diff.ts'

const folder = mkdtempSync(join(tmpdir(), 'ml-image-diff-'))
const file = join(folder, 'Dockerfile')
afterAll(() => rmSync(folder, { recursive: true }))

function gitApply(text: string, diff: string): string {
  writeFileSync(file, text)
  execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: diff })
  return readFileSync(file, 'utf8')
}

const line = fc.constantFrom('FROM a', 'RUN b', '', '# c', '  d \\', '-x', '+y', '@@')
const change = fc.record({ skip: fc.nat(9), remove: fc.nat(2), insert: fc.array(line, { maxLength: 3 }) })

/** Edits that do not overlap, in a text of this many lines. */
function editsIn(
  lines: number,
  changes: readonly Readonly<{ skip: number; remove: number; insert: readonly string[] }>[],
): readonly Edit[] {
  const edits: Edit[] = []
  let at = 1
  for (const { skip, remove, insert } of changes) {
    const from = at + skip
    if (from + remove > lines + 1 || (remove === 0 && insert.length === 0)) continue
    edits.push({ line: from, remove, insert })
    at = from + remove + 1
  }
  return edits
}

test('git applies every diff, and gets what the edits make', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 25 }),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      fc.constantFrom('\n', '\r\n'),
      (lines, changes, ended, end) => {
        const text = lines.join(end) + (ended || lines.at(-1) === '' ? end : '')
        const edits = editsIn(lines.length, changes)
        const after = applyEdits(text, edits)
        fc.pre(after !== text && after !== '')
        expect(gitApply(text, unifiedDiff('Dockerfile', text, edits))).toBe(after)
      },
    ),
    { numRuns: 150 },
  )
})

test('edits do what they say', () => {
  const edits = [
    { line: 4, remove: 0, insert: ['d'] },
    { line: 1, remove: 1, insert: ['x', 'y'] },
  ]
  expect(applyEdits('a\nb\nc\n', edits)).toBe('x\ny\nb\nc\nd\n')
  expect(applyEdits('a\nb', [{ line: 3, remove: 0, insert: ['c'] }])).toBe('a\nb\nc\n')
})

test('a file that was not there is made', () => {
  rmSync(file, { force: true })
  execFileSync('git', ['apply', '-'], { cwd: folder, input: newFileDiff('.dockerignore', ['.git', 'venv']) })
  expect(readFileSync(join(folder, '.dockerignore'), 'utf8')).toBe('.git\nvenv\n')
})
