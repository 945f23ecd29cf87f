import { mayNeedLogin } from './build/bases.ts'
import { cacheArguments, cacheRegistries } from './build/cache/arguments.ts'
import { asksForExport, type CacheChoice, type CachePlace, cacheScope, cacheText, chooseCache, isReadAgain } from './build/cache/choose.ts'
import type { KeptMounts } from './build/cache/kept-mounts.ts'
import { type OpenCache, openCache } from './build/cache/open.ts'
import { type Engine, sharesLoopback } from './build/engine.ts'
import type { BuiltImage } from './build/image.ts'
import { chooseCompression } from './build/options.ts'
import type { BuildOrder } from './build/order.ts'
import { findForeign, nativePlatform, refuseUntested } from './build/platforms.ts'
import { largeLayers } from './build/room.ts'
import { chooseStrategy } from './build/strategy.ts'
import { maySwitch, switchStore } from './build/switch-store.ts'
import { messageOf } from './errors.ts'
import type { Environment, Host, StageLog } from './host/host.ts'
import type { Inputs } from './inputs/inputs.ts'
import type { Outcome } from './outcome.ts'
import { loginFor } from './plan/access.ts'
import { clockOf } from './plan/clock.ts'
import type { Plan } from './plan/plan.ts'
import type { Credential } from './registry/credential.ts'
import { resolveCredential } from './registry/open.ts'
import { makePrivateConfig } from './registry/private-config.ts'

/** What the one build is run with. */
export type Prepared = Readonly<{
  engine: Engine
  /** What is built, by whom, with which cache. */
  order: BuildOrder
  chosen: CacheChoice
  layers: OpenCache
  /** The docker client's environment, with what the cache and base images need. */
  buildEnv: Environment
  mounts?: KeptMounts
  /** Takes an image that is there already, in place of the build. */
  take?: (log: StageLog, signal: AbortSignal) => Promise<Outcome<BuiltImage>>
}>

type Preparing = Readonly<{
  found: Engine
  /** The name of the engine's own builder. */
  own: string
  env: Environment
  start: number
  scope: AsyncDisposableStack
  cancel: AbortSignal
  notice: (text: string) => void
}>

/**
 * Chooses who builds, for which image store, with which cache, and says each in a line.
 * @throws ActionError for what this engine or builder cannot do
 */
export async function prepareBuild(
  host: Host,
  inputs: Inputs,
  plan: Plan,
  { found, own, env, start, scope, cancel, notice }: Preparing,
): Promise<Prepared> {
  const { options } = inputs.build
  const switches = options.builder === undefined && maySwitch(found, options.imageStore, host.env)
  const engine = switches ? await switchStore(host, found, env, cancel) : found
  const strategy = await chooseStrategy(host, engine, own, options, asksForExport(inputs.cache), env)
  const native = nativePlatform(engine.architecture)
  const untested = inputs.smoke.run ? await findForeign(host, strategy.platforms, engine, own, env) : []
  if (!inputs.accept.has('untested-platforms')) refuseUntested(untested, native)
  else if (untested.length > 0) notice(`Not tested, as this engine cannot run it: ${untested.join(', ')} (accept: untested-platforms).`)
  // Another builder exports a cache whatever the store of the engine is, and may be in a network of its own.
  const near = !strategy.elsewhere && sharesLoopback(engine, host.hostname)
  const large = largeLayers(host.files, inputs.build)
  const place: CachePlace = {
    ...{ store: strategy.elsewhere ? 'containerd' : engine.store, near, pushes: plan.push.push, tags: plan.tags },
    ...(large === undefined ? {} : { large }),
  }
  const chosen = chooseCache(inputs, plan.event, place, host.env, start, options.platforms.length > 0 ? options.platforms : undefined)
  if (chosen.notice) notice(chosen.notice)
  if (plan.annotations.length > 0 && place.store === 'classic')
    notice('The classic image store keeps no annotations: the manifest gets none.')
  host.log.line(`Engine ${engine.version}, buildx ${engine.buildx}, ${engine.store} image store. Layer cache: ${cacheText(chosen)}.`)
  host.log.line(strategy.says)
  const layers = await openCache(host, chosen, plan.event, near, scope, notice, plan.access)
  if (layers.notice) notice(layers.notice)

  const epoch = clockOf(host.env['SOURCE_DATE_EPOCH']) === undefined ? undefined : host.env['SOURCE_DATE_EPOCH']
  const buildEnv: Environment = {
    ...env,
    ...layers.environment,
    BUILDX_METADATA_WARNINGS: '1',
    // buildx hands it to the build.
    ...(epoch === undefined ? {} : { SOURCE_DATE_EPOCH: epoch }),
    ...(await readLogin(host, inputs, plan, cacheRegistries(layers.cache), env, scope)),
  }
  const mounts = inputs.cache.mounts
    ? (await import('./build/cache/kept-mounts.ts')).openMounts(
        host,
        {
          build: inputs.build,
          builder: strategy.builder,
          scope: cacheScope(inputs, []),
          write: isReadAgain(plan.event),
          layers: cacheArguments(layers.cache, layers.folders).from.length > 0,
        },
        buildEnv,
        notice,
      )
    : undefined
  const { compression, because } = chooseCompression(
    inputs.build.options.compression,
    inputs.build.dockerfile,
    inputs.build.target,
    inputs.build.args,
  )
  if (because) host.log.line(`Layers are compressed by ${compression}, as ${because} is for a service that reads nothing else.`)
  const order: BuildOrder = {
    build: inputs.build,
    labels: plan.labels,
    annotations: plan.annotations,
    builder: strategy.builder,
    store: engine.store,
    elsewhere: strategy.elsewhere,
    untested,
    native,
    ...(mounts ? { before: mounts.fill } : {}),
    rewritesTimes: epoch !== undefined,
    cache: layers.cache,
    ...(layers.folders ? { cacheFolders: layers.folders } : {}),
    ...(layers.broken ? { cacheBroken: layers.broken } : {}),
  }
  return { engine, order, chosen, layers, buildEnv, ...(mounts ? { mounts } : {}) }
}

/**
 * A login for the buildx client, only where a base image or the layer cache may be in a registry that the user gave a login for: the
 * fewer runs have one on disk while foreign code runs, the better. One for the push alone is not among them; that of the job the client
 * finds by itself.
 */
async function readLogin(
  host: Host,
  inputs: Inputs,
  plan: Plan,
  cached: ReadonlySet<string>,
  env: Environment,
  scope: AsyncDisposableStack,
): Promise<Environment> {
  const logins = new Map<string, Credential>()
  for (const [registry, access] of plan.access) {
    const login = loginFor(access, 'pull')
    if (login.kind === 'anonymous' || login.kind === 'job') continue
    if (!cached.has(registry) && !mayNeedLogin(registry, inputs.build.dockerfile, inputs.build.args)) continue
    const credential = await resolveCredential(host, registry, login, env).catch((error: unknown) => {
      // The build tells whether it needs it.
      host.log.notice(`Nobody logs in to ${registry} for the build: ${messageOf(error)}`)
      return undefined
    })
    if (credential) logins.set(registry, credential)
  }
  if (logins.size === 0) return {}
  const { folder, variables } = makePrivateConfig(host, logins)
  scope.defer(() => host.files.remove(folder))
  return variables
}
