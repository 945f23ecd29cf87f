import type { Ended } from '../host/host.ts'
import type { BuildInputs } from '../inputs/inputs.ts'
import type { Red } from '../outcome.ts'
import { findCause, plainLine } from './causes.ts'
import type { BuildProgress } from './progress.ts'
import { placeOf } from './source-line.ts'

/** So many of the last lines of a step are its evidence: as many as an annotation shows. */
const shown = 10

/** The error line of buildx without its prefix, which tells what no step did: a base image that is not there, a syntax error. */
export function headlineOf(progress: BuildProgress): string {
  const error = progress.said.findLast((line) => /^ERROR: /.test(line))
  return (error ?? progress.said.at(-1) ?? 'buildx said nothing').replace(/^ERROR: (failed to (build|solve): |target \S+: )*/, '')
}

/** The last lines of a step; the one that tells the cause is put first if it would not be among them. */
function evidenceOf(output: readonly string[], line: string | undefined): readonly string[] {
  const plain = output.map(plainLine)
  const last = plain.slice(-shown)
  const holds = (lines: readonly string[]) => line !== undefined && lines.some((one) => one.trim().startsWith(line))
  return line !== undefined && holds(plain) && !holds(last) ? [line, ...last.slice(1)] : last
}

/** A step and its error. BuildKit quotes the whole command once more, which its name has told already. */
const messageOf = ({ name, error }: Readonly<{ name: string; error: string }>) =>
  `${name}: ${error.replace(/^process "[\s\S]*" did not complete successfully: /, '')}`

/** Why a build is red, where in the Dockerfile, and what is known of the cause. */
export function redOf(ended: Ended, progress: BuildProgress, build: BuildInputs, workspace: string): Red {
  if (ended.kind === 'timeout') {
    const steps = progress.running.map(({ name }) => name)
    const at = placeOf(workspace, build, undefined, steps[0])
    return {
      code: 'build-timeout',
      message: `The build was still running after ${build.options.timeoutMs / 1000} s, at ${steps.join(', ') || 'no step'}.`,
      evidence: progress.said.slice(-20),
      ...(at ? { at } : {}),
    }
  }
  const step = progress.failed
  const headline = headlineOf(progress)
  const output = step?.output ?? progress.said
  const found = findCause([...(step ? [`${step.name}: ${step.error}`] : []), headline], step?.output ?? [])
  const at = placeOf(workspace, build, progress.excerpt, step?.name)
  return {
    code: found?.code ?? 'build-failed',
    message: step ? messageOf(step) : headline,
    evidence: evidenceOf(output, found?.line),
    ...(found ? { cause: { name: found.name, text: found.cause, fix: found.fix } } : {}),
    ...(at ? { at } : {}),
  }
}
