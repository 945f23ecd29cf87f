import { type Engine, sharesLoopback } from '../build/engine.ts'
import { ActionError } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'

/**
 * How the service is reached: by a port that the engine publishes at `bind` of its machine, which is `host` to us, or
 * by the container's own address on a network that we are on as well.
 */
export type Address = Readonly<{ kind: 'published'; bind: string; host: string }> | Readonly<{ kind: 'network'; network: string }>

export const loopback: Address = { kind: 'published', bind: '127.0.0.1', host: '127.0.0.1' }

/** What is known of where the engine is. */
export type EnginePlace = Readonly<{
  /** DOCKER_HOST, or the endpoint of the docker context in use; undefined: the socket of this machine. */
  endpoint?: string
  /** The engine's machine is called as ours is. */
  sameName: boolean
  /** The network of the container that we are in, if the engine knows that container. */
  ownNetwork?: string
}>

/** The machine that an endpoint names, as in a URL; undefined for a socket or a pipe. */
export function endpointHost(endpoint: string | undefined): string | undefined {
  const [, authority = ''] = /^(?:tcp|https?|ssh):\/\/(?:[^@/]*@)?([^/]*)/.exec(endpoint ?? '') ?? []
  const host = authority.replace(/:\d+$/, '')
  return host === '' ? undefined : host
}

const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)

/**
 * The address that really reaches a container. An engine over tcp or ssh publishes at all addresses of its machine, as
 * its loopback is not ours; a job in a container on the engine puts the service into its own network; everything else
 * (rootless, Docker Desktop, an engine in the same pod) forwards the loopback. As testcontainers' resolve-host does.
 */
export function chooseAddress({ endpoint, sameName, ownNetwork }: EnginePlace): Address {
  const host = endpointHost(endpoint)
  if (host !== undefined && !isLoopback(host)) return { kind: 'published', bind: '0.0.0.0', host }
  if (!sameName && ownNetwork !== undefined && ownNetwork !== 'host') return { kind: 'network', network: ownNetwork }
  return loopback
}

/** The id of the container that a process is in, by its mounts; undefined outside, or where they do not tell. */
export function ownContainer(mountinfo: string | undefined): string | undefined {
  return /\/containers\/([0-9a-f]{64})\//.exec(mountinfo ?? '')?.[1]
}

/** Asks where the engine is; of an ordinary runner nothing is asked. `self` is the container of that engine that we are in. @throws ActionError */
export async function findAddress(
  host: Host,
  engine: Engine,
  { offline }: Readonly<{ offline: boolean }>,
  dockerConfig: string | undefined,
  env: Environment,
): Promise<Readonly<{ address: Address; self?: string }>> {
  const sameName = sharesLoopback(engine, host.hostname)
  const endpoint = env['DOCKER_HOST'] ?? (await contextEndpoint(host, dockerConfig, env))
  const inside = endpointHost(endpoint) === undefined && !sameName && host.files.kind('/.dockerenv') !== undefined
  const own = inside ? await ownNetwork(host, env) : undefined
  const address = chooseAddress({ ...(endpoint === undefined ? {} : { endpoint }), sameName, ...(own ? { ownNetwork: own.network } : {}) })
  // A closed network publishes nothing: it must be reached from where it is.
  if (offline && !own && (!sameName || engine.rootless))
    throw new ActionError(
      'offline-unsupported',
      `The engine is ${engine.rootless ? 'rootless' : 'not on this machine'}: a container without a network cannot be reached there.`,
    )
  return { address, ...(own ? { self: own.self } : {}) }
}

async function ownNetwork(host: Host, env: Environment): Promise<Readonly<{ self: string; network: string }> | undefined> {
  const self = ownContainer(host.files.readText('/proc/self/mountinfo')) ?? host.hostname
  const format = '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}\n{{end}}'
  const { exitCode, stdout } = await host.capture({ argv: ['docker', 'container', 'inspect', '--format', format, self], env })
  const [network = ''] = exitCode === 0 ? stdout.trim().split('\n') : []
  return network === '' ? undefined : { self, network }
}

async function contextEndpoint(host: Host, dockerConfig: string | undefined, env: Environment): Promise<string | undefined> {
  const context = env['DOCKER_CONTEXT'] ?? /"currentContext"\s*:\s*"([^"]+)"/.exec(dockerConfig ?? '')?.[1]
  if (context === undefined || context === 'default') return undefined
  const { exitCode, stdout } = await host.capture({
    argv: ['docker', 'context', 'inspect', '--format', '{{.Endpoints.docker.Host}}', context],
    env,
  })
  if (exitCode !== 0) throw new ActionError('engine-unavailable', `There is no docker context ${context}.`)
  return stdout.trim() || undefined
}
