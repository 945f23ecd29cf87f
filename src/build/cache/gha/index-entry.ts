/** An index as it was read: its entry's key, the link to it, its text. */
export type ReadIndex = Readonly<{ key: string; url: string; text: string }>

/** The name of an index without the number of its entry, if a key is that of one: `index-SCOPE-1-HASH#7`. */
export function indexName(key: string): string | undefined {
  return /^(index-.+-\d+-[0-9a-f]{8})(#\d*)?$/.exec(key)?.[1]
}

/** The keys of the layers that an index names; undefined when it is none (BuildKit, cache/remotecache/v1/spec.go). */
export function layerKeys(text: string): readonly string[] | undefined {
  try {
    const { layers } = JSON.parse(text) as Readonly<{ layers?: readonly Readonly<{ blob?: string }>[] }>
    return (layers ?? []).flatMap(({ blob }) => (typeof blob === 'string' ? [`buildkit-blob-1-${blob}`] : []))
  } catch {
    return undefined
  }
}

/** What a run has read of indexes and what became of those it wrote. */
export function createIndexes() {
  const read = new Map<string, ReadIndex>()
  const written = new Map<string, string>()
  return {
    keep: (index: ReadIndex) => void read.set(indexName(index.key) ?? index.key, index),
    /** What was read under a name, with or without a number. */
    read: (key: string): ReadIndex | undefined => read.get(indexName(key) ?? key),
    isSame: (key: string, text: string): boolean => read.get(indexName(key) ?? key)?.text === text,
    /** The key that one was written by, which may be another than it was reserved by; `same` when it was not written. */
    place: (key: string, name: string) => void written.set(key, name),
    placed: (key: string): string | undefined => written.get(key),
  }
}
