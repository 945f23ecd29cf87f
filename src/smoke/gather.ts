import type { FailureCode } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import type { Evidence, Expected, State } from './evidence.ts'
import { askAround } from './paths.ts'
import { parseListening } from './sockets.ts'
import type { Exchanged } from './witness.ts'

const linesKept = 200
const longestLine = 2_000
const withinMs = 2_000

type Inspected = Readonly<{
  Id: string
  RestartCount?: number
  State: Readonly<{ Running: boolean; Restarting?: boolean; ExitCode: number; OOMKilled: boolean; Error: string; Pid?: number }>
  Config?: Readonly<{ User?: string }>
  HostConfig?: Readonly<{ Memory?: number; RestartPolicy?: Readonly<{ Name?: string }> }>
}>

/** Colours and cursor movements. */
const escapes = /\u001b\[[\d;?]*[A-Za-z]/g

/** Lines of a log as they are to be read: bounded in number and length. */
export function readLines(text: string): readonly string[] {
  const lines = text.replace(escapes, '').split(/\r\n|\r|\n/)
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-linesKept)
    .map((line) => line.trimEnd().slice(0, longestLine))
}

async function inspect(host: Host, name: string, env: Environment): Promise<Inspected | undefined> {
  const { exitCode, stdout } = await host.capture({ argv: ['docker', 'container', 'inspect', name], env })
  return exitCode === 0 ? (JSON.parse(stdout) as readonly Inspected[])[0] : undefined
}

const cgroupFiles = ['/sys/fs/cgroup/memory.peak', '/sys/fs/cgroup/memory/memory.max_usage_in_bytes']

/**
 * The text of the container's socket tables and of the kernel's count of its memory. Read from /proc of this machine if
 * the process is one of that container (on another engine's machine the number is somebody else's), else inside.
 */
async function readInside(host: Host, { Id, State }: Inspected, name: string, env: Environment): Promise<string> {
  const proc = `/proc/${State.Pid}`
  const groups = host.files.readText(`${proc}/cgroup`) ?? ''
  if (groups.includes(Id)) {
    const group = /^\d+:memory:(.+)$/m.exec(groups)?.[1] ?? /^0::(.+)$/m.exec(groups)?.[1] ?? ''
    const peak = [`/sys/fs/cgroup/memory${group}/memory.max_usage_in_bytes`, `/sys/fs/cgroup${group}/memory.peak`]
    const texts = [`${proc}/net/tcp`, `${proc}/net/tcp6`, ...peak].map((path) => host.files.readText(path) ?? '')
    if (texts[0] !== '') return texts.join('\n')
  }
  return (await host.capture({ argv: ['docker', 'exec', name, 'cat', '/proc/net/tcp', '/proc/net/tcp6', ...cgroupFiles], env })).stdout
}

/**
 * Gathers what explains a red smoke test, side by side and within two seconds; what cannot be had is left out. Only for a
 * red one: it asks the engine, and the service for other paths than its own.
 */
export async function gatherEvidence(
  host: Host,
  expected: Expected,
  seen: Readonly<{ step: FailureCode; exchanges: readonly Exchanged[]; origin: string | undefined; said: readonly string[] }>,
  env: Environment,
): Promise<Evidence> {
  const { exchanges, origin } = seen
  const clock = new AbortController()
  const over = host.sleep(withinMs, clock.signal).then(
    () => undefined,
    () => undefined,
  )
  const bounded = <T>(work: Promise<T>): Promise<T | undefined> => Promise.race([work.catch(() => undefined), over])
  const found = bounded(inspect(host, expected.container, env))
  const [container, logs, inside, around] = await Promise.all([
    found,
    bounded(host.capture({ argv: ['docker', 'logs', '--tail', String(linesKept), expected.container], env })),
    bounded(found.then((one) => (one?.State.Running ? readInside(host, one, expected.container, env) : undefined))),
    bounded(
      origin === undefined
        ? Promise.resolve(undefined)
        : found.then((one) => (one?.State.Running ? askAround(host, origin, exchanges) : undefined)),
    ),
  ])
  clock.abort()
  const peak = /^(\d+)$/m.exec(inside ?? '')?.[1]
  const logged = logs?.exitCode === 0 ? readLines(`${logs.stdout}${logs.stderr}`) : []
  return {
    step: seen.step,
    expected,
    ...(container ? { state: stateOf(container) } : {}),
    // A container that was not started has no log: what was said is what docker run said.
    lines: logged.length > 0 ? logged : readLines(seen.said.join('\n')),
    ...(inside ? { listening: parseListening(inside) } : {}),
    ...(peak ? { peakMemory: Number(peak) } : {}),
    exchanges,
    operations: around?.operations ?? [],
    healthyPaths: around?.healthyPaths ?? [],
    speaksTls: around?.speaksTls ?? false,
  }
}

function stateOf({ State, RestartCount, Config, HostConfig }: Inspected): State {
  return {
    running: State.Running && !State.Restarting,
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    error: State.Error,
    restarts: RestartCount ?? 0,
    restartPolicy: HostConfig?.RestartPolicy?.Name || 'no',
    user: Config?.User ?? '',
    memoryLimit: HostConfig?.Memory ?? 0,
  }
}
