import { ActionError } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import type { Plan } from '../plan/plan.ts'
import { saidBy } from '../publish/held.ts'
import { areOwn, sourceOf } from '../publish/pedigree.ts'
import type { Manifest, RegistryClient } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'
import { openRepository } from '../registry/open.ts'
import { isClosed } from '../registry/registry-error.ts'

/**
 * An image in a registry; `reference` is how people are told of it, `labels` what it says of itself, `architecture` the
 * machine it is for if it is one and no index.
 */
export type PreviousImage = Readonly<{
  name: ImageName
  reference: string
  digest: string
  manifest: Manifest
  labels: Readonly<Record<string, string>>
  architecture?: string
  client: RegistryClient
}>

/** The image before this one, or why there is none to be had. */
export type Sought = Readonly<{ kind: 'found'; image: PreviousImage }> | Readonly<{ kind: 'none'; why: string }>

/** What is looked for: the first of several tags that there is, or one tag or digest. */
export type Wanted = Readonly<{ name: ImageName; references: readonly string[] }>

/**
 * Where the image before this one is: under the tags that this run would move, then under `latest` and the default branch.
 * A pull request is compared with what it goes into, and not with what it was itself.
 */
export function previousOf({ names, tags, event }: Pick<Plan, 'names' | 'tags' | 'event'>): Wanted | undefined {
  const [name] = names
  if (!name) return undefined
  const moving = event.ref.kind === 'pull' ? [] : tags.flatMap((tag) => (tag.moves ? [tag.name] : []))
  const branch = event.defaultBranch && /^\w[\w.-]{0,127}$/.test(event.defaultBranch) ? [event.defaultBranch] : []
  return { name, references: [...new Set([...moving, 'latest', ...branch])] }
}

/**
 * Asks the registry for the image before this one, with a login for reading. What it does not show us is not there; a
 * registry that does not answer is an error where the run is to push there, as a gate cannot be judged then.
 * @throws ActionError
 */
export async function findPrevious(host: Host, plan: Plan, wanted: Wanted | undefined, env: Environment): Promise<Sought> {
  if (!wanted) return { kind: 'none', why: 'there is no name to look under' }
  const { name, references } = wanted
  try {
    const { client } = await openRepository(host, plan.access, name, env, 'pull')
    for (const reference of references) {
      const manifest = await client.getManifest(reference)
      if (!manifest) continue
      const text = `${nameText(name)}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`
      // What is no image of a container has no labels.
      const { labels, architecture } = await saidBy(client, manifest).catch((error: unknown) => {
        if (error instanceof ActionError) throw error
        return { labels: {}, architecture: undefined }
      })
      // Labels of a base image are inherited: those of another repository are not the image's own.
      const own = areOwn(labels, sourceOf(plan.labels)) ? labels : {}
      const machine = architecture === undefined ? {} : { architecture }
      return { kind: 'found', image: { name, reference: text, digest: digestOf(manifest.body), manifest, labels: own, ...machine, client } }
    }
    return { kind: 'none', why: `${nameText(name)} has no image before this one (${references.join(', ')})` }
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    // It does not have it, or not for us: so it is before a first release.
    if (plan.push.push && !isClosed(error)) throw error
    return { kind: 'none', why: `the image before this one cannot be read: ${error.message}` }
  }
}
