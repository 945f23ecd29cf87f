import { buildImage } from './build/build.ts'
import type { BuiltImage } from './build/image.ts'
import type { BuildOrder } from './build/order.ts'
import { buildWithTests, type TestStage } from './build/with-tests.ts'
import type { Environment, Host, StageLog } from './host/host.ts'
import { type Inputs, limitsSize } from './inputs/inputs.ts'
import type { Keeper } from './inspect/layers/kept.ts'
import type { Inspection } from './inspect/report.ts'
import type { SeenImage } from './inspect/seen.ts'
import type { SizeReport } from './inspect/size/size.ts'
import { type Outcome, skipped, stopped } from './outcome.ts'
import { metricsComeFirst } from './plan/labels/own.ts'
import type { Seek } from './previous/seek.ts'
import type { MetricsReport } from './quality/metrics-report.ts'
import type { InEngine } from './quality/read-metrics.ts'
import { buildDetail, inspectDetail, qualityDetail, smokeDetail, testDetail } from './report/text.ts'
import type { Rival } from './smoke/compare.ts'
import { type Around, type Standing, smokeTest } from './smoke/smoke.ts'
import type { SmokeReport } from './smoke/smoke-report.ts'
import type { StageRunner } from './stage-runner.ts'
import { withNames } from './test/conclude.ts'
import { runTestsInImage } from './test/in-image.ts'
import { judgeStage } from './test/in-target.ts'
import type { TestReport } from './test/junit.ts'
import type { TestPreparation } from './test/prepare.ts'
import { runTests } from './test/run.ts'
import type { TestSession } from './test/session.ts'
import type { TestVerdict } from './test/verdict.ts'

/** How the gates before the push came out, and the user's own behind them. */
export type Gates = Readonly<{
  tests: Outcome<TestVerdict>
  image: Outcome<BuiltImage>
  /** Whether there is a secret in it, and whether it is too large. */
  inspected: Outcome<Inspection>
  smoked: Outcome<SmokeReport>
  quality: Outcome<MetricsReport>
  /** How long the gate command took (ms). */
  commanded: Outcome<number>
}>
type FirstGates = Omit<Gates, 'commanded'>

/** What the gates are run with. */
export type GateContext = Readonly<{
  host: Host
  inputs: Inputs
  stages: StageRunner
  order: BuildOrder
  /** Takes an image that is there already, in place of the build. */
  take?: ((log: StageLog, signal: AbortSignal) => Promise<Outcome<BuiltImage>>) | undefined
  /** What the container is run amid. */
  around: Omit<Around, 'hold'>
  /** The docker client's environment, and that of the build with what its cache and base images need. */
  env: Environment
  buildEnv: Environment
  /** The labels of a build that waited for tests which came out so. */
  relabel: (tests: 'passed' | 'skipped') => Promise<BuildOrder['labels']>
  /** Reads the metrics, in the workspace or in the image that was built, and holds them against `require`. */
  judgeMetrics: (inEngine: InEngine | undefined, log: StageLog) => Promise<Outcome<MetricsReport>>
  /** What predictions are compared with, given the labels of the image under test. */
  rivalOf?: ((labels: BuildOrder['labels']) => Rival) | undefined
  notice: (text: string) => void
  /** Layers of an image before this one that need not be searched for secrets again. */
  searched?: Promise<ReadonlySet<string>> | undefined
  /** Gets a name that the image has besides until the run has ended. */
  onName: (name: string) => void
  /** Gets what the search for secrets has seen of the image on its way. */
  onSeen?: ((image: SeenImage) => void) | undefined
  /** Keeps what is small of the image, for the push. */
  keeper?: Keeper
  /** Who knows the image before this one. */
  seek?: Seek
  /** Gets what the image weighs, also when that is too much. */
  onSize?: (size: SizeReport) => void
  /** The environment of tests on this machine, in the making. */
  prepared?: TestPreparation | undefined
  onReport: (report: TestReport) => void
  /** Gets the image as soon as it is there. */
  onImage: (image: BuiltImage) => void
  /** Takes work that may go on after a verdict; it is awaited before the run ends. */
  background: (work: Promise<void>) => void
  /** Takes the container that stays up for the gate command. */
  onStanding?: (standing: Standing) => void
}>

function test(
  { host, inputs, stages, prepared, onReport, background }: GateContext,
  runner: (session: TestSession) => Promise<Outcome<TestVerdict>>,
): Promise<Outcome<TestVerdict>> {
  return stages.run('test', (log) => runner({ host, inputs, log, signal: stages.signal, prepared, onReport, background }), testDetail)
}

async function build({ host, stages, order, buildEnv, onImage, take }: GateContext): Promise<Outcome<BuiltImage>> {
  const make = (log: StageLog) => (take ? take(log, stages.signal) : buildImage(host, order, buildEnv, log, stages.signal))
  const image = await stages.run('build', make, buildDetail)
  if (image.kind === 'passed') onImage(image.value)
  return image
}

async function smoke(
  { host, inputs, stages, order, env, around, background, rivalOf, onStanding }: GateContext,
  image: Outcome<BuiltImage>,
): Promise<Outcome<SmokeReport>> {
  if (image.kind !== 'passed' || stages.signal.aborted) return stopped
  return await stages.run(
    'smoke',
    async (log) => {
      const rival = rivalOf?.(image.value.taken === undefined ? order.labels : image.value.config.labels)
      const amid = { ...around, hold: inputs.smoke.gateCommand !== undefined, ...(rival ? { rival } : {}) }
      const { outcome, removal, standing } = await smokeTest(host, image.value, inputs.smoke, env, log, stages.signal, amid)
      background(removal)
      if (standing) onStanding?.(standing)
      return outcome
    },
    smokeDetail,
  )
}

const unasked: Outcome<MetricsReport> = skipped('no metrics-file')

function quality({ stages, judgeMetrics }: GateContext, inEngine?: InEngine): Promise<Outcome<MetricsReport>> {
  return stages.run('quality', (log) => judgeMetrics(inEngine, log), qualityDetail)
}

/** A file of the workspace, where no test runs here that could write it. */
async function qualityAtOnce(context: GateContext): Promise<Outcome<MetricsReport>> {
  return context.inputs.quality.file?.kind === 'workspace' ? await quality(context) : unasked
}

/** The search for secrets, and the limits of its size. */
async function inspect(context: GateContext, image: BuiltImage): Promise<Outcome<Inspection>> {
  const { host, inputs, stages, env, notice, searched, onName, onSeen, keeper, seek, onSize = () => {} } = context
  return await stages.run(
    'inspect',
    async (log) => {
      if (!inputs.leaks.check && !limitsSize(inputs.size)) return skipped('leak-check: false')
      const { inspectWhole } = await import('./inspect/whole.ts')
      const amid = { env, log, signal: stages.signal, notice, searched, onName, onSeen, keeper }
      return await inspectWhole({ ...amid, host, image, inputs, seek, onSize })
    },
    inspectDetail,
  )
}

type Judged = Pick<Gates, 'smoked' | 'quality' | 'inspected'>

/** The smoke test, and beside it what the metrics in the image say and whether there are secrets in it. */
async function judgeImage(context: GateContext, image: Outcome<BuiltImage>): Promise<Judged> {
  const { inputs, stages, env } = context
  if (image.kind !== 'passed' || stages.signal.aborted) return { smoked: stopped, quality: stopped, inspected: stopped }
  const inImage = inputs.quality.file?.kind === 'image'
  const [smoked, inspected, judged] = await Promise.all([
    smoke(context, image),
    inspect(context, image.value),
    inImage ? quality(context, { image: image.value, env, signal: stages.signal }) : unasked,
  ])
  return { smoked, quality: judged, inspected }
}

/**
 * A file of the workspace is judged when the run starts, if it is there; and when the tests have ended, if they have
 * written it.
 */
async function qualityAroundTests(context: GateContext, tests: Promise<unknown>): Promise<Outcome<MetricsReport>> {
  const { host, inputs, stages } = context
  const { file } = inputs.quality
  if (file?.kind !== 'workspace') return unasked
  const before = host.files.stamp(file.path)
  const first = metricsComeFirst(inputs) && host.files.kind(file.path) !== undefined ? await quality(context) : undefined
  if (first && first.kind !== 'passed') return first
  await tests
  if (stages.signal.aborted) return stopped
  if (first && host.files.stamp(file.path) === before) return first
  if (first)
    context.notice(
      `The tests have written ${file.given} anew: labels of the image have the metrics from before (test-first: true reads them after the tests).`,
    )
  return await quality(context)
}

/** The tests on this machine, beside build and smoke, or before them. */
async function besideTests(context: GateContext): Promise<FirstGates> {
  const testing = test(context, runTests)
  const judging = qualityAroundTests(context, testing)
  const making = async (): Promise<Omit<FirstGates, 'tests'>> => {
    const tested = context.inputs.test.first ? await testing : undefined
    if (tested) await judging
    if (context.stages.signal.aborted) return { image: stopped, inspected: stopped, smoked: stopped, quality: stopped }
    const known = tested?.kind === 'passed' || tested?.kind === 'skipped' ? tested.kind : undefined
    const order = known ? { ...context.order, labels: await context.relabel(known) } : context.order
    const image = await build({ ...context, order })
    return { image, ...(await judgeImage({ ...context, order }, image)) }
  }
  const [tests, judged, made] = await Promise.all([testing, judging, making()])
  return { tests, ...made, quality: judged === unasked ? made.quality : judged }
}

/** The tests in the built image, beside its smoke test. */
async function testsInImage(context: GateContext): Promise<FirstGates> {
  const early = qualityAtOnce(context)
  const image = await build(context)
  if (image.kind !== 'passed') return { tests: stopped, image, inspected: stopped, smoked: stopped, quality: await early }
  const [tests, judged] = await Promise.all([test(context, (session) => runTestsInImage(session, image.value)), judgeImage(context, image)])
  return { tests, image, ...judged, ...(await chosen(early)) }
}

/** What was judged before the image was there, if anything was. */
async function chosen(early: Promise<Outcome<MetricsReport>>): Promise<Partial<Pick<Gates, 'quality'>>> {
  const judged = await early
  return judged === unasked ? {} : { quality: judged }
}

/** The tests as a stage of the one build. */
async function testsInBuild(context: GateContext, stage: string): Promise<FirstGates> {
  const { host, inputs, stages, order, buildEnv, onImage, onReport } = context
  const early = qualityAtOnce(context)
  let tested: TestStage = { outcome: 'stopped', output: [] }
  const image = await stages.run(
    'build',
    async (log) => {
      const built = await buildWithTests(host, order, { stage, timeoutMs: inputs.test.timeoutMs }, buildEnv, log, stages.signal)
      tested = built.tests
      return built.image
    },
    buildDetail,
  )
  if (image.kind === 'passed') onImage(image.value)
  const tests = await test(context, async () => {
    const outcome = judgeStage(tested, inputs.test.timeoutMs, inputs.accept.has('no-tests'), onReport)
    return inputs.attest === 'off' ? outcome : withNames(outcome, tested.junit)
  })
  return { tests, image, ...(await judgeImage(context, image)), ...(await chosen(early)) }
}

/** The gates in the arrangement that `test-in` asks for; the first red one stops the others. */
async function firstGates(context: GateContext): Promise<FirstGates> {
  const { test: asked } = context.inputs
  if (!asked.run) return await besideTests({ ...context, inputs: { ...context.inputs, test: { ...asked, first: false } } })
  switch (asked.place.kind) {
    case 'runner':
      return await besideTests(context)
    case 'image':
      return await testsInImage(context)
    case 'target':
      return await testsInBuild(context, asked.place.stage)
  }
}

/** The user's own gate, when the others are green; the container that was smoked is still up. */
async function command({ host, inputs, stages }: GateContext, gates: FirstGates, standing: Standing | undefined): Promise<Outcome<number>> {
  const { gateCommand } = inputs.smoke
  const green = [gates.tests, gates.inspected, gates.smoked, gates.quality].every(({ kind }) => kind === 'passed' || kind === 'skipped')
  if (gateCommand === undefined) return skipped('no gate-command')
  const { image } = gates
  if (image.kind !== 'passed' || !green || stages.signal.aborted) return stopped
  const order = { command: gateCommand, cwd: inputs.workingDirectory, env: inputs.test.env, timeoutMs: inputs.test.timeoutMs }
  return await stages.run(
    'gate',
    async (log) => {
      const { runGateCommand } = await import('./smoke/gate-command.ts')
      return await runGateCommand(host, order, image.value, standing?.container, log, stages.signal)
    },
    () => 'passed',
  )
}

/** Runs the gates: tests, build and smoke test, and when these are green the gate command. */
export async function runGates(context: GateContext): Promise<Gates> {
  let standing: Standing | undefined
  try {
    const gates = await firstGates({
      ...context,
      onStanding: (one) => {
        standing = one
      },
    })
    return { ...gates, commanded: await command(context, gates, standing) }
  } finally {
    if (standing) context.background(standing.remove())
  }
}
