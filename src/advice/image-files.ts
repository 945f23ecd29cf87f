/** A file as a layer holds it. */
export type LayerFile = Readonly<{ path: string; bytes: number }>

/** What one layer has again, or in vain, of what an earlier one has: bytes unpacked, and the largest of the files. */
export type Between = Readonly<{ from: number; to: number; files: number; bytes: number; largest: string }>

/** What of the layers' files is known when all are read. Layers are counted from 0, those of the base image too. */
export type ImageFiles = Readonly<{
  /** What a container sees, with the layer it comes from; of the layers that were read. */
  live: ReadonlyMap<string, Readonly<{ bytes: number; layer: number }>>
  /** The same path with as many bytes in a later layer: what chown, chmod, touch and a second COPY leave. */
  again: readonly Between[]
  /** Deleted or overwritten by a later layer. */
  lost: readonly Between[]
}>

/** Takes the files of layers as they are read, in any order. */
export type ImageFilesReader = Readonly<{ add: (layer: number, file: LayerFile) => void; end: () => ImageFiles }>

/** More files are not kept in mind: those that come later count for nothing. */
export const mostFiles = 300_000

const opaque = '.wh..wh..opq'
const whiteout = '.wh.'
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'))

function* above(path: string): Generator<string> {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) yield path.slice(0, at)
}

/**
 * Remembers what layers hold, and lays them over each other as a container has them: OCI image spec, layer.md, "Whiteouts".
 * Whether two files are the same is told by path and size, as a digest of each would cost as much as the search for secrets.
 */
export function imageFilesReader(): ImageFilesReader {
  const layers = new Map<number, Map<string, number>>()
  let count = 0
  return {
    add: (layer, { path, bytes }) => {
      if (++count > mostFiles) return
      const files = layers.get(layer) ?? new Map<string, number>()
      files.set(path, bytes)
      layers.set(layer, files)
    },
    end: () => {
      const live = new Map<string, Readonly<{ bytes: number; layer: number }>>()
      const again = new Map<string, Between>()
      const lost = new Map<string, Between>()
      const note = (to: Map<string, Between>, from: number, layer: number, path: string, bytes: number, most: Map<string, number>) => {
        const key = `${from} ${layer}`
        const known = to.get(key) ?? { from, to: layer, files: 0, bytes: 0, largest: path }
        const larger = bytes > (most.get(key) ?? -1)
        if (larger) most.set(key, bytes)
        to.set(key, { ...known, files: known.files + 1, bytes: known.bytes + bytes, largest: larger ? path : known.largest })
      }
      const [mostAgain, mostLost] = [new Map<string, number>(), new Map<string, number>()]
      for (const [layer, files] of [...layers].sort(([a], [b]) => a - b)) {
        const gone = new Set<string>()
        const emptied = new Set<string>()
        for (const path of files.keys()) {
          const name = nameOf(path)
          if (name === opaque) emptied.add(folderOf(path))
          else if (name.startsWith(whiteout)) gone.add(`${folderOf(path)}/${name.slice(whiteout.length)}`)
        }
        if (gone.size + emptied.size > 0)
          for (const [path, { bytes, layer: from }] of live) {
            const folders = [...above(path)]
            if (!gone.has(path) && !folders.some((folder) => gone.has(folder) || emptied.has(folder))) continue
            live.delete(path)
            note(lost, from, layer, path, bytes, mostLost)
          }
        for (const [path, bytes] of files) {
          if (nameOf(path).startsWith(whiteout)) continue
          const before = live.get(path)
          if (before?.bytes === bytes) note(again, before.layer, layer, path, bytes, mostAgain)
          else if (before) note(lost, before.layer, layer, path, before.bytes, mostLost)
          live.set(path, { bytes, layer })
        }
      }
      const largestFirst = (all: Map<string, Between>) => [...all.values()].sort((a, b) => b.bytes - a.bytes)
      return { live, again: largestFirst(again), lost: largestFirst(lost) }
    },
  }
}
