import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { startCacheService } from '../doubles/cache-service.ts'
import { createJob, fixture, type Job, leftovers, type Ran } from './action.ts'

/** One for each way in which a secret comes in. With characters that look different in an address, in JSON and in base64. */
const canaryOf = (name: string) => `canary-${name}-${randomBytes(6).toString('hex')}+/="%& ü`
const canaries = {
  password: canaryOf('password'),
  'github-token': canaryOf('github'),
  secrets: `-----BEGIN KEY-----\n${canaryOf('line1')}\n${canaryOf('line2')}\n-----END KEY-----`,
  'secret-envs': canaryOf('envs'),
  'secret-files': canaryOf('files').replaceAll(' ', '_'),
  'test-env': canaryOf('test'),
  'run-env': canaryOf('run'),
  'run-env-file': canaryOf('envfile'),
  runtime: canaryOf('runtime'),
  identity: canaryOf('identity'),
} as const

/** Each line of each, as it is and in every form that a log, an address, JSON or a login may show it in. */
const forms = Object.values(canaries)
  .flatMap((value) => [value, ...value.split('\n')])
  .filter((value) => value.includes('canary'))
  .flatMap((value) => [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString('base64'),
    Buffer.from(`shipper:${value}`).toString('base64'),
  ])
const found = (text: string) => forms.filter((form) => text.includes(form))
/** What of a canary looks the same however it is written. */
const core = /canary-[a-z0-9]+-[0-9a-f]{12}/

/** The log as the runner shows it: whatever it was told to mask until then is masked. ActionCommandManager.cs, CommandUtil. */
function shown(log: string): string {
  const masks = new Set<string>()
  const unescaped = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  return log
    .split('\n')
    .flatMap((line) => {
      const [, mask] = /^::add-mask::(.*)$/.exec(line) ?? []
      if (mask !== undefined) masks.add(unescaped(mask))
      return mask === undefined
        ? [[...masks].toSorted((a, b) => b.length - a.length).reduce((text, one) => text.replaceAll(one, '***'), line)]
        : []
    })
    .join('\n')
}

const temporaries = () => readdirSync(tmpdir()).filter((name) => name.startsWith('ml-image-') && !/^ml-image-(registry|e2e)-/.test(name))
let there: ReadonlySet<string>
let registry: Registry
beforeAll(async () => {
  there = new Set(temporaries())
  registry = await startRegistry({ username: 'shipper', password: canaries.password })
})
afterAll(() => registry.stop())

/** Steps that show what they were given, and an image that would keep it if anything gave it more. */
const dockerfile = [
  'FROM python:3.11-slim',
  'RUN --mount=type=secret,id=key cat /run/secrets/key',
  'RUN --mount=type=secret,id=env cat /run/secrets/env',
  'RUN --mount=type=secret,id=netrc cat /run/secrets/netrc',
  'ARG FATE=true',
  'RUN --mount=type=secret,id=env,env=SECRET env; $FATE',
  'COPY server.py .',
  'EXPOSE 8000',
  `CMD ["sh", "-c", "env; exec python server.py"]`,
  '',
].join('\n')

function project(): Job {
  const job = createJob(fixture('service'))
  writeFileSync(join(job.workspace, 'Dockerfile'), dockerfile)
  writeFileSync(join(job.workspace, '.dockerignore'), 'netrc\nvariables\n')
  writeFileSync(join(job.workspace, 'netrc'), `machine index.example login octocat password ${canaries['secret-files']}\n`)
  writeFileSync(join(job.workspace, 'variables'), `FILE_TOKEN=${canaries['run-env-file']}\n`)
  return job
}

const inputs = () => ({
  images: `${registry.host}/acme/canary`,
  username: 'shipper',
  password: canaries.password,
  'github-token': canaries['github-token'],
  secrets: `"key=${canaries.secrets.replaceAll('"', '""')}"`,
  'secret-envs': 'env=MOUNTED',
  'secret-files': 'netrc=./netrc',
  'test-requirements': 'none',
  'test-command': 'env',
  accept: 'no-tests',
  'test-env': 'TEST_TOKEN',
  'run-env': 'RUN_TOKEN',
  'run-env-file': 'variables',
  'predict-body': '{"features": [1]}',
  provenance: 'mode=max',
  compression: 'uncompressed',
  'no-cache': 'true',
  cache: 'gha',
  'cache-mode': 'max',
})

const surroundings = (cache: Readonly<Record<string, string>>) => ({
  ...cache,
  MOUNTED: canaries['secret-envs'],
  TEST_TOKEN: canaries['test-env'],
  RUN_TOKEN: canaries['run-env'],
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: canaries.identity,
  ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9/',
  OF_NOBODY_TOKEN: canaries.runtime,
})

/** Files below these folders that hold one of them. `grep` reads them: an image is large. */
function filesWith(folders: readonly string[], except: (path: string) => boolean): readonly string[] {
  const patterns = forms.flatMap((form) => ['-e', form.split('\n')[0] ?? ''])
  const stdout = execFileSync('sh', ['-c', 'grep -rlaF "$@" 2>/dev/null || true', 'grep', ...patterns, '--', ...folders], {
    encoding: 'utf8',
  })
  return stdout.split('\n').filter((path) => path !== '' && !except(path))
}

function expectSilent(ran: Ran, job: Job): void {
  expect(found(shown(ran.log))).toEqual([])
  expect(found(ran.log).length).toBeGreaterThan(0)
  expect(found(JSON.stringify(ran.outputs))).toEqual([])
  expect(found(Object.values(ran.outputs).join('\n'))).toEqual([])
  expect(found(ran.summary)).toEqual([])
  expect(found(JSON.stringify(ran.state))).toEqual([])
  expect(leftovers(ran.state)).toEqual([])
  const own = (path: string) => path === join(job.workspace, 'netrc') || path === join(job.workspace, 'variables')
  const temporary = temporaries()
    .filter((name) => !there.has(name))
    .map((name) => join(tmpdir(), name))
  expect(filesWith([join(job.workspace, '..'), join(homedir(), '.docker'), ...temporary], own)).toEqual([])
}

test('a green run with every kind of secret leaves none of them anywhere', async () => {
  await using service = await startCacheService()
  using job = project()
  const trace = join(job.temp, '..', 'argv.txt')
  const strace = ['strace', '-f', '-qq', '-s', '65536', '-e', 'trace=execve', '-o', trace]
  const ran = await job.main(inputs(), surroundings(service.environment), strace)
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-4_000) }).toEqual({ exitCode: 0, log: '' })
  // What the steps and the tests have printed has come this far, and was masked.
  expect(shown(ran.log)).toMatch(/│ SECRET=\*\*\*/)
  expect(shown(ran.log)).toMatch(/│ TEST_TOKEN=\*\*\*/)
  const argv = readFileSync(trace, 'latin1')
  expect([/"run", "--detach"/, /"push", "--quiet"/, /"buildx", "build"/].map((pattern) => pattern.test(argv))).toEqual([true, true, true])
  expect(core.exec(argv)?.[0]).toBeUndefined()
  expect(found(argv)).toEqual([])
  expectSilent(ran, job)
  // Manifests, configurations with their history, layers (not compressed), the provenance: all that the registry has.
  const escaped = forms.map((form) => (form.split('\n')[0] ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  expect(registry.filesWith(escaped.join('|'))).toEqual([])
  expect(registry.filesWith('python server.py').length).toBeGreaterThan(0)
  expect(service.entries().length).toBeGreaterThan(0)
})

test.each([
  ['a step that fails when it has shown its secret', { 'build-args': 'FATE=false' }, 'build-failed'],
  ['tests that fail when they have shown their variables', { 'test-command': 'env; exit 3', smoke: 'false' }, 'tests-crashed'],
  ['a container that ends when it has shown its variables', { 'run-command': 'sh -c "env; exit 7"' }, 'container-exited'],
  ['a login that is refused', { username: 'nobody', smoke: 'false', test: 'false' }, 'registry-unauthorized'],
])('%s: the error, the summary and the report are without them', async (_, more, code) => {
  using job = project()
  const ran = await job.main({ ...inputs(), cache: 'none', 'cache-mode': '', 'no-cache': 'false', ...more }, surroundings({}))
  expect({ code: ran.outputs['failure-code'], log: ran.outputs['failure-code'] === code ? '' : ran.log.slice(-3_000) }).toEqual({
    code,
    log: '',
  })
  expect(ran.summary).toContain(code)
  expectSilent(ran, job)
})
