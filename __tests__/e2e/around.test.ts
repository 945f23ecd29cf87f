import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { bundle, createJob, docker, fixture, leftovers } from './action.ts'
import { startOwnEngine } from './own-engine.ts'

const inputs = {
  images: 'ghcr.io/acme/around',
  push: 'false',
  test: 'false',
  'predict-body': '{"features": [1, 2]}',
  'start-timeout': '20s',
}
const run = async (more: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) => {
  using job = createJob(fixture('service'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(job.workspace, name), text)
  const ran = await job.main({ ...inputs, ...more }, { FROM_JOB: 'canary-of-the-job' })
  expect(leftovers(ran.state)).toEqual([])
  return ran
}

describe('variables and command of the container', () => {
  test('come from run-env-file, a name alone from the job; no value is told', async () => {
    const ran = await run(
      { 'run-env-file': 'smoke.env', 'predict-expect': '{"prediction": 1}' },
      { 'smoke.env': '# how it misbehaves\nMODE=wrong\nKEY=canary-of-the-file\nFROM_JOB\n' },
    )
    expect(ran.exitCode).toBe(0)
    expect(`${ran.log}${JSON.stringify(ran.outputs)}${ran.summary}`).not.toContain('canary')
  })
  test('run-command is run in place of CMD', async () => {
    expect(await run({ 'run-command': 'env MODE=wrong python server.py', 'predict-expect': '{"prediction": 1}' })).toMatchObject({
      exitCode: 0,
    })
  })
})

describe('the HEALTHCHECK of the image', () => {
  const checked = (command: string) => run({ 'run-args': `--health-cmd "${command}" --health-interval 1h` })
  test('that passes is no more than that', async () => expect((await checked('python --version')).exitCode).toBe(0))
  test.each([
    [
      'needs a program that the image has not',
      'wurl -f http://localhost:8000/health || exit 1',
      /HEALTHCHECK of the image ended with 1: wurl.*wurl: not found/,
    ],
    ['asks at another port', 'python -c \\"import socket; socket.create_connection((\'127.0.0.1\', 9))\\"', /ended with 1: .*refused/],
  ])('that %s is red', async (_, command, says) => {
    const ran = await checked(command)
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'healthcheck-broken', 'failed-stage': 'smoke' } })
    expect(ran.log.split('\n').find((line) => line.startsWith('::error'))).toMatch(says)
  })
})

describe('offline', () => {
  let neighbour = ''
  beforeAll(() => {
    neighbour = docker('run', '--detach', 'python:3.11-slim', 'python', '-m', 'http.server', '5000')
  })
  afterAll(() => void docker('rm', '--force', neighbour))
  const downloads = () => {
    const address = docker('inspect', '--format', '{{.NetworkSettings.IPAddress}}', neighbour)
    const ask = `import runpy, urllib.request as r; r.urlopen('http://${address}:5000/etc/hostname', timeout=3).read(); runpy.run_path('server.py')`
    return { 'run-command': `python -c "${ask}"` }
  }
  test('a model that is there serves', async () => {
    const ran = await run({ offline: 'true', 'predict-expect': '{"prediction": 0}' })
    expect(ran.exitCode).toBe(0)
    expect(ran.log).toContain(', offline')
  })
  test('a model that is downloaded at start is found out', async () => {
    expect((await run(downloads())).exitCode).toBe(0)
    const ran = await run({ ...downloads(), offline: 'true' })
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'container-exited' } })
    expect(ran.log).toMatch(/Network is unreachable|timed out/)
  })
})

describe('an image for a GPU, on an engine without one, is never plain green', () => {
  const gpus = { 'run-args': '--gpus all --memory 1g' }
  test('where it predicts on the processor', async () => {
    const ran = await run(gpus)
    expect(ran.exitCode).toBe(0)
    expect(ran.log).toMatch(/::notice::The image is for a GPU \(run-args: --gpus all\), .* predicts on the processor/)
    expect(ran.summary).toMatch(/^### ML image: .*model not proven/)
    expect(JSON.parse(ran.outputs['smoke'] ?? '')).toMatchObject({ gpuMissing: 'run-args: --gpus all' })
  })
  test('where it cannot do without, it was started and no more', async () => {
    const dies = `python -c "raise RuntimeError('No CUDA GPUs are available')"`
    const ran = await run({ ...gpus, 'run-command': dies })
    expect(ran.exitCode).toBe(0)
    expect(ran.summary).toContain('started, model not proven: no GPU here')
  })
  test('where it is broken otherwise, it is red', async () => {
    expect(await run({ ...gpus, 'run-env': 'MODE=exits' })).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'file-missing' } })
  })
})

test('an engine over tcp: the container is reached where that engine is, not on our loopback', async () => {
  await using engine = await startOwnEngine()
  const door = createServer((client) => {
    const socket = createConnection(engine.host.replace('unix://', ''))
    client.pipe(socket).pipe(client)
    for (const [one, other] of [
      [client, socket],
      [socket, client],
    ] as const)
      one.on('error', () => other.destroy())
  })
  await new Promise<void>((resolve) => door.listen(0, engine.address, resolve))
  door.unref()
  const DOCKER_HOST = `tcp://${engine.address}:${(door.address() as AddressInfo).port}`
  using job = createJob(fixture('platforms'), undefined, { DOCKER_HOST })
  execFileSync('go', ['build', '-trimpath', '-o', 'server-amd64', '.'], {
    cwd: job.workspace,
    env: { ...process.env, GOARCH: 'amd64', CGO_ENABLED: '0' },
  })
  const ran = await job.main({ ...inputs, 'predict-expect': '{"prediction": 0}', 'gate-command': 'echo "asked at $BASE_URL"' })
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3000) }).toEqual({ exitCode: 0, log: '' })
  expect(ran.log).toContain(`asked at http://${engine.address}:`)
  // The engine is told through our door, which the wait of leftovers would hold up.
  const images = () => docker('--host', engine.host, 'images', '--quiet', 'ml-image-action/run')
  for (let tries = 0; tries < 100 && images() !== ''; tries++) await setTimeout(50)
  expect(leftovers(ran.state, ['--host', engine.host])).toEqual([])
  door.close()
})

describe('a job in a container that has the socket of the engine', () => {
  const network = `around-job-${process.pid}`
  const temp = mkdtempSync(join(tmpdir(), 'around-job-'))
  beforeAll(() => void docker('network', 'create', network))
  afterAll(() => {
    docker('network', 'rm', network)
    rmSync(temp, { recursive: true, force: true })
  })
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['reaches the container on its own network', {}],
    ['offline', { OFFLINE: 'true' }],
  ])('%s', (_, more) => {
    const client = realpathSync(execFileSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim())
    const plugins = JSON.parse(docker('info', '--format', '{{json .ClientInfo.Plugins}}')) as readonly { readonly Path: string }[]
    const mounts = [
      ...['/var/run/docker.sock', ...new Set(plugins.map(({ Path }) => dirname(Path)))].map((path) => [path, path]),
      ...[
        [client, '/usr/bin/docker'],
        [realpathSync(process.execPath), '/usr/bin/node24'],
        [dirname(bundle), '/action'],
        [fixture('service'), '/workspace'],
        [temp, '/temp'],
      ],
    ].flatMap((mount) => ['--volume', mount.join(':')])
    const variables = {
      ...{
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: '/workspace',
        RUNNER_TEMP: '/temp',
        GITHUB_EVENT_NAME: 'push',
        GITHUB_REF: 'refs/heads/main',
      },
      ...{
        GITHUB_SHA: '1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c',
        GITHUB_REPOSITORY: 'acme/shop',
        'INPUT_GATE-COMMAND': 'echo "asked at $BASE_URL"',
      },
      ...Object.fromEntries(Object.entries({ ...inputs, ...more }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    }
    const env = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`])
    const place = ['--rm', '--network', network, '--workdir', '/workspace', ...mounts, ...env]
    const log = docker('run', ...place, 'python:3.11-slim', 'node24', '/action/index.js')
    expect(log).toMatch(/asked at http:\/\/(?!127)[\d.]+:8000/)
    expect(log).toContain('Result: passed')
  })
})
