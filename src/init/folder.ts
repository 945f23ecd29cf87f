import { join } from 'node:path'
import { readContext } from '../build/context.ts'
import type { Environment, Files, Host } from '../host/host.ts'

/** A project as `init` sees it: what a checkout of it on a runner has. Paths are relative to it. */
export type Folder = Readonly<{
  paths: readonly string[]
  /** A text; undefined where there is none, or it is too large to be one that people write. */
  read: (path: string) => string | undefined
  bytes: (path: string) => number
  /** Whether there is anything of that name, also what git leaves out. */
  isThere: (path: string) => boolean
  /** Whether a `.dockerignore` that is there leaves a path out. */
  leftOut: (path: string) => boolean
}>

/** What people write by hand is smaller (bytes); notebooks hold pictures. */
const longestText = 4 << 20

type FolderFiles = Pick<Files, 'contents' | 'readText' | 'readUntrusted' | 'stat' | 'kind'>

/** What git has or would take; undefined where there is no git, no repository, or nothing in it. */
async function tracked(host: Pick<Host, 'capture'>, root: string, env: Environment): Promise<readonly string[] | undefined> {
  const argv = ['git', '-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const listed = await host.capture({ argv, cwd: root, env }).catch(() => undefined)
  const paths = listed?.exitCode === 0 ? listed.stdout.split('\0').filter(Boolean) : []
  return paths.length === 0 ? undefined : [...new Set(paths)].sort()
}

/** The folder without what git ignores: a model that lies there on this machine alone is none that a runner has. */
export async function readFolder(
  host: Readonly<{ files: FolderFiles }> & Pick<Host, 'capture'>,
  root: string,
  env: Environment,
): Promise<Folder> {
  const { files } = host
  // All that is there, whatever a .dockerignore says.
  const all = readContext({ contents: files.contents, readText: () => undefined }, root).paths
  const known = await tracked(host, root, env)
  const own = known === undefined ? undefined : new Set(known)
  const { ignores } = readContext({ contents: () => [], readText: files.readText }, root)
  const bytes = (path: string) => files.stat(join(root, path))?.bytes
  return {
    paths: own ? all.filter((path) => own.has(path)) : all,
    read: (path) => ((bytes(path) ?? Number.POSITIVE_INFINITY) > longestText ? undefined : files.readUntrusted(join(root, path))),
    bytes: (path) => bytes(path) ?? 0,
    isThere: (path) => files.kind(join(root, path)) !== undefined,
    leftOut: ignores,
  }
}
