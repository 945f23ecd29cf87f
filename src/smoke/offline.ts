import type { Environment, Host } from '../host/host.ts'
import { failed, type Outcome, passed } from '../outcome.ts'
import type { Address } from './address.ts'

/** A network that leads nowhere: its containers reach each other and the engine's machine, and no name but their own. */
export type Cell = Readonly<{ address: Address; remove: () => Promise<void> }>

const cellName = (runId: string): string => `ml-image-${runId}-offline`

/**
 * Makes a network without a way out. It publishes no port, so the container is asked at its own address; a job in a
 * container (`self`) is put on that network for as long.
 */
export async function makeCell(host: Host, self: string | undefined, env: Environment): Promise<Outcome<Cell>> {
  const network = cellName(host.runId)
  const docker = async (...args: readonly string[]) => await host.capture({ argv: ['docker', ...args], env })
  host.leave({ kind: 'network', name: network })
  const made = await docker('network', 'create', '--internal', network)
  if (made.exitCode !== 0) return failed('container-not-started', `No network could be made for offline: true (${made.stderr.trim()}).`)
  if (self !== undefined) await docker('network', 'connect', network, self)
  return passed({
    address: { kind: 'network', network },
    remove: async () => {
      if (self !== undefined) await docker('network', 'disconnect', '--force', network, self).catch(() => undefined)
      await docker('network', 'rm', network).catch(() => undefined)
    },
  })
}
