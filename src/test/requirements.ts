import { join } from 'node:path'
import type { Files } from '../host/host.ts'
import type { TestInputs } from '../inputs/inputs.ts'
import { pipfileRequirements, poetryRequirements } from './locks.ts'
import { readPyproject } from './pyproject.ts'

/**
 * What the tests need installed. `files`: requirements files of the project. `lines`: requirements worked out from
 * another file. `uv-lock`: what `uv export` makes of it. `project`: the folder as a package, and the requirements of its
 * groups, which are no part of a package. `job`: nothing, the environment of the job is used as it is.
 */
export type Requirements =
  | Readonly<{ kind: 'files'; files: readonly string[] }>
  | Readonly<{ kind: 'lines'; lines: readonly string[]; from: string }>
  | Readonly<{ kind: 'uv-lock'; extras: readonly string[]; groups: readonly string[] }>
  | Readonly<{ kind: 'project'; extras: readonly string[]; lines: readonly string[] }>
  | Readonly<{ kind: 'job' }>
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'unsupported'; file: string; remedy: string }>

const usualFiles = ['requirements.txt', 'requirements-test.txt', 'requirements-dev.txt']

const named = (parts: readonly string[], kind: string) =>
  parts.flatMap((part) => (part.startsWith(`${kind} `) ? [part.slice(kind.length + 1)] : []))

function locked(file: string, read: () => readonly string[]): Requirements {
  try {
    return { kind: 'lines', lines: read(), from: file }
  } catch (error) {
    return {
      kind: 'unsupported',
      file,
      remedy: `it cannot be read (${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}); make it again`,
    }
  }
}

/** Finds what to install, in the order of the README: what was given, requirements files, locks, pyproject.toml, conda. */
export function findRequirements(files: Pick<Files, 'kind' | 'readText'>, folder: string, given: TestInputs['requirements']): Requirements {
  if (given === 'none') return { kind: 'job' }
  if (given !== undefined) return { kind: 'files', files: given }
  const has = (name: string) => files.kind(join(folder, name)) === 'file'
  const read = (name: string) => files.readText(join(folder, name)) ?? ''

  const usual = usualFiles.filter(has)
  if (usual.length > 0) return { kind: 'files', files: usual }
  const pyproject = has('pyproject.toml') ? readPyproject(read('pyproject.toml')) : undefined
  const parts = pyproject?.parts ?? []
  if (has('uv.lock')) return { kind: 'uv-lock', extras: named(parts, 'extra'), groups: named(parts, 'group') }
  if (has('poetry.lock')) return locked('poetry.lock', () => poetryRequirements(read('poetry.lock')))
  if (has('Pipfile.lock')) return locked('Pipfile.lock', () => pipfileRequirements(read('Pipfile.lock')))
  if (pyproject?.dependencies) {
    const from = ['pyproject.toml', ...parts].join(', ')
    return { kind: 'lines', lines: [...pyproject.dependencies, ...pyproject.testDependencies], from }
  }
  if (pyproject && has('pyproject.toml') && /^\s*\[(project|build-system)\]/m.test(read('pyproject.toml')))
    return { kind: 'project', extras: named(parts, 'extra'), lines: pyproject.testDependencies }
  if (pyproject && pyproject.testDependencies.length > 0)
    return { kind: 'lines', lines: pyproject.testDependencies, from: ['pyproject.toml', ...parts].join(', ') }
  for (const file of ['environment.yml', 'environment.yaml']) {
    if (has(file))
      return {
        kind: 'unsupported',
        file,
        remedy: 'make the conda environment in the job (conda-incubator/setup-miniconda) and set test-requirements: none',
      }
  }
  return { kind: 'none' }
}

/** How what was found is told. */
export function requirementsText(requirements: Requirements): string {
  switch (requirements.kind) {
    case 'files':
      return requirements.files.join(', ')
    case 'lines':
      return requirements.from
    case 'uv-lock':
      return ['uv.lock', ...requirements.extras.map((name) => `extra ${name}`), ...requirements.groups.map((name) => `group ${name}`)].join(
        ', ',
      )
    case 'project':
      return 'pyproject.toml, as a package'
    case 'job':
      return 'the environment of the job'
    case 'none':
      return 'no requirements file'
    case 'unsupported':
      return requirements.file
  }
}
