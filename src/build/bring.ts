import { randomUUID } from 'node:crypto'
import { ActionError } from '../errors.ts'
import type { Environment, Host, RelayRules } from '../host/host.ts'
import { tail } from '../outcome.ts'
import type { ImageStore } from './engine.ts'
import type { Runnable } from './image.ts'
import type { Child } from './layout.ts'

/** The engine that takes a layout, and the name it is to keep it by. */
export type Taker = Readonly<{ store: ImageStore; localName: string; env: Environment; signal: AbortSignal }>

/** What is brought: the digest of the whole, and the rules of a door behind which it is, under a name that only this run knows. */
export type Source = Readonly<{ root: string; rules: (name: string) => RelayRules }>

/** argv of the pull of one platform. */
export function pullArgv(reference: string, platform: string): readonly string[] {
  return ['docker', 'pull', '--quiet', '--platform', platform, reference]
}

/** The further names of an image of which the classic store has a part each. */
const partName = (localName: string, index: number) => (index === 0 ? localName : `${localName}-${index}`)

/**
 * Brings what is to be smoked into the engine. The containerd store keeps the index as it is, and of it the
 * platforms that were pulled; the classic store has no index, and each image stands for itself.
 * @throws ActionError engine-unavailable
 */
export async function bring(host: Host, source: Source, platforms: readonly Child[], taker: Taker): Promise<readonly Runnable[]> {
  const name = randomUUID()
  await using door = await host.relay(source.rules(name))
  const runnables: Runnable[] = []
  for (const [index, child] of platforms.entries()) {
    const whole = taker.store === 'containerd'
    const reference = `127.0.0.1:${door.port}/${name}@${whole ? source.root : child.digest}`
    host.leave({ kind: 'image', name: reference })
    await pull(host, reference, child.platform, taker)
    const kept = whole ? taker.localName : partName(taker.localName, index)
    if (!whole) host.leave({ kind: 'image', name: kept })
    const { exitCode, stderr } = await host.capture({ argv: ['docker', 'image', 'tag', reference, kept], env: taker.env })
    await host.capture({ argv: ['docker', 'image', 'rm', reference], env: taker.env })
    if (exitCode !== 0) throw new ActionError('engine-unavailable', `The engine cannot name the image it was given (${stderr.trim()}).`)
    runnables.push({ platform: child.platform, id: whole ? source.root : child.configDigest })
  }
  return runnables
}

async function pull(host: Host, reference: string, platform: string, { env, signal }: Taker): Promise<void> {
  const said = tail(20)
  const ended = await host.stream({ argv: pullArgv(reference, platform), env }, { signal, onLine: said.push })
  if (signal.aborted) throw new ActionError('cancelled', 'The run was stopped while the image was brought to the engine.')
  if (ended.kind !== 'exited' || ended.exitCode !== 0)
    throw new ActionError('engine-unavailable', `The engine does not take the image that it is to run (${said.lines.at(-1) ?? ''}).`)
}

/** Takes away what the engine keeps of an image. */
export function localNames(localName: string, runnables: readonly Runnable[]): readonly string[] {
  const ids = new Set(runnables.map(({ id }) => id))
  return ids.size <= 1 ? [localName] : runnables.map((_, index) => partName(localName, index))
}
