/**
 * The runner obeys a line whose trimmed start is `::command::`, and `##[command]` anywhere in a line (actions/runner,
 * ActionCommand.cs). Every line of a child gets a first character that is no blank, and loses its `##[`.
 */
const mark = '│ '

/** Longest line that is printed (characters). */
export const longestLine = 8_192
/** Most of one stage's output that is printed (characters). */
export const longestOutput = 10 << 20
/** And most lines of it: each is a write of its own. */
export const mostLines = 100_000

/** A line of a child, made harmless. It must hold no line break. */
export function sanitiseLine(line: string): string {
  const cut = line.length > longestLine ? `${line.slice(0, longestLine)} [... ${line.length - longestLine} more characters]` : line
  return mark + disarm(cut)
}

/** Takes the runner's older command form out of a text. */
function disarm(text: string): string {
  return text.replaceAll('##[', '# #[')
}

/** A line of our own that may quote what others wrote: unchanged unless the runner would obey it. */
export function safeText(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => (/^[\s\u0085]*::/.test(line) ? sanitiseLine(line) : disarm(line)))
    .join('\n')
}

const lineFeed = 10
const carriageReturn = 13

/** Splits a stream into lines as the runner does: at \r\n, \n and a bare \r. A line without an end is cut, not kept. */
export class LineSplitter {
  readonly #decoder = new TextDecoder()
  readonly #onLine: (line: string) => void
  #rest = ''
  #afterReturn = false

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine
  }

  push(chunk: Uint8Array): void {
    this.#take(this.#decoder.decode(chunk, { stream: true }))
  }

  end(): void {
    this.#take(this.#decoder.decode())
    if (this.#rest !== '') this.#onLine(this.#rest)
    this.#rest = ''
  }

  #take(text: string): void {
    let fresh = text
    if (this.#afterReturn && fresh.startsWith('\n')) fresh = fresh.slice(1)
    if (text !== '') this.#afterReturn = fresh === '' ? false : fresh.endsWith('\r')
    const all = this.#rest + fresh
    let start = 0
    // By hand: split() makes 65,536 strings of a chunk of empty lines before the first is handed on.
    for (let i = 0; i < all.length; i++) {
      const code = all.charCodeAt(i)
      if (code !== lineFeed && code !== carriageReturn) continue
      this.#onLine(all.slice(start, i))
      if (code === carriageReturn && all.charCodeAt(i + 1) === lineFeed) i++
      start = i + 1
    }
    this.#rest = all.slice(start)
    if (this.#rest.length > 8 * longestLine) {
      this.#onLine(this.#rest)
      this.#rest = ''
    }
  }
}

/** Lets lines through until `longestOutput` or `mostLines`, then says once that the rest is left out. */
export function bounded(print: (line: string) => void): (line: string) => void {
  let printed = 0
  let lines = 0
  let open = true
  return (line) => {
    if (!open) return
    printed += line.length + mark.length + 1
    lines++
    open = printed <= longestOutput && lines <= mostLines
    print(open ? line : `[output is longer than ${longestOutput >> 20} MiB or ${mostLines} lines: the rest is left out]`)
  }
}
