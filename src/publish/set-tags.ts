import { ActionError } from '../errors.ts'
import type { StageLog } from '../host/host.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import { runLabel } from '../plan/labels.ts'
import type { Plan } from '../plan/plan.ts'
import type { Tag } from '../plan/tags.ts'
import type { RegistryClient } from '../registry/client.ts'
import type { Held, ReadHeld } from './held.ts'
import type { History } from './history.ts'
import { checkAndPut, type Moved, type Place, type Written } from './move.ts'
import { settleTags } from './settle.ts'

/** A repository that has the image by its digest. `over`: the tag that it had to be pushed under, and what that held before. */
export type Arrived = Readonly<{
  name: ImageName
  client: RegistryClient
  read: ReadHeld
  image: Held
  over?: Readonly<{ tag: string; held: Held }>
  /** Its tags before, where the history of the branch is not known. */
  namesBefore?: ReadonlySet<string> | undefined
  /** It had the image before this run. */
  already?: boolean
  compressedBytes: number
}>

/** Does something for a repository; an error is told and noted, and ends that repository's part. */
export type Attempt = <T>(name: ImageName, action: () => Promise<T>) => Promise<T | undefined>

/** `name:tag` of each tag that answers our image, and a line for each that holds something newer. */
export type TagsSet = Readonly<{ pushedTags: readonly string[]; kept: readonly string[] }>

/**
 * Sets a tag that stays, and asks for it. Only another run of the same commit sets it, too: of a branch and of a release
 * at once, say. @throws ActionError digest-mismatch
 */
async function setStaying({ name, client, read, image, already }: Arrived, tag: Tag, yields: boolean): Promise<Moved> {
  if (already && (await client.head(tag.name)) === image.digest) return { kind: 'set' }
  const found = yields && !tag.version ? await read(tag.name) : undefined
  if (found && found.digest !== image.digest && found.pedigree.revision === image.pedigree.revision)
    return { kind: 'kept', digest: found.digest, reason: 'a run of the same commit has set it, and can be found by it' }
  await client.putManifest(tag.name, image.manifest)
  const now = await client.head(tag.name)
  if (now === image.digest) return { kind: 'set' }
  const { revision } = image.pedigree
  const there = now === undefined || revision === undefined ? undefined : await read(tag.name)
  if (there && there.pedigree.revision === revision)
    return { kind: 'kept', digest: there.digest, reason: 'another run of the same commit has set it after this one' }
  throw new ActionError('digest-mismatch', `${nameText(name)}:${tag.name} answers ${now ?? 'nothing'}, set was ${image.digest}.`)
}

/** First the tags that stay in every repository, then those that move; a repository that fails gets no more of them. */
export async function setTags(
  plan: Plan,
  arrived: readonly Arrived[],
  history: History,
  attempt: Attempt,
  log: StageLog,
  signal: AbortSignal,
): Promise<TagsSet> {
  // Where the commit does not decide the image, a later run of it may have set its sha tag, too.
  const decidedByRun = plan.labels[runLabel] !== undefined
  // A release is found by its version; the run of its commit on the branch by the sha tag alone.
  const isRelease = plan.tags.some(({ version }) => version !== undefined)
  const pushedTags: string[] = []
  const kept: string[] = []
  const broken = new Set<Arrived>()

  const tell = (there: Arrived, tag: Tag, moved: Moved): void => {
    const reference = `${nameText(there.name)}:${tag.name}`
    if (moved.kind === 'set') {
      log.line(`${reference} -> ${there.image.digest}`)
      pushedTags.push(reference)
      return
    }
    const line = `${reference} keeps ${moved.digest}: ${moved.reason}`
    log.line(line)
    kept.push(line)
  }
  const placeOf = (there: Arrived): Place => ({
    client: there.client,
    read: there.read,
    history,
    ours: there.image,
    namesBefore: there.namesBefore,
    ownNames: decidedByRun ? plan.tags.flatMap((tag) => (tag.moves ? [] : [tag.name])) : [],
    repository: nameText(there.name),
    say: log.line,
    signal,
  })

  for (const moving of [false, true]) {
    for (const there of arrived) {
      if (broken.has(there)) continue
      const place = placeOf(there)
      const written: Written[] = []
      for (const tag of plan.tags.filter(({ moves }) => moves === moving)) {
        if (broken.has(there) || signal.aborted) continue
        const over = there.over?.tag === tag.name ? there.over.held : undefined
        const done = await attempt(there.name, () =>
          moving || decidedByRun ? checkAndPut(place, tag, over) : setStaying(there, tag, isRelease),
        )
        if (done?.kind === 'written') written.push(done)
        else if (done) tell(there, tag, done)
        else broken.add(there)
      }
      const settled = await attempt(there.name, async () => {
        await settleTags(place, written, (tag, moved) => tell(there, tag, moved))
        return true
      })
      if (!settled) broken.add(there)
    }
  }
  return { pushedTags, kept }
}
