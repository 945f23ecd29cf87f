import { posix } from 'node:path'
import { expandVariables, findStage } from '../build/dockerfile.ts'
import type { Instruction } from '../build/instruction.ts'
import { copiesOf } from '../model/copied.ts'
import type { DockerfileSubject, Stage } from './rule.ts'
import { wordsOf } from './shell.ts'

const pair = /([A-Za-z_]\w*)=("(?:\\.|[^"\\])*"|'[^']*'|(?:\\.|[^\s"'\\])*)/g

/** What an ENV sets. */
export function variablesOf({ keyword, rest }: Instruction): readonly (readonly [string, string])[] {
  if (keyword !== 'ENV') return []
  const [, name, value] = /^([A-Za-z_]\w*)\s+([^=].*|[^=]*)$/s.exec(rest) ?? []
  if (name !== undefined && !/^[A-Za-z_]\w*=/.test(rest)) return [[name, value ?? '']]
  return [...rest.matchAll(pair)].map(([, one = '', text = '']) => [one, text.replace(/^(["'])(.*)\1$/s, '$2')])
}

/** The variables that ENV has set in the end, what they take from others put in. */
export function environmentOf({ chain, args }: Pick<DockerfileSubject, 'chain' | 'args'>): Readonly<Record<string, string>> {
  const env: Record<string, string> = {}
  for (const instruction of chain)
    for (const [name, value] of variablesOf(instruction)) env[name] = expandVariables(value, { ...args, ...env })
  return env
}

/** The stages that a stage is built on, itself the last. */
function ancestry(stage: Stage): readonly Stage[] {
  return stage.parent ? [...ancestry(stage.parent), stage] : [stage]
}

/** The folder that an instruction of a stage is carried out in; `/` where no WORKDIR has said another. */
export function folderAt(stage: Stage, instruction: Instruction, args: Readonly<Record<string, string>>): string {
  let folder = '/'
  for (const each of ancestry(stage).flatMap(({ instructions }) => instructions)) {
    if (each.line >= instruction.line) break
    if (each.keyword === 'WORKDIR') folder = posix.resolve(folder, expandVariables(each.rest.replace(/^["']|["']$/g, ''), args))
  }
  return folder
}

/** A COPY or ADD, taken apart. `from` is another stage or image; without it the sources are of the build context. */
export type Copy = Readonly<{ sources: readonly string[]; to: string; from?: string; owner?: string }>

const flag = (flags: readonly string[], name: string) => flags.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3)

/** What a COPY or ADD brings where; undefined for other instructions, and where there is nothing to bring. */
export function copyOf({ keyword, flags, rest, words, heredocs }: Instruction): Copy | undefined {
  if ((keyword !== 'COPY' && keyword !== 'ADD') || heredocs.length > 0) return undefined
  const all = words ?? wordsOf(rest)
  const to = all.at(-1)
  if (to === undefined || all.length < 2) return undefined
  const from = flag(flags, 'from')
  const owner = flag(flags, 'chown')
  return { sources: all.slice(0, -1), to, ...(from === undefined ? {} : { from }), ...(owner === undefined ? {} : { owner }) }
}

/** A COPY without --from that takes the whole context. */
export function copiesAll(instruction: Instruction): boolean {
  const copy = copyOf(instruction)
  return copy !== undefined && copy.from === undefined && copy.sources.some((source) => /^(\.?\/)*\.?$/.test(source))
}

/** The files of the build context that a COPY or ADD brings in. */
export function broughtBy({ sent, args }: Pick<DockerfileSubject, 'sent' | 'args'>, instruction: Instruction): readonly string[] {
  const copy = copyOf(instruction)
  if (!copy || copy.from !== undefined) return []
  const brings = copiesOf({ all: [instruction.text], inherited: [], values: args })
  return sent.paths.filter(brings)
}

/** The stages that what ships has something from, in the order of the file: what it is built on, and what COPY and mounts take from. */
export function neededStages({ stages, target }: Pick<DockerfileSubject, 'stages' | 'target'>): readonly Stage[] {
  const needed = new Set<Stage>()
  const need = (stage: Stage | undefined): void => {
    if (!stage || needed.has(stage)) return
    needed.add(stage)
    need(stage.parent)
    for (const { flags } of stage.instructions)
      for (const [, name = ''] of flags.join(' ').matchAll(/(?:--|,|=)from=([^\s,]+)/g))
        need(findStage(stages.slice(0, stages.indexOf(stage)), name))
  }
  need(target)
  return stages.filter((stage) => needed.has(stage))
}

/** The last instruction of a kind that what ships has. */
export function lastOf({ chain }: Pick<DockerfileSubject, 'chain'>, keyword: string): Instruction | undefined {
  return chain.findLast((instruction) => instruction.keyword === keyword)
}
