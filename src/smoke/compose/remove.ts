import type { Environment, Host } from '../../host/host.ts'

const label = 'com.docker.compose.project'
/** A client that was stopped may have left the engine at work on one more container. */
const mostRounds = 3

type Kind = Readonly<{ name: string; list: readonly string[]; remove: readonly string[] }>

const containers: Kind = { name: 'container', list: ['ps', '--all'], remove: ['rm', '--force', '--volumes'] }
const rest: readonly Kind[] = [
  { name: 'network', list: ['network', 'ls'], remove: ['network', 'rm'] },
  { name: 'volume', list: ['volume', 'ls'], remove: ['volume', 'rm', '--force'] },
  { name: 'image', list: ['image', 'ls'], remove: ['image', 'rm', '--force'] },
]

/**
 * Removes everything of a compose project at once, by its label: no file is needed for it, and no container is waited
 * for. Never throws; harmless when there is nothing.
 * @returns what was there and is gone
 */
export async function removeProject(host: Pick<Host, 'capture'>, project: string, env: Environment): Promise<readonly string[]> {
  const docker = async (...args: readonly string[]) => await host.capture({ argv: ['docker', ...args], env }).catch(() => undefined)
  const remove = async ({ name, list, remove }: Kind): Promise<readonly string[]> => {
    const found = await docker(...list, '--quiet', '--filter', `label=${label}=${project}`)
    const ids = found?.exitCode === 0 ? [...new Set(found.stdout.split('\n').filter((id) => id !== ''))] : []
    if (ids.length === 0) return []
    await docker(...remove, ...ids)
    return ids.map((id) => `${name} ${id}`)
  }
  const removed = new Set<string>()
  for (let round = 0; round < mostRounds; round++) {
    const gone = [...(await remove(containers)), ...(await Promise.all(rest.map(remove))).flat()]
    for (const one of gone) removed.add(one)
    if (gone.length === 0) break
  }
  return [...removed]
}
