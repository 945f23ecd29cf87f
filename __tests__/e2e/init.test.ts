import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { bundle, createJob, docker, example, fixture, type Job } from './action.ts'

const images = `localhost/acme/init-${process.pid}`
afterAll(() => {
  const left = docker('images', '--format', '{{.Repository}}:{{.Tag}}', images).split('\n').filter(Boolean)
  if (left.length > 0) docker('image', 'rm', ...left)
})

type Step = Readonly<{ uses?: string; with?: Readonly<Record<string, unknown>> }>
type Workflow = Readonly<{ jobs: Readonly<{ image: Readonly<{ steps: readonly Step[] }> }> }>

/** Takes away what init is to write. */
function strip({ workspace }: Job): void {
  for (const name of ['Dockerfile', '.dockerignore', '.github', 'tests/golden.json'])
    rmSync(join(workspace, name), { recursive: true, force: true })
}

const init = ({ workspace, environment }: Job, ...words: readonly string[]) =>
  execFileSync(process.execPath, [bundle, 'init', ...words], { cwd: workspace, env: { PATH: environment['PATH'] }, encoding: 'utf8' })

/** The inputs of the workflow that was written. */
function inputsOf({ workspace }: Job): Readonly<Record<string, string>> {
  const { jobs } = parse(readFileSync(join(workspace, '.github', 'workflows', 'image.yml'), 'utf8')) as Workflow
  const step = jobs.image.steps.find(({ uses }) => uses?.startsWith('org/ml-image-action@'))
  return Object.fromEntries(Object.entries(step?.with ?? {}).map(([name, value]) => [name, String(value)]))
}

type Service = Readonly<{ name: string; source: string; tests: number; predictions: number; words?: readonly string[] }>

const services: readonly Service[] = [
  { name: 'Flask', source: fixture('init/flask'), tests: 2, predictions: 1 },
  { name: 'a pickle of scikit-learn at the root', source: fixture('init/sklearn-pickle'), tests: 1, predictions: 1 },
  { name: 'Poetry, with a factory', source: fixture('init/poetry'), tests: 1, predictions: 1 },
  { name: 'uv, in src', source: fixture('init/uv'), tests: 1, predictions: 1 },
  { name: 'trained by a notebook', source: fixture('init/notebook'), tests: 1, predictions: 1 },
  { name: 'iris-sklearn', source: example('iris-sklearn'), tests: 10, predictions: 1, words: ['--python', '3.11'] },
  { name: 'churn-fastapi', source: example('churn-fastapi'), tests: 16, predictions: 1, words: ['--python', '3.11'] },
]

test.each(services)('what init writes is green, and gets no advice: $name', async ({ source, tests, predictions, words = [] }) => {
  using job = createJob(source)
  strip(job)
  execFileSync('git', ['init', '--quiet'], { cwd: job.workspace })
  expect(init(job, ...words)).toMatch(/\nWritten\n {2}Dockerfile\n {2}\.dockerignore\n {2}\.github\/workflows\/image\.yml\n/)
  const ran = await job.main({ ...inputsOf(job), images, push: 'false', advice: 'error' })
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-6000) }).toEqual({ exitCode: 0, log: '' })
  expect(JSON.parse(ran.outputs['tests'] ?? '')).toMatchObject({ tests, failed: 0, errors: 0 })
  const report = JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8')) as {
    smoke?: { samples?: readonly unknown[] }
    advice?: readonly unknown[]
  }
  expect(report.advice ?? []).toEqual([])
  expect(report.smoke?.samples?.length ?? 0).toBeGreaterThanOrEqual(predictions)
})

test('a second init writes nothing', () => {
  using job = createJob(fixture('init/flask'))
  init(job)
  const before = readFileSync(join(job.workspace, 'Dockerfile'), 'utf8')
  expect(init(job)).not.toContain('\nWritten\n')
  expect(readFileSync(join(job.workspace, 'Dockerfile'), 'utf8')).toBe(before)
})

test('a folder with nothing in it gets nothing, and exit code 2', () => {
  using job = createJob(fixture('init/flask'))
  rmSync(join(job.workspace, 'app.py'))
  expect(() => init(job)).toThrow(expect.objectContaining({ status: 2, stdout: expect.stringContaining('No server was recognised') }))
  expect(existsSync(join(job.workspace, '.github'))).toBe(false)
})
