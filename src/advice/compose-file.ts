import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import type { Json } from '../inputs/parse.ts'
import { type JsonObject, objectOf } from '../smoke/compose/config.ts'

/** A value in a YAML file with the lines it stands on, from that of its key to its last. */
export type Placed = Readonly<{
  value: Json
  line: number
  end: number
  /** What a list or a map holds; the key of a map's entry is its `key`. */
  items: readonly (Readonly<{ key?: string }> & Omit<Placed, 'items'>)[]
}>

export type Service = Readonly<{
  name: string
  value: JsonObject
  line: number
  /** Spaces before its keys. */
  indent: string
  keys: ReadonlyMap<string, Placed>
}>

const textOf = (node: unknown) => (isScalar(node) ? String(node.value) : '')

/**
 * The services of a compose file, with where they stand; of a file that is no YAML none. Variables stay as they are written.
 * https://docs.docker.com/reference/compose-file/
 */
export function servicesIn(text: string): readonly Service[] {
  try {
    return read(text)
  } catch {
    // An alias of nothing, or one that would grow without end: compose refuses the file.
    return []
  }
}

function read(text: string): readonly Service[] {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, merge: true })
  if (document.errors.length > 0) return []
  const services = document.get('services')
  if (!isMap(services)) return []
  const lineAt = (offset: number) => counter.linePos(offset).line
  const endOf = (node: Node) => lineAt(Math.max(0, text.slice(0, node.range?.[1] ?? 0).trimEnd().length - 1))
  const js = (node: unknown): Json => (isScalar(node) || isMap(node) || isSeq(node) ? (node.toJS(document) as Json) : null)
  const placed = ({ key, value }: Pair): Placed => {
    const line = lineAt((key as Node).range?.[0] ?? 0)
    const node = value as Node | null
    const items = isSeq(value)
      ? value.items.map((item) => ({ value: js(item), line: lineAt((item as Node).range?.[0] ?? 0), end: endOf(item as Node) }))
      : isMap(value)
        ? value.items.map((pair) => {
            const { items: _, ...own } = placed(pair)
            return { key: textOf(pair.key), ...own }
          })
        : []
    return { value: js(value), line, end: node?.range ? Math.max(line, endOf(node)) : line, items }
  }
  return services.items.flatMap((pair): readonly Service[] => {
    const { key, value } = pair
    if (!isMap(value)) return []
    const [first] = value.items
    const column = first ? counter.linePos((first.key as Node).range?.[0] ?? 0).col : 1
    return [
      {
        name: textOf(key),
        value: objectOf(js(value)),
        line: lineAt((key as Node).range?.[0] ?? 0),
        indent: ' '.repeat(column - 1),
        keys: new Map(value.items.map((one) => [textOf(one.key), placed(one)])),
      },
    ]
  })
}

/** `${NAME:-VALUE}` by its default; other variables stay. */
export const withDefaults = (text: string): string => text.replace(/\$\{\w+:?-([^{}]*)\}/g, '$1')
