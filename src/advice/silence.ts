const order = /#\s*ml-image:\s*ignore\s+([a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)*)/

const named = (line: string) => order.exec(line)?.[1]?.split(/\s*,\s*/) ?? []
const isComment = (line: string) => line.trimStart().startsWith('#')

/**
 * Tells whether a comment `# ml-image: ignore ID` (several with commas) silences a rule at a line of this text: one in
 * the lines of comments right above it, one at its end, or for the whole text one above the first line that is no comment.
 */
export function silences(text: string): (rule: string, line: number | undefined) => boolean {
  if (!text.includes('ml-image:')) return () => false
  const lines = text.split(/\r?\n/)
  const first = lines.findIndex((line) => line.trim() !== '' && !isComment(line))
  const everywhere = new Set(lines.slice(0, first < 0 ? lines.length : first).flatMap(named))
  return (rule, line) => {
    if (everywhere.has(rule)) return true
    if (line === undefined) return false
    if (named(lines[line - 1] ?? '').includes(rule)) return true
    for (let above = line - 2; above >= 0 && isComment(lines[above] ?? ''); above--)
      if (named(lines[above] ?? '').includes(rule)) return true
    return false
  }
}

/** Every rule that is named in such a comment, with its line: a name that is none silences nothing. */
export function silenced(text: string): readonly Readonly<{ rule: string; line: number }>[] {
  return text.split(/\r?\n/).flatMap((line, index) => named(line).map((rule) => ({ rule, line: index + 1 })))
}
