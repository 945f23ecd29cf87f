import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import type { Measured } from '../../src/smoke/measure/measure.ts'
import { createJob, docker, fixture, type Job, leftovers } from './action.ts'

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
  test('are held against the same file of the previous image', async () => {
    const ask = { ...asked(), images: `${registry.host}/quality/retrained`, require: 'accuracy >= previous - 0.01' }
    using first = trained(0.95)
    const one = await first.main(ask)
    expect(one.exitCode).toBe(0)
    expect(one.log).toMatch(/::notice.*Not judged, as .* has no image before this one/)
    using second = trained(0.9)
    const two = await second.main(ask)
    expect(two).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'metric-not-met' } })
    expect(two.log).toMatch(/::error.*accuracy is 0\.9, it was 0\.95 in the previous image, the bound is 0\.94\./)
    expect(leftovers(two.state)).toEqual([])
  })
  test('a path that is not there is told', async () => {
    using job = trained(0.97)
    const ran = await job.main({ ...asked(), 'metrics-file': 'image:/out/nothing.json' })
    expect(ran.outputs['failure-code']).toBe('metrics-unreadable')
    expect(ran.log).toMatch(/::error.*The metrics-file image:\/out\/nothing\.json is not in the image\./)
  })
})

describe('what a run of the image costs', () => {
  test('is measured and told, and a limit above it holds', async () => {
    using job = createJob(fixture('service'))
    const ran = await job.main({ ...inputs('measured', { 'max-latency': '2s' }), push: 'false' })
    docker('image', 'rm', ...(ran.outputs['tags']?.split('\n') ?? []))
    expect(ran.exitCode).toBe(0)
    const { measured } = JSON.parse(ran.outputs['smoke'] ?? '{}') as { measured: Measured }
    expect(measured).toMatchObject({ coldStart: expect.any(Number), warm: { calls: 100, failed: 0, concurrency: 1 } })
    expect(measured.peakMemory).toBeGreaterThan(4e6)
    expect(measured.peakMemory).toBeLessThan(1e9)
    expect(ran.log).toMatch(
      /first good answer after [\d.]+ m?s, first prediction [\d.]+ ms, warm p50 [\d.]+ ms, p95 [\d.]+ ms, p99 [\d.]+ ms \(100 calls, one at a time\), peak memory [\d.]+ MB/,
    )
  })
  test('is red above max-latency', async () => {
    using job = createJob(fixture('service'))
    const server = join(job.workspace, 'server.py')
    writeFileSync(
      server,
      readFileSync(server, 'utf8').replace(
        '    def do_POST(self):\n',
        '    def do_POST(self):\n        import time\n        time.sleep(0.08)\n',
      ),
    )
    const ran = await job.main(inputs('slow', { 'max-latency': '60ms' }))
    expect(ran).toMatchObject({ exitCode: 1, outputs: { pushed: 'false', 'failed-stage': 'smoke', 'failure-code': 'latency-exceeded' } })
    expect(ran.log).toMatch(/::error.*Warm predictions take \d+(\.\d)? ms \(95th percentile of \d+ calls?\), max-latency is 60 ms\./)
    expect(leftovers(ran.state)).toEqual([])
  })
})

describe('compare: previous', () => {
  /** A service whose model is a file, and whose code may change what comes out of it. */
  const project = (model: string, scale = '1'): Job => {
    const job = createJob(fixture('service'))
    const at = (name: string) => join(job.workspace, name)
    writeFileSync(at('model.pkl'), model)
    writeFileSync(at('Dockerfile'), `${readFileSync(at('Dockerfile'), 'utf8')}COPY model.pkl .\n`)
    const answer = `"probability": float(open("model.pkl").read()) * ${scale}, "latency_ms": random.random()`
    writeFileSync(at('server.py'), `import random\n${readFileSync(at('server.py'), 'utf8').replace('"probability": 0.97', answer)}`)
    return job
  }
  const asked = (name: string) => inputs(name, { compare: 'previous' })
  const comparisonOf = (ran: Readonly<{ outputs: Readonly<Record<string, string>> }>) =>
    (JSON.parse(ran.outputs['smoke'] ?? '{}') as { comparison?: unknown }).comparison

  test('a first release, the same again, the same model in other code, and another model', async () => {
    using first = project('0.5')
    const one = await first.main(asked('compared'))
    expect({ exitCode: one.exitCode, log: one.exitCode === 0 ? '' : one.log }).toEqual({ exitCode: 0, log: '' })
    expect(one.log).toMatch(/::notice.*Predictions are compared with no other image, as .*compared has no image before this one/)

    using again = project('0.5', '1.00001')
    const two = await again.main(asked('compared'))
    expect({ exitCode: two.exitCode, log: two.exitCode === 0 ? '' : two.log }).toEqual({ exitCode: 0, log: '' })
    expect(comparisonOf(two)).toEqual({
      ...{ with: `${registry.host}/quality/compared:latest`, model: 'same', samples: 1, differing: 0, ignored: ['$.latency_ms'] },
    })

    using recoded = project('0.5', '1.01')
    const three = await recoded.main(asked('compared'))
    expect(three).toMatchObject({
      exitCode: 1,
      outputs: { pushed: 'false', 'failed-stage': 'smoke', 'failure-code': 'predictions-changed' },
    })
    expect(three.log).toMatch(
      /::error.*differ from .*:latest in 1 of 1 sample, and the model is the same\. Largest: predict-body \$\.probability was 0\.5/,
    )
    expect(leftovers(three.state)).toEqual([])

    using retrained = project('0.6')
    const four = await retrained.main(asked('compared'))
    expect(four).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })
    expect(comparisonOf(four)).toMatchObject({
      model: 'changed',
      differing: 1,
      largest: { path: '$.probability', previous: 0.500005, now: 0.6 },
    })
    expect(leftovers(four.state)).toEqual([])
  })

  test('an image that does not start judges nothing; one by its name is compared with', async () => {
    using broken = project('0.5')
    expect((await broken.main({ ...asked('starts'), 'build-args': 'MODE=exits', 'run-env': 'MODE=good' })).exitCode).toBe(0)
    using good = project('0.5')
    const ran = await good.main(asked('starts'))
    expect(ran.exitCode).toBe(0)
    expect(ran.log).toMatch(/::notice.*Predictions are not compared: .*starts:latest does not serve \((it|The container) ended by itself/)
    using other = project('0.7')
    const named = await other.main({ ...asked('elsewhere'), compare: `${registry.host}/quality/compared:latest` })
    expect(comparisonOf(named)).toMatchObject({ with: `${registry.host}/quality/compared:latest`, samples: 1 })
  })
})
