import { basename, dirname } from 'node:path'
import { withheldNames } from '../host/environment.ts'
import type { Environment, Host } from '../host/host.ts'
import { isModelFile } from '../model/artefacts.ts'
import type { Red } from '../outcome.ts'

const missingFile = /No such file or directory: ['"]?([^'"\n]+?)['"]?(?=$|[\s'")\]])/gm

/** Whether an instruction may make the file: one that runs something with its name in it, or copies it, its folder or all from a stage. */
function makes(instruction: string, path: string): boolean {
  const file = basename(path)
  if (/^RUN\s/i.test(instruction)) return instruction.includes(file)
  const folder = basename(dirname(path))
  const words = instruction.split(/\s+/).filter((word) => !word.startsWith('--'))
  return words.slice(1).some((word) => [file, folder, '.', ''].includes(basename(word)))
}

/** The model that a test did not find though a stage of the Dockerfile makes it; undefined when that is not it. */
export function modelOnlyInImage(output: string, dockerfile: string): string | undefined {
  const paths = [...output.matchAll(missingFile)].map(([, path = '']) => path)
  const instructions = [...dockerfile.replace(/\\\r?\n/g, ' ').matchAll(/^[ \t]*((?:COPY\s.*--from=|RUN\s).*)$/gim)].map(
    ([, line = '']) => line,
  )
  return paths.find((path) => isModelFile(path) && instructions.some((instruction) => makes(instruction, path)))
}

/** Adds to a red run what the output lets one guess: a model the tests cannot have here, a variable they do not see. */
export function withHints(red: Red, output: string, dockerfile: string, job: Host['env'], env: Environment): Red {
  const model = red.code === 'tests-failed' || red.code === 'tests-import-error' ? modelOnlyInImage(output, dockerfile) : undefined
  if (model !== undefined)
    return {
      code: 'model-only-in-image',
      message: `${red.message} ${model} is not here: the build of the image makes it.`,
      evidence: red.evidence,
    }
  const missed = withheldNames(job, env).filter((name) => name.length > 3 && /^\w+$/.test(name) && new RegExp(`\\b${name}\\b`).test(output))
  if (missed.length === 0) return red
  return { ...red, evidence: [...red.evidence, `The tests do not see ${missed.join(', ')} of the job: name what they need in test-env.`] }
}
