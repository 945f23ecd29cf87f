import { configOf, type Runnable } from '../build/image.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { sanitiseLine } from '../host/sanitise.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import type { Json } from '../inputs/parse.ts'
import { failed, type Outcome, passed, stopped } from '../outcome.ts'
import { labelPrefix } from '../plan/labels/own.ts'
import type { Pulled } from '../previous/pull.ts'
import type { Address } from './address.ts'
import { awaitService } from './await-service.ts'
import { type Answers, type Comparison, compareAnswers, comparisonText, sameModel } from './comparison.ts'
import { removeContainer, rivalName, startContainer, untilStopped } from './container.ts'
import { expectService } from './contract.ts'
import { readAnswer } from './predictions.ts'
import type { Replay } from './replay.ts'

export const modelDigestLabel = `${labelPrefix}.model.digest`

/** The image that predictions are compared with; it is on its way since the build began. */
export type Rival = Readonly<{
  pulled: Promise<Pulled>
  /** Of the image under test, as its label has it. */
  modelDigest: string | undefined
  notice: (text: string) => void
}>

/** What the image under test has answered, and how that is asked again. */
export type Remembered = Readonly<{ replays: readonly Replay[]; answers: Answers }>

/** Where the other image is started. */
type Amid = Readonly<{ env: Environment; address: Address }>

/** So often each sample is asked: what differs between the answers of one image is found out so. */
const timesAsked = 3

/** What a container answers to each of the samples; one that it does not answer with 2xx has no entry. */
export async function answersOf(host: Host, baseUrl: string, replays: readonly Replay[], signal: AbortSignal): Promise<Answers> {
  const answers = new Map<string, readonly Json[]>()
  for (const { name, send } of replays) {
    const bodies: Json[] = []
    for (let time = 0; time < timesAsked && !signal.aborted; time++) {
      const answer = await send(host, baseUrl, signal)
      if (typeof answer === 'string' || answer.status < 200 || answer.status >= 300) break
      bodies.push(readAnswer(answer.body))
    }
    if (bodies.length === timesAsked) answers.set(name, bodies)
  }
  return answers
}

type Inspected = Parameters<typeof configOf>[0] & Readonly<{ Id: string }>

/** Starts the other image, where the one under test was before, and asks it the same. A text is why that was not possible. */
async function askRival(
  host: Host,
  localName: string,
  replays: readonly Replay[],
  smoke: SmokeInputs,
  { env, address }: Amid,
  log: StageLog,
  signal: AbortSignal,
): Promise<Answers | string> {
  const { exitCode, stdout } = await host.capture({ argv: ['docker', 'image', 'inspect', localName], env })
  const image = exitCode === 0 ? (JSON.parse(stdout) as readonly Inspected[])[0] : undefined
  if (!image) return 'the engine does not have it'
  const config = configOf(image)
  const contract = expectService(smoke, config)
  const runnable: Runnable = { id: localName }
  const name = rivalName(host.runId)
  const watch = new AbortController()
  try {
    const started = await startContainer(host, runnable, contract, smoke, env, address, name)
    if (started.kind !== 'passed') return started.kind === 'failed' ? started.red.message : 'it was stopped'
    const death = untilStopped(host, name, env, AbortSignal.any([watch.signal, signal]))
    const say = (text: string) => log.line(sanitiseLine(text))
    const { readiness, container } = await awaitService(host, started.value, contract, smoke, config, env, death, say)
    if (readiness.kind === 'ended') return 'it ended by itself'
    if (readiness.kind !== 'ready') return `it was not ready within ${contract.startTimeoutMs / 1000} s`
    return await answersOf(host, container.baseUrl, replays, signal)
  } finally {
    watch.abort()
    await removeContainer(host, name, env)
  }
}

/** The largest difference, one value a line. */
function evidence({ largest, differing, samples }: Comparison): readonly string[] {
  if (!largest) return []
  return [
    `${differing} of ${samples} samples differ; the largest difference:`,
    `${largest.sample} ${largest.path}`,
    `  previous ${JSON.stringify(largest.previous)}`,
    `  now      ${JSON.stringify(largest.now)}`,
    ...(largest.delta === undefined ? [] : [`  delta    ${largest.delta}`]),
  ]
}

/**
 * The differential gate: the same samples, asked of another image after the one under test is gone, as models are large.
 * With the same model the predictions must agree; of another model the difference is told, and `require` judges it. An
 * image that is not to be had, or does not start, is told and judges nothing.
 */
export async function compareWith(
  host: Host,
  { pulled, modelDigest, notice }: Rival,
  { replays, answers: ours }: Remembered,
  smoke: SmokeInputs,
  amid: Amid,
  log: StageLog,
  signal: AbortSignal,
): Promise<Outcome<Comparison | undefined>> {
  const found = await pulled
  if (signal.aborted) return stopped
  if (found.kind === 'none') {
    notice(`Predictions are compared with no other image, as ${found.why}.`)
    return passed(undefined)
  }
  const { image, localName } = found
  log.line(`asking ${image.reference} (${image.digest}) the same`)
  const theirs = await askRival(host, localName, replays, smoke, amid, log, signal)
  if (signal.aborted) return stopped
  if (typeof theirs === 'string') {
    notice(`Predictions are not compared: ${image.reference} does not serve (${theirs}).`)
    return passed(undefined)
  }
  const rules = new Map(replays.map(({ name, rule }) => [name, rule]))
  const comparison = compareAnswers(theirs, ours, image.reference, sameModel(modelDigest, image.labels[modelDigestLabel]), rules)
  const text = `${comparisonText(comparison)}.`
  log.line(text)
  if (comparison.differing > 0 && comparison.model === 'same') return failed('predictions-changed', text, evidence(comparison))
  if (comparison.differing > 0 || comparison.samples === 0) notice(text)
  return passed(comparison)
}
