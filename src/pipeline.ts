import type { Attested } from './attest/attest.ts'
import { localNames } from './build/bring.ts'
import { type CacheReport, cacheFigures, figuresText } from './build/cache/figures.ts'
import type { Check } from './build/checks.ts'
import { freeRoom, makeRoom } from './build/disk.ts'
import { engineBuilder, findEngine } from './build/engine.ts'
import type { BuildEnding } from './build/image.ts'
import { keepUnderTags } from './build/keep.ts'
import { leastRoom } from './build/room.ts'
import { runGates } from './gates.ts'
import { childEnvironment } from './host/environment.ts'
import type { Host } from './host/host.ts'
import type { Inputs } from './inputs/inputs.ts'
import { createKeeper } from './inspect/layers/kept.ts'
import type { Inspection } from './inspect/report.ts'
import type { SizeReport } from './inspect/size/size.ts'
import { readModel, tellModel } from './model/read.ts'
import { withMetrics } from './model/with-metrics.ts'
import { adviseLater, askPrevious, askSearched, openAdvice, openAttestation } from './on-demand.ts'
import { failed, type Outcome, stopped } from './outcome.ts'
import { setOutputs, tellPlan } from './outputs.ts'
import { labelsAfterTests } from './plan/labels.ts'
import { withLabels } from './plan/metadata.ts'
import type { Plan } from './plan/plan.ts'
import { prepareBuild } from './prepare-build.ts'
import { createSeek } from './previous/seek.ts'
import { foreseeDenial } from './publish/foresee.ts'
import { gate } from './publish/gated.ts'
import type { Published } from './publish/publish.ts'
import { publishGated } from './publish-gated.ts'
import type { PreviousMetrics } from './quality/quality.ts'
import { assembleReport, nothingRan } from './report/assemble.ts'
import { openDraft } from './report/draft.ts'
import { buildOutputs, endingOutputs } from './report/outputs.ts'
import type { Report } from './report/report.ts'
import { inspectDetail, publishDetail } from './report/text.ts'
import { findAddress } from './smoke/address.ts'
import type { Stack } from './smoke/compose/read.ts'
import { gpuNotice } from './smoke/gpu.ts'
import { measuredRemarks } from './smoke/measure/remarks.ts'
import { createStageRunner } from './stage-runner.ts'
import type { TestReport } from './test/junit.ts'
import { withPlaces } from './test/places.ts'
import { prepareTests, testsHere } from './test/prepare.ts'
import { untilCancelled } from './until-cancelled.ts'

/**
 * The story of a run: the gates, of which the first red one stops the others, and what is green is published.
 * Everything made on the way is gone when this returns, but for an image that is to stay.
 */
export async function run(
  host: Host,
  given: Inputs,
  planned: Plan,
  dockerConfig: string | undefined,
  cancel: AbortSignal,
  stack?: Stack,
): Promise<Report> {
  const start = host.now()
  const taking = given.from && (await import('./handover/taking.ts')).openFrom(host, given, planned, given.from)
  const inputs = taking?.inputs ?? given
  let plan = planned
  const env = childEnvironment('engine', host.env)
  const denied = new AbortController()
  const notices: string[] = [...plan.notices]
  let testReport: TestReport | undefined
  const draft = openDraft(host, plan, inputs.summary)
  const stages = createStageRunner(host, start, AbortSignal.any([cancel, denied.signal]), (all) =>
    draft({ stages: all, notices, tests: testReport, durationMs: host.now() - start }),
  )
  const notice = (text: string) => {
    notices.push(text)
    host.log.notice(text)
  }
  await using scope = new AsyncDisposableStack()
  tellPlan(host, inputs, plan)
  const names: string[] = []
  // The engine may be busy for seconds with what a large build has left behind; it ends the removal by itself.
  scope.defer(() => void (names.length > 0 && host.letGo({ argv: ['docker', 'image', 'rm', ...names], env })))

  const warn = (text: string) => {
    notices.push(text)
    host.log.warning(text)
  }
  const attestor = await openAttestation({ host, inputs, plan, warn })
  let attested: readonly Attested[] = []

  const advising = inputs.advice === 'error' ? await openAdvice(host, inputs) : undefined
  const unwelcome = advising?.red
  if (unwelcome) {
    const inspected = await stages.run<Inspection>('inspect', async () => unwelcome, inspectDetail)
    return assembleReport({
      ...{ plan, stages: stages.reports(), outcomes: { ...nothingRan, inspect: inspected } },
      ...{ testReport: undefined, published: undefined, checks: [], notices, cancelled: cancel.aborted },
      advice: advising.after([]),
      durationMs: host.now() - start,
    })
  }

  const prepared = testsHere(host, inputs) ? prepareTests(host, inputs, stages.signal) : undefined
  scope.defer(async () => await prepared?.dispose())
  const found = await untilCancelled(cancel, findEngine(host, env, cancel))
  const advised = advising ? async () => advising : adviseLater(host, inputs)
  const own = engineBuilder(host.env, dockerConfig)
  const { address, self } = await untilCancelled(cancel, findAddress(host, found, inputs.smoke, dockerConfig, env))
  for (const text of stack?.notices ?? []) notice(text)
  const pulled = stack && (await import('./smoke/compose/stack.ts')).pullStack(host, stack, stages.signal)
  if (pulled) scope.defer(async () => void (await pulled))
  const { engine, order, chosen, layers, buildEnv, mounts, take } = taking
    ? taking.prepare(found, own, env, notice)
    : await prepareBuild(host, inputs, plan, { found, own, env, start, scope, cancel, notice })

  const ended = new AbortController()
  const making = makeRoom(host, engine, inputs.build, notice, AbortSignal.any([cancel, ended.signal]))
  scope.defer(() => making)
  // Beside the build, which takes its time to fill a disk; before it, where there is next to nothing.
  if ((freeRoom(host, engine) ?? leastRoom) < leastRoom) await making
  scope.defer(() => ended.abort())
  const denial = foreseeDenial(host, plan, ended.signal)
  void denial.then((error) => error && denied.abort())
  let checks: readonly Check[] = []
  let cacheReport: CacheReport | undefined
  let buildEnd: Promise<BuildEnding> | undefined
  let size: SizeReport | undefined
  const seek = createSeek(host, () => plan, env)
  // Its answer is there when the image is.
  if (inputs.size.increase || (inputs.comment.when !== 'off' && plan.event.ref.kind === 'pull')) void seek.ask()
  const keeper = createKeeper()
  const searched = askSearched(host, inputs, plan, env, seek)
  const previous = await askPrevious({ host, inputs, plan, env, signal: stages.signal, scope, notice, seek })
  const { tests, image, inspected, smoked, quality, commanded } = await runGates({
    host,
    inputs,
    stages,
    take,
    order: {
      ...order,
      onChecks: (all) => {
        checks = all
      },
    },
    around: {
      address,
      ...(found.gpu ? { gpu: found.gpu } : {}),
      ...(self === undefined ? {} : { self }),
      ...(stack ? { stack } : {}),
      ...(pulled ? { pulled } : {}),
    },
    env,
    buildEnv,
    relabel: async (tests) => {
      const model = await readModel(host, inputs.build, childEnvironment('code', host.env))
      tellModel(host, model)
      const labels = labelsAfterTests(plan.labels, inputs, await withMetrics(host, inputs, model), tests)
      tellPlan(host, inputs, { ...plan, labels, metadata: withLabels(plan.metadata, labels) })
      return labels
    },
    judgeMetrics: async (inEngine, log) => {
      const { judgeQuality } = await import('./quality/quality.ts')
      return await judgeQuality(host, inputs.quality, inEngine, previous?.metrics ?? unasked, log, notice)
    },
    rivalOf: previous?.rivalOf,
    searched,
    onName: (name) => void names.push(name),
    onSeen: async (image) => (await advised())?.onSeen(image),
    keeper,
    seek,
    onSize: (weighed) => {
      size = weighed
    },
    notice,
    prepared,
    onReport: (report) => {
      testReport = withPlaces(host.files, host.workspace, [inputs.workingDirectory, inputs.build.context], report)
    },
    onImage: (built) => {
      if (!built.nameless) names.push(...localNames(built.localName, built.runnables))
      const { layout } = built
      if (layout && built.taken === undefined) scope.defer(() => host.files.remove(layout.folder))
      if (built.taken !== undefined) {
        // It cannot be given others.
        const { labels } = built.config
        plan = { ...plan, labels, metadata: withLabels(plan.metadata, labels) }
        tellPlan(host, inputs, plan)
      }
      setOutputs(host, buildOutputs(built))
      // Beside the other stages: a cache may still be written.
      buildEnd = built.ending.then((ending) => {
        setOutputs(host, endingOutputs(ending))
        const trouble = layers.door?.trouble() ?? ending.cacheTrouble
        if (trouble) notice(`The layer cache could not be used, the build went on without: ${trouble}`)
        if (layers.keep) scope.defer(layers.keep)
        if (mounts) scope.defer(() => mounts.keep(built.stepReports))
        if (built.taken === undefined) cacheReport = cacheFigures(chosen, layers, ending)
        if (cacheReport && layers.cache.kind !== 'none') host.log.line(figuresText(cacheReport, built.steps))
        return ending
      })
      buildEnd.catch(() => undefined)
    },
    background: (work) => scope.defer(() => work),
  })
  if (smoked.kind === 'passed' && smoked.value.gpuMissing) notice(gpuNotice(smoked.value))
  else if (smoked.kind === 'passed' && smoked.value.unproven) {
    notice(`The image starts and is healthy; that its model predicts was not proven: ${smoked.value.unproven}.`)
  }

  if (smoked.kind === 'passed') for (const remark of measuredRemarks(smoked.value, inputs.smoke)) notice(remark)

  const gated = image.kind === 'passed' && !cancel.aborted ? gate(image.value, tests, smoked, quality, commanded, inspected) : undefined
  let published: Published | undefined
  let publishing: Outcome<Published> = stopped
  if (denied.signal.aborted && !cancel.aborted) {
    const error = await denial
    if (error)
      publishing = await stages.run<Published>(
        'publish',
        async () => failed(error.code, error.message),
        () => '',
      )
  } else if (gated) {
    const handed = { ...gated, parts: keeper.parts }
    publishing = await stages.run(
      'publish',
      (log) =>
        publishGated(
          {
            ...{ host, inputs, plan, gated: handed, tests, smoked, native: order.native, reused: taking?.reused, env, attestor, notice },
            ...{ cancel, signal: stages.signal },
            onPublished: (all) => {
              published = all
            },
            onKept: (lines) => void notices.push(...lines),
            onAttested: (all) => {
              attested = all
            },
          },
          log,
        ),
      publishDetail,
    )
    if (host.kind === 'terminal' || !(plan.push.push || plan.push.layout)) await keepUnderTags(host, gated, plan, env)
  }
  const ending = await buildEnd
  return assembleReport({
    plan,
    stages: stages.reports(),
    outcomes: { test: tests, build: image, inspect: inspected, smoke: smoked, quality, gate: commanded, publish: publishing },
    testReport,
    cache: cacheReport,
    imageid: ending?.configDigest,
    published,
    attested,
    size,
    notices,
    checks,
    advice: (await advised())?.after(image.kind === 'passed' ? image.value.stepReports : []) ?? [],
    cancelled: cancel.aborted,
    durationMs: host.now() - start,
  })
}

const unasked = async (): Promise<PreviousMetrics> => ({ kind: 'unknown', why: 'nobody has asked for the previous image' })
