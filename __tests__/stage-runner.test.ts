import { describe, expect, test } from '@jest/globals'
import { ActionError } from '../src/errors.ts'
import { failed, type Outcome, passed, skipped, stopped } from '../src/outcome.ts'
import { createStageRunner } from '../src/stage-runner.ts'
import { createFakeHost } from './fake-host.ts'

function setUp(cancel = new AbortController()) {
  const host = createFakeHost()
  const stages = createStageRunner(host, host.now(), cancel.signal)
  const run = (name: 'test' | 'build', outcome: Outcome<string> | Error, ms = 0) =>
    stages.run(
      name,
      async () => {
        if (ms > 0) await host.sleep(ms)
        if (outcome instanceof Error) throw outcome
        return outcome
      },
      (value) => `detail ${value}`,
    )
  return { host, stages, run, cancel }
}

describe('a stage is told in one line when it ends', () => {
  test.each<readonly [string, Outcome<string>, string]>([
    ['passed', passed('x'), 'test: detail x (2.0 s)'],
    ['failed', failed('tests-failed', '1 of 5 tests failed.'), 'test: tests-failed: 1 of 5 tests failed. (2.0 s)'],
    ['stopped', stopped, 'test: stopped (2.0 s)'],
    ['skipped', skipped('test: false'), 'test: skipped (test: false)'],
  ])('%s', async (_, outcome, line) => {
    const { host, run } = setUp()
    expect(await run('test', outcome, 2_000)).toEqual(outcome)
    expect(host.lines).toEqual([line])
  })
})

describe('of a red stage', () => {
  test('the proof stands below that line, with nothing in it that the runner would obey', async () => {
    const { host, run } = setUp()
    await run('build', failed('build-failed', 'x', ['one\n::set-output name=a::b', 'two']))
    expect(host.lines).toEqual(['build: build-failed: x (0 ms)', '│ one', '│ ::set-output name=a::b', '│ two'])
  })
  test('so much of a long one that the log can still be read', async () => {
    const { host, run } = setUp()
    await run(
      'build',
      failed(
        'build-failed',
        'x',
        Array.from({ length: 200 }, (_, i) => `${i}`),
      ),
    )
    expect([host.lines.length, host.lines[1], host.lines[41], host.lines.at(-1)]).toEqual([82, '│ 0', '[120 lines left out]', '│ 199'])
  })
})

test('each has its time; one that never began is told so', async () => {
  const { host, stages, run } = setUp()
  await host.sleep(500)
  await Promise.all([run('test', passed('a'), 3_000), run('build', failed('build-failed', 'x'), 1_000)])
  expect(stages.reports()).toEqual([
    { stage: 'test', state: 'passed', start: 500, duration: 3_000, detail: 'detail a' },
    { stage: 'build', state: 'failed', start: 500, duration: 1_000, detail: 'build-failed: x' },
    { stage: 'inspect', state: 'not run', start: 0, duration: 0, detail: '' },
    { stage: 'smoke', state: 'not run', start: 0, duration: 0, detail: '' },
    { stage: 'publish', state: 'not run', start: 0, duration: 0, detail: '' },
  ])
})

describe('the signal', () => {
  test.each<readonly [string, Outcome<string> | Error, boolean]>([
    ['a red stage', failed('tests-failed', 'x'), true],
    ['a stage that breaks', new Error('x'), true],
    ['a green stage', passed('x'), false],
    ['a stage that is left out', skipped('x'), false],
  ])('after %s stops the others: %#', async (_, outcome, aborted) => {
    const { stages, run } = setUp()
    await run('test', outcome)
    expect(stages.signal.aborted).toBe(aborted)
  })
  test('is that of the cancel too', () => {
    const { stages, cancel } = setUp()
    cancel.abort()
    expect(stages.signal.aborted).toBe(true)
  })
})

describe('what a stage throws becomes its outcome', () => {
  test('a broken tool by its code', async () =>
    expect(await setUp().run('build', new ActionError('tool-missing', 'no docker'))).toEqual(failed('tool-missing', 'no docker')))
  test('anything else as a fault of ours, with where it was', async () => {
    const outcome = await setUp().run('build', new TypeError('x is not a function'))
    expect(outcome).toEqual({
      kind: 'failed',
      red: { code: 'internal', message: 'x is not a function', evidence: [expect.stringContaining('stage-runner.test')] },
    })
  })
  test('nothing, when the run was cancelled', async () => {
    const { run, cancel } = setUp()
    cancel.abort()
    expect(await run('build', new Error('aborted'))).toEqual(stopped)
  })
  test('nor is it red that a process was killed by the cancel', async () => {
    const { run, cancel } = setUp()
    cancel.abort()
    expect(await run('test', failed('container-not-started', 'docker run ended with 137'))).toEqual(stopped)
  })
})
