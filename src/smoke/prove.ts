import type { ImageConfig } from '../build/image.ts'
import type { Environment, Host } from '../host/host.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import type { Asked } from './ask-samples.ts'
import type { Container } from './container.ts'
import type { Sample } from './sample.ts'
import { requestText, samplesOf } from './samples-of.ts'

const words: Readonly<Record<Sample['source'], string>> = {
  given: 'given',
  recorded: 'recorded',
  documented: 'documented',
  found: 'found in the repository',
  invented: 'made up from its schema',
}

/** How somebody who has given no sample can give this one. */
function pasteText({ request: { path, body } }: Sample): readonly string[] {
  return [`predict-path: ${path}`, `predict-body: '${(body ?? '').replaceAll("'", "''")}'`]
}

/** What was given, else what can be found out of the service, which is printed. Empty where there is nothing to ask. */
export async function findSamples(
  host: Host,
  container: Container,
  predictPath: string,
  smoke: SmokeInputs,
  config: ImageConfig,
  env: Environment,
  say: (line: string) => void,
): Promise<readonly Sample[]> {
  const given = samplesOf(smoke, predictPath)
  if (given.length > 0) return given
  const { discover } = await import('./discover/discover.ts')
  const found = await discover(host, container, predictPath, smoke.foundBody, config, env)
  const [first] = found
  if (first) {
    say(`no sample is given: the request is ${words[first.source]} (${first.from})`)
    for (const line of pasteText(first)) say(line)
  }
  return found
}

/** Why the model is not proven by what was asked; undefined where it is. */
export function unprovenText(asked: readonly Asked[]): string | undefined {
  if (asked.length === 0) return 'no sample request is given, and none was found'
  const [failed] = asked.filter(({ red }) => red)
  if (!failed) return undefined
  return `predict-unproven: ${failed.red?.message} The request was ${words[failed.sample.source]} (${failed.sample.from}), so this only warns: ${requestText(failed.sample)}`
}
