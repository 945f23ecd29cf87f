import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, fixture, type Job, leftovers } from './action.ts'

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

const inputs = (name: string, more: Readonly<Record<string, string>>) => ({
  images: `${registry.host}/quality/${name}`,
  username: registry.username,
  password: registry.password,
  test: 'false',
  'predict-body': '{"features": [1, 2, 3, 4]}',
  ...more,
})

/** A project whose training has left these metrics. */
function withMetrics(metrics: unknown): Job {
  const job = createJob(fixture('service'))
  writeFileSync(join(job.workspace, 'metrics.json'), typeof metrics === 'string' ? metrics : JSON.stringify(metrics))
  return job
}

const require = 'accuracy >= 0.9\nf1 >= previous - 0.01\n"val.auc" > 0.5'

describe('metrics of the workspace', () => {
  test('a first release, a second that is as good, and a third that is not', async () => {
    const asked = inputs('releases', { 'metrics-file': 'metrics.json', require })
    using first = withMetrics({ accuracy: 0.95, f1: 0.9, val: { auc: 0.97 } })
    const one = await first.main(asked)
    expect({ exitCode: one.exitCode, log: one.exitCode === 0 ? '' : one.log }).toEqual({ exitCode: 0, log: '' })
    expect(one.log).toMatch(/::notice.*Not judged, as .* has no image before this one \(latest, main\): f1 >= previous - 0\.01\./)
    expect(one.outputs['labels']).toContain('io.github.ml-image-action.metric.val.auc=0.97')

    using second = withMetrics({ accuracy: 0.95, f1: 0.895, val: { auc: 0.97 } })
    const two = await second.main(asked)
    expect(two).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })
    const told = JSON.parse(two.outputs['metrics'] ?? '{}') as { requirements: readonly object[]; previous: string }
    expect(told).toMatchObject({ previous: `${registry.host}/quality/releases:latest` })
    expect(told.requirements[1]).toEqual({
      requirement: 'f1 >= previous - 0.01',
      name: 'f1',
      state: 'held',
      got: 0.895,
      bound: 0.89,
      previous: 0.9,
    })

    using third = withMetrics({ accuracy: 0.95, f1: 0.88, val: { auc: 0.97 } })
    const three = await third.main(asked)
    expect(three).toMatchObject({ exitCode: 1, outputs: { pushed: 'false', 'failed-stage': 'quality', 'failure-code': 'metric-not-met' } })
    expect(three.log).toMatch(/::error.*f1 >= previous - 0\.01: f1 is 0\.88, it was 0\.895 in the previous image, the bound is 0\.885\./)
    // It is known before anything is built.
    expect(three.outputs['metadata']).toBeUndefined()
    expect(leftovers(three.state)).toEqual([])
  })

  test('that the tests write are judged after them', async () => {
    using job = createJob(fixture('service'))
    const ran = await job.main(
      inputs('tested', {
        ...{ test: 'true', 'test-requirements': 'none', 'test-command': `echo '{"accuracy": 0.5}' > metrics.json` },
        ...{ 'metrics-file': 'metrics.json', require },
      }),
    )
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'quality', 'failure-code': 'metric-not-met' } })
    expect(ran.summary).toContain('accuracy >= 0.9')
  })

  test('that are NaN are red, and so are those that are not there', async () => {
    using nan = withMetrics('{"accuracy": NaN}')
    const asked = inputs('nan', { 'metrics-file': 'metrics.json', require: 'accuracy > 0' })
    expect((await nan.main(asked)).log).toMatch(/::error.*accuracy > 0: accuracy is not a number \(NaN\)\./)
    using other = withMetrics({ acuracy: 0.99 })
    const ran = await other.main(asked)
    expect(ran.outputs['failure-code']).toBe('metric-missing')
    expect(ran.log).toMatch(/::error.*there is no metric accuracy; did you mean acuracy\. There are: acuracy/)
  })
})

describe('metrics in the image, of a model that the build trains', () => {
  const dockerfile = (accuracy: number) =>
    `${readFileSync(join(fixture('service'), 'Dockerfile'), 'utf8')}RUN mkdir /out && echo '{"accuracy": ${accuracy}}' > /out/metrics.json\n`
  const trained = (accuracy: number): Job => {
    const job = createJob(fixture('service'))
    writeFileSync(join(job.workspace, 'Dockerfile'), dockerfile(accuracy))
    return job
  }
  const asked = () => inputs('trained', { 'metrics-file': 'image:/out/metrics.json', require: 'accuracy >= 0.9' })
  test('are read without a start of it', async () => {
    using good = trained(0.97)
    const ran = await good.main(asked())
    expect(ran).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })
    expect(JSON.parse(ran.outputs['metrics'] ?? '{}')).toMatchObject({ metrics: { accuracy: 0.97 } })
    expect(leftovers(ran.state)).toEqual([])
    using bad = trained(0.8)
    const red = await bad.main(asked())
    expect(red).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'quality', 'failure-code': 'metric-not-met' } })
    expect(leftovers(red.state)).toEqual([])
  })
  test('a path that is not there is told', async () => {
    using job = trained(0.97)
    const ran = await job.main({ ...asked(), 'metrics-file': 'image:/out/nothing.json' })
    expect(ran.outputs['failure-code']).toBe('metrics-unreadable')
    expect(ran.log).toMatch(/::error.*The metrics-file image:\/out\/nothing\.json is not in the image\./)
  })
})
