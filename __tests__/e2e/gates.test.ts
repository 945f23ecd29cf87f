import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, fixture, leftovers } from './action.ts'

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

const writes = () => registry.accessLog().filter(({ method }) => method !== 'GET' && method !== 'HEAD')
const inputs = () => ({
  images: `${registry.host}/acme/model`,
  username: registry.username,
  password: registry.password,
  'predict-body': '{"features": [1, 2, 3, 4]}',
  'predict-expect': '{"prediction": 0}',
  'start-timeout': '3s',
})

type Case = Readonly<{ what: string; more: Readonly<Record<string, string>>; stage: string; code: string; says: RegExp }>

const cases: readonly Case[] = [
  { what: 'a failing test', more: { 'test-env': 'VERDICT=red' }, stage: 'test', code: 'tests-failed', says: /test_verdict.*assert/s },
  {
    what: 'a failing build',
    more: { 'build-args': 'STEP=false' },
    stage: 'build',
    code: 'build-failed',
    says: /RUN false: .*exit code: 1/,
  },
  {
    what: 'a container that exits',
    more: { 'run-env': 'MODE=exits' },
    stage: 'smoke',
    code: 'file-missing',
    says: /exit code 1.*model\/classifier\.joblib/s,
  },
  {
    what: 'a container that never listens',
    more: { 'run-env': 'MODE=deaf' },
    stage: 'smoke',
    code: 'not-listening',
    says: /port 8000.*loading the model/s,
  },
  {
    what: 'a container that answers 500',
    more: { 'run-env': 'MODE=unhealthy' },
    stage: 'smoke',
    code: 'health-failed',
    says: /\/health still answers 500/,
  },
  {
    what: 'a refused prediction',
    more: { 'run-env': 'MODE=refuses' },
    stage: 'smoke',
    code: 'predict-body-refused',
    says: /answered 422.*wrong shape/s,
  },
  {
    what: 'a wrong prediction',
    more: { 'run-env': 'MODE=wrong' },
    stage: 'smoke',
    code: 'predict-mismatch',
    says: /\$\.prediction is 1, expected 0/,
  },
  {
    what: 'a death while predicting',
    more: { 'run-env': 'MODE=dies-on-predict' },
    stage: 'smoke',
    code: 'container-exited',
    says: /exit code 9.*model exploded/s,
  },
]

describe('a red gate', () => {
  test.each(cases)('$what: exit 1, stage and code named, nothing written to the registry', async ({ more, stage, code, says }) => {
    using job = createJob(fixture('service'))
    const before = writes().length
    const ran = await job.main({ ...inputs(), ...more })
    expect({
      exitCode: ran.exitCode,
      stage: ran.outputs['failed-stage'],
      code: ran.outputs['failure-code'],
      pushed: ran.outputs['pushed'],
    }).toEqual({
      exitCode: 1,
      stage,
      code,
      pushed: 'false',
    })
    const annotations = ran.log.split('\n').filter((line) => line.startsWith('::error title=ML image'))
    expect(annotations).toHaveLength(1)
    expect(annotations[0]).toMatch(says)
    expect(ran.summary).toMatch(new RegExp(`^### ML image: stopped at ${stage} .*nothing was pushed\\n`))
    expect(writes()).toHaveLength(before)
    expect(ran.state['traces']).toContain('folder')
    expect(leftovers(ran.state)).toEqual([])
  })

  test('the green run writes: the proof above can fail', async () => {
    using job = createJob(fixture('service'))
    const before = writes().length
    const ran = await job.main(inputs())
    expect(ran).toMatchObject({ exitCode: 0, outputs: { pushed: 'true', result: 'passed' } })
    expect(writes().length).toBeGreaterThan(before)
  })
})
