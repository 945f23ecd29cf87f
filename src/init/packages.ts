import { posix } from 'node:path'
import { parse } from 'smol-toml'
import { pipfilePins, requirementsFile } from '../model/pins.ts'
import { readPyproject } from '../test/pyproject.ts'
import type { Folder } from './folder.ts'

/** Who installs the packages of a project, and from which files. */
export type Manager = 'pip' | 'uv' | 'poetry' | 'pipenv' | 'pyproject'

export type Packages = Readonly<{
  manager: Manager
  /** What an installation reads: the file that says what, and all that it takes in. */
  files: readonly string[]
  /** Names of packages as PEP 503 has them; of a lock all of it. */
  names: ReadonlySet<string>
  /** What the files say. */
  text: string
}>

const plain = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-')
const usual = [
  'requirements.txt',
  'requirements/prod.txt',
  'requirements/production.txt',
  'requirements/base.txt',
  'requirements/requirements.txt',
  'requirements-prod.txt',
  'requirements_prod.txt',
] as const

/** `fastapi[standard]` brings a server. */
const withExtras: Readonly<Record<string, readonly string[]>> = {
  'fastapi[standard]': ['uvicorn'],
  'fastapi[all]': ['uvicorn'],
  bentoml: ['uvicorn'],
  litserve: ['uvicorn'],
}

/** The names in a list of requirements, with what some are known to bring. */
function namesIn(lines: readonly string[]): ReadonlySet<string> {
  const found = lines.flatMap((line) => {
    const [, name, extra] = /^\s*([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?/.exec(line) ?? []
    if (name === undefined) return []
    const own = plain(name)
    return [own, ...(withExtras[own] ?? []), ...(withExtras[`${own}${(extra ?? '').replace(/\s/g, '')}`] ?? [])]
  })
  return new Set(found)
}

const lockedNames = (text: string) => new Set([...text.matchAll(/^name = "([^"]+)"$/gm)].map(([, name = '']) => plain(name)))

/** A requirements file with those that it takes in. */
function withTaken(folder: Folder, file: string, seen: ReadonlySet<string> = new Set()): readonly string[] {
  const text = seen.has(file) ? undefined : folder.read(file)
  if (text === undefined) return []
  const taken = [...text.matchAll(/^\s*(?:-c|--constraint)[\s=]+(\S+)/gm)].map(([, name = '']) => name)
  const next = [...requirementsFile(text).included, ...taken].map((name) => posix.join(posix.dirname(file), name))
  return [...new Set([file, ...next.flatMap((one) => withTaken(folder, one, new Set([...seen, file])))])]
}

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** Poetry wrote its own table before it knew of [project]. */
const isPoetry = (text: string) => attempt(() => 'poetry' in ((parse(text)['tool'] ?? {}) as object), false)

/** What installs the packages of a project, the exact before the loose. `also` is a requirements file that counts where there is no other. */
export function findPackages(folder: Folder, also?: string): Packages | undefined {
  const has = (path: string) => folder.paths.includes(path)
  const read = (path: string) => folder.read(path) ?? ''
  const pip = (file: string): Packages => {
    const files = withTaken(folder, file)
    const text = files.map(read).join('\n')
    return { manager: 'pip', files, names: namesIn(text.split(/\r?\n/)), text }
  }
  const lock = (manager: 'uv' | 'poetry', file: string): Packages => ({
    manager,
    files: ['pyproject.toml', file],
    names: lockedNames(read(file)),
    text: read('pyproject.toml'),
  })
  if (has('pyproject.toml') && has('uv.lock')) return lock('uv', 'uv.lock')
  if (has('pyproject.toml') && has('poetry.lock')) return lock('poetry', 'poetry.lock')
  if (has('Pipfile.lock') && has('Pipfile')) {
    const names = attempt(() => pipfilePins(read('Pipfile.lock')).map(({ name }) => name), [])
    return { manager: 'pipenv', files: ['Pipfile', 'Pipfile.lock'], names: new Set(names), text: read('Pipfile') }
  }
  const file = usual.find(has)
  if (file !== undefined) return pip(file)
  if (has('pyproject.toml') && !isPoetry(read('pyproject.toml'))) {
    const dependencies = readPyproject(read('pyproject.toml'))?.dependencies
    if (dependencies)
      return { manager: 'pyproject', files: ['pyproject.toml'], names: namesIn(dependencies), text: dependencies.join('\n') }
  }
  return also !== undefined && has(also) ? pip(also) : undefined
}

/** How it is told. */
export function packagesText({ manager, files }: Packages): string {
  const by = { pip: 'pip', uv: 'uv', poetry: 'Poetry', pipenv: 'Pipenv', pyproject: 'uv, without a lock' }[manager]
  return `${files.join(', ')} (${by})`
}
