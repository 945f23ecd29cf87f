import type { BuiltImage, Runnable } from '../build/image.ts'
import { ActionError } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { failed, type Outcome, passed, skipped, stopped } from '../outcome.ts'
import { type Address, loopback } from './address.ts'
import { answersOf, compareWith, type Remembered, type Rival } from './compare.ts'
import type { Comparison } from './comparison.ts'
import { type Stack, stackWantsGpu } from './compose/read.ts'
import { type Container, containerName, removeContainer, startContainer } from './container.ts'
import { type Contract, contractText, expectService } from './contract.ts'
import { type Examined, examine } from './examine.ts'
import { explain } from './explain.ts'
import { gpuWanted, judgedWithoutGpu, withoutGpu } from './gpu.ts'
import { measure, measuredText } from './measure/measure.ts'
import type { SmokeReport } from './smoke-report.ts'
import { witness } from './witness.ts'

/** What the container is run amid. */
export type Around = Readonly<{
  /** The compose stack it is a service of. */
  stack?: Stack
  /** The images of that stack, as they come. */
  pulled?: Promise<Outcome<unknown>>
  address: Address
  /** The engine can give a GPU. */
  gpu?: true
  /** The container that this job is in, where it is in one on the same engine. */
  self?: string
  /** Whether the container is left running for the gate command. */
  hold: boolean
  /** What its predictions are compared with. */
  rival?: Rival
}>

export const alone: Around = { address: loopback, hold: false }

/** A container that passed and is still there, until `remove`. */
export type Standing = Readonly<{ container: Container; remove: () => Promise<void> }>

type Smoked = Readonly<{ outcome: Outcome<SmokeReport>; removal: Promise<void>; standing?: Standing }>

/**
 * Starts the image, waits for its health, asks for a prediction, and takes the container away again; of several
 * platforms one after the other, as models are large. `removal` may go on after the verdict: await it before the run
 * ends. With `hold` the last one stays up as `standing`.
 */
export async function smokeTest(
  host: Host,
  image: BuiltImage,
  smoke: SmokeInputs,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
  around: Around = alone,
): Promise<Smoked> {
  const { runnables, untested } = image
  if (!smoke.run) return { outcome: skipped(smoke.leftOut ?? 'smoke: false'), removal: Promise.resolve() }
  if (signal.aborted) return { outcome: stopped, removal: Promise.resolve() }
  if (runnables.length === 0) return { outcome: skipped(`accept: untested-platforms (${untested.join(', ')})`), removal: Promise.resolve() }
  const reports: SmokeReport[] = []
  const { rival } = around
  let remembered: Remembered | undefined
  const remember = async ({ container, replays }: Examined) => {
    remembered = { replays, answers: await answersOf(host, container.baseUrl, replays, signal) }
  }
  let removal: Promise<void> = Promise.resolve()
  let standing: Standing | undefined
  for (const [index, runnable] of runnables.entries()) {
    await removal
    const hold = around.hold && index === runnables.length - 1
    const ran = await smokeOne(
      host,
      image,
      runnable,
      smoke,
      env,
      log,
      signal,
      { ...around, hold },
      rival && !remembered ? remember : undefined,
    )
    removal = ran.removal
    standing = ran.standing
    if (ran.outcome.kind !== 'passed') return ran
    reports.push(ran.outcome.value)
  }
  const [first, ...others] = reports
  if (!first) return { outcome: stopped, removal }
  let comparison: Comparison | undefined
  if (rival && remembered && remembered.replays.length > 0) {
    // One model at a time, where nothing needs the first any more.
    await removal
    const amid = { env, address: around.address }
    const compared = await compareWith(host, rival, remembered, smoke, amid, log, signal)
    if (compared.kind !== 'passed') {
      await standing?.remove()
      return { outcome: compared, removal }
    }
    comparison = compared.value
  }
  const report = {
    ...first,
    ...(comparison ? { comparison } : {}),
    ...(others.length > 0 ? { others } : {}),
    ...(untested.length > 0 ? { untested } : {}),
  }
  return { outcome: passed(report), removal, ...(standing ? { standing } : {}) }
}

/** The port that a stack publishes of the service says more than its image. */
function inStack(contract: Contract, stack: Stack | undefined): Contract {
  if (stack?.port === undefined || contract.port.from === 'input') return contract
  return { ...contract, port: { port: stack.port, from: 'compose-file' } }
}

async function smokeOne(
  host: Host,
  image: BuiltImage,
  runnable: Runnable,
  asked: SmokeInputs,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
  { stack, pulled, address, gpu, self, hold }: Around,
  remember?: (examined: Examined) => Promise<void>,
): Promise<Smoked> {
  const wanted = gpu ? undefined : (gpuWanted(asked, image.config) ?? (stack && stackWantsGpu(stack)))
  const smoke = wanted === undefined ? asked : { ...asked, args: withoutGpu(asked.args) }
  const contract = inStack(expectService(smoke, image.config), stack)
  const on = runnable.platform === undefined ? '' : ` on ${runnable.platform}`
  const as = stack ? ` as ${stack.service} of its stack` : ''
  log.line(`starting ${runnable.id}${on}${as}; ${contractText(contract)}${smoke.offline ? ', offline' : ''}`)
  const name = containerName(host.runId)
  const away: (() => Promise<unknown>)[] = []
  const remove = async () => {
    for (const take of away.toReversed()) await take()
  }
  let container: Container | undefined
  const seen = witness(host)
  const explaining = startAndJudge().then((outcome) =>
    explain(host, outcome, { image, smoke, contract, container: container?.name, seen }, env),
  )
  const judged = await explaining.catch(async (error: unknown) => {
    await remove()
    throw error
  })
  const outcome =
    wanted === undefined
      ? judged
      : judgedWithoutGpu(judged, { imageId: runnable.id, port: contract.port.port, portFrom: contract.port.from }, wanted)
  if (hold && container && outcome.kind === 'passed')
    return { outcome: named(outcome), removal: Promise.resolve(), standing: { container, remove } }
  return { outcome: named(outcome), removal: remove() }

  async function startAndJudge(): Promise<Outcome<SmokeReport>> {
    const started = await start()
    if (started.kind !== 'passed') return started
    container = started.value
    const { imageId, platform } = container
    if (imageId !== runnable.id || (runnable.platform !== undefined && platform !== undefined && platform !== runnable.platform)) {
      throw new ActionError(
        'digest-mismatch',
        `The container runs ${imageId}${platform ? ` (${platform})` : ''}, not the image that was built (${runnable.id}${on}).`,
      )
    }
    const at = host.now()
    const examined = await examine(seen.host, container, contract, smoke, image.config, env, log, signal)
    if (examined.kind !== 'passed') return stack ? (await import('./compose/stack.ts')).withNeighbours(host, examined, env) : examined
    const measured = await measure(host, examined.value, at, smoke.maxLatencyMs, env, signal)
    if (measured.kind === 'passed' && measured.value.measured) log.line(measuredText(measured.value.measured))
    if (measured.kind === 'passed') await remember?.(examined.value)
    return measured
  }

  async function start(): Promise<Outcome<Container>> {
    // Only some runs are amid something.
    if (stack) {
      const [{ startStack, projectName, stackNetwork }, { removeProject }] = await Promise.all([
        import('./compose/stack.ts'),
        import('./compose/remove.ts'),
      ])
      away.push(() => removeProject(host, projectName(host.runId), env))
      const network = stackNetwork(stack, host.runId)
      if (self !== undefined && smoke.offline)
        away.push(() => host.capture({ argv: ['docker', 'network', 'disconnect', '--force', network, self], env }))
      const amid = { env, address, gpu: wanted === undefined, ...(self === undefined ? {} : { self }), ...(pulled ? { pulled } : {}) }
      return await startStack(host, stack, runnable, contract, smoke, amid, log, signal)
    }
    if (!smoke.offline) {
      away.push(() => removeContainer(host, name, env))
      return await startContainer(host, runnable, contract, smoke, env, address)
    }
    const { makeCell } = await import('./offline.ts')
    const cell = await makeCell(host, self, env)
    if (cell.kind !== 'passed') return cell
    away.push(cell.value.remove, () => removeContainer(host, name, env))
    return await startContainer(host, runnable, contract, smoke, env, cell.value.address)
  }

  /** With the platform, where one was named. */
  function named(judged: Outcome<SmokeReport>): Outcome<SmokeReport> {
    const { platform } = runnable
    if (platform === undefined) return judged
    if (judged.kind === 'passed') return passed({ ...judged.value, platform })
    if (judged.kind !== 'failed') return judged
    const { code, message, evidence } = judged.red
    if ((code === 'container-exited' || code === 'exec-format') && evidence.some((line) => /exec format error/i.test(line)))
      return failed('platform-untested', `This engine cannot run ${platform}: exec format error.`, evidence)
    return image.runnables.length > 1 ? failed(code, `On ${platform}: ${message}`, evidence) : judged
  }
}
