import dockerignore from '@balena/dockerignore'

/** A pattern that is no regular expression in the end, such as `(`: BuildKit refuses the file, and says so by itself. */
function isSound(pattern: string): boolean {
  try {
    dockerignore.default({ ignorecase: false }).add([pattern]).ignores('x')
    return true
  } catch {
    return false
  }
}

/**
 * Whether a path, from the build context, is left out of a build by the text of a `.dockerignore`. Slow: a pattern is gone
 * through for each folder of the path. Source: https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function ignoredBy(rules: string): (path: string) => boolean {
  const ignored = dockerignore.default({ ignorecase: false }).add(rules.split(/\r?\n/).filter(isSound))
  return (path) => ignored.ignores(path)
}
