import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Host } from '../../host/host.ts'
import type { CacheFolders } from './arguments.ts'

/** A layer cache in a folder, kept between runs by the cache service where there is one, else where it lies. */
export interface LocalCache {
  readonly folders: CacheFolders
  /** After a build: the new folder takes the place of the last, and is saved if it says something else. Never throws. */
  readonly keep: () => Promise<void>
}

/** Folders that a run beside this one may still read are left for so long (ms). */
const graceMs = 3_600_000

/** The name of a folder that is whole; the time stands first, so that the last name is the newest. */
const named = /^(\d{13})-[0-9a-f]+$/

const isWhole = (host: Host, folder: string) => host.files.kind(join(folder, 'index.json')) === 'file'

function digestOf(host: Host, folder: string | undefined): string | undefined {
  const text = folder && host.files.readText(join(folder, 'index.json'))
  return text ? createHash('sha256').update(text).digest('hex').slice(0, 32) : undefined
}

/**
 * Opens the cache of a scope. A folder is never written twice, so that runs beside each other read what does not
 * change: each run writes a new one, and the older go after an hour.
 */
export async function openLocalCache(host: Host, scope: string, write: boolean, notice: (text: string) => void): Promise<LocalCache> {
  const home = host.env['XDG_CACHE_HOME'] || join(host.env['HOME'] ?? '/', '.cache')
  const root = join(home, 'ml-image-action', 'layers', scope.replace(/[^\w.-]/g, '-'))
  const prefix = `ml-image-layers-${scope.replace(/,/g, '-')}-`
  const kept = () =>
    host.files
      .list(root)
      .filter((name) => named.test(name))
      .sort()
  const newest = () =>
    kept()
      .map((name) => join(root, name))
      .findLast((folder) => isWhole(host, folder))
  const service = host.packageCache
  if (service && newest() === undefined)
    await service.restore(root, `${prefix}newest`, [prefix]).catch((error: unknown) => {
      notice(`The layer cache could not be restored (${error instanceof Error ? error.message : String(error)}).`)
    })
  const last = newest()
  const next = join(root, `${String(host.now()).padStart(13, '0')}-${host.runId}`)
  if (write) host.files.makeFolder(root)
  return {
    folders: { ...(last === undefined ? {} : { last }), ...(write ? { next } : {}) },
    keep: async () => {
      if (!write) return
      const digest = digestOf(host, next)
      if (digest === undefined || digest === digestOf(host, last)) {
        host.files.remove(next)
        return
      }
      // What the cache service takes is the folder as it is: the last one would be in it twice.
      const old = kept().filter((name) => join(root, name) !== next)
      for (const name of old) {
        const age = host.now() - Number(named.exec(name)?.[1])
        if (service || age > graceMs) host.files.remove(join(root, name))
      }
      await service?.save(root, `${prefix}${digest}`).catch((error: unknown) => {
        notice(`The layer cache could not be saved (${error instanceof Error ? error.message : String(error)}).`)
      })
    },
  }
}
