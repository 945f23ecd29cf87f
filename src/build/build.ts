import { join } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Ended, Environment, Host, StageLog } from '../host/host.ts'
import { bounded, sanitiseLine } from '../host/sanitise.ts'
import { failed, type Outcome, passed, stopped } from '../outcome.ts'
import { type BuildRequest, buildArgv } from './argv.ts'
import { bakeArgv, bakeDefinition, bakeTargets, isScratchStage } from './bake.ts'
import { brought } from './brought.ts'
import { type BuiltImage, inspectImage } from './image.ts'
import { readLayout } from './layout.ts'
import { secretVariables } from './options.ts'
import { BuildProgress } from './progress.ts'

/** What to build; the names and files of the run are chosen here. */
export type BuildOrder = Omit<BuildRequest, 'metadataFile' | 'localName' | 'layoutFolder'> &
  Readonly<{
    /** By another builder than the engine's own. */
    elsewhere: boolean
    /** Of the platforms, those that the engine cannot run. */
    untested: readonly string[]
    /** `linux/amd64` and its like. */
    native: string
  }>

/**
 * How the stage that tests came out of a build that holds it: its step and the end of its output when it is not green,
 * and what it left if it is one of files alone.
 */
export type TestStage = Readonly<{
  outcome: 'passed' | 'failed' | 'timeout' | 'stopped'
  output: readonly string[]
  junit?: string
  status?: string
}>

/** The stage that tests, and how long one of its steps may take (ms). */
export type TestStageOrder = Readonly<{ stage: string; timeoutMs: number }>

/** How often a step that runs is looked at (ms). */
const glance = 500

type Metadata = Readonly<{ 'containerimage.digest'?: string; 'containerimage.config.digest'?: string }>

/** A step that failed because a file is not there is often one whose file the tests would have made. */
const missingFile = /"([^"]+)": not found/

function redOf(ended: Ended, progress: BuildProgress, order: BuildOrder): Outcome<never> {
  if (ended.kind === 'timeout') {
    const at = progress.running.map(({ name }) => name).join(', ') || 'no step'
    return failed(
      'build-timeout',
      `The build was still running after ${order.build.options.timeoutMs / 1000} s, at ${at}.`,
      progress.said.slice(-20),
    )
  }
  const step = progress.failed
  if (!step) return failed('build-failed', headlineOf(progress), progress.said.slice(-20))
  const missing = missingFile.exec(step.error)?.[1]
  const hint = missing
    ? [
        `${missing} is not in the build context ${order.build.context}. If the tests make it, set test-first: true; also look into .dockerignore.`,
      ]
    : []
  return failed('build-failed', `${step.name}: ${step.error}`, [...step.output, ...hint])
}

/** The error line of buildx without its prefix, which tells what no step did: a base image that is not there, a syntax error. */
function headlineOf(progress: BuildProgress): string {
  const error = progress.said.findLast((line) => /^ERROR: /.test(line))
  return (error ?? progress.said.at(-1) ?? 'buildx said nothing').replace(/^ERROR: (failed to (build|solve): )*/, '')
}

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

/** Runs the one build. */
export function buildImage(
  host: Host,
  order: BuildOrder,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
): Promise<Outcome<BuiltImage>> {
  return inFolder(host, order, env, isMade, async (request) => {
    const progress = new BuildProgress(bounded((line) => log.line(sanitiseLine(line))))
    const { options } = order.build
    const ended = await host.stream(
      { argv: buildArgv(request), env: { ...env, ...secretVariables(options.secrets) }, cwd: order.build.context },
      { signal, timeoutMs: options.timeoutMs, onLine: (line) => progress.line(line) },
    )
    if (ended.kind === 'stopped') return stopped
    if (!isGreen(ended)) return redOf(ended, progress, order)
    const metadata = host.files.readText(request.metadataFile) ?? '{}'
    return await madeOf(host, { request: { ...order, ...request }, progress, env, signal }, metadata, JSON.parse(metadata) as Metadata)
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

/** Runs the one build with two targets: the image, and the stage of the Dockerfile that tests. */
export function buildWithTests(
  host: Host,
  order: BuildOrder,
  { stage, timeoutMs }: TestStageOrder,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
): Promise<Readonly<{ image: Outcome<BuiltImage>; tests: TestStage }>> {
  const made = (result: Awaited<ReturnType<typeof buildWithTests>>) => isMade(result.image)
  return inFolder(host, order, env, made, async (request, folder) => {
    const progress = new BuildProgress(bounded((line) => log.line(sanitiseLine(line))))
    const reportFolder = isScratchStage(order.build.dockerfile, stage) ? join(folder, 'report') : undefined
    const definition = join(folder, 'bake.json')
    host.files.writePrivate(definition, bakeDefinition(request, { stage, ...(reportFolder ? { reportFolder } : {}) }))
    // The definition is ours: no question about the folders it names.
    const { options } = order.build
    const bakeEnv = { ...env, ...secretVariables(options.secrets), BUILDX_BAKE_ENTITLEMENTS_FS: '0' }
    const over = new AbortController()
    const late = new AbortController()
    const watching = watchTests(host, progress, timeoutMs, over.signal).then((step) => {
      if (step) late.abort()
      return step
    })
    const ended = await host
      .stream(
        { argv: bakeArgv(request, definition), env: bakeEnv, cwd: order.build.context },
        { signal: AbortSignal.any([signal, late.signal]), timeoutMs: options.timeoutMs, onLine: (line) => progress.line(line) },
      )
      .finally(() => over.abort())
    const lateStep = await watching
    if (lateStep && !isGreen(ended) && !signal.aborted) return { image: stopped, tests: { outcome: 'timeout', output: lateStep } }
    if (ended.kind === 'stopped') return { image: stopped, tests: { outcome: 'stopped', output: [] } }
    if (!isGreen(ended)) {
      const step = progress.failed
      if (step && ofTests(step.names)) return { image: stopped, tests: { outcome: 'failed', output: [step.name, ...step.output] } }
      return { image: redOf(ended, progress, order), tests: { outcome: 'stopped', output: [] } }
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
