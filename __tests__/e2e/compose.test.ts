import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import { createJob, docker, fixture, leftovers } from './action.ts'

const inputs = {
  images: 'ghcr.io/acme/around-compose',
  push: 'false',
  test: 'false',
  'compose-file': 'docker-compose.yml',
  'predict-body': '{"features": [1, 3]}',
  'predict-expect': '{"prediction": 2.0, "count": ":1", "stage": "none"}',
  'start-timeout': '20s',
}
/** Everything that the engine has of compose projects of ours. */
const projects = (): readonly string[] =>
  [
    ['ps', '--all', '--format', '{{.Names}}'],
    ['network', 'ls', '--format', '{{.Name}}'],
    ['volume', 'ls', '--format', '{{.Name}}'],
  ].flatMap((list) => docker(...list).split('\n'))

const left = (state: Readonly<Record<string, string>>): readonly string[] => {
  const [, runId = 'none'] = /"name":"ml-image-(\w+)"/.exec(state['traces'] ?? '') ?? []
  return [...leftovers(state), ...projects().filter((name) => name.includes(runId))]
}

describe('a service of a compose stack', () => {
  test('is smoked with what it depends on, and nothing of the stack is left', async () => {
    using job = createJob(fixture('compose'))
    const ran = await job.main(inputs)
    expect(ran.log).toContain('as api of its stack; a server of no known kind: port 8000 (compose-file)')
    expect(ran).toMatchObject({ exitCode: 0, outputs: { result: 'passed' } })
    expect(JSON.parse(ran.outputs['smoke'] ?? '')).toMatchObject({ predict: { status: 200 }, compared: true })
    expect(left(ran.state)).toEqual([])
    expect(projects()).not.toContain('shared-cache')
  })

  test('gets variables by run-env, which the file may use too, and each run starts anew', async () => {
    using job = createJob(fixture('compose'))
    const ran = await job.main({
      ...inputs,
      'run-env': 'STAGE=a$b',
      'predict-expect': '{"count": ":1", "stage": "a$b"}',
    })
    expect(ran.exitCode).toBe(0)
  })

  test('offline: with its neighbours, and no way out', async () => {
    using job = createJob(fixture('compose'))
    const ran = await job.main({ ...inputs, offline: 'true' })
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3000) }).toEqual({ exitCode: 0, log: '' })
    expect(left(ran.state)).toEqual([])
  })

  test('a dependency that is not healthy is named, with what its check says', async () => {
    using job = createJob(fixture('compose'))
    const ran = await job.main({ ...inputs, 'run-env': 'CHECKED_PORT=6380' })
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'smoke', 'failure-code': 'dependency-unhealthy' } })
    expect(ran.log).toMatch(/::error.*The service cache of the compose stack is unhealthy.*6380.*refused/)
    expect(left(ran.state)).toEqual([])
  })

  test('two runs at once do not meet', async () => {
    using one = createJob(fixture('compose'))
    using other = createJob(fixture('compose'))
    const both = await Promise.all([one.main(inputs), other.main(inputs)])
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0])
  })

  test('killed outright: post takes the stack away', async () => {
    using job = createJob(fixture('compose'))
    writeFileSync(join(job.workspace, 'slow.yml'), 'services: {cache: {healthcheck: {test: ["CMD", "false"], retries: 1000}}}\n')
    const run = job.start({ ...inputs, 'compose-file': 'docker-compose.yml\nslow.yml' })
    for (const start = Date.now(); !projects().some((name) => /^ml-image-.*-cache-1$/.test(name)); await sleep(50))
      if (Date.now() - start > 60_000) throw new Error('no stack came up within 60 s')
    run.child.kill('SIGKILL')
    const ran = await run.ended
    expect(left(ran.state)).not.toEqual([])
    expect((await job.post(ran.state)).exitCode).toBe(0)
    expect(left(ran.state)).toEqual([])
  })
})

describe('refused before anything is built', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, string | undefined, RegExp]>([
    ['a bind source that is missing', {}, 'services: {api: {volumes: ["./nowhere:/data:ro"]}}', /nowhere into api, which is not there/],
    ['a service that is none', { 'compose-service': 'apu' }, undefined, /compose-service: "apu" is no service .*did you mean api/],
    ['what compose itself refuses', {}, 'services: {api: {ports: {a: 1}}}', /compose-file: .* is refused by docker compose: .*ports/],
    ['a broken file', {}, 'services: [', /is refused by docker compose: .*yaml/],
    ['a dependency that is none', {}, 'services: {api: {depends_on: [nobody]}}', /refused by docker compose: .*nobody/],
    ['the network of the host', {}, 'services: {cache: {network_mode: host}}', /network of the host/],
    ['a secret without its file', {}, 'services: {api: {secrets: [t]}}\nsecrets: {t: {file: ./none.txt}}', /secret t from .*none\.txt/],
    ['a file that is missing', { 'compose-file': 'stack.yml' }, undefined, /compose-file: "stack\.yml" is not there/],
    ['run-args', { 'run-args': '--memory 1g' }, undefined, /run-args: .*no meaning with compose-file/],
  ])('%s', async (_, more, also, says) => {
    using job = createJob(fixture('compose'))
    if (also !== undefined) writeFileSync(join(job.workspace, 'more.yml'), also)
    const ran = await job.main({ ...inputs, ...(also === undefined ? {} : { 'compose-file': 'docker-compose.yml\nmore.yml' }), ...more })
    expect(ran.log).toMatch(says)
    expect(ran).toMatchObject({ exitCode: 2, outputs: { 'failure-code': 'bad-input' } })
    expect(ran.log).not.toContain('Engine ')
  })
})
