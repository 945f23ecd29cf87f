import type { Json } from '../inputs/parse.ts'

const words: Readonly<Record<string, Json>> = { True: true, False: false, None: null, true: true, false: false, null: null }
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' }
const deepest = 20

/**
 * The value of a literal of Python that begins at `from`: numbers, texts, lists, tuples, dictionaries with texts as keys.
 * Undefined for everything else, such as a name: what it stands for is not known without running the code.
 */
export function readLiteral(source: string, from: number): Readonly<{ value: Json; end: number }> | undefined {
  let at = from
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (found) at += found[0].length
    return found ?? undefined
  }
  const skip = () => void match(/(?:\s|#[^\n]*)*/y)
  const taken = (character: string): boolean => {
    const found = source[at] === character
    if (found) at++
    return found
  }
  const text = (): string | undefined => {
    const found = match(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y)
    const raw = found?.[1] ?? found?.[2]
    // \x, \u and octal numbers are rare enough to be no literal that is understood.
    if (raw === undefined || !/^(?:[^\\]|\\[ntr\\'"])*$/.test(raw)) return undefined
    return raw.replace(/\\(.)/g, (_, one: string) => escapes[one] ?? one)
  }
  const several = (closing: string, depth: number): readonly Json[] | undefined => {
    const all: Json[] = []
    for (;;) {
      skip()
      if (taken(closing)) return all
      const one = value(depth)
      skip()
      if (one === undefined) return undefined
      all.push(one)
      if (!taken(',') && source[at] !== closing) return undefined
    }
  }
  const dictionary = (depth: number): Json | undefined => {
    const entries: [string, Json][] = []
    for (;;) {
      skip()
      if (taken('}')) return Object.fromEntries(entries)
      const key = text()
      skip()
      if (key === undefined || !taken(':')) return undefined
      const one = value(depth)
      skip()
      if (one === undefined) return undefined
      entries.push([key, one])
      if (!taken(',') && source[at] !== '}') return undefined
    }
  }
  const value = (depth: number): Json | undefined => {
    skip()
    const opening = source[at]
    if (depth > deepest) return undefined
    if (opening === '"' || opening === "'") return text()
    if (taken('[')) return several(']', depth + 1)
    if (taken('(')) return several(')', depth + 1)
    if (taken('{')) return dictionary(depth + 1)
    const number = match(/[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y)?.[0]
    if (number !== undefined) return Number(number.replaceAll('_', ''))
    const word = match(/[A-Za-z]+(?![\w.([])/y)?.[0] ?? ''
    return Object.hasOwn(words, word) ? words[word] : undefined
  }
  const read = value(0)
  return read === undefined ? undefined : { value: read, end: at }
}
