import { argumentValues, expandVariables, findStage } from '../build/dockerfile.ts'
import type { Instruction } from './finding.ts'

/** The instructions of a Dockerfile with the lines they begin on: continued lines joined, the text of a heredoc left out. */
export function locatedInstructions(dockerfile: string): readonly Instruction[] {
  const found: Instruction[] = []
  let text = ''
  let start = 0
  let heredocs: string[] = []
  for (const [index, line] of dockerfile.split(/\r?\n/).entries()) {
    const [delimiter] = heredocs
    if (delimiter !== undefined) {
      if (line.replace(/^\t+/, '') === delimiter) heredocs = heredocs.slice(1)
      continue
    }
    if (/^\s*#/.test(line) || (line.trim() === '' && text === '')) continue
    if (text === '') start = index + 1
    const goesOn = /\\[ \t]*$/.test(line)
    text += line.replace(/\\[ \t]*$/, ' ')
    if (goesOn) continue
    const whole = text.trim()
    const keyword = (/^[A-Za-z]+/.exec(whole)?.[0] ?? '').toUpperCase()
    if (keyword !== '') found.push({ text: whole, keyword, line: start })
    if (/^(RUN|COPY|ADD)$/.test(keyword)) heredocs = [...whole.matchAll(/<<-?(["']?)([A-Za-z_]\w*)\1/g)].map(([, , name = '']) => name)
    text = ''
  }
  return found
}

type Stage = { base: string; name?: string; instructions: Instruction[] }

/** The instructions that the image of a target was made by, on top of an image that is none of its own stages. */
export function chainOf(
  dockerfile: string,
  target: string | undefined,
  args: Readonly<Record<string, string>> = {},
): readonly Instruction[] {
  const values = argumentValues(dockerfile, args)
  const stages: Stage[] = []
  for (const instruction of locatedInstructions(dockerfile)) {
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
