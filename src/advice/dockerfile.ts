import { relative } from 'node:path'
import { readContext } from '../build/context.ts'
import { argumentValues, expandVariables, findStage } from '../build/dockerfile.ts'
import { parseDockerfile } from '../build/instruction.ts'
import type { Files } from '../host/host.ts'
import type { BuildInputs } from '../inputs/inputs.ts'
import { isModelFile } from '../model/artefacts.ts'
import type { DockerfileSubject, Sent, Stage } from './rule.ts'

type Asked = Pick<BuildInputs, 'file' | 'dockerfile' | 'target' | 'args'>

/** The stages with their instructions; `name` compares without case, as BuildKit does. */
export function stagesOf(dockerfile: string, args: Readonly<Record<string, string>>): readonly Stage[] {
  const stages: (Stage & { instructions: DockerfileSubject['instructions'][number][] })[] = []
  for (const instruction of parseDockerfile(dockerfile)) {
    const [, image, name] = /^(\S+)(?:\s+AS\s+(\S+))?/i.exec(instruction.keyword === 'FROM' ? instruction.rest : '') ?? []
    if (image === undefined) stages.at(-1)?.instructions.push(instruction)
    else {
      const base = expandVariables(image, args)
      const parent = stages.findLast((stage) => stage.name?.toLowerCase() === base.toLowerCase())
      stages.push({ base, from: instruction, instructions: [], ...(name === undefined ? {} : { name }), ...(parent ? { parent } : {}) })
    }
  }
  return stages
}

function lineageOf(target: Stage): readonly Stage[] {
  const lineage: Stage[] = []
  for (let stage: Stage | undefined = target; stage; stage = stage.parent) lineage.unshift(stage)
  return lineage
}

/** What rules on a Dockerfile look at; undefined where there is no stage to build. `around` is what is known beside it. */
export function dockerfileSubject(
  asked: Asked,
  around: Readonly<{ workspace: string; sent: Sent; gpu: boolean; now: number }>,
): DockerfileSubject | undefined {
  const args = argumentValues(asked.dockerfile, asked.args)
  const stages = stagesOf(asked.dockerfile, args)
  const target = findStage(stages, asked.target)
  if (!target) return undefined
  const lineage = lineageOf(target)
  const { workspace, ...known } = around
  return {
    file: relative(workspace, asked.file),
    text: asked.dockerfile,
    instructions: parseDockerfile(asked.dockerfile),
    stages,
    target,
    lineage,
    chain: lineage.flatMap(({ instructions }) => instructions),
    base: lineage[0]?.base ?? target.base,
    args,
    ...known,
  }
}

/** What people write by hand is smaller (bytes). */
const longestText = 256 << 10

/** To ask of a file whether it is left out takes some microseconds: of so many, each is asked. */
const mostAsked = 1_000

/** What a build is sent, looked up when a rule first asks for it. */
export function sentFiles(files: Files, { context, file }: Pick<BuildInputs, 'context' | 'file'>, workspace: string): Sent {
  const name = (path: string) => relative(workspace, `${context}/${path}`)
  const own = `${file}.dockerignore`
  const usual = `${context}/.dockerignore`
  const ignore = [own, usual].find((path) => files.kind(path) === 'file')
  let known: Readonly<{ paths: readonly string[]; complete: boolean }> | undefined
  const look = () => {
    if (!known) {
      const { paths, ignores, complete } = readContext(files, context, file)
      // Of many files those in folders that are left out are not here in any case.
      const asked = (path: string) => paths.length <= mostAsked || isModelFile(path)
      known = { paths: ignore === undefined ? paths : paths.filter((path) => !(asked(path) && ignores(path))), complete }
    }
    return known
  }
  return {
    get paths() {
      return look().paths
    },
    get complete() {
      return look().complete
    },
    bytes: (path) => files.stat(`${context}/${path}`)?.bytes ?? 0,
    read: (path) => {
      const bytes = files.stat(`${context}/${path}`)?.bytes
      return bytes === undefined || bytes > longestText ? undefined : files.readUntrusted(`${context}/${path}`)
    },
    name,
    ...(ignore === undefined ? {} : { ignoreFile: relative(workspace, ignore) }),
  }
}
