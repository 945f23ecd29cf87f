import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Host } from '../host/host.ts'
import type { Requirements } from './requirements.ts'

/** The cache of downloaded packages between runs: where it is, and the keys it is filed under, best first. */
export type DependencyCache = Readonly<{ path: string; key: string; restoreKeys: readonly string[] }>

/** Where uv keeps what it downloads. */
export function uvCacheFolder(job: Readonly<Record<string, string | undefined>>): string {
  return job['UV_CACHE_DIR'] || join(job['XDG_CACHE_HOME'] || join(job['HOME'] ?? '/', '.cache'), 'uv')
}

const lockFiles = ['uv.lock', 'poetry.lock', 'Pipfile.lock', 'pyproject.toml']

/** The key: system, Python, and a hash of every file that decides what is installed. */
export function dependencyCache(
  host: Pick<Host, 'files' | 'env'>,
  cwd: string,
  requirements: Requirements,
  python: string | undefined,
): DependencyCache {
  const files = requirements.kind === 'files' ? requirements.files : lockFiles
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\0${host.files.readText(join(cwd, file)) ?? ''}\0`)
  const prefix = `ml-image-uv-${host.env['RUNNER_OS'] ?? 'Linux'}-${host.env['RUNNER_ARCH'] ?? 'X64'}-${python ?? 'any'}-`
  return { path: uvCacheFolder(host.env), key: prefix + hash.digest('hex').slice(0, 32), restoreKeys: [prefix] }
}

/** What came of a restore: the key that was found, or why none was. */
export type Restored = Readonly<{ kind: 'hit'; key: string }> | Readonly<{ kind: 'miss' }> | Readonly<{ kind: 'off' }>

/** Fetches the cache, if the runner gives the service and the folder is not filled already (a self-hosted runner). Never throws. */
export async function restoreDependencies(host: Host, cache: DependencyCache): Promise<Restored> {
  if (!host.packageCache || host.files.list(cache.path).length > 0) return { kind: 'off' }
  try {
    const key = await host.packageCache.restore(cache.path, cache.key, cache.restoreKeys)
    return key === undefined ? { kind: 'miss' } : { kind: 'hit', key }
  } catch {
    return { kind: 'miss' }
  }
}

/** Saves the cache when what is in it is not filed yet. Never throws; `notice` says why it could not. */
export async function saveDependencies(
  host: Host,
  cache: DependencyCache,
  restored: Restored,
  notice: (text: string) => void,
): Promise<void> {
  if (!host.packageCache || restored.kind === 'off' || (restored.kind === 'hit' && restored.key === cache.key)) return
  try {
    await host.packageCache.save(cache.path, cache.key)
  } catch (error) {
    notice(`The packages for the tests could not be cached (${error instanceof Error ? error.message : String(error)}).`)
  }
}
