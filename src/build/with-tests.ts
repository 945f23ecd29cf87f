import { join } from 'node:path'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { bounded, sanitiseLine } from '../host/sanitise.ts'
import { type Outcome, type Red, stopped } from '../outcome.ts'
import { bakeArgv, bakeDefinition, bakeTargets, isScratchStage } from './bake.ts'
import { brokeOnCache, orBroken, withoutCache } from './cache/breakage.ts'
import { unread } from './cache/choose.ts'
import { failure } from './failure.ts'
import type { BuiltImage } from './image.ts'
import { isGreen, type Metadata, madeOf, withTrouble } from './made.ts'
import { secretVariables } from './options.ts'
import { type BuildOrder, inFolder, tellChecks } from './order.ts'
import { BuildProgress } from './progress.ts'
import { redOf } from './red.ts'

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
  const made = ({ image }: WithTests) => (image.kind === 'passed' ? image.value : undefined)
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
