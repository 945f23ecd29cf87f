import type { Engine } from '../build/engine.ts'
import type { BuiltImage } from '../build/image.ts'
import { nativePlatform } from '../build/platforms.ts'
import { ActionError } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { type FromInput, fromText, type Inputs } from '../inputs/inputs.ts'
import { failed, type Outcome, stopped } from '../outcome.ts'
import type { Plan } from '../plan/plan.ts'
import type { Prepared } from '../prepare-build.ts'
import { type GateRecord, runNumber } from '../publish/record.ts'
import { hasPytestFiles } from '../test/find.ts'
import { type Handed, openLayout } from './open-layout.ts'
import { trustIn, withoutPassed } from './reuse.ts'
import { takeImage } from './take.ts'

/** A run whose image is there already: what is left to ask of it, and how it is taken. */
export type Taking = Readonly<{
  /** Without the gates that were passed in the job before. */
  inputs: Inputs
  /** The record that says so. */
  reused?: GateRecord
  /** In the place of the preparation of a build. */
  prepare: (found: Engine, own: string, env: Environment, notice: (text: string) => void) => Prepared
}>

type Opening = Readonly<{ kind: 'open'; handed?: Handed }> | Readonly<{ kind: 'failed'; error: ActionError }>

function open(host: Host, from: FromInput): Opening {
  if (from.kind !== 'layout') return { kind: 'open' }
  try {
    return { kind: 'open', handed: openLayout(host.files, from, from.digest) }
  } catch (error) {
    if (error instanceof ActionError) return { kind: 'failed', error }
    throw error
  }
}

/** The tests are those of the checkout, which need not have any where nothing is built. */
function withoutMissingTests(host: Pick<Host, 'files'>, inputs: Inputs): Inputs {
  const { test, workingDirectory } = inputs
  if (!test.run || test.command !== undefined || hasPytestFiles(host.files, workingDirectory)) return inputs
  return { ...inputs, test: { ...test, run: false, leftOut: 'no tests here, and the image was not built here' } }
}

/** Of a layout without a record that counts the gates are run again, and one that leaves out the smoke test is refused. */
function judge(
  host: Host,
  plan: Plan,
  given: Inputs,
  from: FromInput,
  handed: Handed | undefined,
): Readonly<{ inputs: Inputs; reused?: GateRecord }> {
  if (from.kind !== 'layout') return { inputs: withoutMissingTests(host, given) }
  const trust = trustIn(handed?.record, plan.event, runNumber(host.env))
  if (trust.kind === 'trusted') {
    const { gates } = trust.record
    host.log.line(`${fromText(from)} was gated in this run: tests ${gates.tests}, smoke ${gates.smoke}.`)
    return { inputs: withoutMissingTests(host, withoutPassed(given, trust.record)), reused: trust.record }
  }
  if (!given.smoke.run)
    throw new ActionError(
      'layout-ungated',
      `Nothing says that the gates of ${fromText(from)} were green (${trust.why}), and smoke: false leaves them out here.`,
    )
  host.log.line(`${fromText(from)} is gated here: ${trust.why}.`)
  return { inputs: withoutMissingTests(host, given) }
}

/** Whether anybody has a use for the image in the engine. */
function needsEngine({ kind }: Host, { test, smoke, quality, leaks }: Inputs, { push }: Plan, from: FromInput): boolean {
  const kept = kind === 'terminal' || (!push.push && !push.layout)
  const inImage = test.run && test.place.kind === 'image'
  // The layers of a layout are searched as files.
  const searched = leaks.check && from.kind !== 'layout'
  return kept || smoke.run || inImage || searched || smoke.gateCommand !== undefined || quality.file?.kind === 'image'
}

/** Opens what `from` names, and decides which gates it has still to pass. Never throws what a stage could tell. */
export function openFrom(host: Host, given: Inputs, plan: Plan, from: FromInput): Taking {
  const opening = open(host, from)
  let error = opening.kind === 'failed' ? opening.error : undefined
  const handed = opening.kind === 'open' ? opening.handed : undefined
  let judged: ReturnType<typeof judge> = { inputs: given }
  try {
    if (!error) judged = judge(host, plan, given, from, handed)
  } catch (thrown) {
    if (!(thrown instanceof ActionError)) throw thrown
    error = thrown
  }
  // Of an image that is not there nobody wants to hear more.
  const inputs = error ? { ...given, test: { ...given.test, run: false, leftOut: 'there is no image to publish' } } : judged.inputs
  return {
    inputs,
    ...(judged.reused ? { reused: judged.reused } : {}),
    prepare: (engine, own, env, notice) => {
      host.log.line(`Engine ${engine.version}, ${engine.store} image store. Nothing is built: the image is ${fromText(from)}.`)
      const taker = { engine, own, env, needed: needsEngine(host, inputs, plan, from), notice }
      const take = async (log: StageLog, signal: AbortSignal): Promise<Outcome<BuiltImage>> => {
        if (error) return failed(error.code, error.message)
        if (signal.aborted) return stopped
        return await takeImage(host, inputs, plan, from, handed, taker, log, signal)
      }
      return {
        engine,
        order: {
          build: inputs.build,
          labels: plan.labels,
          builder: own,
          store: engine.store,
          cache: { kind: 'none' },
          elsewhere: false,
          untested: [],
          native: nativePlatform(engine.architecture),
        },
        chosen: { cache: { kind: 'none' }, because: 'nothing is built' },
        layers: { cache: { kind: 'none' }, environment: {} },
        buildEnv: env,
        take,
      }
    },
  }
}
