import type { Environment, Files, Host } from '../host/host.ts'
import { shortestSecret } from '../host/secret-forms.ts'
import type { Inputs } from './inputs.ts'

/** A value that nobody may read in a log, and the input or variable it is of. */
export type Secret = Readonly<{ of: string; value: string }>

/** A variable that is called like a credential: `HF_TOKEN`, and not `MAX_TOKENS` or `TOKENIZER`; nor one that says where it is. */
const credential = /(^|_)(TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|API_?KEY|ACCESS_?KEY|SECRET_?KEY|PRIVATE_?KEY)(_|$)/i
const whereabouts = /_(URL|URI|FILE|PATH|DIR|NAME|ID|ARN)$/i
/** What is guessed to be a secret by its name alone is not hidden when it is shorter (characters): it may be a word. */
const shortestGuess = 8
/** Files of secrets are small. */
const largestFile = 64 << 10

const guessed = (variables: Readonly<Record<string, string | undefined>>): readonly Secret[] =>
  Object.entries(variables).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortestGuess && credential.test(name) && !whereabouts.test(name) ? [{ of: name, value }] : [],
  )

/** An address tells something only when it lets one in. */
const tells = (word: string) => word.length >= shortestGuess && (!/^https?:\/\//.test(word) || word.includes('@'))

/** A file's lines, and the last word of each: `password s3cret`, `token = s3cret`. */
function inFile(id: string, text: string): readonly Secret[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim())
  const words = lines.map((line) => line.split(/[\s=]+/).at(-1) ?? '')
  return [...lines, ...words].filter(tells).map((value) => ({ of: `secret-files: ${id}`, value }))
}

/** The secrets that were given, those in the job's own variables, and what is called like one in those for tests and container. */
export function secretValues(
  { credentials, build, test, smoke }: Inputs,
  job: Readonly<Record<string, string | undefined>>,
  readText: Files['readText'],
): readonly Secret[] {
  const given = { password: credentials.password, 'github-token': credentials.githubToken }
  const variables: readonly Environment[] = [test.env, smoke.env, build.args]
  return [
    ...Object.entries(given).flatMap(([of, value]) => (value ? [{ of, value }] : [])),
    ...build.options.secrets.flatMap((secret): readonly Secret[] =>
      secret.kind === 'value'
        ? [{ of: `secrets: ${secret.id}`, value: secret.value }]
        : inFile(secret.id, readText(secret.path)?.slice(0, largestFile) ?? ''),
    ),
    ...[job, ...variables].flatMap(guessed),
  ]
}

/** Has them masked; one that is too short for it is told of, by the name of its input. */
export function hideSecrets(host: Pick<Host, 'hide' | 'env' | 'files'>, inputs: Inputs, notice: (text: string) => void): void {
  for (const { of, value } of secretValues(inputs, host.env, host.files.readText)) {
    if (value.length < shortestSecret) notice(`${of} has ${value.length} characters, too few to be masked: it may be read in the log.`)
    else host.hide(value)
  }
}
