import { describe, expect, test } from '@jest/globals'
import { inputsOf, problemsOf, reasonsOf, workspaceFiles } from './reading.ts'

const monorepo = {
  '/repo/Dockerfile': 'FROM scratch\n',
  '/repo/services/iris/Dockerfile': 'FROM python:3.11\n',
  '/repo/services/iris/requirements/ci.txt': 'pytest\n',
  '/repo/services/iris/samples/body.json': '{"features": [1]}\n',
  '/repo/services/iris/samples/answer.json': '{"prediction": 0}\n',
  '/repo/services/iris/samples/answer.re': '/setosa/\n',
  '/repo/docker/serve.Dockerfile': 'FROM python:3.11\n',
  '/etc/hostname': 'elsewhere',
  '/etc/Dockerfile': 'FROM scratch\n',
}

describe('context and working-directory start from the workspace; given only one, the other is the same folder', () => {
  test.each([
    [{}, '/repo', '/repo', '/repo/Dockerfile'],
    [{ context: 'services/iris' }, '/repo/services/iris', '/repo/services/iris', '/repo/services/iris/Dockerfile'],
    [{ 'working-directory': './services/iris/' }, '/repo/services/iris', '/repo/services/iris', '/repo/services/iris/Dockerfile'],
    [{ context: '.', 'working-directory': 'services/iris' }, '/repo', '/repo/services/iris', '/repo/Dockerfile'],
    [
      { context: 'services/iris', file: 'docker/serve.Dockerfile' },
      '/repo/services/iris',
      '/repo/services/iris',
      '/repo/docker/serve.Dockerfile',
    ],
    [{ context: '/repo/services/iris' }, '/repo/services/iris', '/repo/services/iris', '/repo/services/iris/Dockerfile'],
  ])('%j', (given, context, workingDirectory, file) => {
    const inputs = inputsOf(given, { files: monorepo })
    expect({ context: inputs.build.context, workingDirectory: inputs.workingDirectory, file: inputs.build.file }).toEqual({
      context,
      workingDirectory,
      file,
    })
    expect(inputs.build.dockerfile).toBe(monorepo[file as keyof typeof monorepo])
  })
  test('everything else starts from the working directory', () => {
    const given = { context: '.', 'working-directory': 'services/iris', 'test-requirements': 'requirements/ci.txt' }
    const files = { 'predict-body': '@samples/body.json', 'predict-expect': '@samples/answer.json' }
    const inputs = inputsOf({ ...given, ...files }, { files: monorepo })
    expect(inputs.test.requirements).toEqual(['requirements/ci.txt'])
    expect(inputs.smoke.predictBody).toBe('{"features": [1]}\n')
    expect(inputs.smoke.expectation).toEqual({ kind: 'json', value: { prediction: 0 } })
  })
})

describe('what is not there, or not in the workspace, is refused', () => {
  const links = { '/repo/away': '/etc', '/repo/near': '/repo/services', '/repo/services/iris/secret.json': '/etc/hostname' }
  test.each([
    [{ 'working-directory': 'services/irsi', file: 'Dockerfile' }, 'working-directory is not a folder in the workspace'],
    [{ context: 'Dockerfile', file: 'Dockerfile' }, 'context is not a folder in the workspace'],
    [{ context: '/etc' }, 'context leads out of the workspace'],
    [{ context: '../etc' }, 'context leads out of the workspace'],
    [{ context: 'away' }, 'context leads out of the workspace'],
    [{ file: '../etc/Dockerfile' }, 'file leads out of the workspace'],
    [{ file: 'away/Dockerfile' }, 'file leads out of the workspace'],
    [{ file: 'docker' }, 'file is not there'],
    [{ 'predict-body': '@nope.json' }, 'predict-body names a file that cannot be read'],
    [{ 'predict-body': '@/etc/hostname' }, 'predict-body names a file outside the workspace'],
    [{ context: 'services/iris', 'predict-body': '@secret.json' }, 'predict-body names a file outside the workspace'],
    [{ context: 'https://github.com/acme/iris.git' }, 'context is a git or remote context'],
    [{ context: 'git' }, 'context is a git or remote context'],
    [{ 'working-directory': 'git@github.com:acme/iris' }, 'working-directory is a git or remote context'],
  ])('%j: %s', (given, reason) => {
    const reasons = reasonsOf(given, { files: monorepo, links })
    expect(reasons.filter((text) => !text.startsWith('file ') || 'file' in given)).toContainEqual(expect.stringMatching(`^${reason}`))
  })
  test('a link that stays inside is followed', () => {
    expect(inputsOf({ context: 'near/iris' }, { files: monorepo, links }).build.context).toBe('/repo/near/iris')
  })
  test('on a laptop all of the machine may be named', () => {
    expect(
      reasonsOf({ context: '/etc', 'predict-body': '@/repo/services/iris/samples/body.json' }, { files: monorepo, kind: 'terminal' }),
    ).toEqual([])
  })
  test('an empty workspace is told to check the code out', () => {
    expect(reasonsOf({}, { files: {} })).toEqual([expect.stringContaining('add actions/checkout before this step')])
  })
})

test('a folder that is not there is one problem, not also a missing Dockerfile in it', () => {
  expect(problemsOf({ context: 'nope' })).toHaveLength(1)
})

test('a folder whose name begins with two dots is in the workspace', () => {
  expect(reasonsOf({ context: '..data' }, { files: { '/repo/..data/Dockerfile': 'FROM scratch\n' } })).toEqual([])
})

test('a regular expression from a file may end in the line break that every editor puts there', () => {
  const given = { context: 'services/iris', 'predict-body': '{}', 'predict-expect': '@samples/answer.re' }
  expect(inputsOf(given, { files: monorepo }).smoke.expectation).toEqual({ kind: 'pattern', pattern: /setosa/ })
})

describe('a target is a stage of the Dockerfile, by name or number', () => {
  const dockerfile = 'ARG V=3\n# FROM no AS comment\nfrom --platform=linux/amd64 python:$V as Base\n  FROM Base AS serve\nFROM scratch\n'
  const files = { ...workspaceFiles, '/repo/Dockerfile': dockerfile }
  test.each(['Base', 'base', 'serve', '0', '2'])('%s', (target) => expect(inputsOf({ target }, { files }).build.target).toBe(target))
  test.each(['comment', '3', 'python', 'serve2'])('%s is none', (target) =>
    expect(reasonsOf({ target }, { files })).toEqual(['target is no stage of the Dockerfile; its stages are Base, serve']),
  )
})

test('a stage may be named on a continued line', () => {
  const files = { ...workspaceFiles, '/repo/Dockerfile': 'FROM python:3.11-slim \\\n  AS serve\n' }
  expect(inputsOf({ target: 'serve' }, { files }).build.target).toBe('serve')
})
