import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, leftovers, type Ran } from './action.ts'

const canary = 'canary+Pa55/w0rd=with%odd&chars'
const token = 'ghs_canaryTokenOfTheJob0123456789'
const runtime = 'canary-runtime-token-of-the-cache'
/** Every form in which they could turn up. */
const forms = [canary, token, runtime].flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry({ username: 'shipper', password: canary })
})
afterAll(() => registry.stop())

const basic = () => Buffer.from(`shipper:${canary}`).toString('base64')
const found = (text: string) => [...forms, basic()].filter((form) => text.includes(form))
/** Lines by which the runner is told what to mask name the secret, and are not shown. */
const shown = (ran: Ran) =>
  ran.log
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n')

describe('a password, the token of the job and that of the cache', () => {
  test('are in no log, output, state, summary, argv, image or file of a whole run', async () => {
    using job = createJob(fixture('service'))
    writeFileSync(
      join(job.workspace, 'tests', 'test_environment.py'),
      'import os\n\n\ndef test_environment():\n    print(dict(os.environ))\n    assert False\n',
    )
    const trace = join(job.temp, 'argv.txt')
    const inputs = {
      images: `${registry.host}/acme/model`,
      username: 'shipper',
      password: canary,
      'github-token': token,
      'predict-body': '{"features": [1]}',
      'run-env': 'HF_TOKEN',
      'test-command': 'python -m pytest -s || true',
      accept: 'no-tests',
    }
    const secrets = {
      HF_TOKEN: `${runtime}-hf`,
      ACTIONS_RUNTIME_TOKEN: runtime,
      ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/',
      ACTIONS_CACHE_SERVICE_V2: 'true',
      MY_SECRET: runtime,
    }
    const strace = ['strace', '-f', '-qq', '-s', '65536', '-e', 'trace=execve', '-o', trace]
    const red = await job.main(inputs, secrets)
    // The report says a test failed, though the command ended with 0: no push. So once more without that test.
    expect(red.outputs['failure-code']).toBe('tests-hidden-failures')
    expect(red.log).toContain("'PYTHONDONTWRITEBYTECODE': '1'")
    execFileSync('rm', [join(job.workspace, 'tests', 'test_environment.py')])
    const green = await job.main({ ...inputs, 'test-command': 'env && python -m pytest -s' }, secrets, strace)
    expect(green).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })

    const argv = readFileSync(trace, 'utf8')
    expect([/"run", "--detach"/, /"push", "--quiet"/, /"buildx", "build"/].map((pattern) => pattern.test(argv))).toEqual([true, true, true])
    // strace also writes the environment's size, never its content; argv is all there is.
    expect(found(argv)).toEqual([])

    const reference = `${registry.host}/acme/model@${green.outputs['digest']}`
    execFileSync('docker', ['login', '--username', 'shipper', '--password-stdin', registry.host], {
      input: canary,
      env: { ...process.env, DOCKER_CONFIG: job.temp },
    })
    execFileSync('docker', ['pull', '--quiet', reference], { env: { ...process.env, DOCKER_CONFIG: job.temp } })
    const image = docker('image', 'inspect', reference) + docker('image', 'history', '--no-trunc', reference)
    docker('image', 'rm', reference)
    execFileSync('rm', [join(job.temp, 'config.json')])
    for (const ran of [red, green]) {
      expect(found(shown(ran))).toEqual([])
      expect(found(JSON.stringify([ran.outputs, ran.state, ran.summary]))).toEqual([])
      expect(leftovers(ran.state)).toEqual([])
    }
    expect(found(image)).toEqual([])
    const onDisk = execFileSync(
      'sh',
      [
        '-c',
        `grep -rlF -e '${canary}' -e '${token}' -e '${basic()}' '${job.temp}' '${job.workspace}' /tmp/ml-image-* 2>/dev/null | grep -v ml-image-registry || true`,
      ],
      { encoding: 'utf8' },
    )
    expect(onDisk).toBe('')
    for (const secret of [canary, token]) expect(green.log).toContain(`::add-mask::${secret.replaceAll('%', '%25')}`)
  })

  test('a test that prints its environment shows none of them, nor any variable of the runner', async () => {
    using job = createJob(fixture('service'))
    const ran = await job.main(
      {
        images: `${registry.host}/acme/model`,
        username: 'shipper',
        password: canary,
        'github-token': token,
        smoke: 'false',
        push: 'false',
        'test-requirements': 'none',
        'test-command': 'env',
      },
      {
        ACTIONS_RUNTIME_TOKEN: runtime,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: runtime,
        GITHUB_TOKEN: token,
        AWS_SECRET_ACCESS_KEY: runtime,
        DATABASE_URL: runtime,
      },
    )
    expect(ran.exitCode).toBe(0)
    const names = [...ran.log.matchAll(/^│ ([A-Za-z_]\w*)=/gm)].map(([, name]) => name ?? '')
    expect(names).toContain('PATH')
    expect(names.filter((name) => /^(INPUT_|ACTIONS_|GITHUB_|RUNNER_|STATE_|AWS_|DATABASE)/.test(name))).toEqual([])
    expect(found(shown(ran))).toEqual([])
    docker('image', 'rm', `${registry.host}/acme/model:sha-1f2e3d4`, `${registry.host}/acme/model:latest`)
  })
})

test('a private base image is pulled with the login that was given, and the builders of the job stay in sight', async () => {
  const base = `${registry.host}/acme/base:1`
  using job = createJob(fixture('service'))
  const env = { ...process.env, DOCKER_CONFIG: job.temp }
  execFileSync('docker', ['login', '--username', 'shipper', '--password-stdin', registry.host], { input: canary, env })
  docker('tag', 'python:3.11-slim', base)
  execFileSync('docker', ['push', '--quiet', base], { env })
  docker('image', 'rm', base)
  execFileSync('rm', [join(job.temp, 'config.json')])
  const dockerfile = join(job.workspace, 'Dockerfile')
  writeFileSync(dockerfile, readFileSync(dockerfile, 'utf8').replace('python:3.11-slim', base))
  const ran = await job.main({
    images: `${registry.host}/acme/model`,
    username: 'shipper',
    password: canary,
    test: 'false',
    'predict-body': '{"features": [1]}',
  })
  expect(ran).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })
  expect(leftovers(ran.state)).toEqual([])
  const refused = await job.main({ images: 'localhost:1/acme/model', push: 'false', test: 'false' })
  expect(refused.outputs['failure-code']).toBe('base-image-unavailable')
})
