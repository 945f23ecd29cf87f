import { ActionError } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import type { BuildOptions } from '../inputs/build-options.ts'
import { type Builder, findBuilder } from './builder.ts'
import type { Engine, ImageStore } from './engine.ts'
import { normalPlatform } from './platforms.ts'

/** Who runs the one build, and where it leaves the image. */
export type Strategy = Readonly<{
  builder: string
  store: ImageStore
  /** Not the engine's own builder: the image comes as a layout (`layout.ts`), and the engine gets it from there. */
  elsewhere: boolean
  /** What the image will be for; empty: the engine's own kind. */
  platforms: readonly string[]
  /** One line for the log. */
  says: string
}>

type Found = Readonly<{
  engine: Pick<Engine, 'store'>
  /** The name of the engine's own builder. */
  own: string
  /** The builder that was asked for, or on the classic store the one that the job has chosen. */
  builder: Builder | undefined
  /** A layer cache is asked for that the classic store's own builder cannot export. */
  exportsCache: boolean
}>

const attests = ({ provenance, sbom }: BuildOptions) => [provenance, sbom].some((value) => value !== 'false' && value !== 'disabled=true')

/** What of a build the classic store's own builder cannot do. */
const wantedOf = (options: BuildOptions): readonly string[] => [
  ...(options.platforms.length > 1 ? [`several platforms (${options.platforms.join(', ')})`] : []),
  ...(attests(options) ? ['provenance or sbom'] : []),
]

/**
 * On the containerd store the engine's own builder: nothing is exported, nothing loaded. On the classic one that, too,
 * with the image itself for a cache; for what it cannot, a builder that the job has set up.
 * @throws ActionError build-unsupported for what this engine cannot do
 */
export function decideStrategy({ engine: { store }, own, builder, exportsCache }: Found, options: BuildOptions): Strategy {
  const asked = options.builder !== undefined
  const wanted = wantedOf(options)
  // To bring an image over takes longer than what its own builder does worse: it is not done for nothing.
  if (builder && builder.driver !== 'docker' && (asked || exportsCache || wanted.length > 0)) {
    const why = asked ? 'as asked for by builder' : 'which the job has set up and can do more than the classic image store'
    const nodes = builder.nodes.length === 1 ? '' : `, ${builder.nodes.length} nodes`
    const its = builder.nodes[0]?.platforms[0]
    return {
      builder: builder.name,
      store,
      elsewhere: true,
      platforms: options.platforms.length > 0 || its === undefined ? options.platforms : [normalPlatform(its)],
      says: `Builder ${builder.name} (${builder.driver}${nodes}), ${why}; its image is brought to the engine once.`,
    }
  }
  if (asked && builder && builder.name !== own)
    throw new ActionError(
      'build-unsupported',
      `The builder ${builder.name} is the engine of another docker context than the one in use (${own}), where the image would be out of reach.`,
    )
  const mine = { builder: own, store, elsewhere: false, platforms: options.platforms }
  if (store === 'containerd')
    return { ...mine, says: "The engine's own builder, straight into its image store: nothing is exported or loaded." }
  if (wanted.length > 0)
    throw new ActionError(
      'build-unsupported',
      `This engine's image store is the classic one, whose builder cannot do ${wanted.join(' and ')}.`,
    )
  return { ...mine, says: "The engine's own builder, on the classic image store." }
}

/** Looks for the builder, where that can matter, and decides. */
export async function chooseStrategy(
  host: Host,
  engine: Engine,
  own: string,
  options: BuildOptions,
  exportsCache: boolean,
  env: Environment,
): Promise<Strategy> {
  const asks = options.builder !== undefined || (engine.store === 'classic' && (exportsCache || wantedOf(options).length > 0))
  const finding = asks ? findBuilder(host, options.builder, env) : undefined
  // What the job has chosen is not asked for: if it does not run, it is left alone.
  const builder = options.builder === undefined ? await finding?.catch(() => undefined) : await finding
  return decideStrategy({ engine, own, builder, exportsCache }, options)
}
