import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { type FailureCode, failures } from '../../src/errors.ts'
import { createJob, docker, fixture, type Job, leftovers, type Ran } from './action.ts'

const images = `localhost/acme/honesty-${process.pid}`
const base = { images, smoke: 'false', push: 'false', 'test-requirements': 'empty.txt' }

// A green run leaves the image under its tags.
afterAll(() => {
  const left = docker('images', '--format', '{{.Repository}}:{{.Tag}}', images).split('\n').filter(Boolean)
  if (left.length > 0) docker('image', 'rm', ...left)
})

/** A project whose image costs nothing and whose tests are these. */
function project(tests: string, dockerfile = 'FROM scratch\nCOPY empty.txt .\n'): Job {
  const job = createJob(fixture('service'))
  rmSync(join(job.workspace, 'tests'), { recursive: true })
  mkdirSync(join(job.workspace, 'tests'))
  writeFileSync(join(job.workspace, 'tests', 'test_it.py'), tests)
  writeFileSync(join(job.workspace, 'Dockerfile'), dockerfile)
  writeFileSync(join(job.workspace, 'empty.txt'), '')
  return job
}

/** What the runner's command files of a job hold, by name. */
function commandFile(job: Job, name: string): string {
  const root = join(job.temp, '..')
  const folder = readdirSync(root).find((entry) => entry.startsWith('commands-') && readdirSync(join(root, entry)).includes(name)) ?? ''
  return readFileSync(join(root, folder, name), 'utf8')
}

/** Of what went wrong; a failed test has its own at its line. */
const errorsOf = (ran: Ran) => ran.log.split('\n').filter((line) => line.startsWith('::error title=ML image'))
/** Ids of the processes whose command line holds a text. */
const running = (text: string) => {
  const { stdout } = spawnSync('pgrep', ['-f', '--', text], { encoding: 'utf8' })
  return stdout.trim()
}
/** A number of seconds that no other process on the machine sleeps for. */
const longSleep = () => `${randomInt(50_000, 90_000)}.${randomInt(100_000, 999_999)}`

function expectRed(ran: Ran, code: FailureCode): void {
  expect({
    exitCode: ran.exitCode,
    stage: ran.outputs['failed-stage'],
    code: ran.outputs['failure-code'],
    pushed: ran.outputs['pushed'],
    result: ran.outputs['result'],
  }).toEqual({ exitCode: 1, stage: 'test', code, pushed: 'false', result: 'failed' })
  const errors = errorsOf(ran)
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain(failures[code].remedy)
  expect(ran.summary).toMatch(/^### ML image: stopped at test /m)
  expect(ran.state['traces']).toContain('folder')
  expect(leftovers(ran.state)).toEqual([])
  expect(docker('images', '--quiet', images)).toBe('')
}

type Case = Readonly<{
  what: string
  tests: string
  more?: Readonly<Record<string, string>>
  dockerfile?: string
  code: FailureCode
  says: RegExp
}>

const failing = 'def test_one():\n    pass\n\n\ndef test_two():\n    assert 1 == 2\n'
const cases: readonly Case[] = [
  {
    what: 'pytest that finds no test (exit 5)',
    tests: 'def helper():\n    pass\n',
    code: 'tests-not-collected',
    says: /No test was found to run/,
  },
  {
    what: 'an exit of 0 with no test in the report',
    tests: 'def helper():\n    pass\n',
    more: { 'test-command': 'pytest || true' },
    code: 'tests-vacuous',
    says: /its report holds no test/,
  },
  {
    what: 'an exit of 0 with failures in the report',
    tests: failing,
    more: { 'test-command': 'pytest || true' },
    code: 'tests-hidden-failures',
    says: /1 of 2 tests failed, though the runner ended with 0.*test_two/s,
  },
  { what: 'a failing test', tests: failing, code: 'tests-failed', says: /1 of 2 tests failed.*test_two.*assert 1 == 2/s },
  {
    what: 'an interpreter that aborts',
    tests: 'import os\n\n\ndef test_abort():\n    os.abort()\n',
    code: 'tests-crashed',
    says: /SIGABRT/,
  },
  {
    what: 'an interpreter that reads where it may not',
    tests: 'import ctypes\n\n\ndef test_segfault():\n    ctypes.string_at(0)\n',
    code: 'tests-crashed',
    says: /SIGSEGV/,
  },
  {
    what: 'a crash behind the shell of test-command',
    tests: 'import os\n\n\ndef test_abort():\n    os.abort()\n',
    more: { 'test-command': 'pytest --verbose; exit $?' },
    code: 'tests-crashed',
    says: /ended with 134/,
  },
  {
    what: 'a test that leaves with 0 before there is a verdict',
    tests: 'import os\n\n\ndef test_leave():\n    os._exit(0)\n\n\ndef test_red():\n    assert False\n',
    code: 'tests-crashed',
    says: /left no report/,
  },
  {
    what: 'a usage error of pytest',
    tests: failing,
    more: { 'test-command': 'pytest --no-such-option' },
    code: 'tests-crashed',
    says: /ended with 4/,
  },
  {
    what: 'a model that only the image has',
    tests: "def test_model():\n    with open('model/classifier.joblib', 'rb') as model:\n        assert model.read()\n",
    dockerfile:
      'FROM scratch AS training\nCOPY empty.txt /classifier.joblib\nFROM scratch\nCOPY --from=training /classifier.joblib model/\n',
    code: 'model-only-in-image',
    says: /model\/classifier\.joblib is not here/,
  },
]

describe('a red run is called by its name', () => {
  test.each(cases)('$what: $code', async ({ tests, more, dockerfile, code, says }) => {
    using job = project(tests, dockerfile)
    const ran = await job.main({ ...base, ...more })
    expectRed(ran, code)
    expect(errorsOf(ran)[0]).toMatch(says)
  })

  // pytest reports it as an error with the message "collection failure"; what was missing stands in its text only.
  test('a module that is not there: tests-import-error', async () => {
    using job = project('import no_such_module_of_ours\n\n\ndef test_it():\n    pass\n')
    const ran = await job.main(base)
    expectRed(ran, 'tests-import-error')
    expect(errorsOf(ran)[0]).toMatch(/no_such_module_of_ours/)
  })

  test('a package that does not exist: tests-install-failed', async () => {
    using job = project('def test_it():\n    pass\n')
    writeFileSync(join(job.workspace, 'requirements.txt'), 'ml-image-e2e-no-such-package==1.0\n')
    const ran = await job.main({ ...base, 'test-requirements': 'requirements.txt' })
    expectRed(ran, 'tests-install-failed')
    expect(errorsOf(ran)[0]).toMatch(/requirements\.txt with pytest and httpx could not be installed.*ml-image-e2e-no-such-package/s)
  })

  test('a test that hangs and does not listen to TERM: tests-timeout, and no process is left', async () => {
    const seconds = longSleep()
    using job = project(
      [
        'import signal',
        'import subprocess',
        'import time',
        '',
        '',
        'def test_hang():',
        '    signal.signal(signal.SIGTERM, signal.SIG_IGN)',
        `    subprocess.Popen(['sleep', '${seconds}'])`,
        '    time.sleep(3600)',
        '',
      ].join('\n'),
    )
    const ran = await job.main({ ...base, 'test-timeout': '3s' })
    expectRed(ran, 'tests-timeout')
    expect(errorsOf(ran)[0]).toContain('still running after 3 s')
    expect(running(`sleep ${seconds}`)).toBe('')
    expect(running(job.temp)).toBe('')
  })
})

describe("the runner's command files", () => {
  test('are not named to the tests', async () => {
    using job = project("import os\n\n\ndef test_hidden():\n    assert not [name for name in os.environ if name.startswith('GITHUB_')]\n")
    const ran = await job.main({ ...base, 'test-command': 'pytest && echo "LD_PRELOAD=/evil.so" >> "$GITHUB_ENV"' })
    expectRed(ran, 'tests-failed')
    expect(ran.log).toContain('1 passed')
    expect(commandFile(job, 'ENV')).not.toContain('LD_PRELOAD')
    expect(commandFile(job, 'ENV')).toContain('DOCKER_METADATA_OUTPUT_JSON')
  })

  /** The test starts from its own environment, which is below RUNNER_TEMP. */
  const finding = (name: string, ...statements: readonly string[]) =>
    [
      'import os',
      'import pathlib',
      '',
      '',
      'def test_search():',
      "    root = pathlib.Path(os.environ['VIRTUAL_ENV']).parents[2]",
      `    found = next(path for path in root.glob('commands-*/*') if path.name == '${name}')`,
      ...statements.map((statement) => `    ${statement}`),
      '',
    ].join('\n')

  test.each(['ENV', 'PATH', 'OUTPUT', 'STATE', 'STEP_SUMMARY'])(
    'GITHUB_%s, searched for and written to: red, though the tests are green',
    async (name) => {
      using job = project(finding(name, "with found.open('a') as file:", "    file.write('EVIL=1\\n')"))
      const ran = await job.main(base)
      expectRed(ran, 'runner-files-changed')
      expect(errorsOf(ran)[0]).toContain(`GITHUB_${name}`)
      expect(commandFile(job, name)).toContain('EVIL=1')
    },
  )

  // Size and time of change can both be restored; the time of the inode's change (ctime) cannot.
  test('an output changed to another of the same length, and the file dated back: red', async () => {
    using job = project(
      finding(
        'OUTPUT',
        'before = found.stat()',
        'text = found.read_bytes()',
        "assert b'acme' in text",
        "with found.open('r+b') as file:",
        "    file.write(text.replace(b'acme', b'evil'))",
        'os.utime(found, ns=(before.st_atime_ns, before.st_mtime_ns))',
      ),
    )
    expectRed(await job.main(base), 'runner-files-changed')
  })
})
