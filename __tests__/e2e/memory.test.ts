import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from '@jest/globals'
import { createJob, docker, fixture, type Job, leftovers, type Ran } from './action.ts'

const images = `localhost/acme/memory-${process.pid}`
const inputs = { images, smoke: 'false', push: 'false', 'test-requirements': 'none.txt' }
/** What no run may reach, however much its tests write (bytes). */
const limit = 150 << 20

// A green run leaves the image under its tags.
afterAll(() => {
  const left = docker('images', '--format', '{{.Repository}}:{{.Tag}}', images).split('\n').filter(Boolean)
  if (left.length > 0) docker('image', 'rm', ...left)
})

/** The most memory that a process has had so far (bytes), as the kernel keeps it; undefined when it is gone. */
function peakOf(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined
  }
}

/** Runs the action and watches it. The kernel's figure only grows, so that the last reading before the end is the peak. */
async function measured(job: Job, more: Readonly<Record<string, string>> = {}): Promise<Readonly<{ ran: Ran; peak: number }>> {
  const { child, ended } = job.start({ ...inputs, ...more })
  let peak = 0
  const watching = new AbortController()
  const watch = async () => {
    while (!watching.signal.aborted) {
      peak = Math.max(peak, peakOf(child.pid ?? 0) ?? 0)
      await sleep(20)
    }
  }
  const [ran] = await Promise.all([ended.finally(() => watching.abort()), watch()])
  process.stderr.write(`peak of the action: ${(peak / 2 ** 20).toFixed(0)} MiB in ${(ran.ms / 1000).toFixed(1)} s\n`)
  return { ran, peak }
}

function project(tests: string): Job {
  const job = createJob(fixture('service'))
  rmSync(join(job.workspace, 'tests'), { recursive: true })
  writeFileSync(join(job.workspace, 'test_flood.py'), tests)
  writeFileSync(join(job.workspace, 'Dockerfile'), 'FROM scratch\nCOPY none.txt .\n')
  writeFileSync(join(job.workspace, 'none.txt'), '')
  return job
}

const loud = (chunk: string) =>
  `import os\n\n\ndef test_flood():\n    chunk = ${chunk}\n    left = 1 << 30\n    while left > 0:\n        left -= os.write(1, chunk)\n`
const command = 'python -m pytest -s'

const inLines = loud('(b"x" * 99 + b"\\n") * 10_000')
const inOneLine = loud('b"x" * 1_000_000')
const inEmptyLines = loud('b"\\n" * 1_000_000')

/** Green, with a log that is cut and says so, in reasonable time. */
function expectBounded(ran: Ran): void {
  expect({ exitCode: ran.exitCode, result: ran.outputs['result'] }).toEqual({ exitCode: 0, result: 'passed' })
  expect(JSON.parse(ran.outputs['tests'] ?? '')).toMatchObject({ tests: 1, failed: 0 })
  expect(ran.log.split('[output is longer than 10 MiB or 100000 lines: the rest is left out]')).toHaveLength(2)
  expect(ran.log.length).toBeLessThan(12 << 20)
  expect(ran.ms).toBeLessThan(120_000)
  expect(leftovers(ran.state)).toEqual([])
}

test('a quiet run is far below the limit, and the figure is one', async () => {
  using job = project('def test_green():\n    pass\n')
  const { ran, peak } = await measured(job)
  expect(ran.exitCode).toBe(0)
  expect(peak).toBeGreaterThan(30 << 20)
  expect(peak).toBeLessThan(100 << 20)
})

test.each([
  { what: 'in lines', tests: inLines },
  { what: 'in one line', tests: inOneLine },
])('1 GiB of output $what: a bounded log that says so, and no memory that grows with it', async ({ tests }) => {
  using job = project(tests)
  const { ran, peak } = await measured(job, { 'test-command': command })
  expectBounded(ran)
  expect(peak).toBeLessThan(limit)
})

test('1 GiB of output in empty lines: bounded memory, a bounded log that says so', async () => {
  using job = project(inEmptyLines)
  const { ran, peak } = await measured(job, { 'test-command': command })
  expectBounded(ran)
  expect(peak).toBeLessThan(limit)
})

test('100 MiB that pytest keeps until the end: no memory that grows with it', async () => {
  using job = project('def test_flood():\n    print("x" * (100 << 20))\n    assert False\n')
  const { ran, peak } = await measured(job)
  expect(ran.outputs['failure-code']).toBe('tests-failed')
  expect(peak).toBeLessThan(limit)
})

test('a report of 1 GiB: bounded memory', async () => {
  using job = project(
    [
      'import atexit, os, re',
      '',
      'junit = re.search(r"--junitxml=\'?([^\' ]+)", os.environ["PYTEST_ADDOPTS"])[1]',
      'atexit.register(lambda: os.truncate(junit, 1 << 30))',
      '',
      '',
      'def test_green():',
      '    pass',
      '',
    ].join('\n'),
  )
  const { ran, peak } = await measured(job)
  expect(ran.outputs['failure-code']).toBe('tests-crashed')
  expect(peak).toBeLessThan(limit)
})
