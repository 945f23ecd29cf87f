import { randomUUID } from 'node:crypto'
import { pullArgv } from '../build/bring.ts'
import { messageOf } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import { tail } from '../outcome.ts'
import type { PreviousImage, Sought } from './find.ts'
import { pullRules } from './pull-rules.ts'

/** The image before this one in the engine, by the name to run it by; or why it is not there. */
export type Pulled = Readonly<{ kind: 'pulled'; image: PreviousImage; localName: string }> | Readonly<{ kind: 'none'; why: string }>

const plainPull = (reference: string) => ['docker', 'pull', '--quiet', reference]

/**
 * Has the engine pull an image through a door of ours, so that it needs no login. What it lacks comes, no more. The image
 * is the caller's to remove. Never throws: an image that cannot be had is told with the reason.
 */
export async function pullPrevious(
  host: Host,
  seeking: Promise<Sought>,
  platform: string | undefined,
  env: Environment,
  signal: AbortSignal,
): Promise<Pulled> {
  try {
    const sought = await seeking
    if (sought.kind === 'none') return sought
    const { image } = sought
    const door = randomUUID()
    await using relay = await host.relay(pullRules(image.client, image.name.path, door))
    const localName = `127.0.0.1:${relay.port}/${door}@${image.digest}`
    host.leave({ kind: 'image', name: localName })
    const said = tail(5)
    const argv = platform === undefined ? plainPull(localName) : pullArgv(localName, platform)
    const ended = await host.stream({ argv, env }, { signal, onLine: said.push })
    if (ended.kind === 'exited' && ended.exitCode === 0) return { kind: 'pulled', image, localName }
    const why = relay.requests() === 0 ? 'the engine does not reach this machine' : (said.lines.at(-1) ?? ended.kind)
    return { kind: 'none', why: `${image.reference} cannot be pulled: ${why}` }
  } catch (error) {
    return { kind: 'none', why: `the image to compare with cannot be had: ${messageOf(error)}` }
  }
}
