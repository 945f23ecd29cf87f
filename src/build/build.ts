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
import { type BuiltImage, inspectImage } from './image.ts'
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

const isMade = (image: Outcome<BuiltImage>) => image.kind === 'passed'
const isGreen = (ended: Ended) => ended.kind === 'exited' && ended.exitCode === 0

/** A folder of the run for the time of a build, and the request with its names. An image that is not `made` in the end goes, too. */
async function inFolder<T>(
  host: Host,
  order: BuildOrder,
  env: Environment,
  made: (result: T) => boolean,
  use: (request: BuildRequest, folder: string) => Promise<T>,
): Promise<T> {
  const folder = host.files.makeTemp('build')
  host.leave({ kind: 'folder', path: folder })
  const localName = `ml-image-action/run:${host.runId}`
  host.leave({ kind: 'image', name: localName })
  // It lives longer: the push goes out from it.
  const layoutFolder = order.elsewhere ? host.files.makeTemp('layout') : undefined
  if (layoutFolder !== undefined) host.leave({ kind: 'folder', path: layoutFolder })
  let whole = false
  try {
    const names = { localName, metadataFile: join(folder, 'metadata.json') }
    const result = await use({ ...order, ...names, ...(layoutFolder === undefined ? {} : { layoutFolder }) }, folder)
    whole = made(result)
    return result
  } finally {
    // A build that was stopped at its very end, or whose other target was red, may have left it.
    if (!whole) await host.capture({ argv: ['docker', 'image', 'rm', localName], env }).catch(() => undefined)
    if (!whole && layoutFolder !== undefined) host.files.remove(layoutFolder)
    host.files.remove(folder)
  }
}

type Making = Readonly<{ request: BuildRequest & BuildOrder; progress: BuildProgress; env: Environment; signal: AbortSignal }>

/** As `imageOf`, or that it was stopped. */
async function madeOf(host: Host, making: Making, metadata: string, facts: Metadata): Promise<Outcome<BuiltImage>> {
  try {
    return passed(await imageOf(host, making, metadata, facts))
  } catch (error) {
    if (making.signal.aborted) return stopped
    throw error
  }
}

/** The image that a green build has left, by its metadata file: never by what it printed. */
async function imageOf(host: Host, { request, progress, env, signal }: Making, metadata: string, facts: Metadata): Promise<BuiltImage> {
  const digest = facts['containerimage.digest']
  const configDigest = facts['containerimage.config.digest']
  if (!digest) throw new ActionError('internal', 'buildx ended with 0 but its metadata file names no image.')
  const { store, localName, layoutFolder, untested, native } = request
  const common = {
    store,
    localName,
    untested,
    steps: progress.steps,
    stepReports: progress.stepReports,
    cacheTimes: progress.cacheTimes,
    ...(progress.cacheTrouble ? { cacheTrouble: progress.cacheTrouble } : {}),
    metadata,
  }
  if (layoutFolder !== undefined) {
    const layout = readLayout(host.files, layoutFolder, digest)
    return { ...common, ...(await brought(host, layout, untested, native, { store, localName, env, signal })) }
  }
  const { platforms } = request.build.options
  const runnables = platforms.filter((platform) => !untested.includes(platform)).map((platform) => ({ platform, id: digest }))
  const { config, size } = await inspectImage(host, localName, digest, env)
  return {
    ...common,
    digest,
    ...(configDigest === undefined ? {} : { configDigest }),
    runnables: platforms.length === 0 ? [{ id: digest }] : runnables,
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
  return inFolder(host, order, env, isMade, async (request) => {
    const { options } = order.build
    const print = bounded((line) => log.line(sanitiseLine(line)))
    const attempt = async (argv: readonly string[], until: AbortSignal) => {
      const progress = new BuildProgress(print)
      const ended = await host.stream(
        { argv, env: { ...env, ...secretVariables(options.secrets) }, cwd: order.build.context },
        { signal: until, timeoutMs: options.timeoutMs, onLine: (line) => progress.line(line) },
      )
      return { ended, progress }
    }
    await order.before?.(signal)
    let { ended, progress } = await attempt(buildArgv(request), orBroken(signal, order))
    const trouble = brokeOnCache(order, ended, progress, signal)
    if (trouble !== undefined) {
      log.line(withoutCache)
      ;({ ended, progress } = await attempt(buildArgv({ ...request, cache: unread(request.cache) }), signal))
    }
    tellChecks(host, order, progress)
    if (ended.kind === 'stopped') return stopped
    if (!isGreen(ended)) return await failure(host, order, ended, progress, env)
    const metadata = host.files.readText(request.metadataFile) ?? '{}'
    const making = { request: { ...order, ...request }, progress, env, signal }
    const image = await madeOf(host, making, metadata, JSON.parse(metadata) as Metadata)
    return trouble === undefined || image.kind !== 'passed' ? image : passed({ ...image.value, cacheTrouble: trouble })
  })
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
  return { image: image.kind === 'passed' ? passed({ ...image.value, cacheTrouble: trouble }) : image, tests }
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
  const made = (result: WithTests) => isMade(result.image)
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
