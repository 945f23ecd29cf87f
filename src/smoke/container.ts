import type { Runnable } from '../build/image.ts'
import { normalPlatform } from '../build/platforms.ts'
import { containerVariables } from '../host/environment.ts'
import type { Environment, Host } from '../host/host.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { failed, type Outcome, passed } from '../outcome.ts'
import { labelPrefix } from '../plan/labels/own.ts'
import { type Address, loopback } from './address.ts'
import type { Contract } from './contract.ts'
import { type DeclaredHealthcheck, type Healthcheck, healthcheckOf } from './healthcheck.ts'

/** A running container of the image under test. */
export type Container = Readonly<{
  name: string
  /** Empty where no port is published. */
  baseUrl: string
  port: number
  imageId: string
  platform?: string
  id?: string
  /** Of its first process, on the machine of the engine. */
  pid?: number
  /** By the clock of the engine (ms since 1970). */
  startedAt?: number
  /** In the engine's network. */
  ip?: string
  healthcheck?: Healthcheck
}>

const rewaitMs = 200
export const runLabel = `${labelPrefix}.run`

export function containerName(runId: string): string {
  return `ml-image-${runId}`
}

/** The same of the image that predictions are compared with. */
export function rivalName(runId: string): string {
  return `${containerName(runId)}-previous`
}

/** Where the port is to be had: published at a free port of the engine's machine, or on a network. */
const addressArgs = (address: Address, port: number): readonly string[] =>
  address.kind === 'published' ? ['--publish', `${address.bind}::${port}`] : ['--network', address.network]

/**
 * argv of the container: its port at a free one of the host's loopback, no name or port shared with anybody. The
 * variables and the command of the contract come with it; those of the user win.
 */
export function runArgv(
  runId: string,
  image: string,
  contract: Contract,
  smoke: SmokeInputs,
  platform?: string,
  address: Address = loopback,
  name = containerName(runId),
): readonly string[] {
  return [
    ...['docker', 'run', '--detach', '--pull', 'never', '--name', name, '--label', `${runLabel}=${runId}`],
    ...(platform === undefined ? [] : ['--platform', platform]),
    ...(contract.http || address.kind === 'network' ? addressArgs(address, contract.port.port) : []),
    ...containerVariables({ ...contract.env, ...smoke.env }).args,
    ...smoke.args,
    image,
    ...(smoke.command ?? contract.command),
  ]
}

type Inspected = Readonly<{
  Id?: string
  RestartCount?: number
  Image: string
  /** Where the image is an index: which of its images it is. */
  ImageManifestDescriptor?: Readonly<{ platform?: Readonly<{ os: string; architecture: string; variant?: string }> }>
  State: Readonly<{ Running: boolean; Pid?: number; StartedAt?: string; ExitCode: number; OOMKilled: boolean; Error: string }>
  Config?: Readonly<{ Healthcheck?: DeclaredHealthcheck | null; Shell?: readonly string[] | null }>
  NetworkSettings: Readonly<{
    Ports?: Readonly<Record<string, readonly Readonly<{ HostIp: string; HostPort: string }>[] | null>> | null
    Networks?: Readonly<Record<string, Readonly<{ IPAddress?: string }> | null>> | null
  }>
}>

/** What the engine says of a container; undefined where there is none. */
export async function inspect(host: Host, name: string, env: Environment): Promise<Inspected | undefined> {
  const { exitCode, stdout } = await host.capture({ argv: ['docker', 'container', 'inspect', name], env })
  return exitCode === 0 ? (JSON.parse(stdout) as readonly Inspected[])[0] : undefined
}

/** Whether the engine says so; not where it says nothing. */
export async function isRunning(host: Host, name: string, env: Environment): Promise<boolean> {
  return (await inspect(host, name, env).catch(() => undefined))?.State.Running ?? false
}

/** Access logs of our probes, which would leave no room for what the server has to tell. */
const probed = /"(GET \S+|POST \/v2\/repository\/index) HTTP\/1\.[01]"/
const readBack = 4_000

/** The last lines that a container wrote, without the access log of the probes. */
export async function lastLines(host: Host, name: string, env: Environment, count = 50): Promise<readonly string[]> {
  const { stdout, stderr } = await host.capture({ argv: ['docker', 'logs', '--tail', String(readBack), name], env })
  return `${stdout}${stderr}`
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '' && !probed.test(line))
    .slice(-count)
}

/** Why a container is not running any more, with its last lines. */
export async function postMortem(host: Host, name: string, env: Environment): Promise<Outcome<never>> {
  const [found, lines] = await Promise.all([inspect(host, name, env), lastLines(host, name, env)])
  if (found?.State.OOMKilled) return failed('container-out-of-memory', 'The container was killed for memory.', lines)
  if (found?.RestartCount)
    return failed('container-exited', 'The container ended by itself and was started again by its restart policy.', lines)
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
  contract: Contract,
  smoke: SmokeInputs,
  env: Environment,
  address: Address = loopback,
  name = containerName(host.runId),
): Promise<Outcome<Container>> {
  host.leave({ kind: 'containers', runId: host.runId })
  const started = await host.capture({
    argv: runArgv(host.runId, image.id, contract, smoke, image.platform, address, name),
    env: { ...env, ...containerVariables({ ...contract.env, ...smoke.env }).env },
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
  return await locate(host, name, contract, env, address)
}

/** A container that was started: where it answers, and which image it runs. */
export async function locate(
  host: Host,
  name: string,
  contract: Pick<Contract, 'port' | 'http'>,
  env: Environment,
  address: Address = loopback,
): Promise<Outcome<Container>> {
  const found = await inspect(host, name, env)
  if (!found?.State.Running) return await postMortem(host, name, env)
  const at = authorityOf(found, contract.port.port, address)
  if (at === undefined && contract.http)
    return failed(
      'container-not-started',
      address.kind === 'published'
        ? `The engine published no port for ${contract.port.port}/tcp.`
        : `The container has no address on ${address.network}.`,
    )
  const healthcheck = healthcheckOf(found.Config?.Healthcheck, found.Config?.Shell)
  const { os, architecture, variant } = found.ImageManifestDescriptor?.platform ?? {}
  const platform = os === undefined ? undefined : normalPlatform([os, architecture, ...(variant ? [variant] : [])].join('/'))
  const startedAt = Date.parse(found.State.StartedAt ?? '')
  const ip = Object.values(found.NetworkSettings.Networks ?? {}).find((network) => network?.IPAddress)?.IPAddress
  return passed({
    ...{ name, port: contract.port.port, baseUrl: at === undefined ? '' : `http://${at}`, imageId: found.Image },
    ...(healthcheck === undefined ? {} : { healthcheck }),
    ...(platform === undefined ? {} : { platform }),
    ...(found.Id === undefined ? {} : { id: found.Id }),
    ...(found.State.Pid ? { pid: found.State.Pid } : {}),
    ...(Number.isNaN(startedAt) ? {} : { startedAt }),
    ...(ip === undefined ? {} : { ip }),
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

/** Resolves when the container stops, whoever stops it and be it started again, or by `signal`; never rejects. */
export async function untilStopped(host: Host, name: string, env: Environment, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let told = false
    const onLine = (line: string, from: 'stdout' | 'stderr') => {
      // The exit code: it has ended, even if its restart policy has started it again by now.
      if (from === 'stdout' && /^\d+$/.test(line)) told = true
    }
    const ended = await host.stream({ argv: ['docker', 'wait', name], env }, { signal, onLine }).catch(() => undefined)
    if (signal.aborted || told || (ended?.kind === 'exited' && ended.exitCode === 0)) return
    // A wait that broke off, not the container: ask again.
    const found = await inspect(host, name, env).catch(() => undefined)
    if (!found?.State.Running) return
    await host.sleep(rewaitMs, signal).catch(() => undefined)
  }
}

export async function removeContainer(host: Host, name: string, env: Environment): Promise<void> {
  await host.capture({ argv: ['docker', 'rm', '--force', '--volumes', name], env }).catch(() => undefined)
}
