import { createHash } from 'node:crypto'
import { cacheServiceGiven } from '../host/environment.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Event } from '../plan/event.ts'
import { nameText } from '../plan/image-name.ts'
import type { ImageStore } from './engine.ts'

/** The layer cache of a build, or why there is none. */
export type LayerCache =
  | Readonly<{ kind: 'gha'; scope: string; write: boolean; notice?: string }>
  | Readonly<{ kind: 'none'; notice?: string }>

/** One scope for one image: BuildKit's own default is shared by every image of a repository, and the last one wins. */
export function cacheScope(inputs: Inputs): string {
  const { build, images, workingDirectory } = inputs
  const base = images[0] ? nameText(images[0]) : ''
  const hash = createHash('sha256')
    .update(JSON.stringify([base, build.file.slice(commonFolder(build.file, workingDirectory)), build.target ?? '']))
    .digest('hex')
  return inputs.cache.scope ?? `${base.split('/').at(-1)}-${hash.slice(0, 12)}`
}

function commonFolder(file: string, folder: string): number {
  return file.startsWith(`${folder}/`) ? folder.length + 1 : 0
}

/**
 * What a token of the cache service allows at a time (ms): its `ac` claim lists scopes with a bit set, 1 to read and 2
 * to write. A token that BuildKit would refuse allows nothing.
 */
export function cacheRights(token: string, now: number): 'none' | 'read' | 'write' {
  const [, payload, signature] = token.split('.')
  if (!payload || !signature) return 'none'
  try {
    const { ac, exp, nbf } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { ac?: string; exp?: number; nbf?: number }
    if (ac === undefined || (exp !== undefined && exp * 1000 <= now) || (nbf !== undefined && nbf * 1000 > now)) return 'none'
    const scopes = JSON.parse(ac) as readonly Readonly<{ Permission?: number }>[]
    return scopes.some(({ Permission = 0 }) => (Permission & 2) !== 0) ? 'write' : 'read'
  } catch {
    return 'none'
  }
}

/**
 * GitHub's cache service through BuildKit's `gha` backend, where the runner gives the service and the image store can
 * export to it. Written on branches of the repository only: what a pull request or a tag writes nobody else can read.
 */
export function chooseCache(
  inputs: Inputs,
  event: Event,
  store: ImageStore,
  job: Readonly<Record<string, string | undefined>>,
  now: number,
): LayerCache {
  if (inputs.cache.kind === 'none') return { kind: 'none' }
  if (!cacheServiceGiven(job)) {
    return {
      kind: 'none',
      ...(inputs.cache.kind === 'gha'
        ? { notice: 'cache: gha is asked for, but this runner gives no cache service; building without.' }
        : {}),
    }
  }
  if (store === 'classic')
    return { kind: 'none', notice: 'The layer cache is left out: the classic image store of this engine cannot export it.' }
  // A token that BuildKit cannot read would fail the build when the cache is exported, whatever ignore-error says.
  const rights = cacheRights(job['ACTIONS_RUNTIME_TOKEN'] ?? '', now)
  if (rights === 'none') return { kind: 'none', notice: 'The layer cache is left out: the token this runner gives for it cannot be used.' }
  const write = rights === 'write' && event.ref.kind === 'branch' && event.origin === 'own' && job['ACTIONS_CACHE_MODE'] !== 'read'
  return { kind: 'gha', scope: cacheScope(inputs), write }
}
