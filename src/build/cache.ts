import { createHash } from 'node:crypto'
import { cacheServiceGiven } from '../host/environment.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Event } from '../plan/event.ts'
import { nameText } from '../plan/image-name.ts'
import { cacheRights } from './cache-token.ts'
import type { ImageStore } from './engine.ts'

/** `min` keeps the layers of the image, `max` those of every stage. */
export type CacheMode = 'min' | 'max'

/** The layer cache of a build. */
export type LayerCache =
  | Readonly<{ kind: 'gha'; scope: string; mode: CacheMode; read: boolean; write: boolean }>
  | Readonly<{ kind: 'registry'; reference: string; mode: CacheMode; write: boolean }>
  | Readonly<{ kind: 'local'; scope: string; mode: CacheMode; write: boolean }>
  | Readonly<{ kind: 'given'; from: readonly string[]; to: readonly string[] }>
  | Readonly<{ kind: 'none' }>

/** The cache that was chosen, and why this one. */
export type CacheChoice = Readonly<{ cache: LayerCache; because: string; notice?: string }>

/** Where the build runs: on which image store, and whether our loopback is that of the builder, too. */
export type CachePlace = Readonly<{ store: ImageStore; near: boolean }>

type Job = Readonly<Record<string, string | undefined>>

/**
 * One scope for one image on one kind of machine: BuildKit's own default is shared by every image of a repository, and
 * the last one wins.
 */
export function cacheScope(inputs: Inputs, platforms: readonly string[]): string {
  const { build, images, workingDirectory } = inputs
  const base = images[0] ? nameText(images[0]) : ''
  const file = build.file.slice(commonFolder(build.file, workingDirectory))
  const hash = createHash('sha256')
    .update(JSON.stringify([base, file, build.target ?? '', [...platforms].sort()]))
    .digest('hex')
  return inputs.cache.scope ?? `${base.split('/').at(-1)}-${hash.slice(0, 12)}`
}

function commonFolder(file: string, folder: string): number {
  return file.startsWith(`${folder}/`) ? folder.length + 1 : 0
}

/** `repository:tag` of a registry cache; without a tag of its own the scope is the tag. */
export function cacheReference(image: string, scope: string): string {
  return /:[^/]+$/.test(image) ? image : `${image}:${scope.replace(/[^\w.-]/g, '-')}`
}

/** What pull requests, tags and the merge queue write nobody reads again. */
function isReadAgain(event: Event): boolean {
  return event.ref.kind === 'branch' && event.origin === 'own' && !event.foreignCode && event.name !== 'merge_group'
}

const isDefaultBranch = ({ ref, defaultBranch }: Event) => ref.kind === 'branch' && ref.name === defaultBranch
const left = (because: string, notice?: string): CacheChoice => ({ cache: { kind: 'none' }, because, ...(notice ? { notice } : {}) })
const leftOut = (why: string): CacheChoice => left(why, `The layer cache is left out: ${why}.`)

type Common = Readonly<{ scope: string; mode: CacheMode }>

function serviceCache(inputs: Inputs, event: Event, place: CachePlace, job: Job, now: number, common: Common): CacheChoice {
  const token = job['ACTIONS_RUNTIME_TOKEN'] ?? ''
  // BuildKit reads the token before it exports, and ignore-error does not cover that.
  const rights = cacheRights(token, now)
  if (!rights) {
    if (token.includes('.') || inputs.cache.kind !== 'auto') return leftOut('the token this runner gives for it cannot be used')
    const because = 'the cache service has a token that BuildKit does not read'
    return { cache: { kind: 'local', ...common, write: isReadAgain(event) }, because }
  }
  const mode = job['ACTIONS_CACHE_MODE']
  const read = rights.read && mode !== 'write-only'
  const write = rights.write && mode !== 'read' && isReadAgain(event)
  if (!read && !write) {
    const only = rights.write && mode === 'write-only'
    return leftOut(
      only ? 'the job may only write it, and nobody would read what this event writes' : 'the job may neither read nor write it',
    )
  }
  // BuildKit looks for each layer before it writes it: where it may not, our relay answers in place of the service.
  if (!read && !place.near) return leftOut('the job may only write it, and BuildKit cannot write what it may not read')
  return { cache: { kind: 'gha', ...common, read, write }, because: 'the runner gives the cache service' }
}

function givenCache({ cache }: Inputs, place: CachePlace, job: Job, now: number): CacheChoice {
  const { from, to } = cache
  const because = 'cache-from and cache-to'
  const classic = place.store === 'classic'
  const usable = !cacheServiceGiven(job) || cacheRights(job['ACTIONS_RUNTIME_TOKEN'] ?? '', now) !== undefined
  const ofService = (entry: string) => /type=gha\b/.test(entry)
  const read = from.filter((entry) => !(ofService(entry) && (classic || !usable)) && !(classic && /type=(local|s3|azblob)\b/.test(entry)))
  const written = to.filter((entry) => !(ofService(entry) && !usable) && (!classic || /type=inline\b/.test(entry)))
  const whole = read.length === from.length && written.length === to.length
  const why = classic ? 'the classic image store of this engine has no use for them' : 'the token this runner gives cannot be used'
  return {
    cache: { kind: 'given', from: read, to: written },
    because,
    ...(whole ? {} : { notice: `Entries of cache-from and cache-to are left out: ${why}.` }),
  }
}

/**
 * Which layer cache a build has. `auto`: the registry that cache-image names, else GitHub's cache service where the
 * runner gives it, else none: a builder that stays keeps its own layers. Written where it is read again: a registry
 * by the default branch alone, as all branches share it.
 */
export function chooseCache(
  inputs: Inputs,
  event: Event,
  place: CachePlace,
  job: Job,
  now: number,
  platforms: readonly string[] = [job['RUNNER_ARCH'] ?? ''],
): CacheChoice {
  const { kind, image, from, to } = inputs.cache
  if (from.length > 0 || to.length > 0) return givenCache(inputs, place, job, now)
  if (kind === 'none') return left('cache: none')
  const service = cacheServiceGiven(job)
  if (place.store === 'classic')
    return kind !== 'auto' || image !== undefined || service
      ? leftOut('the classic image store of this engine cannot export it')
      : left('there is no cache service')
  const scope = cacheScope(inputs, platforms)
  const common: Common = { scope, mode: inputs.cache.mode === 'min' ? 'min' : 'max' }
  if (image !== undefined) {
    const write = isReadAgain(event) && isDefaultBranch(event)
    return {
      cache: { kind: 'registry', reference: cacheReference(image, scope), mode: common.mode, write },
      because: 'cache-image is given',
    }
  }
  if (kind === 'local') return { cache: { kind: 'local', ...common, write: isReadAgain(event) }, because: 'cache: local' }
  if (service) return serviceCache(inputs, event, place, job, now, common)
  return kind === 'gha'
    ? left('there is no cache service', 'cache: gha is asked for, but this runner gives no cache service; building without.')
    : left('there is no cache service; the builder keeps its own layers')
}

/** The cache in one line, with the reason. */
export function cacheText({ cache, because }: CacheChoice): string {
  const done = (read: boolean, write: boolean) => (read && write ? 'read and written' : read ? 'read only' : 'written only')
  const text = () => {
    switch (cache.kind) {
      case 'gha':
        return `gha, scope ${cache.scope}, ${done(cache.read, cache.write)}`
      case 'registry':
        return `registry, ${cache.reference}, ${done(true, cache.write)}`
      case 'local':
        return `local, scope ${cache.scope}, ${done(true, cache.write)}`
      case 'given':
        return 'as given'
      case 'none':
        return 'none'
    }
  }
  return `${text()} (${because})`
}
