import type { PackageCache } from './host.ts'

/** A cache that does not answer is no reason to wait (ms). */
const patience = 30_000

function within<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error(`no answer within ${patience / 1000} s`)), patience).unref(),
  )
  return Promise.race([work, late])
}

/** @actions/cache, loaded only where there is something to cache. */
export const packageCache: PackageCache = {
  restore: async (path, key, restoreKeys) => {
    const { restoreCache } = await import('@actions/cache')
    return await within(restoreCache([path], key, [...restoreKeys]))
  },
  has: async (path, key) => {
    const { restoreCache } = await import('@actions/cache')
    return (await within(restoreCache([path], key, [], { lookupOnly: true }))) !== undefined
  },
  save: async (path, key) => {
    const { saveCache } = await import('@actions/cache')
    // Beside other work: at this level an archive of packages takes half the time, and is a seventh larger.
    process.env['ZSTD_CLEVEL'] ??= '1'
    await within(saveCache([path], key))
  },
}
