import { afterAll, describe, expect, test } from '@jest/globals'
import { createJob, docker, fixture, leftovers, type Ran } from './action.ts'

const images = `localhost/acme/servers-${process.pid}`

afterAll(() => {
  const left = docker('images', '--format', '{{.Repository}}:{{.Tag}}', images).split('\n').filter(Boolean)
  if (left.length > 0) docker('image', 'rm', ...left)
})

/** A real server of PyPI, what it is recognised as, and a request to it with what it must answer. */
type Served = Readonly<{ target: string; preset: string; port: number; body: unknown; answer: unknown }>

const values = { values: [1, 2, 3] }
const tensor = { name: 'x', shape: [3], datatype: 'FP64', data: [1, 2, 3] }
const servers: readonly Served[] = [
  { target: 'fastapi', preset: 'fastapi', port: 8000, body: values, answer: { prediction: 6 } },
  { target: 'flask', preset: 'flask', port: 5000, body: values, answer: { prediction: 6 } },
  { target: 'litserve', preset: 'litserve', port: 8000, body: { input: [1, 2, 3] }, answer: { output: 6 } },
  { target: 'bentoml', preset: 'bentoml', port: 3000, body: values, answer: 6 },
  {
    target: 'mlserver',
    preset: 'mlserver',
    port: 8080,
    body: { inputs: [tensor] },
    answer: { model_name: 'sums', outputs: [{ data: [6] }] },
  },
  { target: 'mlflow', preset: 'mlflow', port: 8080, body: { inputs: [[1, 2, 3]] }, answer: { predictions: [6] } },
  { target: 'cog', preset: 'cog', port: 5000, body: { input: values }, answer: { status: 'succeeded', output: 6 } },
  { target: 'kserve', preset: 'kserve-v1', port: 8080, body: { instances: [[1, 2, 3]] }, answer: { predictions: [6] } },
]

async function smoke({ target, body, answer }: Served, more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  using job = createJob(fixture('servers'))
  const given = { 'predict-body': JSON.stringify(body), 'predict-expect': JSON.stringify(answer), 'start-timeout': '120s' }
  const ran = await job.main({ images, target, test: 'false', push: 'false', cache: 'none', ...given, ...more })
  expect(leftovers(ran.state)).toEqual([])
  return ran
}

describe('a real server with a good model is recognised, waited for, and green', () => {
  test.each(servers)('$target', async (server) => {
    const ran = await smoke(server)
    expect(ran.log).toContain('Result: passed')
    expect(JSON.parse(ran.outputs['smoke'] ?? '')).toMatchObject({
      preset: server.preset,
      port: server.port,
      compared: true,
      predict: { status: 200 },
    })
  })
})

describe('with a model that cannot predict it is red', () => {
  test.each(servers)('$target', async (server) => {
    const ran = await smoke(server, { 'run-env': 'LIE=broken' })
    expect([ran.exitCode, ran.outputs['failed-stage'], ran.outputs['pushed']]).toEqual([1, 'smoke', 'false'])
    expect(ran.outputs['failure-code']).toMatch(/^predict-/)
  })
})

// Each of them listens and is alive: none is ready. KServe does not even start without a model that is.
test('without its model it is never ready', async () => {
  const lying = servers.filter(({ target }) => ['fastapi', 'litserve', 'bentoml', 'cog'].includes(target))
  const ran = await Promise.all(lying.map((server) => smoke(server, { 'run-env': 'LIE=absent', 'start-timeout': '60s' })))
  const told = ran.map(({ outputs, log }) => [
    outputs['failure-code'],
    /GET (\S+) (still answers|answers) (\d|that it will not)/.exec(log)?.[1],
  ])
  expect(told.map(([, path]) => path)).toEqual(['/health', '/health', '/readyz', '/health-check'])
  for (const { exitCode, outputs } of ran) expect([exitCode, outputs['failed-stage']]).toEqual([1, 'smoke'])
})
