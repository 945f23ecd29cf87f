import type { BuiltImage } from '../build/image.ts'
import { ActionError } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { type Outcome, passed, stopped } from '../outcome.ts'
import { type Finding, placeText } from './finding.ts'
import { isIgnored } from './ignore.ts'
import { jobValues } from './job-values.ts'
import { describe } from './layers/described.ts'
import type { Keeper } from './layers/kept.ts'
import { openReadings } from './layers/readings.ts'
import { openSource } from './layers/source.ts'
import { jobSecrets } from './leaks/forms.ts'
import { createSearch } from './leaks/search.ts'
import { stepsOf } from './origin.ts'
import { chainOf } from './recipe.ts'
import type { LeakReport, Search as Searched } from './report.ts'
import { searchImage } from './search-image.ts'
import type { SeenImage } from './seen.ts'
import type { Weighed } from './size/weigh.ts'
import { searchConfig } from './surfaces.ts'
import { findingText, redOf } from './verdict.ts'

/** What the search is run amid. */
export type Inspecting = Readonly<{
  /** The docker client's environment. */
  env: Environment
  log: StageLog
  signal: AbortSignal
  notice: (text: string) => void
  /** Layers of an image before this one that need not be searched again. */
  searched?: Promise<ReadonlySet<string>> | undefined
  /** Gets a name of the image that is to be taken away when the run has ended. */
  onName: (name: string) => void
  /** Gets what was seen of an image on the way, where it was one and its layers could be read. */
  onSeen?: ((image: SeenImage) => void) | undefined
  /** Keeps what is small of the image. */
  keeper?: Keeper | undefined
}>

/**
 * Looks for secrets in the image: the job's own, and what has the shape of one. The image is read once as the engine
 * hands it over, but for the layers that were searched before; `keeper` has what is small of it, nobody the rest. Red with `secret-in-image`.
 */
export async function inspectImage(
  host: Host,
  image: BuiltImage,
  inputs: Inputs,
  { env, log, signal, notice, searched, onName, onSeen, keeper }: Inspecting,
  onImage?: (image: Weighed) => void,
): Promise<Outcome<LeakReport>> {
  const search = createSearch(jobSecrets(jobValues(host, inputs)))
  const { build, leaks } = inputs
  try {
    await using readings = openReadings(host, search, signal)
    const known = (await searched) ?? new Set<string>()
    await using source = await openSource({ host, image, env, signal, known: { layers: known, readings }, onName, keeper })
    if (!source) {
      const why =
        image.store === 'classic' ? 'on the classic image store its layers would have to be packed' : 'the engine is on another machine'
      notice(`Files of the image were not searched for secrets, only its configuration and history: ${why}.`)
    }
    const found = source
      ? await searchImage(source, build, search, readings, known, onImage)
      : await searchDescribed(host, image, build, search, env)
    if (found.seen) onSeen?.(found.seen)
    const [ignored, told] = parted(found.findings, (finding) => isIgnored(finding, leaks.ignore))
    const [red, advice] = parted(told, ({ weight }) => weight === 'red')
    // None of them may be shown, by whatever text.
    for (const { secret } of red) host.hide(Buffer.from(secret, 'latin1').toString())
    const around = { workspace: host.workspace, file: build.file }
    for (const finding of advice) log.line(`advice: ${findingText(finding, [], around)}`)
    for (const { layer, why } of found.report.leftOut) log.line(`not looked at: ${layer} (${why})`)
    for (const { place } of ignored) log.line(`left out by leak-ignore: ${placeText(place)}`)
    if (red.length > 0) return { kind: 'failed', red: redOf(red, around) }
    const places = (findings: readonly Finding[]) => [...new Set(findings.map(({ place }) => placeText(place)))]
    const [first, ...others] = places(advice)
    if (first !== undefined)
      notice(`${first}${others.length > 0 ? ` and ${others.length} more` : ''}: looks like a secret, in what is not this build's own.`)
    return passed({ ...found.report, advice: places(advice), ignored: places(ignored) })
  } catch (error) {
    if (signal.aborted) return stopped
    throw error instanceof ActionError
      ? error
      : new ActionError('engine-unavailable', `The image cannot be read (${String(error)}).`, { cause: error })
  }
}

/** What the engine tells of an image that it does not hand over. */
async function searchDescribed(
  host: Host,
  image: BuiltImage,
  { dockerfile, target, args }: Inputs['build'],
  search: ReturnType<typeof createSearch>,
  env: Environment,
): Promise<Searched> {
  const json = await describe(host, image, env)
  const findings = searchConfig(json, stepsOf(json.history ?? [], chainOf(dockerfile, target, args)), search)
  return { findings, report: { layers: 0, files: 0, bytes: 0, leftOut: [], advice: [], ignored: [] } }
}

function parted<T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter((one) => !is(one))]
}
