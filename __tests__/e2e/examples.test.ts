import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, example, leftovers, type Ran } from './action.ts'

const ours = 'io.github.ml-image-action'
let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

type Workflow = Readonly<{
  jobs: Readonly<Record<string, Readonly<{ steps: readonly Readonly<{ uses?: string; with?: Readonly<Record<string, unknown>> }>[] }>>>
}>

/** The inputs in the workflow of an example, pushing to the registry of this test. */
function inputsOf(name: string): Readonly<Record<string, string>> {
  const workflow = parse(readFileSync(join(example(name), '.github', 'workflows', 'image.yml'), 'utf8')) as Workflow
  const step = Object.values(workflow.jobs)
    .flatMap(({ steps }) => steps)
    .find(({ uses }) => uses?.startsWith('org/ml-image-action@'))
  const given = Object.fromEntries(Object.entries(step?.with ?? {}).map(([input, value]) => [input, String(value)]))
  return { ...given, images: `${registry.host}/acme/${name}`, username: registry.username, password: registry.password }
}

/** How long the stages took one by one, over how long they took together. */
function besideRatio(ran: Ran): number {
  const { stages, durationMs } = JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8')) as {
    stages: readonly { duration: number }[]
    durationMs: number
  }
  return stages.reduce((sum, { duration }) => sum + duration, 0) / durationMs
}

test.each([
  {
    name: 'iris-sklearn',
    tests: 10,
    answer: { prediction: 0 },
    metrics: { requirements: [{ name: 'accuracy', state: 'held' }] },
    labels: [],
  },
  {
    name: 'churn-fastapi',
    tests: 16,
    answer: { churn: false },
    metrics: {},
    labels: [`${ours}.gate.tests=passed`, `${ours}.model.file=models/churn_model.joblib`],
  },
])('node dist/index.js ships $name from the variables of the runner alone', async ({ name, tests, answer, metrics, labels }) => {
  using job = createJob(example(name))
  const ran = await job.main(inputsOf(name))
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-4000) }).toEqual({ exitCode: 0, log: '' })
  expect(ran.outputs['pushed-tags']).toBe(`${registry.host}/acme/${name}:sha-1f2e3d4\n${registry.host}/acme/${name}:latest`)
  expect(JSON.parse(ran.outputs['tests'] ?? '')).toMatchObject({ tests, failed: 0, errors: 0 })
  const smoke = JSON.parse(ran.outputs['smoke'] ?? '') as { imageId: string; predict: { status: number; body: string } }
  expect(smoke.imageId).toBe(ran.outputs['digest'])
  expect(JSON.parse(smoke.predict.body)).toMatchObject(answer)
  expect(JSON.parse(ran.outputs['metrics'] ?? '{}')).toMatchObject(metrics)
  expect(ran.outputs['labels']?.split('\n')).toEqual(expect.arrayContaining([`${ours}.framework.scikit-learn=1.7.2`, ...labels]))
  expect(leftovers(ran.state)).toEqual([])
  process.stdout.write(`${name}: stages one after the other / as run: ${besideRatio(ran).toFixed(2)}\n`)
})
