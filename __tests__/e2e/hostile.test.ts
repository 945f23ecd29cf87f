import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createJob, docker, fixture, type Job, leftovers, type Ran } from './action.ts'

/** In every secret of the job. */
const mark = 'c4n4ry'
/** A registry that does not exist; that the Dockerfile names it makes a login for the build necessary. */
const images = `localhost:9/acme/hostile-${process.pid}`

/** What the relay is while a push lasts: something that listens on the loopback. */
const listener = createServer((socket) => socket.destroy())
beforeAll(() => new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve)))
afterAll(() => void listener.close())

// A green run leaves the image under its tags.
afterEach(() => {
  const left = docker('images', '--format', '{{.Repository}}:{{.Tag}}', images).split('\n').filter(Boolean)
  if (left.length > 0) docker('image', 'rm', ...left)
})

/** White space by which .NET's TrimStart goes, as the runner calls it. */
const blanks = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

/** The lines of a log that the runner takes for commands: by ActionCommand.cs, without asking whether it knows the command. */
function obeyed(log: string): readonly string[] {
  return log.split(/\r\n|\n|\r/).filter((line) => /^::.*::/s.test(line.replace(blanks, '')) || /##\[[^\]]*\]/.test(line))
}

test('the oracle: what the runner obeys, and what it does not', () => {
  const commands = ['::error::x', ' \t\u0085\u3000::error::x', 'a ##[error]x', 'a\r::warning file=a::x\rb', '####[[error]x', '::x::']
  expect(commands.map((text) => obeyed(text).length)).toEqual(commands.map(() => 1))
  const texts = ['│ ::error::x', 'a ::error::x', '# #[error]x', '::error', ': :error::x', '##[error', '\ufeff::error::x']
  expect(texts.flatMap(obeyed)).toEqual([])
})

const own = /^::(group|endgroup|notice|warning|error|add-mask)( [^:]*)?::/

type Hostile = Readonly<{ job: Job; ran: Ran; hold: string; found: readonly string[] }>

/** Ids of the processes that the suite started under a name. */
function running(name: string, hold: string): readonly number[] {
  const { stdout } = spawnSync('pgrep', ['-f', '--', `hostile-${name}-${hold}$`], { encoding: 'utf8' })
  return stdout.split('\n').filter(Boolean).map(Number)
}

async function until(what: () => boolean): Promise<boolean> {
  const deadline = Date.now() + 20_000
  while (!what()) {
    if (Date.now() > deadline) return false
    await sleep(50)
  }
  return true
}

function commandFile(job: Job, name: string): string {
  const root = join(job.temp, '..')
  const folder = readdirSync(root).find((entry) => entry.startsWith('commands-') && readdirSync(join(root, entry)).includes(name)) ?? ''
  return readFileSync(join(root, folder, name), 'utf8')
}

/** Runs the attacker's suite in a job that has every kind of secret, and adds to its own finds what is seen from outside. */
async function attack(job: Job, place: 'image' | 'runner'): Promise<Hostile> {
  const home = join(job.temp, '..', 'home')
  const hold = randomBytes(8).toString('hex')
  const hostFile = join(job.temp, '..', 'host.txt')
  writeFileSync(hostFile, 'of the host\n')
  mkdirSync(join(home, '.docker'), { recursive: true })
  const auth = Buffer.from(`octocat:${mark}-login-of-the-job`).toString('base64')
  writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify({ auths: { 'registry.example': { auth } } }))
  writeFileSync(join(home, '.netrc'), `machine registry.example login octocat password ${mark}-netrc\n`)
  execFileSync('git', ['init', '--quiet'], { cwd: job.workspace })
  const header = Buffer.from(`x-access-token:${mark}-of-the-checkout`).toString('base64')
  execFileSync('git', ['config', 'http.https://github.com/.extraheader', `AUTHORIZATION: basic ${header}`], { cwd: job.workspace })
  const pyenv = join(homedir(), '.pyenv')
  const port = (listener.address() as AddressInfo).port
  const ran = await job.main(
    {
      images,
      username: 'octocat',
      password: `${mark}-password`,
      'github-token': `ghs_${mark}`,
      smoke: 'false',
      push: 'false',
      cache: 'none',
      'test-in': place,
      'test-requirements': 'none.txt',
      'test-env': `HOLD=${hold}\nLISTENER=${port}\nHOST_FILE=${hostFile}`,
    },
    {
      HOME: home,
      NETRC: join(home, '.netrc'),
      UV_CACHE_DIR: join(homedir(), '.cache', 'uv'),
      ...(existsSync(pyenv) ? { PYENV_ROOT: pyenv } : {}),
      PIP_EXTRA_INDEX_URL: `https://octocat:${mark}@index.example/simple`,
      PYTHON_KEYRING_PASSWORD: `${mark}-keyring`,
      GITHUB_TOKEN: `${mark}-github`,
      GH_TOKEN: `${mark}-gh`,
      ACTIONS_RUNTIME_TOKEN: `${mark}-runtime`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: `${mark}-identity`,
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://identity.example',
      AWS_ACCESS_KEY_ID: `${mark}-id`,
      AWS_SECRET_ACCESS_KEY: `${mark}-secret`,
      DATABASE_URL: `postgres://octocat:${mark}@db.example/shop`,
      // So that whatever is in the file of variables is somebody else's.
      DOCKER_METADATA_SET_OUTPUT_ENV: 'false',
    },
  )
  const told = [...ran.log.matchAll(/^│ PROBE (\w+) (FOUND|nothing|BROKE .*)$/gm)]
  expect(told.filter(([, , result = '']) => result.startsWith('BROKE')).map(([line]) => line)).toEqual([])
  expect(told).toHaveLength(32)
  const outside: string[] = []
  for (const name of ['holds', 'stops', 'deaf', 'leaves']) if (running(name, hold).length > 0) outside.push(`lives_on_${name}`)
  await until(() => running('later', hold).length === 0)
  if (commandFile(job, 'ENV') !== '') outside.push('writes_command_files_after_the_verdict')
  for (const name of ['holds', 'stops', 'deaf', 'leaves', 'later']) for (const id of running(name, hold)) process.kill(id, 'SIGKILL')
  return { job, ran, hold, found: [...told.flatMap(([, name = '', result]) => (result === 'FOUND' ? [name] : [])), ...outside] }
}

function project(): Job {
  const job = createJob(fixture('hostile'))
  writeFileSync(join(job.workspace, 'none.txt'), '')
  return job
}

function expectHarmless({ ran, job }: Hostile, warnings: readonly unknown[]): void {
  const commands = obeyed(ran.log)
  expect(commands.filter((line) => !own.test(line) || line.includes('HOSTILE') || line.includes('##['))).toEqual([])
  expect(commands.filter((line) => /^::(error|warning)/.test(line))).toEqual(warnings)
  const secrets = commands.flatMap((line) => (line.startsWith('::add-mask::') ? [line.slice('::add-mask::'.length)] : []))
  // As it is, or as in a login, which may be so encoded once more in an address.
  const plain = (secret: string): string =>
    /^[\w+/%]{12,}=*$/.test(secret) ? plain(Buffer.from(decodeURIComponent(decodeURIComponent(secret)), 'base64').toString()) : secret
  expect(secrets.filter((secret) => !secret.includes(mark) && !plain(secret).includes(mark))).toEqual([])
  const shown = ran.log.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  expect(shown.filter((line) => line.includes(mark))).toEqual([])
  expect([ran.summary, JSON.stringify(ran.outputs)].filter((text) => text.includes(mark) || text.includes('HOSTILE'))).toEqual([])

  expect(ran).toMatchObject({ exitCode: 0, outputs: { result: 'passed', pushed: 'false' } })
  expect(JSON.parse(ran.outputs['tests'] ?? '')).toMatchObject({ tests: 43, failed: 0, errors: 0 })
  expect(
    ran.log
      .split('\n')
      .filter((line) => line.startsWith('│ '))
      .join('\n').length,
  ).toBeLessThan(12 << 20)
  expect(ran.log).toMatch(/x{100} ?\[\.\.\. \d+ more characters\]/)
  expect(ran.log).toContain('[output is longer than 10 MiB or 100000 lines: the rest is left out]')
  expect(leftovers(ran.state)).toEqual([])
  expect(readdirSync(job.temp).filter((name) => !name.startsWith('ml-image-report-'))).toEqual([])
}

const root = process.getuid?.() === 0
const yama = '/proc/sys/kernel/yama/ptrace_scope'
const debuggable = root || !existsSync(yama) || readFileSync(yama, 'utf8').trim() === '0'

/** What a process of the runner's own user reaches. docs/security.md names each. */
const reachable: readonly string[] = [
  // The variables this process was started with, its memory where the kernel lets a debugger in, its root folder; it can be signalled.
  'ancestors_environ',
  'others_environ',
  ...(debuggable ? ['ancestors_memory'] : []),
  'ancestors_root',
  'ancestors_signal',
  // Logins that steps before this one have left, and that of this step for private base images.
  'home_docker_config',
  'home_other_logins',
  'temp_docker_config',
  'git_token',
  // The files that steer later steps.
  'command_files_by_ancestors',
  'command_files_by_search',
  'writes_command_files_after_the_verdict',
  // The machine: its engine, whatever listens on it, files, further rights.
  'docker_socket',
  'unix_sockets',
  'loopback_listener',
  'any_listener',
  'host_file',
  'new_privileges',
  ...(root ? ['capabilities', 'devices'] : []),
  // What is being built from, what is being tested, and what tests it.
  'writes_context',
  'writes_test_files',
  'writes_test_runner',
  // A process that makes itself a session of its own.
  'lives_on_leaves',
]

describe('an attacker in the tests', () => {
  test('finds nothing in the image', async () => {
    using job = project()
    const hostile = await attack(job, 'image')
    expect(hostile.found).toEqual([])
    expectHarmless(hostile, [])
    expect(existsSync(join(job.workspace, 'tests', 'planted.txt'))).toBe(false)
  })

  test('finds on the runner what its user can reach, and no more', async () => {
    using job = project()
    const hostile = await attack(job, 'runner')
    expect([...hostile.found].sort()).toEqual([...reachable].sort())
    expectHarmless(hostile, [expect.stringContaining('wrote into the build context while the image was built from it: tests/planted.txt')])
  })
})

/** Python that runs when pytest has written its report, with `junit` for its path. */
const afterwards = (...statements: readonly string[]) =>
  [
    'import atexit, os, pathlib, re',
    '',
    'junit = pathlib.Path(re.search(r"--junitxml=\'?([^\' ]+)", os.environ["PYTEST_ADDOPTS"])[1])',
    'green = \'<testsuites><testsuite tests="1"><testcase classname="a" name="b"/></testsuite></testsuites>\'',
    '',
    '',
    'def replace():',
    '    junit.unlink()',
    ...statements.map((statement) => `    ${statement}`),
    '',
    '',
    'atexit.register(replace)',
    '',
    '',
    'def test_green():',
    '    pass',
    '',
  ].join('\n')

type Report = Readonly<{ what: string; tests: string }>
const laughs =
  '<!DOCTYPE a [<!ENTITY a0 "ha">' +
  Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('') +
  ']><testsuites><testsuite tests="1"><testcase name="&a30;"/></testsuite></testsuites>'

const reports: readonly Report[] = [
  {
    what: 'a link to a green report elsewhere',
    tests: afterwards('other = pathlib.Path(__file__).with_name("green.xml")', 'other.write_text(green)', 'junit.symlink_to(other)'),
  },
  { what: 'a link to a device without an end', tests: afterwards('junit.symlink_to("/dev/zero")') },
  { what: 'a billion laughs', tests: afterwards(`junit.write_text(${JSON.stringify(laughs)})`) },
  {
    what: 'an external entity',
    tests: afterwards(
      'junit.write_text(\'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite><testcase name="&x;"/></testsuite>\')',
    ),
  },
  {
    what: 'suites in suites without an end',
    tests: afterwards('n = 200_000', 'junit.write_text("<testsuite>" * n + "<testcase name=\'a\'/>" + "</testsuite>" * n)'),
  },
  { what: 'a file of 1 GiB', tests: afterwards('junit.touch()', 'os.truncate(junit, 1 << 30)') },
  { what: 'a file of 3 GiB', tests: afterwards('junit.touch()', 'os.truncate(junit, 3 << 30)') },
  { what: 'a pipe that nobody writes to', tests: afterwards('os.mkfifo(junit)') },
  { what: 'a folder', tests: afterwards('junit.mkdir()') },
  { what: 'bytes', tests: afterwards('junit.write_bytes(os.urandom(1 << 20))') },
  { what: 'nothing', tests: afterwards('pass') },
]

const withTests = (tests: string): Job => {
  const job = project()
  rmSync(join(job.workspace, 'tests'), { recursive: true })
  mkdirSync(join(job.workspace, 'tests'))
  writeFileSync(join(job.workspace, 'tests', 'test_report.py'), tests)
  return job
}

function expectNoVerdict(ran: Ran): void {
  expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'test', 'failure-code': 'tests-crashed', pushed: 'false' } })
  expect(ran.log.split('\n').filter((line) => line.startsWith('::error'))).toHaveLength(1)
  expect(leftovers(ran.state)).toEqual([])
}

describe('a report that is none leaves the run without a verdict', () => {
  const inputs = { images, smoke: 'false', push: 'false', 'test-requirements': 'none.txt' }

  test.each(reports)('$what', async ({ tests }) => {
    using job = withTests(tests)
    const ran = await job.main(inputs)
    expectNoVerdict(ran)
  })

  test('a link that is there before pytest writes', async () => {
    using job = withTests(
      [
        'import os, pathlib, re',
        '',
        '',
        'def test_link():',
        '    junit = re.search(r"--junitxml=\'?([^\' ]+)", os.environ["PYTEST_ADDOPTS"])[1]',
        '    os.symlink(pathlib.Path(__file__).with_name("elsewhere.xml"), junit)',
        '',
      ].join('\n'),
    )
    expectNoVerdict(await job.main(inputs))
  })

  test('in the image, a link to a file of the host', async () => {
    using job = withTests(afterwards('junit.symlink_to("/etc/hostname")'))
    expectNoVerdict(await job.main({ ...inputs, 'test-in': 'image' }))
  })
})
