import { type Brought, brought, known, nativeFirst, type Whole, wholeOf } from '../build/brought.ts'
import type { Engine } from '../build/engine.ts'
import type { BuiltImage } from '../build/image.ts'
import { findForeign, nativePlatform, refuseUntested } from '../build/platforms.ts'
import { ActionError } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { type FromInput, fromText, type Inputs } from '../inputs/inputs.ts'
import { type Outcome, passed } from '../outcome.ts'
import type { Plan } from '../plan/plan.ts'
import { openRepository } from '../registry/open.ts'
import { pin } from './open-engine.ts'
import { type Handed, verifyBlobs } from './open-layout.ts'
import { openRegistry } from './open-registry.ts'

/** The engine that is to run the image. `needed`: somebody has a use for it there. */
export type Taker = Readonly<{ engine: Engine; own: string; env: Environment; needed: boolean; notice: (text: string) => void }>

type Taken = Omit<BuiltImage, 'store' | 'localName' | 'taken' | 'steps' | 'stepReports' | 'ending'>

/** Platforms that this engine cannot run, where they are to be. @throws ActionError platform-untested */
async function foreign(
  host: Host,
  inputs: Inputs,
  platforms: readonly string[],
  { engine, own, env, notice }: Taker,
): Promise<readonly string[]> {
  if (!inputs.smoke.run) return []
  const untested = await findForeign(host, platforms, engine, own, env)
  if (!inputs.accept.has('untested-platforms')) refuseUntested(untested, nativePlatform(engine.architecture))
  else if (untested.length > 0) notice(`Not tested, as this engine cannot run it: ${untested.join(', ')} (accept: untested-platforms).`)
  return untested
}

/** What the engine has to have of an image that is elsewhere: what it is to run, or where nothing is run nothing. */
async function bringWhole(
  host: Host,
  inputs: Inputs,
  whole: Whole,
  taker: Taker,
  localName: string,
  signal: AbortSignal,
): Promise<Brought & { untested: readonly string[] }> {
  const { engine, env } = taker
  const native = nativePlatform(engine.architecture)
  const platforms = whole.children.map(({ platform }) => platform)
  const untested = await foreign(host, inputs, platforms, taker)
  if (!taker.needed) {
    const facts = await known(whole, nativeFirst(whole.children, native))
    return { ...facts, digest: whole.root, runnables: [], untested }
  }
  host.leave({ kind: 'image', name: localName })
  // What is not smoked need not be run: the engine's own platform does, if there is one.
  const unrun = inputs.smoke.run ? untested : platforms.filter((platform) => platform !== native)
  const image = await brought(host, whole, unrun, native, { store: engine.store, localName, env, signal })
  return { ...image, untested }
}

async function takeLayout(
  host: Host,
  inputs: Inputs,
  { layout, record }: Handed,
  taker: Taker,
  localName: string,
  signal: AbortSignal,
): Promise<Taken> {
  const over = new AbortController()
  // Beside the pull, which reads the same files.
  const verified = verifyBlobs(host.files, layout, AbortSignal.any([signal, over.signal]))
  verified.catch(() => undefined)
  try {
    const image = await bringWhole(host, inputs, wholeOf(host.files, layout), taker, localName, signal)
    await verified
    return { ...image, untested: inputs.smoke.run ? image.untested : (record?.untested ?? []), layout }
  } catch (error) {
    // An engine that does not take a blob does not say why.
    if (!signal.aborted) await verified
    throw error
  } finally {
    over.abort()
  }
}

async function takeFromEngine(
  host: Host,
  inputs: Inputs,
  reference: string,
  taker: Taker,
  localName: string,
  log: StageLog,
): Promise<Taken> {
  const { engine, env } = taker
  const { id, config, platform, size, named } = await pin(host, reference, localName, env)
  const untested = await foreign(host, inputs, [platform], taker)
  const isNative = platform === nativePlatform(engine.architecture)
  if (!named) log.line(`${id} has no other name in this engine: it stays as ${localName}`)
  return {
    digest: id,
    ...(engine.store === 'classic' ? { configDigest: id } : {}),
    ...(engine.store === 'containerd' && size ? { compressedBytes: size } : {}),
    ...(named ? {} : { nameless: true as const }),
    runnables: untested.length > 0 ? [] : [isNative ? { id } : { platform, id }],
    untested,
    config,
  }
}

/**
 * Takes an image in place of a build, so that the gates have it as if it were built: what the engine lacks of it comes
 * through a door, by digest. @throws ActionError
 */
export async function takeImage(
  host: Host,
  inputs: Inputs,
  plan: Plan,
  from: FromInput,
  handed: Handed | undefined,
  taker: Taker,
  log: StageLog,
  signal: AbortSignal,
): Promise<Outcome<BuiltImage>> {
  const localName = `ml-image-action/run:${host.runId}`
  const take = async (): Promise<Taken> => {
    switch (from.kind) {
      case 'layout':
        if (!handed) throw new ActionError('internal', 'The layout was not opened.')
        return await takeLayout(host, inputs, handed, taker, localName, signal)
      case 'registry': {
        const { client } = await openRepository(host, plan.access, from.name, taker.env, 'pull')
        const { origin, whole } = await openRegistry(client, from.name, from.digest)
        return { ...(await bringWhole(host, inputs, whole, taker, localName, signal)), origin }
      }
      case 'engine':
        return await takeFromEngine(host, inputs, from.reference, taker, localName, log)
    }
  }
  const image = await take()
  const taken = fromText(from)
  const ending = { cacheTimes: {}, metadata: '{}', ...(image.configDigest === undefined ? {} : { configDigest: image.configDigest }) }
  log.line(`${taken}: ${image.layout?.root.digest ?? image.origin?.root.digest ?? image.digest}`)
  return passed({
    ...image,
    store: taker.engine.store,
    localName,
    taken,
    steps: { hit: 0, total: 0 },
    stepReports: [],
    ending: Promise.resolve(ending),
  })
}
