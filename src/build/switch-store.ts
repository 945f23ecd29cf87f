import { timeText } from '../amounts.ts'
import type { Environment, Host } from '../host/host.ts'
import { type Engine, findEngine } from './engine.ts'

/** Where an engine that a service manager starts has its settings. */
const settingsFile = '/etc/docker/daemon.json'
/** How long an engine may take to come up again (ms), and how often it is asked. */
const patience = 60_000
const glance = 250

/**
 * Whether this engine is switched to the containerd image store: on a machine of GitHub's, which nobody uses after this
 * job, as long as nothing is in the store, since images and containers of the one are not seen in the other.
 */
export function maySwitch(engine: Engine, asked: 'auto' | 'keep', job: Readonly<Record<string, string | undefined>>): boolean {
  const local = !job['DOCKER_HOST'] || job['DOCKER_HOST'].startsWith('unix://')
  const hosted = job['RUNNER_ENVIRONMENT'] === 'github-hosted' && local && !job['DOCKER_CONTEXT']
  return asked === 'auto' && engine.store === 'classic' && hosted && engine.containers === 0 && engine.images === 0
}

/** The settings with the containerd store, all else as it was; undefined when they are none that could be read. */
export function withContainerdStore(settings: string): string | undefined {
  try {
    const value: unknown = JSON.parse(settings.trim() || '{}')
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const { features, ...rest } = value as Readonly<Record<string, unknown>>
    return `${JSON.stringify({ ...rest, features: { ...(features as object | undefined), 'containerd-snapshotter': true } }, null, 2)}\n`
  } catch {
    return undefined
  }
}

/**
 * Switches the engine and gives what is there then. Whatever goes wrong, the settings are put back and the run goes on
 * with the engine as it was. @throws ActionError engine-unavailable when it does not come up again at all
 */
export async function switchStore(host: Host, engine: Engine, env: Environment, signal: AbortSignal): Promise<Engine> {
  const start = host.now()
  const root = async (argv: readonly string[], input?: string) =>
    await host
      .capture({ argv: ['sudo', '-n', ...argv], env, ...(input === undefined ? {} : { input }) })
      .catch(() => ({ exitCode: 127, stdout: '', stderr: 'there is no sudo' }))
  const restart = async (): Promise<Engine> => {
    const argv = ['sudo', '-n', 'systemctl', 'restart', 'docker']
    const ended = await host.stream({ argv, env }, { signal, timeoutMs: patience, onLine: () => {} })
    if (ended.kind !== 'exited' || ended.exitCode !== 0) throw new Error('systemctl does not restart it')
    return await untilUp(host, env, signal)
  }
  const left = (why: string): Engine => {
    host.log.line(`The engine stays on the classic image store: ${why}.`)
    return engine
  }
  const read = await root(['cat', settingsFile])
  const before = read.exitCode === 0 ? read.stdout : '{}'
  const after = withContainerdStore(before)
  if (after === undefined) return left(`${settingsFile} is not JSON`)
  const written = await root(['sh', '-c', `mkdir -p /etc/docker && cat >${settingsFile}`], after)
  if (written.exitCode !== 0) return left(`${settingsFile} cannot be written (${written.stderr.trim().split('\n').at(-1) ?? ''})`)
  const switched = await restart().catch(() => undefined)
  if (switched?.store === 'containerd') {
    host.log.line(
      `The engine was switched to the containerd image store in ${timeText(host.now() - start)} ("image-store: keep" leaves it).`,
    )
    return switched
  }
  await root(['sh', '-c', `cat >${settingsFile}`], before)
  await restart().catch(() => undefined)
  left('it did not come up on the other')
  return await untilUp(host, env, signal)
}

async function untilUp(host: Host, env: Environment, signal: AbortSignal): Promise<Engine> {
  const start = host.now()
  for (;;) {
    try {
      return await findEngine(host, env)
    } catch (error) {
      if (signal.aborted || host.now() - start > patience) throw error
    }
    await host.sleep(glance, signal)
  }
}
