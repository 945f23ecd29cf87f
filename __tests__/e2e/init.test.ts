import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { bundle, example, fixture } from './action.ts'
import { openShipyard } from './examples/ship.ts'

/** What init is to write. */
const stripped = ['Dockerfile', '.dockerignore', '.github', 'tests/golden.json']

/** A repository without them, as its owner has it before init. */
function checkOut(source: string, folder: string): void {
  cpSync(source, folder, { recursive: true })
  for (const name of stripped) rmSync(join(folder, name), { recursive: true, force: true })
  execFileSync('git', ['init', '--quiet', '--initial-branch', 'main'], { cwd: folder })
}

function init(folder: string, ...words: readonly string[]) {
  const { status, stdout } = spawnSync(process.execPath, [bundle, 'init', ...words], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
  })
  return { status, stdout }
}

type Service = Readonly<{ name: string; source: string; tests: number; words?: readonly string[] }>

const services: readonly Service[] = [
  { name: 'flask', source: fixture('init/flask'), tests: 2 },
  { name: 'sklearn-pickle', source: fixture('init/sklearn-pickle'), tests: 1 },
  { name: 'poetry', source: fixture('init/poetry'), tests: 1 },
  { name: 'uv', source: fixture('init/uv'), tests: 1 },
  { name: 'notebook', source: fixture('init/notebook'), tests: 1 },
  { name: 'iris-sklearn', source: example('iris-sklearn'), tests: 11, words: ['--python', '3.11'] },
  { name: 'churn-fastapi', source: example('churn-fastapi'), tests: 16, words: ['--python', '3.11'] },
  { name: 'classifier-stack', source: example('classifier-stack'), tests: 19, words: ['--python', '3.11'] },
  { name: 'churn-queue', source: example('churn-queue'), tests: 24, words: ['--python', '3.11'] },
  { name: 'sentiment-distilbert', source: example('sentiment-distilbert'), tests: 19, words: ['--python', '3.11'] },
]

test.each(services)('the workflow that init writes is green under a real runner, and gets no advice: $name', async (service) => {
  const { name, source, tests, words = [] } = service
  using yard = await openShipyard(name, (folder) => {
    checkOut(source, folder)
    const { status, stdout } = init(folder, ...words)
    expect(stdout).toMatch(/\nWritten\n {2}Dockerfile\n {2}\.dockerignore\n {2}\.github\/workflows\/image\.yml\n/)
    expect(status).toBe(0)
  })
  const shipped = await yard.ship()
  expect({ exitCode: shipped.exitCode, log: shipped.exitCode === 0 ? '' : shipped.log.slice(-6000) }).toEqual({ exitCode: 0, log: '' })
  expect(shipped.tags).toEqual([`ghcr.io/acme/${name}:latest`, `ghcr.io/acme/${name}:sha-${shipped.sha.slice(0, 7)}`])
  expect(JSON.parse(shipped.outputs['tests'] ?? '{}')).toMatchObject({ tests, failed: 0, errors: 0 })
  expect(shipped.report?.['advice'] ?? []).toEqual([])
  const { samples = [] } = (shipped.report?.['smoke'] ?? {}) as { samples?: readonly unknown[] }
  expect(samples.length).toBeGreaterThanOrEqual(1)
})

/** What the step of a workflow is told beside where its image goes. */
function inputsIn(folder: string): Readonly<Record<string, unknown>> {
  const text = readFileSync(join(folder, '.github', 'workflows', 'image.yml'), 'utf8')
  const { jobs } = parse(text) as { jobs: Readonly<Record<'image', { steps: readonly { with?: Readonly<Record<string, unknown>> }[] }>> }
  const { images: _, username: __, password: ___, ...inputs } = jobs.image.steps.at(-1)?.with ?? {}
  return inputs
}

test('for sentiment-distilbert it writes what its own workflow says', () => {
  const copy = join(folder, 'sentiment-distilbert')
  checkOut(example('sentiment-distilbert'), copy)
  expect(init(copy).status).toBe(0)
  expect(inputsIn(copy)).toEqual(inputsIn(example('sentiment-distilbert')))
  expect(readFileSync(join(copy, 'Dockerfile'), 'utf8')).not.toContain('make_model')
})

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ml-image-init-'))
  checkOut(fixture('init/flask'), folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a second init writes nothing', () => {
  init(folder)
  const before = readFileSync(join(folder, 'Dockerfile'), 'utf8')
  expect(init(folder).stdout).not.toContain('\nWritten\n')
  expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(before)
})

test('a folder with nothing in it gets nothing, and exit code 2', () => {
  const empty = join(folder, 'empty')
  mkdirSync(empty)
  writeFileSync(join(empty, 'requirements.txt'), 'flask==3.1.2\n')
  expect(init(empty)).toEqual({ status: 2, stdout: expect.stringContaining('No server was recognised') })
  expect(existsSync(join(empty, '.github'))).toBe(false)
})
