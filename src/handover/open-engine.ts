import { configOf, type ImageConfig } from '../build/image.ts'
import { normalPlatform } from '../build/platforms.ts'
import { ActionError } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'

/** An image of the engine, pinned to its id. */
export type Pinned = Readonly<{
  id: string
  config: ImageConfig
  platform: string
  /** Bytes as the engine counts them: on the containerd store the compressed ones. */
  size?: number
  /** Somebody calls it by a name: it stays when ours is taken away. */
  named: boolean
}>

type Inspected = Parameters<typeof configOf>[0] &
  Readonly<{
    Id: string
    Os?: string
    Architecture?: string
    Variant?: string
    Size?: number
    RepoTags?: readonly string[] | null
    RepoDigests?: readonly string[] | null
  }>

/**
 * Looks an image of the engine up by its name or id, and gives it a name of this run: whatever its own name is moved to
 * meanwhile, this is the image that is gated. @throws ActionError image-not-found
 */
export async function pin(host: Host, reference: string, localName: string, env: Environment): Promise<Pinned> {
  const { exitCode, stdout, stderr } = await host.capture({ argv: ['docker', 'image', 'inspect', reference], env })
  const image = exitCode === 0 ? (JSON.parse(stdout) as readonly Inspected[])[0] : undefined
  if (!image)
    throw new ActionError(
      'image-not-found',
      `${reference} is not in this engine (${stderr.trim().split('\n').at(-1) ?? ''}). One in a registry is given by its digest.`,
    )
  const named = [...(image.RepoTags ?? []), ...(image.RepoDigests ?? [])].length > 0
  if (named) host.leave({ kind: 'image', name: localName })
  const tagged = await host.capture({ argv: ['docker', 'image', 'tag', image.Id, localName], env })
  if (tagged.exitCode !== 0) throw new ActionError('engine-unavailable', `The engine cannot name ${image.Id} (${tagged.stderr.trim()}).`)
  const { Os = 'linux', Architecture = '', Variant } = image
  return {
    id: image.Id,
    config: configOf(image),
    platform: normalPlatform([Os, Architecture, ...(Variant ? [Variant] : [])].join('/')),
    ...(image.Size ? { size: image.Size } : {}),
    named,
  }
}
