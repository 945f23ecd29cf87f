import { createHash, type Hash } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Files, Host } from '../host/host.ts'
import type { Requirements } from './requirements.ts'

/** The cache of downloaded packages between runs: where it is, and the keys it is filed under, best first. */
export type DependencyCache = Readonly<{ path: string; key: string; restoreKeys: readonly string[] }>

/** Where uv keeps what it downloads. */
export function uvCacheFolder(job: Readonly<Record<string, string | undefined>>): string {
  return job['UV_CACHE_DIR'] || join(job['XDG_CACHE_HOME'] || join(job['HOME'] ?? '/', '.cache'), 'uv')
}

const lockFiles = ['uv.lock', 'poetry.lock', 'Pipfile.lock', 'pyproject.toml']
const week = 7 * 24 * 3600 * 1000

/** Adds a file, and the requirements files that it names by -r and -c, each once. */
function addFile(hash: Hash, files: Pick<Files, 'readText'>, path: string, seen: Set<string>): void {
  if (seen.has(path)) return
  seen.add(path)
  const text = files.readText(path) ?? ''
  hash.update(`${text.length}\0${text}`)
  for (const [, named = ''] of text.matchAll(/^\s*(?:-r|-c|--requirement|--constraint)[ \t=]*([^\s#]+)/gm))
    addFile(hash, files, join(dirname(path), named), seen)
}

/**
 * The key: system, Python, a hash of every file that decides what is installed, and the week, so that what these
 * files leave open is looked up again once a week.
 */
export function dependencyCache(
  host: Pick<Host, 'files' | 'env' | 'now'>,
  cwd: string,
  requirements: Requirements,
  python: string | undefined,
): DependencyCache {
  const hash = createHash('sha256')
  const seen = new Set<string>()
  for (const file of requirements.kind === 'files' ? requirements.files : lockFiles) {
    hash.update(`${file}\0`)
    addFile(hash, host.files, join(cwd, file), seen)
  }
  const prefix = `ml-image-uv-${host.env['RUNNER_OS'] ?? 'Linux'}-${host.env['RUNNER_ARCH'] ?? 'X64'}-${python ?? 'any'}-`
  const same = `${prefix}${hash.digest('hex').slice(0, 32)}-`
  return { path: uvCacheFolder(host.env), key: `${same}${Math.floor(host.now() / week)}`, restoreKeys: [same, prefix] }
}

/**
 * What came of a restore: all that is needed (`exact`), what an earlier run had (`near`), nothing, nothing in time
 * (`late`: it may still be written to), or none was tried.
 */
export type Restored = Readonly<{ kind: 'exact' | 'near' | 'miss' | 'late' | 'off' }>

/** In a folder that stays (a laptop, a self-hosted runner): that all that a key needs is in it. */
const noteOf = ({ path, key }: DependencyCache): string => join(path, `${key}.complete`)

/**
 * Fetches the cache, if the runner gives the service. A folder that is filled already is taken as it is: `exact` where a
 * green run of this key has filled it. One that the job has named is kept by whoever named it (astral-sh/setup-uv does
 * both), and would be kept twice. Never throws.
 */
export async function restoreDependencies(host: Host, cache: DependencyCache): Promise<Restored> {
  if (host.files.kind(noteOf(cache)) === 'file') return { kind: 'exact' }
  if (!host.packageCache || host.env['UV_CACHE_DIR'] || host.files.list(cache.path).length > 0) return { kind: 'off' }
  try {
    const key = await host.packageCache.restore(cache.path, cache.key, cache.restoreKeys)
    return { kind: key === undefined ? 'miss' : key === cache.key ? 'exact' : 'near' }
  } catch {
    return { kind: 'late' }
  }
}

/** Notes that the cache has all that its key needs, and saves it when it is not filed yet. Never throws; `notice` says why it could not. */
export async function saveDependencies(
  host: Host,
  cache: DependencyCache,
  restored: Restored,
  notice: (text: string) => void,
): Promise<void> {
  if (restored.kind === 'exact' || restored.kind === 'late') return
  try {
    if (host.files.kind(cache.path) === 'directory') host.files.writePrivate(noteOf(cache), '')
  } catch {
    // Not ours to write to: looked up again the next time.
  }
  if (!host.packageCache || restored.kind === 'off') return
  try {
    await host.packageCache.save(cache.path, cache.key)
  } catch (error) {
    notice(`The packages for the tests could not be cached (${error instanceof Error ? error.message : String(error)}).`)
  }
}
