import { ActionError, messageOf } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { creationCommand } from '../plan/clouds.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import type { Plan } from '../plan/plan.ts'
import type { Tag } from '../plan/tags.ts'
import type { Manifest, RegistryClient } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'
import { openRepository } from '../registry/open.ts'
import { carry } from './carry.ts'
import { compareImages } from './compare-images.ts'
import type { Gated } from './gated.ts'
import { createReader, type ReadHeld } from './held.ts'
import type { History } from './history.ts'
import { keepRecord } from './keep-record.ts'
import { ownPedigree, type Pedigree, sourceOf } from './pedigree.ts'
import type { GateRecord } from './record.ts'
import { rootOf } from './root.ts'
import { type Arrived, type Attempt, setTags } from './set-tags.ts'

/** What the registries hold now, each tag asked for after it was set. */
export type Published = Readonly<{
  digest: string
  pushedTags: readonly string[]
  compressedBytes: number
  /** The folder that it was written to instead, as it was given. */
  layout?: string
}>

/**
 * What came of each repository: a registry that fails does not stop the others. `kept`: the tags that hold something newer,
 * and why. `arrived`: the repositories that have the image.
 */
export type Publication = Readonly<{ published: Published; kept: readonly string[]; arrived: readonly Arrived[]; failure?: ActionError }>

type Layer = Readonly<{ size?: number }>
type ManifestJson = Readonly<{ config?: Readonly<{ digest?: string; size?: number }>; layers?: readonly Layer[] }>

/** Proves that what the registry answers is the image that was tested. @throws ActionError digest-mismatch */
export function proveSame(
  image: Pick<Gated, 'store' | 'digest' | 'configDigest' | 'layout' | 'origin' | 'taken'>,
  manifest: Manifest,
): ManifestJson {
  const actual = digestOf(manifest.body)
  const json = JSON.parse(new TextDecoder().decode(manifest.body)) as ManifestJson
  const root = rootOf(image)
  const byManifest = root !== undefined
  const expected = byManifest ? root : image.configDigest
  const found = byManifest ? actual : json.config?.digest
  if (found !== expected) {
    // An engine pushes of an index what it has of it: after a pull that is one platform.
    const part = image.taken !== undefined && !image.layout && !image.origin ? ' The engine may have a part of it alone.' : ''
    throw new ActionError('digest-mismatch', `The registry holds ${found ?? 'no image'}, tested was ${expected}.${part}`)
  }
  return json
}

/**
 * Reads what the moving tags hold, and how that stands to ours, while the layers are on their way. The check asks each
 * tag again; what it needs to know of an image is known by then.
 * @returns the names of all tags and ours, where the history of the branch is not known and they have to do for it
 */
async function lookAhead(
  tags: readonly Tag[],
  { revision, ...pedigree }: Pedigree,
  client: RegistryClient,
  read: ReadHeld,
  history: History,
): Promise<ReadonlySet<string> | undefined> {
  const moving = tags.filter(({ moves }) => moves)
  if (moving.length === 0 || revision === undefined) return undefined
  const look = async (tag: Tag) => {
    const held = await read(tag.name)
    if (held) await compareImages(tag, { pedigree: { revision, ...pedigree } }, held, history)
  }
  const listed = async () => {
    const known = (await history.since(revision)).kind === 'known'
    return known ? undefined : new Set([...(await client.listTags()).names, ...tags.map(({ name }) => name)])
  }
  const [names] = await Promise.all([listed().catch(() => undefined), ...moving.map((tag) => look(tag).catch(() => undefined))])
  return names
}

/** ECR and Artifact Registry in their own words: NAME_UNKNOWN, and what comes behind it. */
const noRepository = /repository\b.{0,200}\b(does not exist|not found)|NAME_UNKNOWN/is

/** With the command that makes the repository, where that is what is missing. */
export function withCreation({ registry, path }: ImageName, error: ActionError): ActionError {
  const command = noRepository.test(error.message) ? creationCommand(registry, path) : undefined
  return command === undefined ? error : new ActionError(error.code, `${error.message} It is made by: ${command}`, { cause: error })
}

/**
 * Digest to every registry, then the tags that stay, then those that move; each is asked for again and compared. Where the
 * plan is to push the digest alone, the record of its gates takes the place of the tags.
 */
export async function publish(
  host: Host,
  plan: Plan,
  image: Gated,
  history: History,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
  recordFor?: (digest: string) => GateRecord,
): Promise<Publication> {
  const tags = plan.push.only === 'digest' ? [] : plan.tags
  let failure: ActionError | undefined
  const attempt: Attempt = async (name, action) => {
    try {
      return await action()
    } catch (error) {
      const known =
        error instanceof ActionError ? error : new ActionError('push-failed', `${nameText(name)}: ${messageOf(error)}`, { cause: error })
      const told = withCreation(name, known)
      log.line(`${nameText(name)}: ${told.message}`)
      failure ??= told
      return undefined
    }
  }

  const arrive = async (name: ImageName): Promise<Arrived> => {
    const { client, credential } = await openRepository(host, plan.access, name, env, 'push')
    const read = createReader(client, sourceOf(plan.labels))
    const carrier = tags.find(({ moves }) => !moves) ?? tags[0]
    // An engine that pushes by itself may have to do so under a tag that moves: what was there must be known.
    const over = carrier?.moves ? await read(carrier.name).catch(() => undefined) : undefined
    const pedigree = ownPedigree(plan.labels, plan.event)
    const looked = lookAhead(tags, pedigree, client, read, history)
    const fallback = { tag: carrier?.name ?? host.runId, credential }
    // Of an index as of an image: a registry takes a manifest only when it has all that it names. The classic store does not know it.
    const root = rootOf(image)
    const held = root === undefined ? undefined : await client.getManifest(root).catch(() => undefined)
    const there = held && digestOf(held.body) === root ? held : undefined
    const reference =
      there && root !== undefined ? root : await carry(host, image, name, client, fallback, env, signal).finally(() => looked)
    const manifest = there ?? (await client.getManifest(reference))
    if (!manifest) throw new ActionError('digest-mismatch', `${nameText(name)} does not know ${reference}, which it has just taken.`)
    const json = proveSame(image, manifest)
    const digest = digestOf(manifest.body)
    log.line(`${nameText(name)}@${digest} is in the registry${there ? ' already: no layer is pushed' : ''}`)
    return {
      name,
      client,
      read,
      image: { digest, manifest: { ...manifest, digest }, pedigree },
      ...(over && reference === carrier?.name ? { over: { tag: reference, held: over } } : {}),
      namesBefore: await looked,
      ...(there ? { already: true } : {}),
      compressedBytes: [json.config, ...(json.layers ?? [])].reduce((sum, part) => sum + (part?.size ?? 0), 0),
    }
  }
  const arrived: Arrived[] = []
  for (const name of plan.names) {
    const there = await attempt(name, () => arrive(name))
    if (there) arrived.push(there)
  }
  if (recordFor) {
    for (const there of arrived)
      await attempt(there.name, async () => log.line(`${await keepRecord(there, recordFor(there.image.digest))} says that it is gated`))
  }
  const { pushedTags, kept } = await setTags({ ...plan, tags }, arrived, history, attempt, log, signal)
  const first = arrived[0]
  const published = { digest: first?.image.digest ?? '', pushedTags, compressedBytes: first?.compressedBytes ?? 0 }
  return { published, kept, arrived, ...(failure ? { failure } : {}) }
}
