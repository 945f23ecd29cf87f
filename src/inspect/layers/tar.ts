/** A regular file of a tar stream: its path from the root, with a slash before it, and its first bytes. */
export type TarFile = Readonly<{ path: string; bytes: number; head: Uint8Array }>

/** Takes a tar stream piece by piece. */
export type TarReader = Readonly<{
  push: (chunk: Uint8Array) => void
  /** Whether the stream has come to the end that tar marks. */
  ended: () => boolean
}>

const block = 512
/** A longer name or pax header is none that a builder writes. */
const longestHeader = 1 << 20

const textOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
const cString = (bytes: Uint8Array) => textOf(bytes.subarray(0, bytes.indexOf(0) < 0 ? bytes.length : bytes.indexOf(0)))

/** Octal digits, or for what is larger than they can say a number of bytes with the first bit set (GNU). */
function numberOf(field: Uint8Array): number {
  if (((field[0] ?? 0) & 0x80) === 0) return Number.parseInt(cString(field).trim() || '0', 8)
  return field.reduce((sum, byte, index) => sum * 256 + (index === 0 ? byte & 0x7f : byte), 0)
}

/** The records of a pax header, `LENGTH NAME=VALUE`, the length in bytes. */
function paxRecords(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at)
    const length = Number.parseInt(textOf(bytes.subarray(at, space)), 10)
    if (space < 0 || !(length > space - at)) break
    const record = textOf(bytes.subarray(space + 1, at + length - 1))
    records.set(record.slice(0, record.indexOf('=')), record.slice(record.indexOf('=') + 1))
    at += length
  }
  return records
}

const rooted = (name: string) => `/${name.replace(/^(?:\.?\/)+/, '')}`

type Entry = { kind: 'file' | 'pax' | 'name' | 'other'; path: string; bytes: number; wanted: number }

/**
 * Reads a tar stream (ustar, with GNU's and pax' long names) and gives each regular file with at most `most` of its
 * first bytes; the rest is stepped over. What `onFile` is given may be overwritten after it returns.
 * @throws Error when it is no tar
 */
export function createTarReader(most: number, onFile: (file: TarFile) => void): TarReader {
  const header = new Uint8Array(block)
  let headed = 0
  let entry: Entry | undefined
  /** Of the body of the entry: bytes still to come, with what fills its last block. */
  let left = 0
  let gathered: Uint8Array | undefined
  let filled = 0
  let longName: string | undefined
  let longBytes: number | undefined
  let over = false

  const begin = () => {
    if (header.every((byte) => byte === 0)) {
      over = true
      return
    }
    const type = String.fromCharCode(header[156] ?? 0)
    const isUstar = textOf(header.subarray(257, 262)) === 'ustar'
    if (!isUstar && header[0] === 0) throw new Error('a layer is no tar archive')
    const own = type === 'x' || type === 'L' || type === 'g' || type === 'K'
    const bytes = (own ? undefined : longBytes) ?? numberOf(header.subarray(124, 136))
    if (!Number.isSafeInteger(bytes) || bytes < 0) throw new Error('a layer is no tar archive: an entry has no size')
    const prefix = isUstar && header[262] !== 0x20 ? cString(header.subarray(345, 500)) : ''
    const name = `${prefix === '' ? '' : `${prefix}/`}${cString(header.subarray(0, 100))}`
    const kind = type === 'x' ? 'pax' : type === 'L' ? 'name' : type === '0' || type === '\0' || type === '7' ? 'file' : 'other'
    const path = own ? '' : rooted(longName ?? name)
    const wanted = kind === 'file' ? Math.min(bytes, most) : kind === 'other' ? 0 : Math.min(bytes, longestHeader)
    entry = { kind, path, bytes, wanted }
    if (!own) [longName, longBytes] = [undefined, undefined]
    left = Math.ceil(bytes / block) * block
    filled = 0
    gathered = undefined
    if (wanted === 0) finish(new Uint8Array())
    if (left === 0) entry = undefined
  }

  const finish = (head: Uint8Array) => {
    if (!entry) return
    if (entry.kind === 'file') onFile({ path: entry.path, bytes: entry.bytes, head })
    if (entry.kind === 'name') longName = cString(head)
    if (entry.kind === 'pax') {
      const records = paxRecords(head)
      longName = records.get('path') ?? longName
      const bytes = records.get('size')
      longBytes = bytes === undefined ? longBytes : Number(bytes)
    }
  }

  return {
    ended: () => over,
    push: (chunk) => {
      for (let at = 0; at < chunk.length && !over; ) {
        if (!entry) {
          const taken = Math.min(block - headed, chunk.length - at)
          header.set(chunk.subarray(at, at + taken), headed)
          headed += taken
          at += taken
          if (headed === block) {
            headed = 0
            begin()
          }
          continue
        }
        const taken = Math.min(left, chunk.length - at)
        const lacking = entry.wanted - filled
        if (lacking > 0) {
          const piece = chunk.subarray(at, at + Math.min(taken, lacking))
          // A file that is in one piece is not copied.
          if (filled === 0 && piece.length === entry.wanted) finish(piece)
          else {
            gathered ??= new Uint8Array(entry.wanted)
            gathered.set(piece, filled)
            if (filled + piece.length === entry.wanted) finish(gathered)
          }
          filled += piece.length
        }
        left -= taken
        at += taken
        if (left === 0) entry = undefined
      }
    },
  }
}
