import type { BuiltImage } from '../build/image.ts'
import { ActionError } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { type Outcome, passed, stopped } from '../outcome.ts'
import { type Finding, placeText } from './finding.ts'
import { isIgnored } from './ignore.ts'
import { jobValues } from './job-values.ts'
import { openSource } from './layers/source.ts'
import { jobSecrets } from './leaks/forms.ts'
import { createSearch } from './leaks/search.ts'
import type { LeakReport } from './report.ts'
import { searchImage } from './search-image.ts'
import { searchConfig } from './surfaces.ts'
import { findingText, redOf } from './verdict.ts'

/**
 * Looks for secrets in the image: the job's own, and what has the shape of one. The image is read once as the engine
 * hands it over; nothing of it is kept. Red with `secret-in-image`.
 */
export async function inspectImage(
  host: Host,
  image: BuiltImage,
  inputs: Inputs,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
  notice: (text: string) => void,
): Promise<Outcome<LeakReport>> {
  const search = createSearch(jobSecrets(jobValues(host, inputs)))
  const { build, leaks } = inputs
  try {
    const source = await openSource(host, image, env, signal)
    if (!source) notice('The image was searched for secrets in its configuration alone: the engine is on another machine.')
    const found = source ? await searchImage(host, source, build, search, signal) : configAlone(image, search)
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

function configAlone({ config }: BuiltImage, search: ReturnType<typeof createSearch>) {
  const Env = Object.entries(config.env).map(([name, value]) => `${name}=${value}`)
  const findings = searchConfig({ config: { Env, Labels: config.labels, Cmd: config.command } }, [], search)
  return { findings, report: { layers: 0, files: 0, bytes: 0, leftOut: [], advice: [], ignored: [] } }
}

function parted<T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter((one) => !is(one))]
}
