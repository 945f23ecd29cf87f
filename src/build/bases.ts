import { parseImageName } from '../plan/image-name.ts'

/** Every image that a Dockerfile starts or copies from: not its own stages, not `scratch`. */
export function baseImages(dockerfile: string): readonly string[] {
  const stages = new Set([...dockerfile.matchAll(/^\s*FROM\s.*\sAS\s+(\S+)\s*$/gim)].map(([, name = '']) => name.toLowerCase()))
  const named = [
    ...dockerfile.matchAll(/^\s*RUN\s(?:.*\s)?--mount=\S*\bfrom=([^\s,]+)/gim),
    ...dockerfile.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)/gim),
    ...dockerfile.matchAll(/^\s*COPY\s(?:.*\s)?--from=(\S+)/gim),
  ]
  return named.map(([, name = '']) => name).filter((name) => name !== 'scratch' && !/^\d+$/.test(name) && !stages.has(name.toLowerCase()))
}

/**
 * Whether a build may have to log in to `registry`: a base image is there (on Docker Hub: one of an account, the
 * official ones are for everybody). Build arguments in its name are put in.
 */
export function mayNeedLogin(registry: string, dockerfile: string, args: Readonly<Record<string, string>>): boolean {
  const defaults = Object.fromEntries(
    [...dockerfile.matchAll(/^\s*ARG\s+(\w+)=["']?([^"'\s]*)/gim)].map(([, name = '', value = '']) => [name, value]),
  )
  const values: Readonly<Record<string, string>> = { ...defaults, ...args }
  const expanded = (text: string) =>
    text.replace(/\$(?:\{(\w+)[^}]*\}|(\w+))/g, (_, braced?: string, plain?: string) => values[braced ?? plain ?? ''] ?? '')
  return baseImages(dockerfile).some((base) => {
    try {
      const name = parseImageName(
        expanded(base)
          .replace(/@.*$/, '')
          .replace(/:[^:/]+$/, ''),
      )
      return name.registry === registry && !(registry === 'docker.io' && name.path.startsWith('library/'))
    } catch {
      return false
    }
  })
}
