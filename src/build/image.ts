import { ActionError } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import type { ImageStore } from './engine.ts'
import type { Layout } from './layout.ts'
import type { Origin } from './origin.ts'
import type { CacheTimes, StepCount, StepReport } from './progress.ts'

/** What of an image's configuration later stages need. */
export type ImageConfig = Readonly<{
  exposedPorts: readonly number[]
  /** Absolute. */
  workingDirectory: string
  /** ENTRYPOINT and CMD, as they would be run. */
  command: readonly string[]
  env: Environment
  labels: Readonly<Record<string, string>>
}>

/** The image of one platform as the engine can run it. */
export type Runnable = Readonly<{
  /** Undefined: that of the engine. */
  platform?: string
  /** What `docker run` is given, and what the engine must say that the container runs. */
  id: string
}>

/** The one image of a run, in the engine. */
export type BuiltImage = Readonly<{
  /** What the engine calls it: the manifest's digest on the containerd store, the config's on the classic one. */
  digest: string
  /** Not known before the push where the image is an index, as with provenance. */
  configDigest?: string
  /** As BuildKit has said it on the way: whoever reads the image asks for it first. */
  saidConfig?: string
  store: ImageStore
  /** A name of this run alone, by which the engine keeps it. */
  localName: string
  /** What is to be smoked. */
  runnables: readonly Runnable[]
  /** Platforms of the image that this engine cannot run. */
  untested: readonly string[]
  /** Where it is besides, if another builder has built it: the push goes out from there. */
  layout?: Layout
  /** The registry that it was taken from: its layers go on from there. */
  origin?: Origin
  /** It was not built but taken: from where. */
  taken?: string
  /** It has no other name in the engine: to take that away would be to take it away. */
  nameless?: true
  config: ImageConfig
  /** Compressed bytes; only the containerd store knows them before the push. */
  compressedBytes?: number
  steps: StepCount
  stepReports: readonly StepReport[]
  /** The rest of the build, which may still be writing its cache. @throws ActionError digest-mismatch */
  ending: Promise<BuildEnding>
}>

/** What is known when the whole build is over. */
export type BuildEnding = Readonly<{
  cacheTimes: CacheTimes
  /** What went wrong with the layer cache. */
  cacheTrouble?: string
  configDigest?: string
  /** buildx's metadata file. */
  metadata: string
}>

type Inspected = Readonly<{
  Id: string
  Size?: number
  Config?: Readonly<{
    ExposedPorts?: Readonly<Record<string, unknown>> | null
    WorkingDir?: string
    Entrypoint?: readonly string[] | null
    Cmd?: readonly string[] | null
    Env?: readonly string[] | null
    Labels?: Readonly<Record<string, string>> | null
  }> | null
}>

/** TCP ports of EXPOSE, in ascending order. */
export function exposedTcpPorts(exposed: Readonly<Record<string, unknown>> | null | undefined): readonly number[] {
  return Object.keys(exposed ?? {})
    .flatMap((text) => {
      const [, port] = /^(\d+)(?:\/tcp)?$/.exec(text) ?? []
      return port ? [Number(port)] : []
    })
    .sort((a, b) => a - b)
}

/** The configuration as an image of the OCI has it, in which the engine's names are the same. */
export function configOf({ Config: config }: Pick<Inspected, 'Config'>): ImageConfig {
  return {
    exposedPorts: exposedTcpPorts(config?.ExposedPorts),
    workingDirectory: config?.WorkingDir || '/',
    command: [...(config?.Entrypoint ?? []), ...(config?.Cmd ?? [])],
    env: Object.fromEntries((config?.Env ?? []).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])),
    labels: config?.Labels ?? {},
  }
}

/** Asks the engine for the image under its local name. @throws ActionError when it is not the one with `digest`, if given */
export async function inspectImage(
  host: Host,
  localName: string,
  digest: string | undefined,
  env: Environment,
): Promise<Readonly<{ id: string; config: ImageConfig; size?: number }>> {
  const { exitCode, stdout, stderr } = await host.capture({ argv: ['docker', 'image', 'inspect', localName], env })
  const image = exitCode === 0 ? (JSON.parse(stdout) as readonly Inspected[])[0] : undefined
  if (image === undefined || (digest !== undefined && image.Id !== digest))
    throw new ActionError(
      'engine-unavailable',
      `The engine does not have the image it built, ${digest ?? localName} (${stderr.trim() || image?.Id}).`,
    )
  return { id: image.Id, config: configOf(image), ...(image.Size ? { size: image.Size } : {}) }
}
