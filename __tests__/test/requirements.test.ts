import { describe, expect, test } from '@jest/globals'
import { findRequirements, type Requirements, requirementsText } from '../../src/test/requirements.ts'
import { createFiles } from '../memory-files.ts'

const projectOf = (files: Readonly<Record<string, string>>) =>
  createFiles(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/repo/${name}`, text])))
const find = (files: Readonly<Record<string, string>>) => findRequirements(projectOf(files), '/repo', undefined)

const pyproject =
  '[project]\nname = "iris"\ndependencies = ["fastapi"]\n[project.optional-dependencies]\ntest = ["pytest"]\n[dependency-groups]\ndev = ["ruff"]\n'
const poetry = '[[package]]\nname = "a"\nversion = "1"\n'

describe('what is installed is what was given, else requirements files, locks, pyproject.toml, in this order', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, Requirements]>([
    [
      'requirements files of the usual names',
      { 'requirements-dev.txt': '', 'requirements.txt': '', 'requirements.in': '', 'uv.lock': '' },
      { kind: 'files', files: ['requirements.txt', 'requirements-dev.txt'] },
    ],
    [
      'uv.lock, with the parts for tests',
      { 'uv.lock': '', 'pyproject.toml': pyproject, 'poetry.lock': poetry },
      { kind: 'uv-lock', extras: ['test'], groups: ['dev'] },
    ],
    ['poetry.lock', { 'poetry.lock': poetry, 'Pipfile.lock': '{}' }, { kind: 'lines', lines: ['a==1'], from: 'poetry.lock' }],
    [
      'Pipfile.lock',
      { 'Pipfile.lock': '{"default":{"a":{"version":"==1"}}}', 'pyproject.toml': pyproject },
      { kind: 'lines', lines: ['a==1'], from: 'Pipfile.lock' },
    ],
    [
      'pyproject.toml',
      { 'pyproject.toml': pyproject },
      { kind: 'lines', lines: ['fastapi', 'pytest', 'ruff'], from: 'pyproject.toml, extra test, group dev' },
    ],
    [
      'a package whose dependencies are worked out when it is built',
      { 'pyproject.toml': '[project]\nname = "a"\ndynamic = ["dependencies"]\n[project.optional-dependencies]\ntest = ["x"]\n' },
      { kind: 'project', extras: ['test'], lines: ['x'] },
    ],
    ['a package of another tool', { 'pyproject.toml': '[build-system]\nrequires = []\n' }, { kind: 'project', extras: [], lines: [] }],
    ['settings alone', { 'pyproject.toml': '[tool.ruff]\nx = 1\n' }, { kind: 'none' }],
    [
      'conda',
      { 'environment.yml': '' },
      { kind: 'unsupported', file: 'environment.yml', remedy: expect.stringContaining('test-requirements: none') as unknown as string },
    ],
    ['nothing', {}, { kind: 'none' }],
  ])('%s', (_, files, expected) => expect(find(files)).toEqual(expected))
  test('what was given is before all', () => {
    expect(findRequirements(projectOf({ 'requirements.txt': '' }), '/repo', ['ci.txt'])).toEqual({ kind: 'files', files: ['ci.txt'] })
    expect(findRequirements(projectOf({ 'requirements.txt': '' }), '/repo', 'none')).toEqual({ kind: 'job' })
  })
  test('a folder of that name is no file', () => expect(find({ 'requirements.txt/README': '' })).toEqual({ kind: 'none' }))
  test('groups are installed where there is no project (PEP 735)', () => {
    expect(find({ 'pyproject.toml': '[dependency-groups]\ntest = ["respx"]\n' })).toMatchObject({ lines: ['respx'] })
  })
  test.each([
    ['poetry.lock', 'no = TOML ='],
    ['Pipfile.lock', 'no JSON'],
  ])('a %s that cannot be read is told as what it is', (name, text) => expect(find({ [name]: text })).toMatchObject({ file: name }))
})

test.each<readonly [Requirements, string]>([
  [{ kind: 'files', files: ['a', 'b'] }, 'a, b'],
  [{ kind: 'lines', lines: ['x'], from: 'poetry.lock' }, 'poetry.lock'],
  [{ kind: 'uv-lock', extras: ['test'], groups: ['dev'] }, 'uv.lock, extra test, group dev'],
  [{ kind: 'project', extras: [], lines: [] }, 'pyproject.toml, as a package'],
  [{ kind: 'job' }, 'the environment of the job'],
  [{ kind: 'none' }, 'no requirements file'],
  [{ kind: 'unsupported', file: 'environment.yml', remedy: 'x' }, 'environment.yml'],
])('%j is told as %s', (requirements, text) => expect(requirementsText(requirements)).toBe(text))
