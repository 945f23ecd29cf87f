import { mayNeedLogin } from './build/bases.ts'
import { localNames } from './build/bring.ts'
import { asksForExport, type CachePlace, cacheScope, cacheText, chooseCache, isReadAgain } from './build/cache.ts'
import { cacheArguments, cacheRegistries } from './build/cache-arguments.ts'
import { type CacheReport, cacheFigures, figuresText } from './build/cache-figures.ts'
import type { Check } from './build/checks.ts'
import { freeRoom, makeRoom } from './build/disk.ts'
import { engineBuilder, findEngine, sharesLoopback } from './build/engine.ts'
import type { BuildEnding, BuiltImage } from './build/image.ts'
import { openCache } from './build/open-cache.ts'
import { chooseCompression } from './build/options.ts'
import { findForeign, nativePlatform, refuseUntested } from './build/platforms.ts'
import { leastRoom } from './build/room.ts'
import { chooseStrategy } from './build/strategy.ts'
import { maySwitch, switchStore } from './build/switch-store.ts'
import { runGates } from './gates.ts'
import { childEnvironment } from './host/environment.ts'
import type { Environment, Host } from './host/host.ts'
import type { Inputs } from './inputs/inputs.ts'
import { readModel, tellModel } from './model/read.ts'
import { withMetrics } from './model/with-metrics.ts'
import { failed, type Outcome, passed, skipped, stopped } from './outcome.ts'
import { setOutputs, tellPlan } from './outputs.ts'
import { clockOf } from './plan/clock.ts'
import { labelsAfterTests } from './plan/labels.ts'
import { withLabels } from './plan/metadata.ts'
import type { Plan } from './plan/plan.ts'
import type { Asking, Previous } from './previous/open.ts'
import { foreseeDenial } from './publish/foresee.ts'
import { gate } from './publish/gated.ts'
import { createHistory } from './publish/history.ts'
import { type Published, publish } from './publish/publish.ts'
import { recordOf, runNumber } from './publish/record.ts'
import type { PreviousMetrics } from './quality/quality.ts'
import type { Credential } from './registry/credential.ts'
import { makePrivateConfig } from './registry/private-config.ts'
import { assembleReport } from './report/assemble.ts'
import { buildOutputs, endingOutputs } from './report/outputs.ts'
import type { Report } from './report/report.ts'
import { publishDetail } from './report/text.ts'
import { findAddress } from './smoke/address.ts'
import type { Stack } from './smoke/compose/read.ts'
import { gpuNotice } from './smoke/gpu.ts'
import { measuredRemarks } from './smoke/measure/remarks.ts'
import { createStageRunner } from './stage-runner.ts'
import type { TestReport } from './test/junit.ts'

/**
 * The story of a run: the gates, of which the first red one stops the others, and what is green is published.
 * Everything made on the way is gone when this returns, but for an image that is to stay.
 */
export async function run(
  host: Host,
  inputs: Inputs,
  plan: Plan,
  dockerConfig: string | undefined,
  cancel: AbortSignal,
  stack?: Stack,
): Promise<Report> {
  const start = host.now()
  const env = childEnvironment('engine', host.env)
  const denied = new AbortController()
  const stages = createStageRunner(host, start, AbortSignal.any([cancel, denied.signal]))
  const notices: string[] = [...plan.notices]
  const notice = (text: string) => {
    notices.push(text)
    host.log.notice(text)
  }
  await using scope = new AsyncDisposableStack()
  tellPlan(host, inputs, plan)

  const found = await findEngine(host, env)
  const own = engineBuilder(host.env, dockerConfig)
  const { address, self } = await findAddress(host, found, inputs.smoke, dockerConfig, env)
  for (const text of stack?.notices ?? []) notice(text)
  const pulled = stack && (await import('./smoke/compose/stack.ts')).pullStack(host, stack, stages.signal)
  if (pulled) scope.defer(async () => void (await pulled))
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
  const place: CachePlace = { store: strategy.elsewhere ? 'containerd' : engine.store, near, pushes: plan.push.push, tags: plan.tags }
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
    ...readLogin(host, inputs, plan, cacheRegistries(layers.cache), scope),
  }
  const mounts = inputs.cache.mounts
    ? (await import('./build/kept-mounts.ts')).openMounts(
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

  const ended = new AbortController()
  const making = makeRoom(host, engine, inputs.build, notice, AbortSignal.any([cancel, ended.signal]))
  scope.defer(() => making)
  // Beside the build, which takes its time to fill a disk; before it, where there is next to nothing.
  if ((freeRoom(host, engine) ?? leastRoom) < leastRoom) await making
  scope.defer(() => ended.abort())
  const denial = foreseeDenial(host, plan, ended.signal)
  void denial.then((error) => error && denied.abort())
  let testReport: TestReport | undefined
  let checks: readonly Check[] = []
  let cacheReport: CacheReport | undefined
  let buildEnd: Promise<BuildEnding> | undefined
  const previous = await askPrevious({ host, inputs, plan, env, signal: stages.signal, scope, notice })
  const { tests, image, smoked, quality, commanded } = await runGates({
    host,
    inputs,
    stages,
    order: {
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
    notice,
    onReport: (report) => {
      testReport = report
    },
    onImage: (built) => {
      for (const name of localNames(built.localName, built.runnables)) scope.defer(() => removeImage(host, name, env))
      const { layout } = built
      if (layout) scope.defer(() => host.files.remove(layout.folder))
      setOutputs(host, buildOutputs(built))
      // Beside the other stages: a cache may still be written.
      buildEnd = built.ending.then((ending) => {
        setOutputs(host, endingOutputs(ending))
        const trouble = layers.door?.trouble() ?? ending.cacheTrouble
        if (trouble) notice(`The layer cache could not be used, the build went on without: ${trouble}`)
        if (layers.keep) scope.defer(layers.keep)
        if (mounts) scope.defer(() => mounts.keep(built.stepReports))
        cacheReport = cacheFigures(chosen, layers, ending)
        if (layers.cache.kind !== 'none') host.log.line(figuresText(cacheReport, built.steps))
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

  const gated = image.kind === 'passed' && !cancel.aborted ? gate(image.value, tests, smoked, quality, commanded) : undefined
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
    publishing = await stages.run(
      'publish',
      async (log) => {
        // What the tests left running may have waited for its hour.
        const changed = host.changedCommandFiles()
        if (changed.length > 0) return failed('runner-files-changed', `Something changed ${changed.join(', ')} after the tests.`)
        if (!plan.push.push) return skipped(plan.push.reason)
        const code = childEnvironment('code', host.env)
        const history = createHistory(host, plan.event, inputs.credentials.githubToken, inputs.workingDirectory, code)
        const stateOf = ({ kind }: Outcome<unknown>) => (kind === 'passed' ? kind : 'skipped')
        const states = { tests: stateOf(tests), smoke: stateOf(smoked) } as const
        const recordFor = (digest: string) => recordOf(digest, gated, states, plan, native, runNumber(host.env))
        const record = plan.push.only === 'digest' ? recordFor : undefined
        const publication = await publish(host, plan, gated, history, env, log, cancel, record)
        published = publication.published
        notices.push(...publication.kept)
        return publication.failure ? failed(publication.failure.code, publication.failure.message) : passed(published)
      },
      publishDetail,
    )
    if (host.kind === 'terminal' || !plan.push.push) await keepUnderTags(host, gated, plan, env)
  }
  const ending = await buildEnd
  return assembleReport({
    plan,
    stages: stages.reports(),
    outcomes: { test: tests, build: image, smoke: smoked, quality, gate: commanded, publish: publishing },
    testReport,
    cache: cacheReport,
    imageid: ending?.configDigest,
    published,
    notices,
    checks,
    cancelled: cancel.aborted,
    durationMs: host.now() - start,
  })
}

const unasked = async (): Promise<PreviousMetrics> => ({ kind: 'unknown', why: 'nobody has asked for the previous image' })

/** Most runs have no use for the image before them. */
async function askPrevious(asking: Asking): Promise<Previous | undefined> {
  const { smoke, quality } = asking.inputs
  if (smoke.compare.kind === 'off' && !quality.requirements.some(({ bound }) => bound.kind === 'previous')) return undefined
  const { openPrevious } = await import('./previous/open.ts')
  return openPrevious(asking)
}

/**
 * A login for the buildx client, only where a base image or the layer cache may be in a registry that the user gave a login for: the
 * fewer runs have one on disk while foreign code runs, the better.
 */
function readLogin(host: Host, inputs: Inputs, plan: Plan, cached: ReadonlySet<string>, scope: AsyncDisposableStack): Environment {
  const logins = new Map<string, Credential>()
  for (const [registry, access] of plan.access) {
    if (access.kind === 'given' && (cached.has(registry) || mayNeedLogin(registry, inputs.build.dockerfile, inputs.build.args)))
      logins.set(registry, access.credential)
  }
  if (logins.size === 0) return {}
  const { folder, variables } = makePrivateConfig(host, logins)
  scope.defer(() => host.files.remove(folder))
  return variables
}

/** The image stays in the engine under the tags it would have been pushed by. */
async function keepUnderTags(host: Host, image: BuiltImage, plan: Plan, env: Environment): Promise<void> {
  for (const reference of plan.references) {
    await host.capture({ argv: ['docker', 'image', 'tag', image.localName, reference], env })
  }
  host.log.line(
    plan.references.length > 0
      ? `The image is in this engine as ${plan.references.join(', ')}.`
      : 'The image is not kept: no commit or ref is known to tag it by, and tags gives none.',
  )
}

async function removeImage(host: Host, name: string, env: Environment): Promise<void> {
  await host.capture({ argv: ['docker', 'image', 'rm', name], env }).catch(() => undefined)
}
