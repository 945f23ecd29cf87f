import { parseDockerfile } from './instruction.ts'

/** A stage of a Dockerfile: what it starts from, with the defaults of ARGs put in, and its name. */
export type DockerfileStage = Readonly<{ base: string; name?: string }>

/** The instructions of a Dockerfile a line each: continued lines joined, comments and the texts of heredocs left out. */
export function instructions(dockerfile: string): readonly string[] {
  return parseDockerfile(dockerfile).map(({ text }) => text)
}

/** Puts variables into `$NAME`, `${NAME}` and `${NAME:-…}`; one that is not known becomes empty. */
export function expandVariables(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$(?:\{(\w+)(?::?-([^}]*))?[^}]*\}|(\w+))/g,
    (_, braced?: string, fallback?: string, plain?: string) => values[braced ?? plain ?? ''] || fallback || '',
  )
}

/** What ARG instructions give by default, with `args` before them. */
export function argumentValues(dockerfile: string, args: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const defaults = instructions(dockerfile).flatMap((line) => {
    const [, name, value] = /^ARG\s+(\w+)=["']?([^"'\s]*)/i.exec(line) ?? []
    return name === undefined ? [] : [[name, value ?? ''] as const]
  })
  return { ...Object.fromEntries(defaults), ...args }
}

/** The stages in order. */
export function dockerfileStages(dockerfile: string, args: Readonly<Record<string, string>> = {}): readonly DockerfileStage[] {
  const values = argumentValues(dockerfile, args)
  return instructions(dockerfile).flatMap((line): readonly DockerfileStage[] => {
    const [, base, name] = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? []
    return base === undefined ? [] : [{ base: expandVariables(base, values), ...(name === undefined ? {} : { name }) }]
  })
}

/** The stage that a name or number asks for, or the last; undefined when there is none. */
export function findStage<Stage extends Readonly<{ name?: string }>>(
  stages: readonly Stage[],
  wanted: string | undefined,
): Stage | undefined {
  return wanted === undefined
    ? stages.at(-1)
    : stages.find(({ name }, index) => name?.toLowerCase() === wanted.toLowerCase() || String(index) === wanted)
}

/** The image that a stage comes from in the end, through the stages it builds on. */
export function baseOf(stages: readonly DockerfileStage[], stage: DockerfileStage): string {
  const before = stages.slice(0, stages.indexOf(stage)).findLast(({ name }) => name?.toLowerCase() === stage.base.toLowerCase())
  return before ? baseOf(stages, before) : stage.base
}

/** The TCP ports that EXPOSE names, in order, as far as they are numbers. */
export function exposedPorts(dockerfile: string, args: Readonly<Record<string, string>> = {}): readonly number[] {
  const values = argumentValues(dockerfile, args)
  return instructions(dockerfile).flatMap((line) => {
    const [, ports] = /^EXPOSE\s+(.+)$/i.exec(line) ?? []
    return expandVariables(ports ?? '', values)
      .split(/\s+/)
      .flatMap((port) => (/^\d{1,5}(\/tcp)?$/i.test(port) ? [Number.parseInt(port, 10)] : []))
  })
}

/** ENTRYPOINT and CMD, the last of each, as words of a command line; what a base image has is not known. */
export function commandWords(dockerfile: string): readonly string[] {
  const lines = instructions(dockerfile)
  return ['ENTRYPOINT', 'CMD'].flatMap((name) => {
    const text = lines
      .findLast((line) => line.toUpperCase().startsWith(`${name} `))
      ?.slice(name.length)
      .trim()
    if (text === undefined) return []
    try {
      return JSON.parse(text) as readonly string[]
    } catch {
      return text.split(/\s+/)
    }
  })
}
