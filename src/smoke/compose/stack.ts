import { join } from 'node:path'
import type { Runnable } from '../../build/image.ts'
import { messageOf } from '../../errors.ts'
import type { Environment, Host, StageLog } from '../../host/host.ts'
import { bounded, longestOutput, sanitiseLine } from '../../host/sanitise.ts'
import type { SmokeInputs } from '../../inputs/inputs.ts'
import { failed, type Outcome, passed, stopped, tail } from '../../outcome.ts'
import type { Address } from '../address.ts'
import { type Container, containerName, lastLines, locate, runLabel } from '../container.ts'
import type { Contract } from '../contract.ts'
import { closure, objectOf, sharesImage, textOf } from './config.ts'
import { composeProject } from './project.ts'
import type { Stack } from './read.ts'

/** Of a stack that runs: the containers it is made of carry this name. */
export const projectName = (runId: string): string => `ml-image-${runId}`

const compose = (project: string, file: string): readonly string[] => [
  ...['docker', 'compose', '--ansi', 'never', '--progress', 'plain', '--project-name', project, '--file', file],
]

type Inspected = Readonly<{
  Name: string
  Config?: Readonly<{ Labels?: Readonly<Record<string, string>> | null }>
  State: Readonly<{
    Status: string
    ExitCode: number
    Error?: string
    Health?: Readonly<{ Status: string; Log?: readonly Readonly<{ ExitCode: number; Output: string }>[] | null }>
  }>
}>

/** The network of the service, as the engine calls it. */
export function stackNetwork({ config, service }: Stack, runId: string): string {
  const [network = 'default'] = Object.keys(objectOf(config.services[service]?.['networks']))
  const { external, name } = objectOf(objectOf(config.top['networks'])[network])
  return external ? textOf(name) || network : `${projectName(runId)}_${network}`
}

type Amid = Readonly<{ env: Environment; address: Address; gpu: boolean; self?: string; pulled?: Promise<Outcome<unknown>> }>

/** Brings the images of what the service depends on, those that are not there yet: to be done beside the build. Never throws. */
export async function pullStack(host: Host, { config, service, env }: Stack, signal: AbortSignal): Promise<Outcome<unknown>> {
  const own = config.services[service] ?? {}
  const images = closure(config.services, service).flatMap((name) => {
    const definition = config.services[name] ?? {}
    const { image, build, platform } = definition
    return name === service || build || image === undefined || sharesImage(definition, own)
      ? []
      : [[name, { image, ...(platform === undefined ? {} : { platform }) }] as const]
  })
  if (images.length === 0) return passed(undefined)
  const last = tail(10)
  const pull = { argv: [...compose(projectName(host.runId), '-'), 'pull', '--quiet', '--policy', 'missing'], env }
  const ended = await host
    .stream({ ...pull, input: JSON.stringify({ services: Object.fromEntries(images) }) }, { signal, onLine: last.push })
    .catch((error: unknown) => void last.push(messageOf(error)))
  if (ended?.kind === 'stopped') return stopped
  if (ended?.kind === 'exited' && ended.exitCode === 0) return passed(undefined)
  return failed('dependency-unavailable', `An image of the compose stack could not be pulled: ${last.lines.at(-1) ?? ''}`, last.lines)
}

/** Why a container that ours depends on is not as it must be; undefined where it is. */
function faultOf({ State: { Status, ExitCode, Error: error, Health } }: Inspected): string | undefined {
  if ((Status === 'exited' && ExitCode !== 0) || Status === 'restarting') return `ended with exit code ${ExitCode}`
  if (Health?.Status === 'unhealthy') return 'is unhealthy'
  if (Status === 'created' && error) return `could not be started: ${error}`
  return Health?.Status === 'starting' ? 'is not healthy yet' : undefined
}

/** The service that keeps the stack from coming up, with what its health check and its log say last. */
async function dependencyAtFault(host: Host, project: string, own: string, env: Environment): Promise<Outcome<never> | undefined> {
  const listed = await host.capture({
    argv: ['docker', 'ps', '--all', '--quiet', '--filter', `label=com.docker.compose.project=${project}`],
    env,
  })
  const ids = listed.stdout.split('\n').filter((id) => id !== '')
  if (ids.length === 0) return undefined
  const { stdout } = await host.capture({ argv: ['docker', 'container', 'inspect', ...ids], env })
  const all = (JSON.parse(stdout || '[]') as readonly Inspected[]).filter(({ Name }) => Name !== `/${own}`)
  const rank = (container: Inspected) => (faultOf(container) === 'is not healthy yet' ? 1 : 0)
  const [worst] = all.filter((container) => faultOf(container) !== undefined).toSorted((a, b) => rank(a) - rank(b))
  if (!worst) return undefined
  const service = worst.Config?.Labels?.['com.docker.compose.service'] ?? worst.Name
  const check = worst.State.Health?.Log?.at(-1)
  const checked = check && worst.State.Status === 'running' ? [`its health check ended with ${check.ExitCode}: ${check.Output.trim()}`] : []
  return failed('dependency-unhealthy', `The service ${service} of the compose stack ${faultOf(worst)}.`, [
    ...checked,
    ...(await lastLines(host, worst.Name.slice(1), env, 20)),
  ])
}

/** What a service that stands by ours has died of meanwhile, added to why the answers of ours were wrong. */
export async function withNeighbours<T>(host: Host, outcome: Outcome<T>, env: Environment): Promise<Outcome<T>> {
  if (outcome.kind !== 'failed') return outcome
  const fault = await dependencyAtFault(host, projectName(host.runId), containerName(host.runId), env).catch(() => undefined)
  if (fault?.kind !== 'failed') return outcome
  const { red } = outcome
  return { kind: 'failed', red: { ...red, evidence: [...red.evidence, fault.red.message, ...fault.red.evidence] } }
}

/**
 * Brings the stack up with our image in its service: what it depends on first, until that is healthy as depends_on asks.
 * @returns our service's container, as `startContainer` does
 */
export async function startStack(
  host: Host,
  stack: Stack,
  image: Runnable,
  contract: Contract,
  smoke: SmokeInputs,
  { env, address, gpu, self, pulled }: Amid,
  log: StageLog,
  signal: AbortSignal,
): Promise<Outcome<Container>> {
  const project = projectName(host.runId)
  const name = containerName(host.runId)
  const command = smoke.command ?? (contract.command.length > 0 ? contract.command : undefined)
  const folder = host.files.makeTemp('compose')
  host.leave({ kind: 'folder', path: folder })
  host.leave({ kind: 'project', name: project })
  const file = join(folder, 'compose.json')
  try {
    const made = composeProject(stack.config, {
      service: stack.service,
      image: image.id,
      ...(image.platform === undefined ? {} : { platform: image.platform }),
      containerName: name,
      labels: { [runLabel]: host.runId },
      port: contract.port.port,
      ...(address.kind === 'published' && !smoke.offline ? { bind: address.bind } : {}),
      env: { ...contract.env, ...smoke.env },
      ...(command === undefined ? {} : { command }),
      offline: smoke.offline,
      gpu,
    })
    host.files.writePrivate(file, JSON.stringify(made))
    const last = tail(
      30,
      bounded((line) => log.line(sanitiseLine(line))),
    )
    const pulling = await (pulled ?? pullStack(host, stack, signal))
    if (pulling.kind !== 'passed') return pulling
    const up = await host.stream(
      { argv: [...compose(project, file), 'up', '--detach', stack.service], env: stack.env },
      { signal, timeoutMs: contract.startTimeoutMs, mostBytes: longestOutput, onLine: last.push },
    )
    if (up.kind === 'stopped') return stopped
    if (up.kind === 'exited' && up.exitCode === 0) {
      const at: Address = smoke.offline ? { kind: 'network', network: stackNetwork(stack, host.runId) } : address
      // One of the two is put where the other is: ours into the network of the job, or the job into a closed one.
      const joins = smoke.offline ? self : address.kind === 'network' ? name : undefined
      if (at.kind === 'network' && joins !== undefined)
        await host.capture({ argv: ['docker', 'network', 'connect', at.network, joins], env })
      return await locate(host, name, contract, env, at)
    }
    const dependency = await dependencyAtFault(host, project, name, env)
    if (dependency) return dependency
    return up.kind === 'timeout'
      ? failed('dependency-unhealthy', `The compose stack was not up after ${contract.startTimeoutMs / 1000} s.`, last.lines)
      : failed('container-not-started', `docker compose up failed: ${last.lines.at(-1) ?? ''}`, last.lines)
  } finally {
    host.files.remove(folder)
  }
}
