import type { Event, Run } from '../../src/plan/event.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import { movingTagsLabel, runLabel, workflowLabel } from '../../src/plan/labels.ts'
import type { Tag, TagVersion } from '../../src/plan/tags.ts'
import { createReader } from '../../src/publish/held.ts'
import type { History } from '../../src/publish/history.ts'
import type { Relation } from '../../src/publish/newer.ts'
import { ownPedigree } from '../../src/publish/pedigree.ts'
import { setTags } from '../../src/publish/set-tags.ts'
import type { Manifest, RegistryClient } from '../../src/registry/client.ts'
import { createEvent, createPlan } from '../builders.ts'
import { sha256 } from '../fake-registry.ts'
import { createClock } from '../virtual-clock.ts'

/** A commit of a model history: its parent (an index, -1 for none) and when it became the tip of main (ms), if it did. */
export type Commit = Readonly<{ parent: number; tipAt?: number }>

/** A run of a model workflow. `start`: when it begins to publish (ms). `build` makes two builds of one commit differ. */
export type ModelRun = Readonly<{
  commit: number
  number: number
  start: number
  build: number
  event: 'push' | 'release' | 'workflow_dispatch'
  tags: readonly Tag[]
}>

/** `delays` (ms) are had in turn by every step of every run. */
export type World = Readonly<{ commits: readonly Commit[]; runs: readonly ModelRun[]; delays: readonly number[] }>

export const shaOf = (commit: number): string => sha256(`commit ${commit}`).slice(7, 47)

export const isAncestor = (commits: readonly Commit[], one: number, of: number): boolean => {
  for (let at = of; at >= 0; at = commits[at]?.parent ?? -1) if (at === one) return true
  return false
}

/** How `head` stands to `base`, by walking the model itself. */
export function standing(commits: readonly Commit[], base: number, head: number): Exclude<Relation['kind'], 'unknown'> {
  if (base === head) return 'identical'
  if (isAncestor(commits, base, head)) return 'ahead'
  return isAncestor(commits, head, base) ? 'behind' : 'diverged'
}

export type Ended = Readonly<{
  /** By tag: the digest it holds at the end. */
  tags: ReadonlyMap<string, string>
  /** By run, the digest of its image. */
  digests: readonly string[]
  failures: readonly string[]
  /** The tip of main when the last run had ended. */
  tip: number
  kept: readonly string[]
  log: readonly string[]
}>

const workflow = 'acme/iris/.github/workflows/image.yml'

function labelsOf(run: ModelRun): Readonly<Record<string, string>> {
  return {
    'org.opencontainers.image.revision': shaOf(run.commit),
    'org.opencontainers.image.version': run.tags[0]?.name ?? '',
    [movingTagsLabel]: run.tags.flatMap(({ name, moves }) => (moves ? [name] : [])).join(' '),
    ...(run.event === 'workflow_dispatch' ? { [workflowLabel]: workflow, [runLabel]: String(run.number) } : {}),
  }
}

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

/** Lets all runs of a world publish, each step after its delay, until all have ended. */
export async function play({ commits, runs, delays }: World): Promise<Ended> {
  const clock = createClock(0)
  let step = 0
  const delay = () => clock.sleep(delays[step++ % delays.length] ?? 0)
  const tags = new Map<string, string>()
  const manifests = new Map<string, Manifest>()
  const blobs = new Map<string, Uint8Array>()
  const failures: string[] = []
  const kept: string[] = []
  const log: string[] = []

  /** On its way there, and on its way back. */
  const slow = async <T>(act: () => T): Promise<T> => {
    await delay()
    const value = act()
    await delay()
    return value
  }
  const client = (who: number): RegistryClient => ({
    base: async () => '',
    authorization: async () => ({}),
    head: (reference) =>
      slow(() => {
        log.push(`${clock.now()} run ${who} reads ${reference}: ${(tags.get(reference) ?? '').slice(7, 11)}`)
        return tags.get(reference)
      }),
    getManifest: async (digest) => manifests.get(digest),
    getBlob: async (digest) => blobs.get(digest),
    hasBlob: async (digest) => blobs.has(digest),
    putBlob: async () => {},
    pass: async () => ({ status: 200, headers: {}, body: new Uint8Array() }),
    saveBlob: async () => false,
    listTags: () => slow(() => ({ names: [...tags.keys()], whole: true })),
    putManifest: (reference, manifest) =>
      slow(() => {
        log.push(`${clock.now()} run ${who} puts ${reference}: ${manifest.digest.slice(7, 11)}`)
        tags.set(reference, manifest.digest)
        return manifest.digest
      }),
  })
  const commitOf = (sha: string) => commits.findIndex((_, index) => shaOf(index) === sha)
  const tip = () =>
    commits.reduce(
      (best, { tipAt }, index) => (tipAt !== undefined && tipAt <= clock.now() && tipAt >= (commits[best]?.tipAt ?? -1) ? index : best),
      0,
    )
  const history: History = {
    relation: (base, other) => slow(() => ({ kind: standing(commits, commitOf(base), commitOf(other)) })),
    latestRun: (sha) =>
      slow(() => ({
        kind: 'number',
        number: Math.max(...runs.filter(({ commit }) => commit === commitOf(sha)).map(({ number }) => number)),
      })),
    since: (base) =>
      slow(() => {
        const found: number[] = []
        for (let at = tip(); at >= 0 && !isAncestor(commits, at, commitOf(base)); at = commits[at]?.parent ?? -1) found.push(at)
        return { kind: 'known', commits: found.map(shaOf), whole: true }
      }),
  }

  const images = runs.map((run) => {
    const config = bytes({ config: { Labels: labelsOf(run) }, build: run.build })
    blobs.set(sha256(config), config)
    const body = bytes({ config: { digest: sha256(config) } })
    const manifest = { digest: sha256(body), mediaType: 'application/vnd.oci.image.manifest.v1+json', body }
    manifests.set(manifest.digest, manifest)
    return manifest
  })
  const publishOne = async (run: ModelRun, index: number): Promise<void> => {
    const manifest = images[index]
    if (!manifest) return
    await clock.sleep(run.start)
    const mine: Run = { workflow, number: run.number }
    const event: Event = createEvent({ name: run.event, sha: shaOf(run.commit), run: mine })
    const labels = labelsOf(run)
    const plan = createPlan({ event, tags: run.tags, labels })
    const registry = client(index)
    const there = {
      name: parseImageName('ghcr.io/acme/iris'),
      client: registry,
      read: createReader(registry, undefined),
      image: { digest: manifest.digest, manifest, pedigree: ownPedigree(labels, event) },
      compressedBytes: 0,
    }
    const line = (text: string) => void log.push(`${clock.now()} run ${index}: ${text}`)
    const done = await setTags(
      plan,
      [there],
      history,
      async (_, action) => {
        try {
          return await action()
        } catch (error) {
          failures.push(String(error))
          return undefined
        }
      },
      { line, close: () => {} },
      new AbortController().signal,
    )
    kept.push(...done.kept)
  }
  await Promise.all(runs.map(publishOne))
  return { tags, digests: images.map(({ digest }) => digest), failures, tip: tip(), kept, log }
}

/** Whether the image of one run is what a tag should hold rather than that of another, by all that the model knows. */
export function isNewer({ commits, runs }: World, tag: Tag, one: ModelRun, other: ModelRun): boolean {
  const versions = [one, other].map(({ tags }) => tags.find(({ name }) => name === tag.name)?.version?.value)
  const [mine, theirs] = versions.map((value: TagVersion['value'] | undefined) => value?.split('.').map(Number))
  if (mine && theirs) {
    const difference = [0, 1, 2].map((part) => (mine[part] ?? 0) - (theirs[part] ?? 0)).find((number) => number !== 0)
    if (difference !== undefined) return difference > 0
  }
  const relation = standing(commits, other.commit, one.commit)
  if (relation === 'ahead' || relation === 'behind') return relation === 'ahead'
  const labelled = one.event === 'workflow_dispatch' && other.event === 'workflow_dispatch'
  const last = (commit: number) => Math.max(...runs.filter((run) => run.commit === commit).map(({ number }) => number))
  if (relation === 'identical') return labelled && one.number > other.number
  return last(one.commit) > last(other.commit) && last(one.commit) > other.number
}
