import { ActionError } from '../errors.ts'
import type { Ended, Environment, Host } from '../host/host.ts'
import { type Outcome, passed, stopped } from '../outcome.ts'
import type { BuildRequest } from './argv.ts'
import { brought, wholeOf } from './brought.ts'
import { type BuildEnding, type BuiltImage, inspectImage } from './image.ts'
import { readLayout } from './layout.ts'
import type { BuildOrder } from './order.ts'
import type { BuildProgress } from './progress.ts'
import { headlineOf } from './red.ts'

/** What of buildx's metadata file is read. */
export type Metadata = Readonly<{ 'containerimage.digest'?: string; 'containerimage.config.digest'?: string }>

export const isGreen = (ended: Ended) => ended.kind === 'exited' && ended.exitCode === 0

/** A build under way, or over. */
export type Making = Readonly<{ request: BuildRequest & BuildOrder; progress: BuildProgress; env: Environment; signal: AbortSignal }>

/** What a green build has left, by its metadata file: never by what it printed. */
export async function madeOf(host: Host, making: Making, metadata: string, facts: Metadata): Promise<Outcome<BuiltImage>> {
  const digest = facts['containerimage.digest']
  if (!digest) throw new ActionError('internal', 'buildx ended with 0 but its metadata file names no image.')
  try {
    const ending = endingOf(making.progress, metadata, facts)
    return passed({ ...(await imageOf(host, making, digest, Promise.resolve(ending))), ...configOfEnding(ending) })
  } catch (error) {
    if (making.signal.aborted) return stopped
    throw error
  }
}

const configOfEnding = ({ configDigest }: BuildEnding) => (configDigest === undefined ? {} : { configDigest })

function endingOf({ cacheTimes, cacheTrouble }: BuildProgress, metadata: string, facts: Metadata): BuildEnding {
  const configDigest = facts['containerimage.config.digest']
  return { cacheTimes, metadata, ...(cacheTrouble ? { cacheTrouble } : {}), ...(configDigest === undefined ? {} : { configDigest }) }
}

/**
 * An image that is in the engine's store while its build still writes a cache, as the engine knows it by the name of
 * the run. What the metadata file names in the end must be the same.
 */
export async function readyOf(host: Host, making: Making, ended: Promise<Ended>): Promise<Outcome<BuiltImage>> {
  const { progress, request, signal } = making
  const known = Promise.withResolvers<string>()
  known.promise.catch(() => undefined)
  const end = async (): Promise<BuildEnding> => {
    const how = await ended
    const metadata = host.files.readText(request.metadataFile) ?? '{}'
    const facts = JSON.parse(metadata) as Metadata
    const [digest, ours] = [facts['containerimage.digest'], await known.promise]
    if (digest !== undefined && digest !== ours)
      throw new ActionError('digest-mismatch', `The build ended with ${digest}, not with the image that was tested, ${ours}.`)
    const ending = endingOf(progress, metadata, facts)
    return isGreen(how) || how.kind === 'stopped' ? ending : { cacheTrouble: headlineOf(progress), ...ending }
  }
  const ending = end()
  ending.catch(() => undefined)
  try {
    const image = await imageOf(host, making, undefined, ending)
    known.resolve(image.digest)
    return passed(image)
  } catch (error) {
    known.reject(error)
    if (signal.aborted) return stopped
    throw error
  }
}

/** The image, with the `digest` that the build names, or that the engine has by the name of the run. */
async function imageOf(host: Host, making: Making, digest: string | undefined, ending: Promise<BuildEnding>): Promise<BuiltImage> {
  const { request, progress, env, signal } = making
  const { store, localName, layoutFolder, untested, native } = request
  const common = { store, localName, untested, steps: progress.steps, stepReports: progress.stepReports, ending }
  if (layoutFolder !== undefined && digest !== undefined) {
    const layout = readLayout(host.files, layoutFolder, digest)
    const image = await brought(host, wholeOf(host.files, layout), untested, native, { store, localName, env, signal })
    return { ...common, ...image, layout }
  }
  const { platforms } = request.build.options
  const { id, config, size } = await inspectImage(host, localName, digest, env)
  const runnables = platforms.filter((platform) => !untested.includes(platform)).map((platform) => ({ platform, id }))
  return {
    ...common,
    digest: id,
    runnables: platforms.length === 0 ? [{ id }] : runnables,
    config,
    ...(progress.config === undefined ? {} : { saidConfig: progress.config }),
    ...(store === 'containerd' && size ? { compressedBytes: size } : {}),
  }
}

/** An image whose cache could not be read at first. */
export function withTrouble(image: Outcome<BuiltImage>, trouble: string | undefined): Outcome<BuiltImage> {
  if (trouble === undefined || image.kind !== 'passed') return image
  const ending = image.value.ending.then((end) => ({ ...end, cacheTrouble: trouble }))
  ending.catch(() => undefined)
  return passed({ ...image.value, ending })
}
