import type { ImageConfig } from '../build/image.ts'
import type { Environment, Host } from '../host/host.ts'
import { sanitiseLine } from '../host/sanitise.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { type Asked, askSamples } from './ask-samples.ts'
import type { Container } from './container.ts'
import type { Contract } from './contract.ts'
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
export function pasteText({ request: { path, body } }: Sample): readonly string[] {
  return [`predict-path: ${path}`, `predict-body: '${(body ?? '').replaceAll("'", "''")}'`]
}

/** Asks what was given, else what can be found out of the service. Empty where there is nothing to ask. Never throws. */
export async function prove(
  host: Host,
  container: Container,
  { predict, headers }: Pick<Contract, 'predict' | 'headers'>,
  smoke: SmokeInputs,
  config: ImageConfig,
  env: Environment,
  say: (line: string) => void,
  ended: () => boolean,
): Promise<readonly Asked[]> {
  const given = samplesOf(smoke, predict.path)
  const protocol = { headers, ...(predict.answer === undefined ? {} : { answer: predict.answer }) }
  if (given.length > 0) return await askSamples(host, container.baseUrl, given, ended, protocol)
  const { discover } = await import('./discover/discover.ts')
  const found = await discover(host, container, predict.path, smoke.foundBody, config, env)
  const [first] = found
  if (first) {
    say(`no sample is given: the request is ${words[first.source]} (${first.from})`)
    for (const line of pasteText(first)) say(sanitiseLine(line))
  }
  return await askSamples(host, container.baseUrl, found, ended, protocol)
}

/** Why the model is not proven by what was asked; undefined where it is. */
export function unprovenText(asked: readonly Asked[]): string | undefined {
  if (asked.length === 0) return 'no sample request is given, and none was found'
  const [failed] = asked.filter(({ red }) => red)
  if (!failed) return undefined
  return `predict-unproven: ${failed.red?.message} The request was ${words[failed.sample.source]} (${failed.sample.from}), so this only warns: ${requestText(failed.sample)}`
}
