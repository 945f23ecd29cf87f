import { describe, expect, test } from '@jest/globals'
import { main } from '../src/main.ts'
import type { Event } from '../src/plan/event.ts'
import { commit, createEvent } from './builders.ts'
import { pushed } from './fake-engine.ts'
import { registryLogin } from './fake-registry.ts'
import { createWorld, givenFor, red, type Script } from './whole-run.ts'

async function act(given: Readonly<Record<string, string>> = {}, script: Script = {}, event: Partial<Event> = {}) {
  const world = createWorld(script)
  const result = await main(world.host, givenFor(given), createEvent(event), new AbortController().signal)
  return { ...world, ...result, outputs: Object.fromEntries(world.host.outputs) }
}

describe('bad input is refused before anything is done', () => {
  const bad = { port: '0', 'test-timeout': '5', pish: 'true' }
  test('no process, no request, no file', async () => {
    const { host, exitCode } = await act(bad)
    expect(exitCode).toBe(2)
    expect([host.commands, host.requests, host.traces, host.files.temps.size]).toEqual([[], [], [], 0])
  })
  test('all problems in one annotation and one summary', async () => {
    const { host } = await act(bad)
    expect(host.annotations).toEqual([{ level: 'error', title: 'ML image: 3 problems with the inputs', message: expect.any(String) }])
    for (const input of Object.keys(bad)) expect(host.annotations[0]?.message).toContain(`${input}: `)
    expect(host.summaries).toHaveLength(1)
    expect(host.summaries[0]).toMatch(/^### ML image: 3 problems with the inputs, nothing was run\n/)
  })
  test('outputs say so', async () => {
    expect((await act(bad)).outputs).toEqual({ result: 'failed', 'failed-stage': 'inputs', 'failure-code': 'bad-input', pushed: 'false' })
  })
  test('also what only the event shows: a push without a login', async () => {
    const { host, exitCode } = await act({ images: 'quay.io/acme/iris', username: '', password: '' })
    expect(exitCode).toBe(2)
    expect(host.annotations[0]?.message).toContain('no login to quay.io')
    expect(host.argvs().filter((argv) => !argv.startsWith('git'))).toEqual([])
  })
  test('secrets are hidden first, and not in it', async () => {
    const { host } = await act({ ...bad, password: 'hunter22', 'github-token': 'ghs_1234' })
    expect(host.hidden.slice(0, 2)).toEqual(['hunter22', 'ghs_1234'])
    expect(JSON.stringify([host.annotations, host.summaries, host.lines])).not.toMatch(/hunter22|ghs_1234/)
  })
})

describe('code from outside with the rights of the repository', () => {
  const foreign = { name: 'pull_request_target', origin: 'fork', foreignCode: true } as const
  test('is refused', async () => {
    const { host, exitCode, outputs } = await act({}, {}, foreign)
    expect([exitCode, outputs['failure-code'], host.commands]).toEqual([2, 'unsafe-checkout', []])
    expect(host.annotations).toHaveLength(1)
  })
  test('is run where that is accepted, and still not pushed', async () => {
    const { exitCode, registry } = await act({ accept: 'unsafe-pr-checkout' }, {}, foreign)
    expect(exitCode).toBe(0)
    expect(registry.log).toEqual([])
  })
})

describe('a comment on a pull request, by whomever, runs with all rights', () => {
  const comment = { name: 'issue_comment', commentOnPull: true } as const
  const checkedOut = (sha: string) => ({ capture: { 'git -c safe.directory=* log': { stdout: `${sha} 2026-01-02T03:04:05+00:00` } } })
  test('on the default branch that is no matter', async () => expect((await act({}, checkedOut(commit), comment)).exitCode).toBe(0))
  test('with another commit checked out it is refused', async () => {
    const { exitCode, outputs, host } = await act({}, checkedOut('a'.repeat(40)), comment)
    expect([exitCode, outputs['failure-code']]).toEqual([2, 'unsafe-checkout'])
    expect(host.argvs().filter((argv) => !argv.startsWith('git'))).toEqual([])
    expect(host.annotations[0]?.message).toContain(
      'issue_comment runs with the rights of this repository, and may be about code from a fork',
    )
  })
  test('and not pushed where that is accepted', async () => {
    const { exitCode, registry } = await act({ accept: 'unsafe-pr-checkout', push: 'true' }, checkedOut('a'.repeat(40)), comment)
    expect([exitCode, registry.log]).toEqual([0, []])
  })
})

test('a dry run says what it would do, and does nothing', async () => {
  const { host, exitCode, outputs, registry } = await act({ 'dry-run': 'true' })
  expect(exitCode).toBe(0)
  expect(host.argvs().filter((argv) => !argv.startsWith('git'))).toEqual([])
  expect([registry.log, host.traces, host.annotations]).toEqual([[], [], []])
  expect(outputs).toMatchObject({ result: 'passed', pushed: 'false', version: 'sha-1f2e3d4' })
  expect(JSON.parse(outputs['plan'] ?? '')).toMatchObject({ push: { push: true }, test: { when: 'beside the build' } })
  expect(host.lines.join('\n')).toContain('Dry run: nothing is run, built or pushed.')
  expect(host.lines.join('\n')).not.toContain(registryLogin.password)
})

test('git is not asked where the payload says it all: a dry run starts no process', async () => {
  const { host, exitCode } = await act({ 'dry-run': 'true' }, {}, { committed: '2026-01-02T03:04:05Z' })
  expect([exitCode, host.commands]).toEqual([0, []])
})

describe('a run that went well', () => {
  test('ends with 0, its outputs, one summary, the report and no annotation', async () => {
    const { host, exitCode, outputs } = await act()
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({
      result: 'passed',
      pushed: 'true',
      digest: pushed.digest,
      image: `localhost:5000/acme/iris@${pushed.digest}`,
      report: '/temp/ml-image-report-f00dcafe0001.json',
    })
    expect(host.annotations).toEqual([])
    expect(host.summaries).toEqual([expect.stringMatching(/^### ML image: pushed localhost:5000\/acme\/iris:sha-1f2e3d4 in /)])
    expect(JSON.parse(host.files.readText(outputs['report'] ?? '') ?? '')).toMatchObject({ version: 1, result: 'passed' })
    expect(host.lines.at(-1)).toMatch(/^Result: passed\. pushed localhost:5000\/acme\/iris:sha-1f2e3d4 in /)
  })
  test('without a summary, where none is wanted', async () => expect((await act({ summary: 'false' })).host.summaries).toEqual([]))
  test('its password is nowhere: not in argv, outputs, log, summary or report', async () => {
    const { host } = await act()
    const { password } = registryLogin
    const basic = Buffer.from(`${registryLogin.username}:${password}`).toString('base64')
    const shown = JSON.stringify([host.argvs(), [...host.outputs], host.lines, host.summaries, host.notices, [...host.files.entries]])
    expect([shown.includes(password), shown.includes(basic), host.hidden.includes(password)]).toEqual([false, false, true])
  })
})

describe('a Dockerfile', () => {
  const record = (short: string, line: number) => ({
    short: Buffer.from(short).toString('base64'),
    url: 'https://docs.docker.com/x',
    sourceInfo: { filename: 'Dockerfile' },
    range: [{ start: { line } }],
  })
  const warnings = [record('FromAsCasing: x', 1), ...Array.from({ length: 12 }, (_, i) => record(`UndefinedVar: V${i} (line 2)`, 2 + i))]
  const lines = [JSON.stringify({ warnings }), JSON.stringify({ warnings })]
  test('whose checks find something has warnings at its lines, the gravest, and all of them in the report', async () => {
    const { host, exitCode, outputs } = await act({}, { build: { lines } })
    expect(exitCode).toBe(0)
    expect(host.annotations.slice(0, -1)).toEqual(
      Array.from({ length: 9 }, (_, i) => ({
        ...{
          level: 'warning',
          title: 'Dockerfile: UndefinedVar',
          message: `V${i}\nhttps://docs.docker.com/x`,
          file: 'Dockerfile',
          line: 2 + i,
        },
      })),
    )
    expect(host.annotations.at(-1)?.message).toContain('4 more findings')
    expect(JSON.parse(host.files.readText(outputs['report'] ?? '') ?? '').checks).toHaveLength(13)
    expect(host.summaries[0]).toContain('- x · [`Dockerfile:1`](https://github.com/acme/iris/blob/')
  })
  test('that cannot be built is annotated at the line, with cause and remedy, beside what its checks find', async () => {
    const step = {
      vertexes: [
        {
          digest: 'sha256:1',
          name: '[2/2] RUN pip install iris',
          error: 'process "/bin/sh -c pip install iris" did not complete successfully: exit code: 1',
        },
      ],
      logs: [{ vertex: 'sha256:1', data: Buffer.from('No matching distribution found for iris').toString('base64') }],
    }
    const said = ['Dockerfile:4', '-'.repeat(20), '   4 | >>> RUN pip install iris', '-'.repeat(20), 'ERROR: failed to build: x']
    const { host, exitCode, outputs } = await act(
      {},
      { build: { ended: { kind: 'exited', exitCode: 1 }, lines: [...lines, JSON.stringify(step), ...said] } },
    )
    expect(exitCode).toBe(1)
    const [error, ...others] = host.annotations
    expect(error).toMatchObject({ level: 'error', title: 'ML image: build build-failed', file: 'Dockerfile', line: 4 })
    expect(error?.message.split('\n')).toEqual([
      '[2/2] RUN pip install iris: exit code: 1',
      '  No matching distribution found for iris',
      expect.stringContaining('nothing that fits (iris)'),
      expect.stringContaining('python:3.11-slim'),
    ])
    expect(others).toHaveLength(10)
    expect(JSON.parse(host.files.readText(outputs['report'] ?? '') ?? '').failure).toMatchObject({
      cause: { name: 'missing-wheel' },
      at: { file: 'Dockerfile', line: 4 },
      remedy: expect.stringContaining('python:3.11-slim'),
    })
    expect(host.summaries[0]).toContain('**Cause:** The index has nothing')
  })
})

describe('advice', () => {
  const dockerfile = 'FROM python:3.11-slim\nCOPY . .\nRUN pip install --no-cache-dir -r requirements.txt\n'
  const project = (text = dockerfile) => ({ files: { '/repo/Dockerfile': text } })
  const reportOf = (host: Awaited<ReturnType<typeof act>>['host'], outputs: Readonly<Record<string, string>>) =>
    JSON.parse(host.files.readText(outputs['report'] ?? '') ?? '')
  test('is told at its lines, and with its fix in the report; the run is green', async () => {
    const { host, exitCode, outputs } = await act({}, project())
    expect(exitCode).toBe(0)
    expect(host.annotations.map(({ level, title, file, line }) => [level, title, file, line])).toEqual([
      ['warning', 'Advice: no-dockerignore', 'Dockerfile', 2],
      ['warning', 'Advice: code-before-packages', 'Dockerfile', 2],
    ])
    expect(reportOf(host, outputs).advice).toHaveLength(2)
    expect(reportOf(host, outputs).advice[1].fix).toContain('+COPY requirements.txt ./')
  })
  test('as an error it is red before anything is run', async () => {
    const { host, exitCode, outputs, registry } = await act({ advice: 'error' }, project())
    expect([exitCode, outputs['failed-stage'], outputs['failure-code']]).toEqual([1, 'inspect', 'advice'])
    expect(host.argvs().filter((argv) => !argv.startsWith('git'))).toEqual([])
    expect(registry.log).toEqual([])
    expect(host.annotations[0]).toMatchObject({ level: 'error', title: 'ML image: inspect advice', file: 'Dockerfile', line: 2 })
    expect(reportOf(host, outputs).advice).toHaveLength(2)
  })
  test('as an error it is green where there is none, or it is silenced', async () => {
    const silent = `# ml-image: ignore no-dockerignore, code-before-packages\n${dockerfile}`
    expect((await act({ advice: 'error' }, project(silent))).exitCode).toBe(0)
    expect((await act({ advice: 'error' })).exitCode).toBe(0)
  })
  test('is not looked for where it is off, or nothing is built', async () => {
    const { host, outputs } = await act({ advice: 'off' }, project())
    expect([host.annotations, reportOf(host, outputs).advice]).toEqual([[], undefined])
  })
})

describe('a run that did not', () => {
  test.each<readonly [string, Script, number, string, string]>([
    ['a red gate', { tests: red() }, 1, 'test', 'tests-failed'],
    [
      'a registry that refuses',
      { registry: { fault: (request) => (request.startsWith('PUT') ? { status: 403 } : undefined) } },
      3,
      'publish',
      'registry-denied',
    ],
  ])('%s: one annotation, and outputs that say what', async (_, script, code, stage, failure) => {
    const { host, exitCode, outputs } = await act({}, script)
    expect(exitCode).toBe(code)
    expect(outputs).toMatchObject({ result: 'failed', 'failed-stage': stage, 'failure-code': failure, pushed: 'false' })
    expect(host.annotations).toEqual([{ level: 'error', title: `ML image: ${stage} ${failure}`, message: expect.any(String) }])
    expect(host.summaries).toHaveLength(1)
  })
  test('no engine: before the first stage', async () => {
    const { host, exitCode, outputs } = await act({}, { capture: { 'docker info': { exitCode: 1, stderr: '<b>denied</b>' } } })
    expect([exitCode, outputs['failure-code']]).toEqual([3, 'engine-unavailable'])
    expect(host.annotations).toHaveLength(1)
    expect(host.summaries[0]).toContain('&lt;b&gt;denied')
  })
  test('a fault of ours: with where it was', async () => {
    const { host, exitCode } = await act({}, { capture: { 'docker info': { stdout: '{"ServerVersion": "1", "DriverStatus": 7}' } } })
    expect(exitCode).toBe(3)
    expect(host.annotations).toEqual([
      { level: 'error', title: 'ML image: internal', message: expect.stringMatching(/open an issue[\s\S]*engine\.ts/) },
    ])
  })
})

describe('the default branch, where the event does not say it', () => {
  const { defaultBranch: _, ...silent } = createEvent({ ref: { kind: 'branch', name: 'trunk' } })
  const decided = async (script: Script, given = {}) => {
    const world = createWorld(script)
    await main(world.host, givenFor({ 'dry-run': 'true', ...given }), silent, new AbortController().signal)
    return world.host.lines.find((line) => line.startsWith('Push: '))
  }
  const origin = { 'git -c safe.directory=* symbolic-ref --quiet --short refs/remotes/origin/HEAD': { stdout: 'origin/trunk' } }
  test('is asked of git', async () => expect(await decided({ capture: origin })).toContain('yes'))
  test('is asked of GitHub, with a token', async () => {
    expect(await decided({ repository: async () => ({ defaultBranch: 'trunk' }) }, { 'github-token': 't' })).toContain('yes')
    expect(await decided({ repository: async () => ({ defaultBranch: 'trunk' }) })).toContain('no')
  })
})

test('the image of a commit has its labels from the commit', async () => {
  const committed = { 'git -c safe.directory=* log': { stdout: '1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c 2026-01-02T03:04:05+00:00' } }
  expect((await act({}, { capture: committed })).outputs['labels']).toContain('org.opencontainers.image.created=2026-01-02T03:04:05.000Z')
})

test('the time of another commit that is checked out is not that of the image', async () => {
  const other = { 'git -c safe.directory=* log': { stdout: `${'a'.repeat(40)} 2026-01-02T03:04:05+00:00` } }
  expect((await act({}, { capture: other })).outputs['labels']).not.toContain('org.opencontainers.image.created')
})

describe('what the repository is goes into the labels', () => {
  const about = { name: 'iris', url: 'https://github.com/acme/iris', description: 'Flowers', license: 'MIT' }
  const labelled = async (event: Partial<Event>, given = {}) => {
    const asked: string[] = []
    const repository: Script['repository'] = async (name) => {
      asked.push(name)
      return { about: { ...about, license: 'Apache-2.0' } }
    }
    const { outputs } = await act({ 'dry-run': 'true', ...given }, { repository }, event)
    return [/licenses=(.*)/.exec(outputs['labels'] ?? '')?.[1], asked]
  }
  test('from the payload, and nobody is asked', async () => expect(await labelled({ about }, { 'github-token': 't' })).toEqual(['MIT', []]))
  test('else from GitHub, with a token', async () => {
    expect(await labelled({}, { 'github-token': 't' })).toEqual(['Apache-2.0', ['acme/iris']])
    expect(await labelled({})).toEqual([undefined, []])
  })
  test('on a laptop nobody is asked', async () =>
    expect(await labelled({ source: 'git' }, { 'github-token': 't' })).toEqual([undefined, []]))
})

describe('what is known of the model goes into the labels', () => {
  const dockerfile = 'FROM python:3.11-slim\nARG MODEL_VERSION=7\nCOPY model.pkl .\n'
  const files = { '/repo/Dockerfile': dockerfile, '/repo/model.pkl': 'weights' }
  const digest = 'io.github.ml-image-action.model.digest=sha256:9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c'
  const version = 'io.github.ml-image-action.model.version=7'
  const gate = 'io.github.ml-image-action.gate.tests'
  const builtWith = (argvs: readonly string[]) => argvs.find((argv) => argv.startsWith('docker buildx build')) ?? ''
  test('before anything is run', async () => {
    const { host, outputs } = await act({ 'dry-run': 'true' }, { files })
    expect(outputs['labels']?.split('\n')).toEqual(expect.arrayContaining([digest, version]))
    expect(host.lines.join('\n')).toContain(`--label ${digest}`)
  })
  test('of a model that the tests make, when they have made it', async () => {
    const tests: Script['tests'] = { act: () => world.host.files.entries.set('/repo/model.pkl', 'weights') }
    const world = createWorld({ files: { ...files, '/repo/model.pkl': 'old' }, tests })
    await main(world.host, givenFor({ 'test-first': 'true' }), createEvent(), new AbortController().signal)
    expect(builtWith(world.host.argvs())).toContain(`--label ${digest}`)
    expect(builtWith(world.host.argvs())).toContain(`--label ${gate}=passed`)
    expect(world.host.outputs.get('labels')?.split('\n')).toEqual(expect.arrayContaining([digest, version, `${gate}=passed`]))
  })
  test('where there are no tests, and that is meant, none have passed', async () => {
    const world = createWorld({ files })
    world.host.files.entries.delete('/repo/tests/test_app.py')
    const given = givenFor({ 'test-first': 'true', 'test-command': '', accept: 'no-tests' })
    await main(world.host, given, createEvent(), new AbortController().signal)
    expect(builtWith(world.host.argvs())).toContain(`--label ${gate}=skipped`)
  })
  test('tests beside the build say nothing of themselves', async () =>
    expect(builtWith((await act({}, { files })).host.argvs())).not.toContain(gate))
  test('what looks like a mistake is a notice', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 123\n`
    const { host } = await act({ 'dry-run': 'true' }, { files: { ...files, '/repo/model.pkl': pointer } })
    expect(host.notices).toEqual([expect.stringMatching(/^model\.pkl is a pointer of Git LFS/)])
  })
})

describe('the time of the commit, where an expression asks for it', () => {
  const given = { 'dry-run': 'true', 'github-token': 'ghs_1234', tags: "type=raw,value=built-{{commit_date 'YYYYMMDD'}}" }
  const asked: unknown[] = []
  const commitTime = async (...words: unknown[]) => {
    asked.push(words)
    return '2026-01-02T03:04:05Z'
  }
  test('is asked of the API where neither the payload nor git has it', async () => {
    asked.length = 0
    const { outputs } = await act(given, { commitTime })
    expect(outputs['tag-names']).toBe('built-20260102')
    expect(asked).toEqual([['acme/iris', expect.any(String), 'ghs_1234']])
  })
  test('is not asked for what the payload says, nor where nobody wants to know', async () => {
    asked.length = 0
    const context = { ...createEvent().context, commitTimes: { [createEvent().sha]: '2025-12-31T00:00:00Z' } }
    expect((await act(given, { commitTime }, { context })).outputs['tag-names']).toBe('built-20251231')
    await act({ ...given, tags: 'x' }, { commitTime })
    expect(asked).toEqual([])
  })
  test('is now where nobody knows: the clock is SOURCE_DATE_EPOCH when that is set', async () => {
    const env = { SOURCE_DATE_EPOCH: '1767225600' }
    expect((await act(given, { env })).outputs['tag-names']).toBe('built-20260101')
  })
})

test('what docker/metadata-action exports is exported, unless its variable says no', async () => {
  const names = ['VERSION', 'TAGS', 'TAG_NAMES', 'LABELS', 'ANNOTATIONS', 'JSON'].map((name) => `DOCKER_METADATA_OUTPUT_${name}`)
  const { host, outputs } = await act({ 'dry-run': 'true' })
  expect([...host.exported.keys()]).toEqual(names)
  expect(host.exported.get('DOCKER_METADATA_OUTPUT_TAG_NAMES')).toBe(outputs['tag-names'])
  expect([...(await act({ 'dry-run': 'true' }, { env: { DOCKER_METADATA_SET_OUTPUT_ENV: 'false' } })).host.exported]).toEqual([])
})

test('what the user should know before anything is done is told', async () => {
  const { host } = await act({ 'dry-run': 'true', tags: 'type=semver,pattern={{version}},value=x\ny' })
  expect(host.notices).toEqual(['tags: type=semver,pattern={{version}},value=x: x is not a version by semver.'])
})
