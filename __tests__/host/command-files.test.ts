import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { appendArtifact, appendVariable, watchCommandFiles } from '../../src/host/command-files.ts'
import { cacheServiceGiven } from '../../src/host/environment.ts'

import { parseFileCommands } from '../e2e/action.ts'

const root = mkdtempSync(join(tmpdir(), 'command-files-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const env = {
  GITHUB_ENV: join(root, 'env'),
  GITHUB_OUTPUT: join(root, 'output'),
  GITHUB_PATH: join(root, 'not-there'),
  OTHER: join(root, 'other'),
}

describe('the files by which a step speaks to the runner', () => {
  beforeEach(() => {
    writeFileSync(env.GITHUB_ENV, 'A=1\n')
    writeFileSync(env.GITHUB_OUTPUT, '')
    rmSync(env.GITHUB_PATH, { force: true })
  })
  test('are as they were when nobody wrote', () => expect(watchCommandFiles(env).changed()).toEqual([]))
  test('are told when somebody wrote, made or removed one', () => {
    const files = watchCommandFiles(env)
    appendFileSync(env.GITHUB_ENV, 'LD_PRELOAD=/x\n')
    writeFileSync(env.GITHUB_PATH, '/evil\n')
    writeFileSync(env.OTHER, 'x')
    rmSync(env.GITHUB_OUTPUT)
    expect(files.changed()).toEqual(['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT'])
  })
  test('are told also when it has the same size and was dated back', () => {
    const { atime, mtime } = statSync(env.GITHUB_ENV)
    const files = watchCommandFiles(env)
    writeFileSync(env.GITHUB_ENV, 'B=2\n')
    utimesSync(env.GITHUB_ENV, atime, mtime)
    expect(files.changed()).toEqual(['GITHUB_ENV'])
  })
  test('are not told when it was we who wrote, but then what somebody else wrote before', () => {
    const files = watchCommandFiles(env)
    files.writing(() => appendFileSync(env.GITHUB_OUTPUT, 'digest=x\n'))
    expect(files.changed()).toEqual([])
    appendFileSync(env.GITHUB_ENV, 'B=2\n')
    files.writing(() => appendFileSync(env.GITHUB_ENV, 'C=3\n'))
    expect(files.changed()).toEqual(['GITHUB_ENV'])
  })
})

test.each([
  [{ ACTIONS_RUNTIME_TOKEN: 't', ACTIONS_RESULTS_URL: 'u' }, true],
  [{ ACTIONS_RUNTIME_TOKEN: 't', ACTIONS_CACHE_URL: 'u' }, true],
  [{ ACTIONS_RUNTIME_TOKEN: 't', ACTIONS_RESULTS_URL: 'u', ACTIONS_CACHE_MODE: 'read' }, true],
  [{ ACTIONS_RUNTIME_TOKEN: 't', ACTIONS_RESULTS_URL: 'u', ACTIONS_CACHE_MODE: 'none' }, false],
  [{ ACTIONS_RUNTIME_TOKEN: 't' }, false],
  [{ ACTIONS_RESULTS_URL: 'u' }, false],
  [{}, false],
])('the runner gives the cache service with %j: %s', (job, given) => expect(cacheServiceGiven(job)).toBe(given))

test('a variable for later steps is one also when it holds lines that look like commands', () => {
  const path = join(root, 'variables')
  writeFileSync(path, '')
  appendVariable(path, 'A', 'one\nB<<x\ntwo\nx')
  appendVariable(path, 'C', '')
  expect(parseFileCommands(readFileSync(path, 'utf8'))).toEqual({ A: 'one\nB<<x\ntwo\nx', C: '' })
  appendVariable(undefined, 'A', 'nowhere')
})

describe('what is pushed', () => {
  const path = join(root, 'artifacts')
  const image = (name: string) => `oci://ghcr.io/acme/${name}@sha256:${'d1'.repeat(32)}`
  test('is told to the runner, one a line, behind what is there; it is no change by somebody else', () => {
    writeFileSync(path, 'dist/model.bin\n')
    const files = watchCommandFiles({ GITHUB_ARTIFACTS: path })
    files.writing(() => ['iris', 'churn'].map(image).forEach((one) => void appendArtifact(path, one)))
    expect(readFileSync(path, 'utf8')).toBe(`dist/model.bin\n${image('iris')}\n${image('churn')}\n`)
    expect(files.changed()).toEqual([])
  })
  test('is told to nobody by a runner that does not know the file', () =>
    expect(() => appendArtifact(undefined, image('iris'))).not.toThrow())
})
