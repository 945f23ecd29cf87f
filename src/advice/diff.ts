/** A change to a text: `remove` lines from `line` on (the first is 1) give way to `insert`. */
export type Edit = Readonly<{ line: number; remove: number; insert: readonly string[] }>

const around = 3
const withoutEnd = '\\ No newline at end of file'

type Lines = Readonly<{ lines: readonly string[]; ended: boolean; crlf: boolean }>

function linesOf(text: string): Lines {
  const lines = text.split('\n')
  const ended = lines.at(-1) === ''
  return { lines: ended ? lines.slice(0, -1) : lines, ended, crlf: lines[0]?.endsWith('\r') === true && lines.length > 1 }
}

/** Without the lines at either end of an edit that it leaves as they are. */
function trimmed({ line, remove, insert }: Edit, lines: readonly string[]): Edit {
  let from = 0
  while (from < remove && from < insert.length && lines[line - 1 + from] === insert[from]) from++
  let behind = 0
  while (behind < remove - from && behind < insert.length - from && lines[line - 2 + remove - behind] === insert.at(-1 - behind)) behind++
  return { line: line + from, remove: remove - from - behind, insert: insert.slice(from, insert.length - behind) }
}

/** In the order of the text, what is inserted as its lines end; behind a last line that is not ended, that line goes with it. */
function prepared(edits: readonly Edit[], { lines, ended, crlf }: Lines): readonly Edit[] {
  const end = crlf ? '\r' : ''
  return edits
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, remove, insert }) => trimmed({ line, remove, insert: insert.map((text) => `${text}${end}`) }, lines))
    .filter(({ remove, insert }) => remove + insert.length > 0)
    .map((edit) => {
      const last = lines.at(-1)
      if (edit.line <= lines.length || ended || last === undefined) return edit
      return { line: lines.length, remove: 1, insert: [`${last}${end}`, ...edit.insert] }
    })
}

/** The text after the edits, which must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const from = linesOf(text)
  const lines = [...from.lines]
  let endTouched = false
  for (const { line, remove, insert } of prepared(edits, from).toReversed()) {
    endTouched ||= line - 1 + remove >= from.lines.length
    lines.splice(line - 1, remove, ...insert)
  }
  return lines.join('\n') + (lines.length > 0 && (from.ended || endTouched) ? '\n' : '')
}

/** Edits that are near enough to share their surroundings. */
function groups(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const all: Edit[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const edit of edits) {
    if (edit.line - end <= around * 2) all.at(-1)?.push(edit)
    else all.push([edit])
    end = edit.line + edit.remove
  }
  return all
}

/** A unified diff of one file that `git apply` and `patch -p1` take; empty without edits. */
export function unifiedDiff(file: string, text: string, edits: readonly Edit[]): string {
  const from = linesOf(text)
  const { lines, ended } = from
  const out: string[] = []
  const put = (sign: ' ' | '-', at: number) => {
    out.push(`${sign}${lines[at - 1] ?? ''}`)
    if (at === lines.length && !ended) out.push(withoutEnd)
  }
  let grown = 0
  for (const group of groups(prepared(edits, from))) {
    const first = Math.max(1, (group[0]?.line ?? 1) - around)
    const last = group.at(-1)
    const until = Math.min(lines.length, (last ? last.line + last.remove - 1 : 0) + around)
    const added = group.reduce((sum, { insert }) => sum + insert.length, 0)
    const removed = group.reduce((sum, { remove }) => sum + remove, 0)
    const old = until - first + 1
    const size = old + added - removed
    out.push(`@@ -${old === 0 ? first - 1 : first},${old} +${size === 0 ? first + grown - 1 : first + grown},${size} @@`)
    let at = first
    for (const { line, remove, insert } of group) {
      while (at < line) put(' ', at++)
      for (const end = at + remove; at < end; ) put('-', at++)
      out.push(...insert.map((inserted) => `+${inserted}`))
    }
    while (at <= until) put(' ', at++)
    grown += added - removed
  }
  return out.length === 0 ? '' : [`--- a/${file}`, `+++ b/${file}`, ...out, ''].join('\n')
}

/** The diff that makes a file which is not there. */
export function newFileDiff(file: string, lines: readonly string[]): string {
  return ['--- /dev/null', `+++ b/${file}`, `@@ -0,0 +1,${lines.length} @@`, ...lines.map((line) => `+${line}`), ''].join('\n')
}
