import { join } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Ended, Environment, Host, StageLog } from '../host/host.ts'
import { bounded, sanitiseLine } from '../host/sanitise.ts'
import { type Outcome, passed, type Red, stopped } from '../outcome.ts'
import { type BuildRequest, buildArgv } from './argv.ts'
import { bakeArgv, bakeDefinition, bakeTargets, isScratchStage } from './bake.ts'
import { brought } from './brought.ts'
import { unread } from './cache.ts'
import { cacheArguments } from './cache-arguments.ts'
import { type Check, checksOf } from './checks.ts'
import { askLargest } from './disk.ts'
import { type BuildEnding, type BuiltImage, inspectImage } from './image.ts'
import { readLayout } from './layout.ts'
import { secretVariables } from './options.ts'
import { BuildProgress } from './progress.ts'
import { headlineOf, redOf } from './red.ts'

/** What to build; the names and files of the run are chosen here. */
export type BuildOrder = Omit<BuildRequest, 'metadataFile' | 'localName' | 'layoutFolder'> &
  Readonly<{
    /** By another builder than the engine's own. */
    elsewhere: boolean
    /** Of the platforms, those that the engine cannot run. */
    untested: readonly string[]
    /** `linux/amd64` and its like. */
    native: string
    /** Aborted when what is read of the cache does not come; the engine would ask for it for minutes. */
    cacheBroken?: AbortSignal
    /** What comes before the build. */
    before?: (signal: AbortSignal) => Promise<void>
    /** Gets what BuildKit's checks found, also when the build is red or stopped. */
    onChecks?: (checks: readonly Check[]) => void
  }>

/**
 * How the stage that tests came out of a build that holds it: its step and the end of its output when it is not green,
 * and what it left if it is one of files alone.
 */
export type TestStage = Readonly<{
  outcome: 'passed' | 'failed' | 'timeout' | 'stopped'
  output: readonly string[]
  /** Where in the Dockerfile it broke, and a known cause of that. */
  why?: Pick<Red, 'at' | 'cause'>
  junit?: string
  status?: string
}>

/** The stage that tests, and how long one of its steps may take (ms). */
export type TestStageOrder = Readonly<{ stage: string; timeoutMs: number }>

/** How often a step that runs is looked at (ms). */
const glance = 500

type Metadata = Readonly<{ 'containerimage.digest'?: string; 'containerimage.config.digest'?: string }>

const madeIn = (image: Outcome<BuiltImage>) => (image.kind === 'passed' ? image.value : undefined)
const isGreen = (ended: Ended) => ended.kind === 'exited' && ended.exitCode === 0

/** A folder of the run for the time of a build, and the request with its names. An image that is not `made` in the end goes, too. */
async function inFolder<T>(
  host: Host,
  order: BuildOrder,
  env: Environment,
  made: (result: T) => BuiltImage | undefined,
  use: (request: BuildRequest, folder: string) => Promise<T>,
): Promise<T> {
  const folder = host.files.makeTemp('build')
  host.leave({ kind: 'folder', path: folder })
  const localName = `ml-image-action/run:${host.runId}`
  host.leave({ kind: 'image', name: localName })
  // It lives longer: the push goes out from it.
  const layoutFolder = order.elsewhere ? host.files.makeTemp('layout') : undefined
  if (layoutFolder !== undefined) host.leave({ kind: 'folder', path: layoutFolder })
  let image: BuiltImage | undefined
  try {
    const names = { localName, metadataFile: join(folder, 'metadata.json') }
    const result = await use({ ...order, ...names, ...(layoutFolder === undefined ? {} : { layoutFolder }) }, folder)
    image = made(result)
    return result
  } finally {
    const remove = () => host.files.remove(folder)
    if (image) image.ending.then(remove, remove)
    else {
      // A build that was stopped at its very end, or whose other target was red, may have left it.
      await host.capture({ argv: ['docker', 'image', 'rm', localName], env }).catch(() => undefined)
      if (layoutFolder !== undefined) host.files.remove(layoutFolder)
      remove()
    }
  }
}

type Making = Readonly<{ request: BuildRequest & BuildOrder; progress: BuildProgress; env: Environment; signal: AbortSignal }>

/** What a green build has left, by its metadata file: never by what it printed. */
async function madeOf(host: Host, making: Making, metadata: string, facts: Metadata): Promise<Outcome<BuiltImage>> {
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
async function readyOf(host: Host, making: Making, ended: Promise<Ended>): Promise<Outcome<BuiltImage>> {
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
    return { ...common, ...(await brought(host, layout, untested, native, { store, localName, env, signal })) }
  }
  const { platforms } = request.build.options
  const { id, config, size } = await inspectImage(host, localName, digest, env)
  const runnables = platforms.filter((platform) => !untested.includes(platform)).map((platform) => ({ platform, id }))
  return {
    ...common,
    digest: id,
    runnables: platforms.length === 0 ? [{ id }] : runnables,
    config,
    ...(store === 'containerd' && size ? { compressedBytes: size } : {}),
  }
}

function tellChecks({ workspace }: Host, { build, onChecks }: BuildOrder, progress: BuildProgress): void {
  onChecks?.(checksOf(progress.checks, workspace, build.file))
}

/** A red build; where the disk was full, with what takes its room. */
async function failure(host: Host, order: BuildOrder, ended: Ended, progress: BuildProgress, env: Environment): Promise<Outcome<never>> {
  const red = redOf(ended, progress, order.build, host.workspace)
  if (red.code !== 'disk-full') return { kind: 'failed', red }
  const largest = await askLargest(host, order.builder, env)
  const evidence = largest.length > 0 ? [...red.evidence.slice(-4), 'The largest that the builder keeps:', ...largest] : red.evidence
  return { kind: 'failed', red: { ...red, evidence } }
}

/** What a layer that the cache promised and did not give breaks a build with, in whichever step it was needed. */
const brokenLayer =
  /failed to (copy|load cache)|short read: expected|unexpected EOF|failed size validation|unexpected commit digest|sha256:[0-9a-f]{64}: not found|\/blob\/[0-9a-f]{32}/

/** What of its cache a build broke on, if it was that. The index of a cache may outlive what it names. */
function brokeOnCache(order: BuildOrder, ended: Ended, progress: BuildProgress, signal: AbortSignal): string | undefined {
  if (ended.kind === 'stopped' && order.cacheBroken?.aborted && !signal.aborted) return 'a layer of it does not come'
  const { from } = cacheArguments(order.cache, order.cacheFolders)
  if (from.length === 0 || ended.kind !== 'exited' || ended.exitCode === 0) return undefined
  const error = progress.failed?.error ?? headlineOf(progress)
  return brokenLayer.test(error) ? error.trim().split('\n', 1)[0] : undefined
}

const orBroken = (signal: AbortSignal, { cacheBroken }: BuildOrder) => (cacheBroken ? AbortSignal.any([signal, cacheBroken]) : signal)
const withoutCache = 'A layer of the cache could not be read; building again without it.'

/** Runs the one build. */
export function buildImage(
  host: Host,
  order: BuildOrder,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
): Promise<Outcome<BuiltImage>> {
  return inFolder(host, order, env, madeIn, async (request) => {
    const { options } = order.build
    let over = false
    const print = bounded((line) => over || log.line(sanitiseLine(line)))
    // Where only a cache is left to be written, the image need not wait for it.
    const early = order.store === 'containerd' && !order.elsewhere && cacheArguments(order.cache, order.cacheFolders).to.length > 0
    const attempt = async (argv: readonly string[], until: AbortSignal) => {
      const progress = new BuildProgress(print)
      const exported = Promise.withResolvers<'exported'>()
      const onLine = (line: string) => {
        progress.line(line)
        if (early && progress.exported) exported.resolve('exported')
      }
      const ending = host.stream(
        { argv, env: { ...env, ...secretVariables(options.secrets) }, cwd: order.build.context },
        { signal: until, timeoutMs: options.timeoutMs, onLine },
      )
      return { ending, ended: await Promise.race([ending, exported.promise]), progress }
    }
    await order.before?.(signal)
    let { ending, ended, progress } = await attempt(buildArgv(request), orBroken(signal, order))
    const trouble = ended === 'exported' ? undefined : brokeOnCache(order, ended, progress, signal)
    if (trouble !== undefined) {
      log.line(withoutCache)
      ;({ ending, ended, progress } = await attempt(buildArgv({ ...request, cache: unread(request.cache) }), signal))
    }
    tellChecks(host, order, progress)
    const making = { request: { ...order, ...request }, progress, env, signal }
    if (ended === 'exported') {
      over = true
      return withTrouble(await readyOf(host, making, ending), trouble)
    }
    if (ended.kind === 'stopped') return stopped
    if (!isGreen(ended)) return await failure(host, order, ended, progress, env)
    const metadata = host.files.readText(request.metadataFile) ?? '{}'
    return withTrouble(await madeOf(host, making, metadata, JSON.parse(metadata) as Metadata), trouble)
  })
}

/** An image whose cache could not be read at first. */
function withTrouble(image: Outcome<BuiltImage>, trouble: string | undefined): Outcome<BuiltImage> {
  if (trouble === undefined || image.kind !== 'passed') return image
  const ending = image.value.ending.then((end) => ({ ...end, cacheTrouble: trouble }))
  ending.catch(() => undefined)
  return passed({ ...image.value, ending })
}

/** Names a step of the tests alone: one that both targets have is one of the build. */
const ofTests = (names: readonly string[]) => names.every((name) => name.startsWith(`[${bakeTargets.test} `))

/**
 * Watches the steps of the tests until `over` is aborted, and gives the first that runs longer than it may. By the
 * clock of this machine, from when the step was heard of: the builder may be elsewhere.
 */
async function watchTests(
  host: Host,
  progress: BuildProgress,
  timeoutMs: number,
  over: AbortSignal,
): Promise<readonly string[] | undefined> {
  const since = new Map<string, number>()
  while (!over.aborted) {
    for (const { name, names, output } of progress.running) {
      if (!ofTests(names)) continue
      const start = since.get(name) ?? host.now()
      since.set(name, start)
      if (host.now() - start >= timeoutMs) return [name, ...output]
    }
    await host.sleep(Math.min(glance, timeoutMs), over).catch(() => undefined)
  }
  return undefined
}

type WithTests = Readonly<{ image: Outcome<BuiltImage>; tests: TestStage }>

/** Runs the one build with two targets: the image, and the stage of the Dockerfile that tests. */
export async function buildWithTests(
  host: Host,
  order: BuildOrder,
  stage: TestStageOrder,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
): Promise<WithTests> {
  const { trouble, ...built } = await bakeWithTests(host, order, stage, env, log, signal)
  if (trouble === undefined) return built
  log.line(withoutCache)
  const { cacheBroken: _, ...again } = order
  const { image, tests } = await bakeWithTests(host, { ...again, cache: unread(order.cache) }, stage, env, log, signal)
  return { image: withTrouble(image, trouble), tests }
}

/** `trouble`: what of the cache broke it. */
function bakeWithTests(
  host: Host,
  order: BuildOrder,
  { stage, timeoutMs }: TestStageOrder,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
): Promise<WithTests & Readonly<{ trouble?: string }>> {
  const made = (result: WithTests) => madeIn(result.image)
  return inFolder(host, order, env, made, async (request, folder) => {
    const progress = new BuildProgress(bounded((line) => log.line(sanitiseLine(line))))
    const reportFolder = isScratchStage(order.build.dockerfile, stage) ? join(folder, 'report') : undefined
    const definition = join(folder, 'bake.json')
    host.files.writePrivate(definition, bakeDefinition(request, { stage, ...(reportFolder ? { reportFolder } : {}) }))
    // The definition is ours: no question about the folders it names.
    const { options } = order.build
    const bakeEnv = { ...env, ...secretVariables(options.secrets), BUILDX_BAKE_ENTITLEMENTS_FS: '0' }
    await order.before?.(signal)
    const over = new AbortController()
    const late = new AbortController()
    const watching = watchTests(host, progress, timeoutMs, over.signal).then((step) => {
      if (step) late.abort()
      return step
    })
    const ended = await host
      .stream(
        { argv: bakeArgv(request, definition), env: bakeEnv, cwd: order.build.context },
        {
          signal: AbortSignal.any([orBroken(signal, order), late.signal]),
          timeoutMs: options.timeoutMs,
          onLine: (line) => progress.line(line),
        },
      )
      .finally(() => over.abort())
    const lateStep = await watching
    tellChecks(host, order, progress)
    if (lateStep && !isGreen(ended) && !signal.aborted) return { image: stopped, tests: { outcome: 'timeout', output: lateStep } }
    const trouble = brokeOnCache(order, ended, progress, signal)
    if (trouble !== undefined) return { image: stopped, tests: { outcome: 'stopped', output: [] }, trouble }
    if (ended.kind === 'stopped') return { image: stopped, tests: { outcome: 'stopped', output: [] } }
    if (!isGreen(ended)) {
      const step = progress.failed
      if (step && ofTests(step.names)) {
        const { at, cause } = redOf(ended, progress, order.build, host.workspace)
        const output = [step.name, ...step.output]
        return { image: stopped, tests: { outcome: 'failed', output, why: { ...(at ? { at } : {}), ...(cause ? { cause } : {}) } } }
      }
      return {
        image: await failure(host, order, ended, progress, env),
        tests: { outcome: 'stopped', output: [] },
      }
    }
    const metadata = JSON.parse(host.files.readText(request.metadataFile) ?? '{}') as Readonly<Record<string, Metadata>>
    const ofImage = metadata[bakeTargets.image] ?? {}
    const making = { request: { ...order, ...request }, progress, env, signal }
    const image = await madeOf(host, making, JSON.stringify(ofImage, null, 2), ofImage)
    const left = (name: string) => (reportFolder ? host.files.readUntrusted(join(reportFolder, name)) : undefined)
    const junit = left('junit.xml')
    const status = left('status')
    return {
      image,
      tests: { outcome: 'passed', output: [], ...(junit === undefined ? {} : { junit }), ...(status === undefined ? {} : { status }) },
    }
  })
}
