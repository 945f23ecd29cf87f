import { argumentValues, expandVariables, findStage } from '../build/dockerfile.ts'
import { parseDockerfile } from '../build/instruction.ts'
import type { Instruction } from './finding.ts'

type Stage = { base: string; name?: string; instructions: Instruction[] }

/** The instructions that the image of a target was made by, on top of an image that is none of its own stages. */
export function chainOf(
  dockerfile: string,
  target: string | undefined,
  args: Readonly<Record<string, string>> = {},
): readonly Instruction[] {
  const values = argumentValues(dockerfile, args)
  const stages: Stage[] = []
  for (const instruction of parseDockerfile(dockerfile)) {
    const [, base, name] = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(instruction.text) ?? []
    if (base !== undefined) stages.push({ base: expandVariables(base, values), ...(name === undefined ? {} : { name }), instructions: [] })
    else stages.at(-1)?.instructions.push(instruction)
  }
  const chain: Instruction[] = []
  for (let stage = findStage(stages, target); stage; ) {
    chain.unshift(...stage.instructions)
    const { base } = stage
    stage = stages.slice(0, stages.indexOf(stage)).findLast(({ name }) => name?.toLowerCase() === base.toLowerCase())
  }
  return chain
}
