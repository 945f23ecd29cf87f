import { randomUUID } from 'node:crypto'
import { ActionError } from '../../errors.ts'
import type { Environment, Host } from '../../host/host.ts'
import { tail } from '../../outcome.ts'
import { pushArgv } from '../../publish/push-argv.ts'
import { handOverRules, type Taking } from './door.ts'

/** How a hand-over ended: `unreached` where the engine, on another machine, does not find our door. */
export type HandedOver = 'done' | 'unreached'

/** An image with a name by which the engine hands it over as often as it is asked. */
export interface HandOver extends AsyncDisposable {
  /**
   * Lets the engine push the image into a door of ours, which reads what it wants and writes nothing down; `enough` ends it before
   * its end. @throws ActionError engine-unavailable
   */
  readonly ask: (taking: Taking, enough?: AbortSignal) => Promise<HandedOver>
}

const nothing: Taking = { wants: () => false, take: async () => {}, onManifest: () => {} }

/**
 * Opens the door, which this closes when it is disposed of, and gives the image the name of it, which `onName` is to have taken
 * away: an engine that does so has no time for a container that starts. @throws ActionError engine-unavailable
 */
export async function openHandOver(
  host: Host,
  localName: string,
  env: Environment,
  signal: AbortSignal,
  onName: (name: string) => void,
): Promise<HandOver> {
  const door = randomUUID()
  let taking = nothing
  const rules = handOverRules(door, {
    wants: (digest) => taking.wants(digest),
    take: (body, digest, bytes) => taking.take(body, digest, bytes),
    onManifest: (body, digest) => taking.onManifest(body, digest),
  })
  const relay = await host.relay(rules)
  const reference = `127.0.0.1:${relay.port}/${door}:${host.runId}`
  host.leave({ kind: 'image', name: reference })
  const tagged = await host.capture({ argv: ['docker', 'image', 'tag', localName, reference], env })
  if (tagged.exitCode !== 0) {
    await relay[Symbol.asyncDispose]()
    throw new ActionError('engine-unavailable', `The image cannot be tagged ${reference} (${tagged.stderr.trim()}).`)
  }
  onName(reference)
  return {
    ask: async (wanted, enough) => {
      taking = wanted
      const said = tail(5)
      const until = enough ? AbortSignal.any([signal, enough]) : signal
      const ended = await host.stream({ argv: pushArgv(reference), env }, { signal: until, onLine: said.push })
      if (signal.aborted) throw new ActionError('cancelled', 'The run was stopped while the image was looked at.')
      if (enough?.aborted || (ended.kind === 'exited' && ended.exitCode === 0)) return 'done'
      if (relay.requests() === 0) return 'unreached'
      throw new ActionError('engine-unavailable', `The engine does not hand over the layers of the image (${said.lines.at(-1) ?? ''}).`)
    },
    [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
  }
}
