import type { Host } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { givesSecret } from './leaks/variables.ts'

/** A secret in a file that is longer than this (characters) is no secret but a file. */
const longest = 64 << 10

/**
 * The values that this job must not put into an image: all that is hidden in its log, files of `secret-files`, and
 * variables of tests and container whose name and value say that they are secret.
 */
export function jobValues({ secrets, files }: Pick<Host, 'secrets' | 'files'>, { build, test, smoke }: Inputs): readonly string[] {
  const filed = build.options.secrets.flatMap((secret) => {
    const text = secret.kind === 'file' ? files.readText(secret.path) : undefined
    return text !== undefined && text.length <= longest ? [text.trim()] : []
  })
  const variables = [test.env, smoke.env].flatMap((env) =>
    Object.entries(env).flatMap(([name, value]) => (givesSecret(name, value) ? [value] : [])),
  )
  return [...new Set([...secrets(), ...filed, ...variables])]
}
