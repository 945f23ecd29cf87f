import type { Runnable } from '../build/image.ts'
import { normalPlatform } from '../build/platforms.ts'
import { containerVariables } from '../host/environment.ts'
import type { Environment, Host } from '../host/host.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { failed, type Outcome, passed } from '../outcome.ts'
import { labelPrefix } from '../plan/labels/own.ts'
import { type Address, loopback } from './address.ts'
import { type DeclaredHealthcheck, type Healthcheck, healthcheckOf } from './healthcheck.ts'

/** A running container of the image under test. */
export type Container = Readonly<{
  name: string
  baseUrl: string
  port: number
  imageId: string
  platform?: string
  healthcheck?: Healthcheck
}>

export const defaultPort = 8000
const rewaitMs = 200
export const runLabel = `${labelPrefix}.run`

/**
 * The port of the server: as given, else what the stack publishes of it, else what the image exposes (8000 or 8080 first
 * where it exposes several), else 8000.
 */
export function choosePort(
  given: number | undefined,
  exposed: readonly number[],
  published?: number,
): Readonly<{ port: number; from: string }> {
  if (given !== undefined) return { port: given, from: 'input' }
  if (published !== undefined) return { port: published, from: 'compose-file' }
  const usual = [defaultPort, 8080].find((port) => exposed.includes(port))
  const port = usual ?? exposed[0]
  return port === undefined ? { port: defaultPort, from: 'default' } : { port, from: 'EXPOSE' }
}

export function containerName(runId: string): string {
  return `ml-image-${runId}`
}

/** Where the port is to be had: published at a free port of the engine's machine, or on a network. */
const addressArgs = (address: Address, port: number): readonly string[] =>
  address.kind === 'published' ? ['--publish', `${address.bind}::${port}`] : ['--network', address.network]

/**
 * argv of the container: its port at a free one of the host's loopback, no name or port shared with anybody.
 */
export function runArgv(
  runId: string,
  image: string,
  port: number,
  smoke: SmokeInputs,
  platform?: string,
  address: Address = loopback,
): readonly string[] {
  return [
    ...['docker', 'run', '--detach', '--pull', 'never', '--name', containerName(runId), '--label', `${runLabel}=${runId}`],
    ...(platform === undefined ? [] : ['--platform', platform]),
    ...addressArgs(address, port),
    ...containerVariables(smoke.env).args,
    ...smoke.args,
    image,
    ...(smoke.command ?? []),
  ]
}

type Inspected = Readonly<{
  Image: string
  /** Where the image is an index: which of its images it is. */
  ImageManifestDescriptor?: Readonly<{ platform?: Readonly<{ os: string; architecture: string; variant?: string }> }>
  State: Readonly<{ Running: boolean; ExitCode: number; OOMKilled: boolean; Error: string }>
  Config?: Readonly<{ Healthcheck?: DeclaredHealthcheck | null; Shell?: readonly string[] | null }>
  NetworkSettings: Readonly<{
    Ports?: Readonly<Record<string, readonly Readonly<{ HostIp: string; HostPort: string }>[] | null>> | null
    Networks?: Readonly<Record<string, Readonly<{ IPAddress?: string }>>> | null
  }>
}>

async function inspect(host: Host, name: string, env: Environment): Promise<Inspected | undefined> {
  const { exitCode, stdout } = await host.capture({ argv: ['docker', 'container', 'inspect', name], env })
  return exitCode === 0 ? (JSON.parse(stdout) as readonly Inspected[])[0] : undefined
}

/** The last lines that a container wrote. */
export async function lastLines(host: Host, name: string, env: Environment, count = 50): Promise<readonly string[]> {
  const { stdout, stderr } = await host.capture({ argv: ['docker', 'logs', '--tail', String(count), name], env })
  return `${stdout}${stderr}`
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
    .slice(-count)
}

/** Why a container is not running any more, with its last lines. */
export async function postMortem(host: Host, name: string, env: Environment): Promise<Outcome<never>> {
  const [found, lines] = await Promise.all([inspect(host, name, env), lastLines(host, name, env)])
  if (found?.State.OOMKilled) return failed('container-out-of-memory', 'The container was killed for memory.', lines)
  const exitCode = found?.State.ExitCode
  return failed(
    'container-exited',
    `The container ended by itself with exit code ${exitCode ?? 'unknown'}${exitCode === 137 ? ' (killed)' : ''}.`,
    lines,
  )
}

/** Starts the image of one platform. */
export async function startContainer(
  host: Host,
  image: Runnable,
  port: number,
  smoke: SmokeInputs,
  env: Environment,
  address: Address = loopback,
): Promise<Outcome<Container>> {
  const name = containerName(host.runId)
  host.leave({ kind: 'containers', runId: host.runId })
  const started = await host.capture({
    argv: runArgv(host.runId, image.id, port, smoke, image.platform, address),
    env: { ...env, ...containerVariables(smoke.env).env },
  })
  if (started.exitCode !== 0) {
    const said = started.stderr
      .trim()
      .split('\n')
      .filter((line) => !/^See 'docker run --help'|^$|^Run 'docker run --help'/.test(line))
    return failed(
      'container-not-started',
      `docker run ended with ${started.exitCode}: ${(said.at(-1) ?? '').replace(/^docker: /, '')}`,
      said,
    )
  }
  return await locate(host, name, port, env, address)
}

/** A container that was started: where it answers, and which image it runs. */
export async function locate(
  host: Host,
  name: string,
  port: number,
  env: Environment,
  address: Address = loopback,
): Promise<Outcome<Container>> {
  const found = await inspect(host, name, env)
  if (!found?.State.Running) return await postMortem(host, name, env)
  const at = authorityOf(found, port, address)
  if (at === undefined)
    return failed(
      'container-not-started',
      address.kind === 'published'
        ? `The engine published no port for ${port}/tcp.`
        : `The container has no address on ${address.network}.`,
    )
  const healthcheck = healthcheckOf(found.Config?.Healthcheck, found.Config?.Shell)
  const { os, architecture, variant } = found.ImageManifestDescriptor?.platform ?? {}
  const platform = os === undefined ? undefined : normalPlatform([os, architecture, ...(variant ? [variant] : [])].join('/'))
  return passed({
    ...{ name, port, baseUrl: `http://${at}`, imageId: found.Image },
    ...(healthcheck === undefined ? {} : { healthcheck }),
    ...(platform === undefined ? {} : { platform }),
  })
}

function authorityOf({ NetworkSettings: { Ports, Networks } }: Inspected, port: number, address: Address): string | undefined {
  if (address.kind === 'network') {
    const ip = Networks?.[address.network]?.IPAddress
    return ip ? `${ip}:${port}` : undefined
  }
  const bound = Ports?.[`${port}/tcp`]?.[0]
  return bound && `${address.host}:${bound.HostPort}`
}

/** Resolves when the container stops, whoever stops it, or by `signal`; never rejects. */
export async function untilStopped(host: Host, name: string, env: Environment, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await host.stream({ argv: ['docker', 'wait', name], env }, { signal, onLine: () => {} }).catch(() => undefined)
    if (signal.aborted) return
    // A wait that broke off, not the container: ask again.
    const found = await inspect(host, name, env).catch(() => undefined)
    if (!found?.State.Running) return
    await host.sleep(rewaitMs, signal).catch(() => undefined)
  }
}

export async function removeContainer(host: Host, name: string, env: Environment): Promise<void> {
  await host.capture({ argv: ['docker', 'rm', '--force', '--volumes', name], env }).catch(() => undefined)
}
