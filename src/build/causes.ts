import type { FailureCode } from '../errors.ts'
import { baseCauses } from './causes/base.ts'
import { codeCauses } from './causes/code.ts'
import { dockerfileCauses } from './causes/dockerfile.ts'
import { machineCauses } from './causes/machine.ts'
import { networkCauses } from './causes/network.ts'
import { pythonCauses } from './causes/python.ts'
import { systemCauses } from './causes/system.ts'

/** A way in which builds are known to fail. `$1` in its sentences is what the pattern caught. */
export type KnownCause = Readonly<{
  /** Has a row in docs/troubleshooting.md. */
  name: string
  /** Is looked for in a single line. */
  pattern: RegExp
  /** Only what BuildKit says of the step, not what the step wrote. */
  of?: 'buildkit'
  /** Where the remedy is of another kind than to mend the Dockerfile. */
  code?: Extract<FailureCode, 'disk-full' | 'base-image-unavailable' | 'build-unsupported'>
  cause: string
  fix: string
}>

/** Why a build failed: the line that tells it, what it means and what to do. */
export type FoundCause = Readonly<{ name: string; code: FailureCode; line: string; cause: string; fix: string }>

/**
 * The first that fits is taken: what makes others fail (no disk, no network, no login) stands before what follows from
 * it, and what is told for sure before what is a guess.
 */
export const knownCauses: readonly KnownCause[] = [
  ...machineCauses,
  ...baseCauses,
  ...networkCauses,
  ...pythonCauses,
  ...systemCauses,
  ...codeCauses,
  ...dockerfileCauses,
]

/** Puts in what was caught; brackets around nothing go. */
const fill = (text: string, groups: readonly (string | undefined)[]) =>
  text.replace(/\$(\d)/g, (_, index: string) => groups[Number(index)] ?? '').replaceAll(' ()', '')

/** Colours and cursor movements, which compilers and installers write also where nobody sees them. */
const escapes = /\u001b\[[\d;?]*[A-Za-z]/g

/** A line of a step as it is to be read. */
export const plainLine = (line: string): string => line.replace(escapes, '').trimEnd()

/** What is known of a failed build, from what BuildKit says (`errors`) and the last lines that the step wrote (`output`). */
export function findCause(errors: readonly string[], output: readonly string[]): FoundCause | undefined {
  const said = errors.map((error) => error.replace(escapes, '').replace(/\s*[\r\n]+\s*/g, ' '))
  const written = output.map((line) => plainLine(line).trim()).toReversed()
  for (const { name, pattern, of, code, cause, fix } of knownCauses) {
    for (const line of of === 'buildkit' ? said : [...written, ...said]) {
      const groups = pattern.exec(line)
      if (groups)
        return { name, code: code ?? 'build-failed', line: line.slice(0, 300), cause: fill(cause, groups), fix: fill(fix, groups) }
    }
  }
  return undefined
}
