import { ActionError, messageOf } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import type { Access, Plan } from '../plan/plan.ts'
import type { Tag } from '../plan/tags.ts'
import { createClient, type Manifest, type RegistryClient } from '../registry/client.ts'
import type { Credential } from '../registry/credential.ts'
import { carry } from './carry.ts'
import type { Gated } from './gated.ts'
import { sha256 } from './relay-rules.ts'

/** What the registries hold now, each tag asked for after it was set. */
export type Published = Readonly<{ digest: string; pushedTags: readonly string[]; compressedBytes: number }>

/** What came of each repository: a registry that fails does not stop the others. */
export type Publication = Readonly<{ published: Published; failure?: ActionError }>

/** The login of a registry: what was given, what the job's config.json has, or what its helper program answers. */
export async function resolveCredential(host: Host, access: Access | undefined, env: Environment): Promise<Credential | undefined> {
  if (!access || access.kind === 'anonymous') return undefined
  if (access.kind === 'given') return access.credential
  if (access.login.kind === 'credential') {
    host.hide(access.login.credential.password)
    return access.login.credential
  }
  const { program, server } = access.login
  const { exitCode, stdout } = await host.capture({ argv: [program, 'get'], env, input: server })
  if (exitCode !== 0)
    throw new ActionError('registry-unauthorized', `${program} gives no login for ${server} (${stdout.trim().slice(0, 200)}).`)
  const { Username: username, Secret: password } = JSON.parse(stdout) as { Username: string; Secret: string }
  host.hide(password)
  return { username, password }
}

type Layer = Readonly<{ size?: number }>
type ManifestJson = Readonly<{ config?: Readonly<{ digest?: string; size?: number }>; layers?: readonly Layer[] }>

/** Proves that what the registry answers is the image that was tested. @throws ActionError digest-mismatch */
export function proveSame(image: Pick<Gated, 'store' | 'digest' | 'configDigest' | 'layout'>, manifest: Manifest): ManifestJson {
  const actual = sha256(manifest.body)
  const json = JSON.parse(new TextDecoder().decode(manifest.body)) as ManifestJson
  const byManifest = image.layout !== undefined || image.store === 'containerd'
  const expected = byManifest ? (image.layout?.root.digest ?? image.digest) : image.configDigest
  const found = byManifest ? actual : json.config?.digest
  if (found !== expected) throw new ActionError('digest-mismatch', `The registry holds ${found ?? 'no image'}, tested was ${expected}.`)
  return json
}

type Arrived = Readonly<{ name: ImageName; client: RegistryClient; manifest: Manifest; compressedBytes: number }>

/** Digest to every registry, then the tags that stay, then those that move; each is asked for again and compared. */
export async function publish(
  host: Host,
  plan: Plan,
  image: Gated,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
): Promise<Publication> {
  let failure: ActionError | undefined
  const attempt = async <T>(name: ImageName, action: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await action()
    } catch (error) {
      const known =
        error instanceof ActionError ? error : new ActionError('push-failed', `${nameText(name)}: ${messageOf(error)}`, { cause: error })
      log.line(`${nameText(name)}: ${known.message}`)
      failure ??= known
      return undefined
    }
  }

  const arrive = async (name: ImageName): Promise<Arrived> => {
    const credential = await resolveCredential(host, plan.access.get(name.registry), env)
    const client = createClient(host, name, credential)
    const carrier = plan.tags.find(({ moves }) => !moves) ?? plan.tags[0]
    const reference = await carry(host, image, name, client, { tag: carrier?.name ?? host.runId, credential }, env, signal)
    const manifest = await client.getManifest(reference)
    if (!manifest) throw new ActionError('digest-mismatch', `${nameText(name)} does not know ${reference}, which it has just taken.`)
    const json = proveSame(image, manifest)
    log.line(`${nameText(name)}@${sha256(manifest.body)} is in the registry`)
    const compressedBytes = [json.config, ...(json.layers ?? [])].reduce((sum, part) => sum + (part?.size ?? 0), 0)
    return { name, client, manifest: { ...manifest, digest: sha256(manifest.body) }, compressedBytes }
  }
  const arrived: Arrived[] = []
  for (const name of plan.names) {
    const there = await attempt(name, () => arrive(name))
    if (there) arrived.push(there)
  }

  const setTag = async ({ name, client, manifest }: Arrived, tag: Tag): Promise<string> => {
    await client.putManifest(tag.name, manifest)
    const now = await client.head(tag.name)
    if (now !== manifest.digest)
      throw new ActionError('digest-mismatch', `${nameText(name)}:${tag.name} answers ${now ?? 'nothing'}, set was ${manifest.digest}.`)
    log.line(`${nameText(name)}:${tag.name} -> ${manifest.digest}`)
    return `${nameText(name)}:${tag.name}`
  }
  const pushedTags: string[] = []
  const broken = new Set<Arrived>()
  for (const moving of [false, true]) {
    for (const there of arrived) {
      for (const tag of plan.tags.filter(({ moves }) => moves === moving)) {
        if (broken.has(there) || signal.aborted) continue
        const set = await attempt(there.name, () => setTag(there, tag))
        if (set) pushedTags.push(set)
        else broken.add(there)
      }
    }
  }
  const first = arrived[0]
  const published = { digest: first?.manifest.digest ?? '', pushedTags, compressedBytes: first?.compressedBytes ?? 0 }
  return failure ? { published, failure } : { published }
}
