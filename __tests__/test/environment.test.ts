import { describe, expect, test } from '@jest/globals'
import { installCommand, venvCommand } from '../../src/test/environment.ts'
import type { Requirements } from '../../src/test/requirements.ts'
import { createFiles } from '../memory-files.ts'
import { folder, make, red, venv } from './making.ts'

describe('the commands that make an environment', () => {
  const python = { python: '/opt/python3', managed: false }
  test.each([
    [venvCommand('uv', python, '/v'), 'uv venv --quiet --no-project --python /opt/python3 /v'],
    [venvCommand(undefined, python, '/v'), '/opt/python3 -m venv /v'],
    [installCommand('/t/uv', '/v', ['-r', 'a']), '/t/uv pip install --python /v/bin/python --index-strategy unsafe-best-match -r a'],
    [installCommand(undefined, '/v', ['.']), '/v/bin/python -m pip install --disable-pip-version-check .'],
  ])('%#', (argv, expected) => expect(argv.join(' ')).toBe(expected))
})

test.each([
  ['there', 'uv'],
  ['fetched', `${folder}/uv/bin/uv`],
] as const)('uv where it is %s; the environment comes first on PATH', async (uv, command) => {
  const { outcome, made } = await make({ uv })
  const variables = { VIRTUAL_ENV: venv, PATH: `${venv}/bin:/usr/bin` }
  const how = 'Python 3.11.9 (of the job), uv, requirements.txt'
  expect(outcome).toMatchObject({ kind: 'passed', value: { variables, python: `${venv}/bin/python`, version: '3.11.9', how } })
  expect(made).toEqual([
    `${command} venv --quiet --no-project --python python3 ${venv}`,
    `${command} pip install --python ${venv}/bin/python --index-strategy unsafe-best-match -r requirements.txt pytest httpx`,
  ])
})

test('pip where uv cannot be had, without a cache of its packages', async () => {
  const { outcome, made } = await make({ uv: 'none' })
  expect(outcome).toMatchObject({ value: { how: 'Python 3.11.9 (of the job), pip, requirements.txt' } })
  expect(outcome).not.toHaveProperty('value.cache')
  expect(made).toEqual([
    `python3 -m venv ${venv}`,
    `${venv}/bin/python -m pip install --disable-pip-version-check -r requirements.txt pytest httpx`,
  ])
})

describe('what is installed', () => {
  test.each<readonly [string, Requirements, string, string | undefined]>([
    ['files', { kind: 'files', files: ['a.txt', 'b.txt'] }, '-r a.txt -r b.txt pytest httpx', undefined],
    ['lines', { kind: 'lines', lines: ['a==1', 'b'], from: 'x' }, `-r ${folder}/requirements.txt pytest httpx`, 'a==1\nb\n'],
    ['the project', { kind: 'project', extras: [], lines: [] }, '. pytest httpx', undefined],
    ['the project with extras', { kind: 'project', extras: ['test', 'dev'], lines: [] }, '.[test,dev] pytest httpx', undefined],
    [
      'the project with its groups',
      { kind: 'project', extras: [], lines: ['pytest-cov>=5'] },
      `. -r ${folder}/requirements.txt pytest httpx`,
      'pytest-cov>=5\n',
    ],
    ['no requirements', { kind: 'none' }, 'pytest httpx', undefined],
    ['uv.lock', { kind: 'uv-lock', extras: [], groups: [] }, `-r ${folder}/requirements.txt pytest httpx`, 'a==1\n\n'],
  ])('%s', async (_, requirements, sources, written) => {
    const { made, listed } = await make({ requirements, capture: { 'uv export': { stdout: 'a==1\n' } } })
    expect(made.at(-1)?.split('unsafe-best-match ')[1]).toBe(sources)
    expect(listed).toBe(written)
  })
  test('of uv.lock what uv exports, with the extras and groups of the tests', async () => {
    const requirements = { kind: 'uv-lock', extras: ['test'], groups: ['dev'] } as const
    const { made } = await make({ requirements, capture: { 'uv export': {} } })
    expect(made[0]).toBe('uv export --quiet --frozen --no-emit-project --no-hashes --extra test --group dev')
  })
  test('nothing for the environment of the job, which is its python3', async () => {
    const { outcome, host } = await make({ requirements: { kind: 'job' } })
    expect(outcome).toEqual({ kind: 'passed', value: { variables: {}, python: 'python3', how: 'the environment of the job' } })
    expect(host.argvs()).toEqual([])
  })
})

test('the installer gets its own settings and nothing else of the job, and runs in the folder of the project', async () => {
  const { host } = await make({})
  for (const { env } of host.commands) expect(env).toEqual({ PATH: '/usr/bin', UV_INDEX_URL: 'https://u:p@index' })
  expect(host.commands.slice(-2).map(({ cwd }) => cwd)).toEqual(['/repo', '/repo'])
})

describe('a src folder is importable', () => {
  const project = createFiles({ '/repo/src/iris/__init__.py': '' })
  test.each([
    [{}, '/repo/src'],
    [{ PYTHONPATH: '/lib' }, '/repo/src:/lib'],
  ])('with %j of the job', async (env, path) => {
    expect((await make({ project, env })).outcome).toMatchObject({ value: { variables: { PYTHONPATH: path } } })
  })
  test('no PYTHONPATH is made where there is none', async () => {
    expect((await make({})).outcome).not.toHaveProperty('value.variables.PYTHONPATH')
  })
})

describe('where uv cannot install, pip tries once more', () => {
  test('with one notice, and it is told who installed', async () => {
    const { host, made, outcome } = await make({ stream: { 'uv pip install --python': red } })
    expect(made.slice(2)).toEqual([
      `uv pip install --quiet --python ${venv}/bin/python pip`,
      `${venv}/bin/python -m pip install --disable-pip-version-check -r requirements.txt pytest httpx`,
    ])
    expect(host.notices).toEqual(['uv could not install the requirements; trying once more with pip.'])
    expect(outcome).toMatchObject({ value: { how: 'Python 3.11.9 (of the job), pip, requirements.txt' } })
  })
  test('and where that fails too the run is red, with the last lines', async () => {
    const { outcome, printed } = await make({ stream: { 'uv pip install --python': red, [`${venv}/bin/python`]: red } })
    const message = 'requirements.txt with pytest and httpx could not be installed (pip).'
    expect(outcome).toEqual({
      kind: 'failed',
      red: { code: 'tests-install-failed', message, evidence: [...red.lines, ...red.lines] },
    })
    expect(printed).toEqual([...red.lines, ...red.lines])
  })
  test('nor is there a pip for it', async () => {
    const { made, outcome } = await make({ stream: { 'uv pip install': red } })
    expect(outcome).toMatchObject({ red: { code: 'tests-install-failed', message: expect.stringContaining('(pip)') } })
    expect(made).toHaveLength(3)
  })
  test('but not where it was stopped', async () => {
    const { host, made, outcome } = await make({ stream: { 'uv pip install': { ended: { kind: 'stopped' } } } })
    expect([outcome.kind, made.length, host.notices]).toEqual(['stopped', 2, []])
  })
})
