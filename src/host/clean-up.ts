import { removeProject } from '../smoke/compose/remove.ts'
import { runLabel } from '../smoke/container.ts'
import { childEnvironment } from './environment.ts'
import type { Host, Trace } from './host.ts'

/**
 * Removes what a run noted down and did not come to remove. Only things of that very run; harmless when there is
 * nothing.
 * @returns what was there and is gone
 */
export async function cleanUp(host: Pick<Host, 'env' | 'files' | 'capture'>, traces: readonly Trace[]): Promise<readonly string[]> {
  const env = childEnvironment('engine', host.env)
  const docker = async (...args: readonly string[]) => await host.capture({ argv: ['docker', ...args], env }).catch(() => undefined)
  const removed: string[] = []
  for (const trace of traces) {
    if (trace.kind === 'folder' && host.files.kind(trace.path) === 'directory') {
      host.files.remove(trace.path)
      removed.push(trace.path)
    }
    if (trace.kind === 'containers') {
      const found = await docker('ps', '--all', '--quiet', '--filter', `label=${runLabel}=${trace.runId}`)
      const ids = found?.exitCode === 0 ? found.stdout.split('\n').filter((id) => id !== '') : []
      if (ids.length > 0) await docker('rm', '--force', '--volumes', ...ids)
      removed.push(...ids.map((id) => `container ${id}`))
    }
  }
  for (const trace of traces) if (trace.kind === 'project') removed.push(...(await removeProject(host, trace.name, env)))
  for (const trace of traces) {
    if (trace.kind !== 'network') continue
    const gone = await docker('network', 'rm', trace.name)
    if (gone?.exitCode === 0) removed.push(`network ${trace.name}`)
  }
  for (const trace of traces) {
    if (trace.kind !== 'image') continue
    const gone = await docker('image', 'rm', trace.name)
    if (gone?.exitCode === 0) removed.push(`image ${trace.name}`)
  }
  return removed
}
