import { createHash } from 'node:crypto'
import { cacheServiceGiven } from '../../host/environment.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import type { Event } from '../../plan/event.ts'
import { nameText } from '../../plan/image-name.ts'
import type { Tag } from '../../plan/tags.ts'
import type { ImageStore } from '../engine.ts'
import { cacheRights } from './gha/token.ts'

/** `min` keeps the layers of the image, `max` those of every stage. */
export type CacheMode = 'min' | 'max'

/** The layer cache of a build. */
export type LayerCache =
  | Readonly<{ kind: 'gha'; scope: string; mode: CacheMode; read: boolean; write: boolean }>
  | Readonly<{ kind: 'registry'; reference: string; mode: CacheMode; write: boolean }>
  | Readonly<{ kind: 'local'; scope: string; mode: CacheMode; write: boolean }>
  /** The image itself, in its registry: each that is pushed tells by which steps its layers were made (`inline`). */
  | Readonly<{ kind: 'image'; references: readonly string[]; write: boolean }>
  | Readonly<{ kind: 'given'; from: readonly string[]; to: readonly string[] }>
  | Readonly<{ kind: 'none' }>

/** The cache that was chosen, and why this one. */
export type CacheChoice = Readonly<{ cache: LayerCache; because: string; notice?: string }>

/**
 * Where the build runs: on which image store, and whether our loopback is that of the builder, too. `pushes`: what is
 * built will be pushed, under `tags`.
 */
export type CachePlace = Readonly<{
  store: ImageStore
  near: boolean
  pushes?: boolean
  tags?: readonly Tag[]
  /** What makes its layers large, if they are: see `largeLayers`. */
  large?: string
}>

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
export function isReadAgain(event: Event): boolean {
  return event.ref.kind === 'branch' && event.origin === 'own' && !event.foreignCode && event.name !== 'merge_group'
}

const isDefaultBranch = ({ ref, defaultBranch }: Event) => ref.kind === 'branch' && ref.name === defaultBranch
const left = (because: string, notice?: string): CacheChoice => ({ cache: { kind: 'none' }, because, ...(notice ? { notice } : {}) })
const leftOut = (why: string): CacheChoice => left(why, `The layer cache is left out: ${why}.`)

/** Whether one is asked for that the classic store's own builder cannot export. */
export function asksForExport({ kind, image, to }: Inputs['cache']): boolean {
  if (to.length > 0) return to.some((entry) => !/type=inline\b/.test(entry))
  return image !== undefined || (kind !== 'auto' && kind !== 'none')
}

/** So many images are looked for at most. */
const mostImages = 3

/**
 * Where the image of the last build may be: the tags of this run that move, as of its branch, then those of the default
 * branch. On a tag only the latter: that of another release is no use.
 */
function imagesBefore({ images, cache }: Inputs, { ref, defaultBranch }: Event, tags: readonly Tag[], scope: string): readonly string[] {
  const [first] = images
  const own = ref.kind === 'tag' ? [] : tags.filter(({ moves }) => moves).map(({ name }) => name)
  const main = defaultBranch === undefined ? [] : [defaultBranch.replace(/[^\w.-]/g, '-')]
  const among = first === undefined ? [] : [...new Set([...own, 'latest', ...main])].map((tag) => `${nameText(first)}:${tag}`)
  return [...(cache.image === undefined ? [] : [cacheReference(cache.image, scope)]), ...among].slice(0, mostImages)
}

/**
 * The classic store exports no cache but that of an image's own layers, within it; that costs nothing. Written into
 * whatever is pushed: so the same commit gives the same image, whichever event builds it.
 */
function imageCache(inputs: Inputs, event: Event, { pushes = false, tags = [] }: CachePlace, scope: string): CacheChoice {
  const { kind, image } = inputs.cache
  const because = 'the classic image store exports no other'
  const asked = kind === 'auto' ? (image === undefined ? undefined : 'cache-image') : `cache: ${kind}`
  return {
    cache: { kind: 'image', references: imagesBefore(inputs, event, tags, scope), write: pushes },
    because,
    ...(asked === undefined
      ? {}
      : {
          notice: `${asked} is asked for, but the classic image store of this engine exports no cache: the layers of the image itself are used.`,
        }),
  }
}

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
  const because = 'the runner gives the cache service'
  // It holds 10 GB a repository: the layers of every stage beside those of the image would push each other out.
  if (inputs.cache.mode === 'auto' && place.large !== undefined)
    return {
      cache: { kind: 'gha', ...common, mode: 'min', read, write },
      because: `${because}; layers of the image alone, as ${place.large} is large`,
    }
  return { cache: { kind: 'gha', ...common, read, write }, because }
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
  const scope = cacheScope(inputs, platforms)
  if (place.store === 'classic') return imageCache(inputs, event, place, scope)
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

/** The same cache, written and not read: what is broken in it is mended by writing it anew. */
export function unread(cache: LayerCache): LayerCache {
  if (cache.kind === 'gha' && cache.write) return { ...cache, read: false }
  if (cache.kind === 'image') return { ...cache, references: [] }
  return cache.kind === 'given' ? { ...cache, from: [] } : { kind: 'none' }
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
      case 'image':
        return `the image itself, from ${cache.references.join(', ')}${cache.write ? ', kept in what is pushed' : ''}`
      case 'given':
        return 'as given'
      case 'none':
        return 'none'
    }
  }
  return `${text()} (${because})`
}
