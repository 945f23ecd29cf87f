import { removeProject } from '../smoke/compose/remove.ts'
import { runLabel } from '../smoke/container.ts'
import { childEnvironment } from './environment.ts'
import type { Captured, Command, Host, Trace } from './host.ts'
import { bornAt } from './proc.ts'

/** An engine that says nothing for so long (ms) will not help any more. */
const patience = 20_000
/** So often it is looked whether a container that somebody else removes is gone, 50 ms apart. */
const mostLooks = 20

type Cleaner = Pick<Host, 'env' | 'files' | 'capture' | 'sleep'>

/** A host whose commands end in time, whatever the engine does. */
function bounded({ capture, sleep }: Cleaner): Pick<Host, 'capture'> {
  return {
    capture: async (command: Command): Promise<Captured> => {
      const over = new AbortController()
      const late = sleep(patience, over.signal).then(() => Promise.reject(new Error(`no answer for ${patience} ms`)))
      late.catch(() => undefined)
      return await Promise.race([capture(command), late]).finally(() => over.abort())
    },
  }
}

/** Ends the processes that a run which was killed has left at work. @returns how many groups of them there were */
async function endGroups(host: Cleaner, traces: readonly Trace[], env: Command['env']): Promise<number> {
  const alive = traces.flatMap((trace) => (trace.kind === 'group' && bornAt(host.files, trace.pid) === trace.born ? [trace.pid] : []))
  // By the shell: not every machine has a program for it.
  for (const pid of alive) {
    await host.capture({ argv: ['sh', '-c', 'kill -s KILL -- "-$0"', String(pid)], env }).catch(() => undefined)
  }
  // They take their time to die.
  for (let tries = 0; tries < 50 && alive.some((pid) => bornAt(host.files, pid) !== undefined); tries++) await host.sleep(20)
  return alive.length
}

/**
 * Removes what a run noted down and did not come to remove. Only things of that very run; harmless when there is
 * nothing. Whatever is still at work is ended first: it would go on making things.
 * @returns what was there and is gone
 */
export async function cleanUp(host: Cleaner, traces: readonly Trace[]): Promise<readonly string[]> {
  const env = childEnvironment('engine', host.env)
  const { capture } = bounded(host)
  const docker = async (...args: readonly string[]) => await capture({ argv: ['docker', ...args], env }).catch(() => undefined)
  const removed: string[] = []
  const ended = await endGroups(host, traces, env)
  if (ended > 0) removed.push(`${ended} ${ended === 1 ? 'process' : 'processes'}`)
  for (const trace of traces) {
    if (trace.kind === 'draft') host.files.remove(trace.path)
    if (trace.kind === 'folder' && host.files.kind(trace.path) === 'directory') {
      host.files.remove(trace.path)
      removed.push(trace.path)
    }
    if (trace.kind === 'containers') {
      const list = async (): Promise<readonly string[]> => {
        const found = await docker('ps', '--all', '--quiet', '--filter', `label=${runLabel}=${trace.runId}`)
        return found?.exitCode === 0 ? found.stdout.split('\n').filter((id) => id !== '') : []
      }
      const ids = await list()
      const gone = ids.length > 0 ? await docker('rm', '--force', '--volumes', ...ids) : undefined
      // "Already in progress": the run itself had begun to. Until it is gone its image keeps its name.
      for (let tries = 0; tries < mostLooks && gone && gone.exitCode !== 0 && (await list()).length > 0; tries++) await host.sleep(50)
      removed.push(...ids.map((id) => `container ${id}`))
    }
  }
  for (const trace of traces) if (trace.kind === 'project') removed.push(...(await removeProject({ capture }, trace.name, env)))
  for (const trace of traces) {
    if (trace.kind !== 'network') continue
    const gone = await docker('network', 'rm', trace.name)
    if (gone?.exitCode === 0) removed.push(`network ${trace.name}`)
  }
  const images = traces.flatMap((trace) => (trace.kind === 'image' ? [trace.name] : []))
  // All by one call: who is told to leave has next to no time.
  const said = images.length > 0 ? (await docker('image', 'rm', ...images))?.stdout : undefined
  removed.push(...images.filter((name) => said?.includes(`Untagged: ${name}\n`)).map((name) => `image ${name}`))
  return removed
}
