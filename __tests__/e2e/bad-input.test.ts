import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createJob, fixture } from './action.ts'

const bad = {
  images: '',
  'predict-bdy': '{}',
  port: '8080:80',
  'predict-body': '{"features": [1,}',
  username: 'shipper',
  password: '',
}

test('everything wrong is told at once, before anything is done, in under 300 ms', async () => {
  using job = createJob(fixture('service'))
  rmSync(join(job.workspace, 'Dockerfile'))
  // Without a PATH no child could be started: nothing is.
  const ran = await job.main(bad, { PATH: '/nowhere' })
  expect(ran.exitCode).toBe(2)
  expect(ran.outputs).toMatchObject({ result: 'failed', 'failed-stage': 'inputs', 'failure-code': 'bad-input', pushed: 'false' })
  const annotation = ran.log.split('\n').find((line) => line.startsWith('::error')) ?? ''
  const problems = annotation.split('::').at(-1)?.split('%0A') ?? []
  expect(problems.slice(0, -1).map((problem) => problem.split(':')[0])).toEqual([
    'predict-bdy',
    'images',
    'password',
    'file',
    'port',
    'predict-body',
  ])
  expect(annotation).toContain('did you mean predict-body')
  expect(ran.state['traces']).toBeUndefined()
  const times = [ran.ms]
  for (let i = 0; i < 4; i++) times.push((await job.main(bad)).ms)
  expect(Math.min(...times)).toBeLessThan(300)
})

test('no engine: said before the tests start', async () => {
  using job = createJob(fixture('service'))
  const ran = await job.main({ images: 'localhost:5000/acme/model' }, { DOCKER_HOST: 'tcp://127.0.0.1:1' })
  expect(ran).toMatchObject({ exitCode: 3, outputs: { 'failure-code': 'engine-unavailable' } })
  expect(ran.log).not.toContain('::group::Test')
})
