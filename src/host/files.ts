import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { copyFile, link, open } from 'node:fs/promises'
import { join } from 'node:path'
import { freeBytes } from './disk.ts'
import type { Entry, Files } from './host.ts'

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** A file that somebody hostile may have made is not read beyond this (bytes). */
const largestUntrusted = 64 << 20

async function digest(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    for await (const piece of file.createReadStream({ highWaterMark: 1 << 20 })) hash.update(piece as Uint8Array)
    return hash.digest('hex')
  } catch {
    return undefined
  }
}

/** The real file system; temporary folders are made below `tempRoot`. */
export function realFiles(tempRoot: string): Files {
  return {
    readText: (path) => orUndefined(() => readFileSync(path, 'utf8').replace(/^\uFEFF/, '')),
    readUntrusted: (path) =>
      orUndefined(() => {
        const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
        try {
          const { size } = fstatSync(file)
          return fstatSync(file).isFile() && size <= largestUntrusted ? readFileSync(file, 'utf8') : undefined
        } finally {
          closeSync(file)
        }
      }),
    kind: (path) => {
      const found = orUndefined(() => statSync(path))
      return found?.isDirectory() ? 'directory' : found?.isFile() ? 'file' : undefined
    },
    list: (directory) => orUndefined(() => readdirSync(directory)) ?? [],
    contents: (directory) =>
      (orUndefined(() => readdirSync(directory, { withFileTypes: true })) ?? [])
        .flatMap((entry): readonly Entry[] =>
          entry.isDirectory() ? [{ name: entry.name, kind: 'directory' }] : entry.isFile() ? [{ name: entry.name, kind: 'file' }] : [],
        )
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    stat: (path) => {
      const found = orUndefined(() => lstatSync(path))
      return found?.isFile() ? { bytes: found.size, modifiedMs: found.mtimeMs } : undefined
    },
    stream: (path) => createReadStream(path, { highWaterMark: 1 << 20 }),
    digest,
    stamp: (path) => {
      const found = orUndefined(() => statSync(path))
      return found?.isFile() ? `${found.size} ${found.mtimeMs}` : undefined
    },
    realPath: (path) => orUndefined(() => realpathSync(path)),
    freeBytes,
    writePrivate: (path, text) => writeFileSync(path, text, { mode: 0o600 }),
    replaceText: (path, text) => {
      rmSync(path, { force: true })
      // wx: what is put there meanwhile is not written to.
      writeFileSync(path, text, { flag: 'wx' })
    },
    writeText: (path, text) => writeFileSync(path, text),
    makeTemp: (purpose) => {
      const path = mkdtempSync(join(tempRoot, `ml-image-${purpose}-`))
      chmodSync(path, 0o700)
      return path
    },
    makeFolder: (path) => mkdirSync(path, { recursive: true }),
    move: renameSync,
    // Another disk, or one without hard links.
    copy: (from, to) => link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE)),
    link: symlinkSync,
    share: (path, access) => chmodSync(path, access === 'read' ? 0o755 : 0o1777),
    remove: (path) => rmSync(path, { recursive: true, force: true, maxRetries: 3 }),
  }
}
