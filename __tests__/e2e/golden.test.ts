import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { request } from '../../src/host/http.ts'
import { askSamples } from '../../src/smoke/ask-samples.ts'
import { parseSamples } from '../../src/smoke/samples/parse-samples.ts'
import { readValues } from '../../src/smoke/samples/read-text.ts'
import { bundle, createJob, docker, example, fixture, type Job, leftovers, type Ran } from './action.ts'

const image = 'localhost:5000/samples/model'
const once = { images: image, test: 'false', push: 'false' }

/** Writes a samples file from what the image of the workspace answers, as on a laptop. */
async function record(job: Job, file: string, ...flags: readonly string[]): Promise<string> {
  const { GITHUB_ACTIONS: _, ...env } = job.environment
  const argv = [bundle, '--images', image, '--test', 'false', '--record', file, ...flags]
  const { stderr } = await promisify(execFile)(process.execPath, argv, { cwd: job.workspace, env })
  expect(stderr).toContain(`Recorded: ${file}.`)
  return readFileSync(join(job.workspace, file), 'utf8')
}

const said = (ran: Ran) => ({
  exitCode: ran.exitCode,
  code: ran.outputs['failure-code'],
  log: ran.exitCode === 0 ? '' : ran.log.slice(-3_000),
})
const green = { exitCode: 0, code: '', log: '' }

describe('answers that were recorded are expected from then on', () => {
  test('what changes from call to call is ignored; a drift of 1e-3 is caught, and passes with a tolerance', async () => {
    using job = createJob(fixture('golden'))
    const text = await record(job, 'tests/golden.yaml', '--predict-path', '/score', '--predict-body', '{"rows": [1, 2]}')
    const written = parse(text) as { recorded: string; samples: { expect: Record<string, unknown> }[] }
    expect(written.recorded).toMatch(/^sha256:/)
    expect(written.samples.map(({ expect: one }) => one)).toEqual([
      { json: { scores: [1 / 3, 2 / 3], model: { version: '7' } }, ignore: ['$.latency_ms', '$.request_id'] },
    ])
    expect(said(await job.main(once))).toEqual(green)

    const drifted = await job.main({ ...once, 'run-env': 'DRIFT=1e-3' })
    expect(drifted).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'predict-mismatch' } })
    expect(drifted.log).toMatch(/path +expected +got +delta\n.*\$\.scores\[0\] +0\.3333333333333333 +0\.3336666\d* +\+0\.0003333/)
    expect(drifted.log).toContain('The largest difference is at $.scores[1]')
    expect(leftovers(drifted.state)).toEqual([])

    const lenient = { ...written, samples: written.samples.map((one) => ({ ...one, expect: { ...one.expect, tolerance: 'rtol=1e-2' } })) }
    writeFileSync(join(job.workspace, 'tests/golden.yaml'), stringify(lenient))
    expect(said(await job.main({ ...once, 'run-env': 'DRIFT=1e-3' }))).toEqual(green)
  })

  test('rows alone, sums, and errors that must be 4xx', async () => {
    using job = createJob(fixture('golden'))
    const samples = [
      {
        name: 'batch',
        request: { path: '/score', body: { rows: [1, 2] } },
        expect: {
          batch: { request: '$.rows', answer: '$.scores' },
          'sums-to-one': '$.scores',
          argmax: { '$.scores': 1 },
          shape: { '$.scores': [2] },
        },
      },
      { name: 'text', request: { path: '/score', body: 'no JSON' }, expect: { error: true } },
      { name: 'no rows', request: { path: '/score', body: { rows: 'x' } }, expect: { error: true } },
    ]
    writeFileSync(join(job.workspace, 'cases.jsonl'), samples.map((one) => JSON.stringify(one)).join('\n'))
    const run = (mode: string) => job.main({ ...once, samples: 'cases.jsonl', 'run-env': `MODE=${mode}` })
    expect(said(await run('good'))).toEqual(green)
    const fragile = await run('fragile')
    expect(fragile).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'predict-crashed' } })
    expect(fragile.log).toContain('POST /score (text) answered 500, expected 4xx. 2 of 3 samples are not as expected.')
    const leaking = await run('leaks-batch')
    expect(leaking).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'predict-mismatch' } })
    expect(leaking.log).toContain('$.scores[0] (row alone)')
    const unreal = await run('nan')
    expect(unreal).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'predict-mismatch' } })
    expect(unreal.log).toContain('POST /score (batch): $.scores[0] is NaN, expected a finite number.')
  })
})

describe('without a sample', () => {
  test.each([
    ['good', 0, /the request is made up from its schema \(\/openapi\.json\)\n.*predict-path: \/score\n.*predict-body: '\{"rows":\[2\]\}'/],
    ['refuses', 0, /::notice::.*predict-unproven: POST \/score \(made up\) answered 422/],
    ['nan', 0, /::notice::.*predict-unproven: POST \/score \(made up\): \$\.scores\[0\] is NaN/],
    ['undocumented', 0, /::notice::.*was not proven: no sample request is given, and none was found/],
    ['dies', 1, /model exploded/],
  ])('a service that %s ends with %d', async (mode, exitCode, says) => {
    using job = createJob(fixture('golden'))
    const ran = await job.main({ ...once, 'run-env': `MODE=${mode}` })
    expect(ran.log).toMatch(says)
    expect(ran).toMatchObject({ exitCode, outputs: { 'failure-code': exitCode === 0 ? '' : 'container-exited' } })
  })

  test.each([
    ['iris-sklearn', {}, '{"features":[5.1,3.5,1.4,0.2]}'],
    [
      'churn-fastapi',
      { test: 'true', 'test-first': 'true' },
      '{"has_support_calls":1,"monthly_charges":65,"num_products":2,"tenure_months":12,"total_charges":780}',
    ],
  ])('%s is proven by the example that it documents', async (name, more, body) => {
    using job = createJob(example(name))
    const ran = await job.main({ ...once, ...more })
    expect(said(ran)).toEqual(green)
    expect(ran.log).toContain('no sample is given: the request is documented (/openapi.json)')
    expect(ran.log).toContain(`predict-body: '${body}'`)
    const smoke = JSON.parse(ran.outputs['smoke'] ?? '') as { unproven?: string; samples: readonly object[] }
    expect(smoke.samples).toEqual([expect.objectContaining({ source: 'documented', result: 'passed', compared: true, status: 200 })])
    expect(smoke.unproven).toBeUndefined()
  })
})

test('a model of the same seed passes 100 times, one of another seed is caught', async () => {
  using job = createJob(example('iris-sklearn'))
  const bodies = [
    [5.1, 3.5, 1.4, 0.2],
    [6.1, 2.8, 4.7, 1.2],
    [6.5, 3, 5.8, 2.2],
  ].map((features) => ({ request: { body: { features } } }))
  writeFileSync(join(job.workspace, 'tests/golden.json'), JSON.stringify(bodies))
  const text = await record(job, 'tests/golden.json')
  const { samples } = parseSamples(readValues('golden.json', text), 'golden.json', {
    predictPath: '/predict',
    readText: () => '',
    fileAt: (path) => path,
    checkSchema: () => {},
  })
  expect(samples.map(({ source, expect: { json } }) => [source, Object.keys(json ?? {})])).toEqual(
    samples.map(() => ['recorded', ['prediction', 'probability']]),
  )
  const built = await job.main(once)
  expect(said(built)).toEqual(green)
  const id = docker('run', '--detach', '--publish', '127.0.0.1::8000', `${image}:latest`)
  try {
    const baseUrl = `http://${docker('port', id, '8000/tcp').split('\n')[0]}`
    const host = { request, now: () => performance.now(), workspace: job.workspace } as Parameters<typeof askSamples>[0]
    const healthy = () =>
      request({ method: 'GET', url: `${baseUrl}/health`, timeoutMs: 1_000 }).then(
        ({ status }) => status === 200,
        () => false,
      )
    for (let tries = 0; !(await healthy()) && tries < 300; tries++) await sleep(200)
    const red: string[] = []
    for (let run = 0; run < 100; run++)
      for (const one of await askSamples(host, baseUrl, samples, () => false)) if (one.red) red.push(one.red.message)
    expect(red).toEqual([])
  } finally {
    docker('rm', '--force', id)
  }
  const train = join(job.workspace, 'train.py')
  writeFileSync(train, readFileSync(train, 'utf8').replace('random_state=42', 'random_state=7'))
  const retrained = await job.main(once)
  expect(retrained).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'predict-mismatch' } })
  expect(retrained.log).toContain('$.probability')
})
