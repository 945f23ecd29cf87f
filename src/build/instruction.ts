/** A text that an instruction brings along: `RUN <<EOF … EOF`. */
export type Heredoc = Readonly<{ name: string; text: string }>

/** An instruction of a Dockerfile. Lines are counted from 1; `end` is its last one, that of a heredoc's delimiter. */
export type Instruction = Readonly<{
  /** In capitals. */
  keyword: string
  /** All of it on one line, comments and heredocs left out. */
  text: string
  /** `--from=builder`, `--mount=type=cache,target=/root/.cache`, as they stand before the arguments. */
  flags: readonly string[]
  /** What follows keyword and flags. */
  rest: string
  /** The words of the exec form (`["python", "app.py"]`). */
  words?: readonly string[]
  heredocs: readonly Heredoc[]
  line: number
  end: number
}>

const takesFlags = /^(FROM|RUN|COPY|ADD|HEALTHCHECK|ONBUILD)$/
const takesHeredocs = /^(?:RUN|COPY|ADD|ONBUILD\s+(?:RUN|COPY|ADD))\b/i
const directive = /^#\s*([a-zA-Z][\w-]*)\s*=\s*(.+?)\s*$/

/** The character that continues a line: a backslash, unless the directive `escape` at the top says a backtick. */
function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const [, name, value] = directive.exec(line.trim()) ?? []
    if (name === undefined) return '\\'
    if (name.toLowerCase() === 'escape') return value === '`' ? '`' : '\\'
  }
  return '\\'
}

/** Words of the exec form; undefined where it is none, and a shell gets the line. */
function execForm(rest: string): readonly string[] | undefined {
  if (!rest.startsWith('[')) return undefined
  try {
    const words: unknown = JSON.parse(rest)
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined
  } catch {
    return undefined
  }
}

/** The delimiters of `<<EOF`, `<<-"EOF"`, `3<<EOF`, outside of quotes; `<<<` is a string of bash. */
function delimiters(text: string): readonly Readonly<{ name: string; tabs: boolean }>[] {
  const unquoted = text.replace(/(<<-?)(["'])([A-Za-z_][\w.-]*)\2/g, '$1$3').replace(/\\.|"(?:\\.|[^"\\])*"|'[^']*'/g, ' ')
  return [...unquoted.matchAll(/(?<![<\S])\d*<<(-?)([A-Za-z_][\w.-]*)/g)].map(([, dash, name = '']) => ({ name, tabs: dash === '-' }))
}

function takeApart(text: string): Pick<Instruction, 'keyword' | 'flags' | 'rest' | 'words'> {
  const [, word = '', after = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? []
  const keyword = word.toUpperCase()
  const flags: string[] = []
  let rest = after
  while (takesFlags.test(keyword)) {
    const [whole, flag] = /^(--[a-z][\w-]*(?:=(?:"[^"]*"|'[^']*'|\S)*)?)(?:\s+|$)/i.exec(rest) ?? []
    if (whole === undefined || flag === undefined) break
    flags.push(flag)
    rest = rest.slice(whole.length)
  }
  const words = execForm(rest.trim())
  return { keyword, flags, rest: rest.trim(), ...(words ? { words } : {}) }
}

/**
 * Reads a Dockerfile as BuildKit does: continued lines joined, comments and empty lines between them left out, the
 * escape character by its directive, heredocs as texts of their own. Any text gives some instructions; whether they
 * are good ones is BuildKit's to say. https://docs.docker.com/reference/dockerfile/#format
 */
export function parseDockerfile(dockerfile: string): readonly Instruction[] {
  const lines = dockerfile.replace(/^\uFEFF/, '').split(/\r?\n/)
  const joins = escapeOf(lines) === '`' ? '`' : '\\\\'
  const goesOn = new RegExp(`(?:^|[^${joins}])${joins}[ \\t]*$`)
  const found: Instruction[] = []
  for (let index = 0; index < lines.length; index++) {
    const begins = (lines[index] ?? '').trim()
    if (begins === '' || begins.startsWith('#')) continue
    const start = index
    let text = ''
    for (; ; index++) {
      const line = lines[index]
      if (line === undefined) break
      if (index > start && (line.trim() === '' || line.trimStart().startsWith('#'))) continue
      const more = goesOn.test(line)
      text += more ? line.replace(new RegExp(`${joins}[ \\t]*$`), '') : line
      if (!more) break
    }
    let last = Math.min(index, lines.length - 1)
    text = text.trim()
    const heredocs: Heredoc[] = []
    for (const { name, tabs } of takesHeredocs.test(text) ? delimiters(text) : []) {
      const from = last + 1
      const to = lines.findIndex((line, at) => at >= from && (tabs ? line.replace(/^\t+/, '') : line) === name)
      if (to < 0) break
      heredocs.push({ name, text: lines.slice(from, to).join('\n') })
      last = to
    }
    index = last
    if (text !== '') found.push({ ...takeApart(text), text, heredocs, line: start + 1, end: last + 1 })
  }
  return found
}
