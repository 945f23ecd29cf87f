import { ActionError } from '../errors.ts'
import type { Command, Environment, Host } from '../host/host.ts'

/** `containerd`: digests are those of the registry. `classic`: the image id is the digest of the config. */
export type ImageStore = 'containerd' | 'classic'

/** `rootFolder` is where it keeps its images, on its own machine, which is called `name`. */
export type Engine = Readonly<{
  store: ImageStore
  version: string
  buildx: string
  architecture: string
  rootFolder: string
  name?: string
  rootless?: true
  /** It can give containers a GPU. */
  gpu?: true
  /** How many it has. */
  containers: number
  images: number
}>

type Info = Readonly<{
  ServerVersion?: string
  DriverStatus?: readonly (readonly [string, string])[] | null
  Architecture?: string
  DockerRootDir?: string
  Name?: string
  SecurityOptions?: readonly string[] | null
  Runtimes?: Readonly<Record<string, unknown>> | null
  DiscoveredDevices?: readonly Readonly<{ ID?: string }>[] | null
  Containers?: number
  Images?: number
  ServerErrors?: readonly string[]
  ClientInfo?: Readonly<{ Plugins?: readonly Readonly<{ Name?: string; Version?: string }>[] | null }>
}>

/** The image store, as `docker info` tells it. */
export function storeOf(driverStatus: readonly (readonly [string, string])[] | null | undefined): ImageStore {
  return (driverStatus ?? []).some(([, value]) => value.startsWith('io.containerd.snapshotter.')) ? 'containerd' : 'classic'
}

function parseInfo(text: string): Info | undefined {
  try {
    return JSON.parse(text) as Info
  } catch {
    return undefined
  }
}

/** Whether NVIDIA's runtime, or its devices by CDI, are known to the engine. */
function givesGpu({ Runtimes, DiscoveredDevices }: Info): boolean {
  return Object.hasOwn(Runtimes ?? {}, 'nvidia') || (DiscoveredDevices ?? []).some(({ ID }) => ID?.startsWith('nvidia.com/gpu'))
}

const versionIn = (text: string): string => /v?(\d+\.\d+\.\d+)/.exec(text)?.[1] ?? text.trim()

/** The version of buildx: the client knows its plugins, and one that it does not tell of is asked. @throws ActionError buildx-unavailable */
async function findBuildx(host: Host, { ClientInfo }: Info, how: Pick<Command, 'env' | 'signal'>): Promise<string> {
  const { Version } = ClientInfo?.Plugins?.find(({ Name }) => Name === 'buildx') ?? {}
  if (Version) return versionIn(Version)
  const { exitCode, stdout, stderr } = await host.capture({ argv: ['docker', 'buildx', 'version'], ...how })
  if (exitCode !== 0) throw new ActionError('buildx-unavailable', `"docker buildx version" fails (${stderr.trim().split('\n')[0] ?? ''}).`)
  return versionIn(stdout)
}

/** Asks what engine there is; one may be long in answering. @throws ActionError when none answers or buildx is missing */
export async function findEngine(host: Host, env: Environment, signal?: AbortSignal): Promise<Engine> {
  const how = { env, ...(signal ? { signal } : {}) }
  const info = await host.capture({ argv: ['docker', 'info', '--format', '{{json .}}'], ...how }).catch((error: unknown) => {
    throw new ActionError('engine-unavailable', 'There is no docker command on PATH.', { cause: error })
  })
  const facts = info.exitCode === 0 ? parseInfo(info.stdout) : undefined
  if (!facts?.ServerVersion) {
    const said = (facts?.ServerErrors?.[0] ?? info.stderr.trim().split('\n').at(-1) ?? '').slice(0, 300)
    throw new ActionError('engine-unavailable', `No Docker engine answers (${said}).`)
  }
  return {
    store: storeOf(facts.DriverStatus),
    version: facts.ServerVersion,
    buildx: await findBuildx(host, facts, how),
    architecture: facts.Architecture ?? '',
    rootFolder: facts.DockerRootDir ?? '',
    ...(facts.Name ? { name: facts.Name } : {}),
    ...((facts.SecurityOptions ?? []).some((option) => /\bname=rootless\b/.test(option)) ? { rootless: true as const } : {}),
    ...(givesGpu(facts) ? { gpu: true as const } : {}),
    // Not told is not none.
    containers: facts.Containers ?? 1,
    images: facts.Images ?? 1,
  }
}

/**
 * Whether the engine's own builder reaches a port of our loopback: its machine is called like ours. A job in a container
 * is not on the engine's machine, though it is on that engine.
 */
export function sharesLoopback({ name }: Engine, hostname: string): boolean {
  return name !== undefined && name === hostname
}

/** The name under which buildx knows the engine's own builder: that of the docker context in use. */
export function engineBuilder(job: Readonly<Record<string, string | undefined>>, dockerConfig: string | undefined): string {
  if (job['DOCKER_HOST']) return 'default'
  if (job['DOCKER_CONTEXT']) return job['DOCKER_CONTEXT']
  return /"currentContext"\s*:\s*"([^"]+)"/.exec(dockerConfig ?? '')?.[1] ?? 'default'
}
