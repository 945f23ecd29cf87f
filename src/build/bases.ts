import { parseImageName } from '../plan/image-name.ts'
import { argumentValues, dockerfileStages, expandVariables, instructions } from './dockerfile.ts'

/** Every image that a Dockerfile starts from, copies from or mounts: not its own stages, not `scratch`. */
export function baseImages(dockerfile: string, args: Readonly<Record<string, string>> = {}): readonly string[] {
  const stages = dockerfileStages(dockerfile, args)
  const own = new Set(stages.flatMap(({ name }) => name?.toLowerCase() ?? []))
  const values = argumentValues(dockerfile, args)
  const named = instructions(dockerfile).flatMap((line) => {
    const copied = /^COPY\s(?:.*\s)?--from=(\S+)/i.exec(line)?.[1]
    const mounted = /^RUN\s(?:.*\s)?--mount=\S*\bfrom=([^\s,]+)/i.exec(line)?.[1]
    return [copied, mounted].flatMap((name) => (name === undefined ? [] : [expandVariables(name, values)]))
  })
  return [...stages.map(({ base }) => base), ...named].filter(
    (name) => name !== '' && name !== 'scratch' && !/^\d+$/.test(name) && !own.has(name.toLowerCase()),
  )
}

/**
 * Whether a build may have to log in to `registry`: a base image is there (on Docker Hub: one of an account, the
 * official ones are for everybody). Build arguments in its name are put in.
 */
export function mayNeedLogin(registry: string, dockerfile: string, args: Readonly<Record<string, string>>): boolean {
  return baseImages(dockerfile, args).some((base) => {
    try {
      const name = parseImageName(base.replace(/@.*$/, '').replace(/:[^:/]+$/, ''))
      return name.registry === registry && !(registry === 'docker.io' && name.path.startsWith('library/'))
    } catch {
      return false
    }
  })
}
