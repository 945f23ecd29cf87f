import { pythonReleases } from '../advice/rules/dockerfile/releases.ts'
import { readPyproject } from '../test/pyproject.ts'
import type { Folder } from './folder.ts'
import { newestWithWheels } from './wheels.ts'

/** A line of Python, `3.12`, and what says so. */
export type ChosenPython = Readonly<{ version: string; from: string }>

const minorIn = (text: string | undefined, pattern: RegExp) => pattern.exec(text ?? '')?.[1]

/** What names one Python: the pattern's group is its line. The first file that is there and has it counts. */
const sources: readonly Readonly<{ file: string; pattern: RegExp }>[] = [
  { file: '.python-version', pattern: /^\s*(?:python-|cpython-)?(3\.\d+)/m },
  { file: '.tool-versions', pattern: /^python\s+(3\.\d+)/m },
  { file: 'mise.toml', pattern: /^python\s*=\s*"(3\.\d+)/m },
  { file: 'runtime.txt', pattern: /^python-(3\.\d+)/m },
  { file: 'Pipfile', pattern: /^python(?:_full)?_version\s*=\s*"(3\.\d+)/m },
  { file: 'pyproject.toml', pattern: /^requires-python\s*=\s*["'](?:==|~=)\s*(3\.\d+)\.(?:\*|\d+)["']/m },
  { file: 'pyproject.toml', pattern: /^python\s*=\s*["'](?:==|~|~=)?\s*(3\.\d+)(?:\.(?:\*|\d+))?["']/m },
]

type Bounds = Readonly<{ low: number; high: number }>

/** What `>=3.10,<3.13` or `^3.11` allows, as minor versions, both ends in it. */
function boundsOf(specifier: string): Bounds {
  const [, low] = /(?:>=|\^|~=)\s*3\.(\d+)/.exec(specifier) ?? []
  const [, below] = /<\s*3\.(\d+)/.exec(specifier) ?? []
  const [, most] = /<=\s*3\.(\d+)/.exec(specifier) ?? []
  const high = most !== undefined ? Number(most) : below !== undefined ? Number(below) - 1 : Number.POSITIVE_INFINITY
  return { low: Number(low ?? 0), high }
}

/** The newest line that is mended, but for the very newest, for which many packages have no wheels yet. */
function newest(now: number, { low, high }: Bounds): string {
  const alive = pythonReleases.filter(({ ends }) => Date.parse(ends) > now).map(({ name }) => name)
  const minor = (name: string) => Number(name.split('.')[1])
  const fits = alive.filter((name) => minor(name) >= low && minor(name) <= high)
  return fits.toReversed().find((name) => name !== alive.at(-1)) ?? fits.at(-1) ?? alive.at(-2) ?? '3.13'
}

/**
 * The Python that a project is for: what its files name, what its virtual environment was made with (`environment` is the text
 * of pyvenv.cfg), what its workflows test with, what its notebook ran on; else a new one that its
 * own limits allow, and that what it pins (`pinned` is the text of its requirements) has wheels for.
 */
export function choosePython(folder: Folder, environment: string | undefined, pinned: string, now: number): ChosenPython {
  for (const { file, pattern } of sources) {
    const version = folder.paths.includes(file) ? minorIn(folder.read(file), pattern) : undefined
    if (version !== undefined) return { version, from: file }
  }
  const venv = minorIn(environment, /^version(?:_info)?\s*=\s*(3\.\d+)/m)
  if (venv !== undefined) return { version: venv, from: '.venv' }
  for (const path of folder.paths.filter((one) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(one))) {
    const version = minorIn(folder.read(path), /^\s*python-version:\s*["']?(3\.\d+)/m)
    if (version !== undefined) return { version, from: path }
  }
  for (const path of folder.paths.filter((one) => one.endsWith('.ipynb'))) {
    const version = minorIn(folder.read(path), /"language_info"[\s\S]*?"version":\s*"(3\.\d+)/)
    if (version !== undefined) return { version, from: path }
  }
  const pyproject = folder.read('pyproject.toml') ?? ''
  const specifier = readPyproject(pyproject)?.requiresPython ?? minorIn(pyproject, /^python\s*=\s*["']([^"']*)["']/m)
  const limit = newestWithWheels(pinned)
  const { low, high } = boundsOf(specifier ?? '')
  const version = newest(now, { low, high: Math.min(high, limit?.minor ?? Number.POSITIVE_INFINITY) })
  if (limit && version === `3.${limit.minor}`) return { version, from: `${limit.pin} has wheels up to it` }
  return { version, from: specifier === undefined ? 'nothing says which' : `pyproject.toml: ${specifier}` }
}
