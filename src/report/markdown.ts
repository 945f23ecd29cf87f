/** Longest text of a line or a cell (characters). */
const longestText = 2_000
const longestBlock = 20_000

/** The beginning of a text, and a sign where it was cut; never half of a character. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** A text as it reads: without colours of a terminal, control characters, and what turns the direction of writing. */
function readable(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
}

const oneLine = (text: string) => readable(clip(text, longestText)).replace(/[\r\n\u2028\u2029]+/g, ' ')

/**
 * Text inside a table or a line of markdown: nothing in it is markup, a link, a mention, or a reference to an issue. A long
 * one is cut. Links of GFM are looked for in the source, which a backslash hides them from; GitHub's mentions in the text,
 * which it does not.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .trim()
    .replace(/#(?=\d)/g, '#\u200b')
    .replace(/[\\`*_{}[\]()#|~!+$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '@\u200b')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/www(?=\.)/gi, '$&\\')
    .replace(/^[-=]/, '\\$&')
    .replace(/^(\d{1,9})\.(?=\s|$)/, '$1\\.')
}

/** Text in an element of HTML that holds no markdown, as the title of a fold. */
export function escapeHtml(text: string): string {
  return oneLine(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/@/g, '@\u200b')
}

/** A text in the letters of code, within a line. */
export function code(text: string): string {
  const shown = oneLine(text).replaceAll('`', "'")
  return shown.trim() === '' ? '' : `\`${shown}\``
}

/** The same within a cell of a table, where a pipe begins the next one even in code, and two backslashes before it hide nothing. */
export function cellCode(text: string): string {
  return code(text)
    .replace(/\\+(?=\|)/g, '$& ')
    .replaceAll('|', '\\|')
}

/** Lines until they are too long together: all of many would be a long text made for nothing. */
function joined(lines: readonly string[], most: number): string {
  const taken: string[] = []
  let length = 0
  for (const line of lines) {
    taken.push(clip(line, most))
    length += line.length + 1
    if (length > most) break
  }
  return clip(taken.join('\n'), most)
}

/** A code block whose fence is longer than any run of backticks inside. */
export function fenced(lines: readonly string[], language: 'text' | 'diff' = 'text'): string {
  const text = readable(joined(lines, longestBlock))
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

export type Column = Readonly<{ name: string; right?: true }>

/** A table; cells are markdown of one line already, and those that lack are empty. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(columns.map(({ name }) => name)),
    `|${columns.map(({ right }) => (right ? '--:' : ':--')).join('|')}|`,
    ...rows.map((cells) => line(columns.map((_, index) => cells[index] ?? ''))),
  ].join('\n')
}

/** What is shown on demand. */
export function fold(title: string, body: string, state: 'closed' | 'open' = 'closed'): string {
  return `<details${state === 'open' ? ' open' : ''}><summary>${escapeHtml(title)}</summary>\n\n${body}\n\n</details>`
}

/** A whole digest would make a table wider than the page; it stands where it can be copied. */
export const shortDigests = (text: string): string => text.replace(/\b(sha256:[0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…')
