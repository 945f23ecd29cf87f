import { basename, posix } from 'node:path'
import { readPyproject } from '../test/pyproject.ts'
import { commandsOf, copiesOf, type Recipe } from './copied.ts'
import { installedByRun, type Pin, pinOf, pipfilePins, poetryPins, requirementsFile, uvPins } from './pins.ts'

/** The text of a file of the build context, by its path there. */
type Read = (path: string) => string | undefined

/** A lock, what in a RUN instruction installs from it, and its pins. */
const locks: readonly Readonly<{ file: string; used: RegExp; pins: (text: string) => readonly Pin[] }>[] = [
  { file: 'uv.lock', used: /\buv\s+(\S+\s+)*?(sync|export|run)\b/, pins: uvPins },
  { file: 'poetry.lock', used: /\bpoetry\s+(\S+\s+)*?(install|sync|export)\b/, pins: poetryPins },
  { file: 'Pipfile.lock', used: /\bpipenv\s+(\S+\s+)*?(install|sync|requirements)\b/, pins: pipfilePins },
  {
    file: 'pyproject.toml',
    used: /\bpip3?\s+(\S+\s+)*?install\s+(\S+\s+)*["']?\.(\[[^\]]*\])?["']?(\s|$)/,
    pins: (text) => (readPyproject(text)?.dependencies ?? []).flatMap((requirement) => pinOf(requirement) ?? []),
  },
]

/** The file of the context that a path in an image means: the one of that name, or the only one that ends so. */
function fileMeant(path: string, candidates: readonly string[]): string | undefined {
  const parts = posix.normalize(path).split('/').filter(Boolean)
  for (let i = 0; i < parts.length; i++) {
    const ending = parts.slice(i).join('/')
    const exact = candidates.find((candidate) => candidate === ending)
    const alike = candidates.filter((candidate) => candidate.endsWith(`/${ending}`))
    if (exact !== undefined) return exact
    if (alike.length > 0) return alike.length === 1 ? alike[0] : undefined
  }
  return undefined
}

/**
 * The pins of what the Dockerfile installs, by name in it or from the files that it names. Files that it does not use
 * say nothing of the image.
 */
export function installedPins(recipe: Recipe, paths: readonly string[], read: Read): readonly Pin[] {
  const copied = copiesOf(recipe)
  const mounts = recipe.all.some((line) => /^RUN\s.*--mount=\S*type=bind/i.test(line))
  const runs = commandsOf(recipe)
  const { pins, files } = installedByRun(runs)
  const wanted = new Set([...locks.map(({ file }) => file), ...files.map((file) => basename(file))])
  const candidates = paths.filter((path) => wanted.has(basename(path)) && (mounts || copied(path)))
  const fromFile = (path: string, seen: ReadonlySet<string>): readonly Pin[] => {
    const text = seen.has(path) || !paths.includes(path) ? undefined : read(path)
    if (text === undefined) return []
    const { pins, included } = requirementsFile(text)
    const beside = included.map((other) => posix.join(posix.dirname(path), other))
    return [...pins, ...beside.flatMap((other) => fromFile(other, new Set([...seen, path])))]
  }
  const locked = locks.flatMap(({ file, used, pins: pinsIn }): readonly Pin[] => {
    const path = runs.some((line) => used.test(line)) ? fileMeant(file, candidates) : undefined
    try {
      return path === undefined ? [] : pinsIn(read(path) ?? '')
    } catch {
      // A lock that cannot be read is told by the tests, which are installed from it.
      return []
    }
  })
  return [...pins, ...files.flatMap((file) => fromFile(fileMeant(file, candidates) ?? '', new Set())), ...locked]
}
