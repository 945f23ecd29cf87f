import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createJob, docker, fixture, type Job, leftovers, type Ran } from './action.ts'

const images = `localhost/acme/projects-${process.pid}`
const inputs = { images, smoke: 'false', push: 'false' }

// A green run leaves the image under its tags.
afterAll(() => {
  const left = docker('images', '--format', '{{.Repository}}:{{.Tag}}', images).split('\n').filter(Boolean)
  if (left.length > 0) docker('image', 'rm', ...left)
})

const summed = (ran: Ran) => {
  const { tests, failed, errors } = JSON.parse(ran.outputs['tests'] || '{}') as Readonly<Record<string, unknown>>
  return { exitCode: ran.exitCode, code: ran.outputs['failure-code'], tests, failed, errors }
}
const green = (total: number) => ({ exitCode: 0, code: '', tests: total, failed: 0, errors: 0 })
/** Where it is from; uv's own folder of this machine may or may not have all of it from a run before. */
const environmentLine = (ran: Ran) => {
  const line = ran.log.split('\n').find((text) => text.startsWith('environment: ')) ?? ran.log
  return line.replace(' with the cache of an earlier run', '')
}

type Project = Readonly<{ name: string; tests: number; from: string }>

const projects: readonly Project[] = [
  { name: 'requirements', tests: 3, from: 'requirements.txt, requirements-test.txt' },
  { name: 'pyproject-extras', tests: 3, from: 'pyproject.toml, extra test' },
  { name: 'pyproject-groups', tests: 4, from: 'pyproject.toml, group test' },
  { name: 'uv-lock', tests: 3, from: 'uv.lock, extra test, group dev' },
  { name: 'poetry', tests: 4, from: 'poetry.lock' },
]

describe('a project is tested with what its own files ask for', () => {
  test.each(projects)('$name', async ({ name, tests, from }) => {
    using job = createJob(fixture(`projects/${name}`))
    const before = treeOf(job.workspace)
    const ran = await job.main(inputs)
    expect(summed(ran)).toEqual(green(tests))
    expect(environmentLine(ran)).toMatch(/^environment: Python \d+\.\d+\.\d+ \(of the job\), uv, /)
    expect(environmentLine(ran)).toMatch(new RegExp(`, ${from.replaceAll('.', '\\.')}$`))
    expect(leftovers(ran.state)).toEqual([])
    expect(treeOf(job.workspace)).toEqual(before)
  })

  test.each(projects)('$name: a pin that does not hold makes it red', async ({ name, tests }) => {
    using job = createJob(fixture(`projects/${name}`))
    execFileSync('sh', ['-c', 'sed -i \'s/1\\.16\\.0"$/1.15.0"/\' tests/test_*.py'], { cwd: job.workspace })
    const ran = await job.main(inputs)
    expect(summed(ran)).toEqual({ exitCode: 1, code: 'tests-failed', tests, failed: 1, errors: 0 })
  })
})

/** Every path below a folder. */
function treeOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
}

/** A PATH that has the programs of the machine, but for some; `instead` are scripts that stand in their place. */
function pathWithout(job: Job, names: readonly string[], instead: Readonly<Record<string, string>> = {}): string {
  const folder = join(job.temp, 'bin')
  mkdirSync(folder)
  for (const [name, script] of Object.entries(instead)) {
    writeFileSync(join(folder, name), script)
    chmodSync(join(folder, name), 0o755)
  }
  for (const from of (job.environment['PATH'] ?? '').split(delimiter)) {
    if (!existsSync(from)) continue
    for (const name of readdirSync(from))
      if (!names.includes(name) && !(name in instead) && !existsSync(join(folder, name))) symlinkSync(join(from, name), join(folder, name))
  }
  return folder
}

/** Of a virtual environment: it has pip, which Debian's own has not, and is no shim that looks at its own name. */
let realPython: string
beforeAll(() => {
  const venv = mkdtempSync(join(tmpdir(), 'ml-image-python-'))
  execFileSync('python3', ['-m', 'venv', venv])
  realPython = join(venv, 'bin', 'python')
})
afterAll(() => rmSync(join(realPython, '..', '..'), { recursive: true }))

describe('where the job has no uv', () => {
  const withoutUv = ['uv', 'uvx', 'python', 'python3']

  test.each([
    ['by its pip', ''],
    ['by the pip of a virtual environment, where python3 has none', `[ "$2" != pip ] || { echo "$0: No module named pip" >&2; exit 1; }\n`],
  ])('it is fetched by its hash, %s', async (_, before) => {
    using job = createJob(fixture('projects/uv-lock'))
    const PATH = pathWithout(job, withoutUv, { python3: `#!/bin/sh\n${before}exec ${realPython} "$@"\n` })
    const ran = await job.main(inputs, { PATH })
    expect(summed(ran)).toEqual(green(3))
    expect(environmentLine(ran)).toMatch(/, uv, uv\.lock, extra test, group dev$/)
    expect(leftovers(ran.state)).toEqual([])
  })

  /** Stands for a pip that does not reach uv's wheels, or is given others than those of the pinned hashes. */
  const refusing = (folder: string) =>
    [
      '#!/bin/sh',
      `case "$*" in *--require-hashes*) echo "$*" >> ${join(folder, 'asked')}; exit 1 ;; esac`,
      `exec ${realPython} "$@"`,
      '',
    ].join('\n')

  test.each(['requirements', 'pyproject-extras', 'poetry'])('and cannot be fetched, plain pip installs: %s', async (name) => {
    using job = createJob(fixture(`projects/${name}`))
    const PATH = pathWithout(job, withoutUv, { python3: refusing(job.temp) })
    const ran = await job.main(inputs, { PATH })
    const expected = projects.find((project) => project.name === name)
    expect(summed(ran)).toEqual(green(expected?.tests ?? -1))
    expect(environmentLine(ran)).toMatch(new RegExp(`, pip, ${expected?.from.replaceAll('.', '\\.')}$`))
    expect(existsSync(join(job.temp, 'asked'))).toBe(true)
    expect(leftovers(ran.state)).toEqual([])
  })

  test('and cannot be fetched, uv.lock says that it needs it', async () => {
    using job = createJob(fixture('projects/uv-lock'))
    const PATH = pathWithout(job, withoutUv, { python3: refusing(job.temp) })
    const ran = await job.main(inputs, { PATH })
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'test', 'failure-code': 'tests-install-failed' } })
    expect(ran.log).toContain('uv.lock needs uv')
  })

  test('a wheel of uv with another hash is not taken', async () => {
    using job = createJob(fixture('projects/requirements'))
    // An index of one file, a wheel that is not the pinned one.
    const wheels = join(job.temp, 'wheels')
    mkdirSync(wheels)
    execFileSync(realPython, [
      '-c',
      [
        'import sys, zipfile',
        "name = 'uv-0.13.8'",
        "with zipfile.ZipFile(f'{sys.argv[1]}/{name}-py3-none-any.whl', 'w') as wheel:",
        "    wheel.writestr('uv/__init__.py', '')",
        "    wheel.writestr(f'{name}.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: uv\\nVersion: 0.13.8\\n')",
        "    wheel.writestr(f'{name}.dist-info/WHEEL', 'Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')",
        "    wheel.writestr(f'{name}.dist-info/RECORD', '')",
      ].join('\n'),
      wheels,
    ])
    const only = [
      '#!/bin/sh',
      `case "$*" in *--require-hashes*) exec ${realPython} "$@" --no-index --find-links ${wheels} ;; esac`,
      `exec ${realPython} "$@"`,
      '',
    ].join('\n')
    const ran = await job.main(inputs, { PATH: pathWithout(job, withoutUv, { python3: only }) })
    expect(summed(ran)).toEqual(green(3))
    expect(environmentLine(ran)).toMatch(/, pip, requirements\.txt, requirements-test\.txt$/)
  })
})
