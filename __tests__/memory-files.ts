import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import type { Files } from '../src/host/host.ts'

export type MemoryFiles = Files &
  Readonly<{
    /** Text by absolute path; folders are there when something is in them. */
    entries: Map<string, string>
    links: Map<string, string>
    /** Folders made by `makeTemp` that are still there. */
    temps: ReadonlySet<string>
  }>

/** A file system in memory. A link is `path -> target`, for a file or a folder. */
export function createFiles(given: Readonly<Record<string, string>> = {}, linked: Readonly<Record<string, string>> = {}): MemoryFiles {
  const entries = new Map(Object.entries(given))
  const links = new Map(Object.entries(linked))
  const temps = new Set<string>()
  const below = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`)

  const resolved = (path: string): string => {
    const link = [...links].find(([from]) => below(path, from))
    return link ? resolved(link[1] + path.slice(link[0].length)) : path
  }
  const kind: Files['kind'] = (path) => {
    const real = resolved(path)
    if (entries.has(real)) return 'file'
    const inside = [...entries.keys(), ...links.keys(), ...temps].some((entry) => below(entry, real))
    return inside ? 'directory' : undefined
  }
  return {
    entries,
    links,
    temps,
    kind,
    readText: (path) => entries.get(resolved(path)),
    readUntrusted: (path) => (links.has(path) ? undefined : entries.get(path)),
    list: (directory) => {
      const folder = `${resolved(directory)}/`
      const names = [...entries.keys(), ...links.keys()].flatMap((path) =>
        path.startsWith(folder) ? (path.slice(folder.length).split('/')[0] ?? []) : [],
      )
      return [...new Set(names)]
    },
    contents: (directory) => {
      const names = new Map<string, 'file' | 'directory'>()
      for (const path of entries.keys()) {
        const [name = '', ...deeper] = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1).split('/') : []
        if (name !== '') names.set(name, deeper.length > 0 ? 'directory' : 'file')
      }
      return [...names].map(([name, kind]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1))
    },
    stat: (path) => {
      const text = links.has(path) ? undefined : entries.get(path)
      return text === undefined ? undefined : { bytes: text.length, modifiedMs: 0 }
    },
    stream: async function* (path) {
      yield Buffer.from(entries.get(resolved(path)) ?? '')
    },
    digest: async (path) => {
      const text = links.has(path) ? undefined : entries.get(path)
      return text === undefined ? undefined : createHash('sha256').update(text).digest('hex')
    },
    stamp: (path) => entries.get(resolved(path)),
    freeBytes: () => undefined,
    realPath: (path) => (kind(path) === undefined ? undefined : resolved(path)),
    writePrivate: (path, text) => {
      if (kind(dirname(path)) !== 'directory') throw new Error(`there is no folder for ${path}`)
      entries.set(resolved(path), text)
    },
    replaceText: (path, text) => {
      links.delete(path)
      entries.set(path, text)
    },
    writeText: (path, text) => void entries.set(resolved(path), text),
    makeTemp: (purpose) => {
      const path = `/temp/ml-image-${purpose}-${temps.size + 1}`
      temps.add(path)
      return path
    },
    makeFolder: (path) => void temps.add(path),
    move: (from, to) => {
      for (const [path, text] of [...entries]) {
        if (!below(path, from)) continue
        entries.delete(path)
        entries.set(to + path.slice(from.length), text)
      }
      for (const temp of [...temps]) if (below(temp, from)) temps.delete(temp)
    },
    copy: async (from, to) => void entries.set(to, entries.get(from) ?? ''),
    share: () => {},
    link: (target, path) => void links.set(path, target),
    remove: (path) => {
      for (const entry of entries.keys()) if (below(entry, path)) entries.delete(entry)
      for (const link of links.keys()) if (below(link, path)) links.delete(link)
      for (const temp of temps) if (below(temp, path)) temps.delete(temp)
    },
  }
}
