import { posix } from 'node:path'
import { expandVariables, findStage } from '../build/dockerfile.ts'
import type { Instruction } from '../build/instruction.ts'
import { copyOf, folderAt } from './chain.ts'
import type { DockerfileSubject, Stage } from './rule.ts'

/** A COPY or ADD that takes something from the build context. */
export type Taken = Readonly<{
  /** Paths and patterns from the root of the context; '' is all of it. */
  sources: readonly string[]
  /** Where it goes in the image, absolute; a folder ends with `/`. */
  to: string
  instruction: Instruction
  /** Of the image itself, and not only of a stage that the image takes something from. */
  ships: boolean
}>

/** The stages that the image is made of: its own lineage, and what COPY or a mount takes from others. */
export function stagesMaking({ stages, target, args }: DockerfileSubject): ReadonlySet<Stage> {
  const wanted = new Set<Stage>()
  const want = (stage: Stage | undefined): void => {
    if (!stage || wanted.has(stage)) return
    wanted.add(stage)
    const earlier = stages.slice(0, stages.indexOf(stage))
    for (const { flags } of stage.instructions)
      for (const flag of flags)
        for (const [, from = ''] of flag.matchAll(/(?:^--from=|[=,]from=)([^\s,]+)/g)) want(findStage(earlier, expandVariables(from, args)))
    want(stage.parent)
  }
  want(target)
  return wanted
}

const fromContext = (source: string) => source !== '' && !/^(<<|[a-z][a-z0-9+.-]*:\/\/|git@)/.test(source)
const contextPath = (source: string) => posix.normalize(source.replace(/^(\.?\/)+/, '')).replace(/^\.\/?$|\/+$/g, '')

/** What the image takes from the build context, in the order of the Dockerfile, by the stages that it is made of. */
export function contextCopies(subject: DockerfileSubject): readonly Taken[] {
  const { stages, lineage, args } = subject
  const wanted = stagesMaking(subject)
  return stages
    .filter((stage) => wanted.has(stage))
    .flatMap((stage) =>
      stage.instructions.flatMap((instruction): readonly Taken[] => {
        const copy = copyOf(instruction)
        if (!copy || copy.from !== undefined) return []
        const sources = copy.sources
          .map((source) => expandVariables(source, args))
          .filter(fromContext)
          .map(contextPath)
        if (sources.length === 0) return []
        const to = expandVariables(copy.to, args)
        const absolute = posix.resolve(folderAt(stage, instruction, args), to)
        const isFolder = /(^|\/)\.?$/.test(to) || sources.length > 1
        return [{ sources, to: isFolder && absolute !== '/' ? `${absolute}/` : absolute, instruction, ships: lineage.includes(stage) }]
      }),
    )
}

const isPattern = (source: string) => /[*?[]/.test(source)
const within = (path: string, folder: string) => folder === '' || path === folder || path.startsWith(`${folder}/`)
const bare = (path: string) => path.replace(/\/$/, '')

/**
 * The COPY that takes a path of the context as a part of something larger: a folder above it, or all of the context. One
 * that names the path, or a pattern that fits it, means it.
 */
export function takenAlong(copies: readonly Taken[], path: string): Taken | undefined {
  return copies.find(({ sources }) => sources.some((source) => !isPattern(source) && source !== bare(path) && within(bare(path), source)))
}

/** The COPY that takes a path of the context, by whatever words. */
export function takenBy(copies: readonly Taken[], path: string): Taken | undefined {
  return copies.find(({ sources }) =>
    sources.some((source) => (isPattern(source) ? posix.matchesGlob(bare(path), source) : within(bare(path), source))),
  )
}

/** Where a path of the context lands in the image by a COPY of it or of a folder above it; undefined where it does not take it. */
export function landsAt({ sources, to }: Taken, path: string, isFile = false): string | undefined {
  const source = sources.find((one) => !isPattern(one) && within(path, one))
  if (source === undefined) return undefined
  // A folder gives what is in it, a file goes into the folder under its name.
  if (path === source && isFile && to.endsWith('/')) return posix.join(to, posix.basename(path))
  return posix.join('/', to, path === source ? '' : path.slice(source === '' ? 0 : source.length + 1)).replace(/(?<=.)\/$/, '')
}

/** The path of the context that lies at a path of the image, by the last COPY that puts something there. */
export function comesFrom(copies: readonly Taken[], path: string): string | undefined {
  for (const { sources, to } of copies.toReversed()) {
    const folder = bare(to)
    if (!within(path, folder)) continue
    const below = path.slice(folder.length).replace(/^\//, '')
    const source = sources.findLast((one) => !isPattern(one))
    if (source !== undefined) return posix.join(source, below).replace(/^\.$|\/$/g, '')
  }
  return undefined
}
