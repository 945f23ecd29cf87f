import { randomUUID } from 'node:crypto'
import { ActionError } from '../../errors.ts'
import type { Environment, Host } from '../../host/host.ts'
import { tail } from '../../outcome.ts'
import { handOverRules, type Taking } from './door.ts'

/** How a hand-over ended: `unreached` where the engine, on another machine, does not find our door. */
export type HandedOver = 'done' | 'unreached'

/**
 * Lets the engine push an image into a door of ours, which reads what it wants and keeps nothing. On a classic store that
 * means compressing what is wanted; `enough` ends it before its end.
 * @throws ActionError engine-unavailable
 */
export async function handOver(
  host: Host,
  localName: string,
  env: Environment,
  signal: AbortSignal,
  taking: Taking,
  enough?: AbortSignal,
): Promise<HandedOver> {
  const door = randomUUID()
  await using relay = await host.relay(handOverRules(door, taking))
  const reference = `127.0.0.1:${relay.port}/${door}:${host.runId}`
  host.leave({ kind: 'image', name: reference })
  const tagged = await host.capture({ argv: ['docker', 'image', 'tag', localName, reference], env })
  if (tagged.exitCode !== 0)
    throw new ActionError('engine-unavailable', `The image cannot be tagged ${reference} (${tagged.stderr.trim()}).`)
  try {
    const said = tail(5)
    const until = enough ? AbortSignal.any([signal, enough]) : signal
    const ended = await host.stream({ argv: ['docker', 'push', '--quiet', reference], env }, { signal: until, onLine: said.push })
    if (signal.aborted) throw new ActionError('cancelled', 'The run was stopped while the image was looked at.')
    if (enough?.aborted || (ended.kind === 'exited' && ended.exitCode === 0)) return 'done'
    if (relay.requests() === 0) return 'unreached'
    throw new ActionError('engine-unavailable', `The engine does not hand over the layers of the image (${said.lines.at(-1) ?? ''}).`)
  } finally {
    const removal = { argv: ['docker', 'image', 'rm', reference], env }
    // It is only a name, and the smoke test takes longer; a run that is stopped waits for nothing.
    if (signal.aborted) host.letGo(removal)
    else await host.capture(removal).catch(() => undefined)
  }
}
