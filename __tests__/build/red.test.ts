import { describe, expect, test } from '@jest/globals'
import { BuildProgress } from '../../src/build/progress.ts'
import { redOf } from '../../src/build/red.ts'
import { createInputs } from '../builders.ts'

const { build } = createInputs({ build: { dockerfile: 'FROM a\nRUN pip install x\n' } })
const exit1 = { kind: 'exited', exitCode: 1 } as const

/** A build whose one step writes `output` and fails, with what buildx then says. */
function red(
  output: readonly string[],
  said: readonly string[] = [],
  error = 'process "/bin/sh -c pip install x" did not complete successfully: exit code: 1',
) {
  const progress = new BuildProgress(() => {})
  progress.line(JSON.stringify({ logs: [{ vertex: 'sha256:1', data: Buffer.from(output.join('\n')).toString('base64') }] }))
  progress.line(JSON.stringify({ vertexes: [{ digest: 'sha256:1', name: '[2/2] RUN pip install x', error }] }))
  for (const line of said) progress.line(line)
  return redOf(exit1, progress, build, '/repo')
}
const noise = Array.from({ length: 40 }, (_, i) => `note ${i}`)

describe('the evidence is the end of what the step wrote', () => {
  test('ten lines of it, without colours', () =>
    expect(red([...noise, '\u001b[31mboom\u001b[0m']).evidence).toEqual([...noise.slice(-9), 'boom']))
  test('and before it the line that tells the cause, where that stands further up', () => {
    const { evidence, cause } = red(['  \u001b[1mfatal error: Python.h: No such file or directory\u001b[0m', ...noise])
    expect(evidence).toEqual(['fatal error: Python.h: No such file or directory', ...noise.slice(-9)])
    expect(cause?.name).toBe('missing-header')
  })
  test('once, where it is among them', () =>
    expect(red([...noise, '  fatal error: Python.h: No such file or directory', 'x']).evidence).toEqual([
      ...noise.slice(-8),
      '  fatal error: Python.h: No such file or directory',
      'x',
    ]))
  test('a cause that BuildKit tells is in the message', () =>
    expect(red(['Killed'], [], 'process "/bin/sh -c pip install x" did not complete successfully: exit code: 137')).toMatchObject({
      message: '[2/2] RUN pip install x: exit code: 137',
      evidence: ['Killed'],
      cause: { name: 'out-of-memory' },
    }))
})

describe('the place', () => {
  test('is that of the excerpt', () => expect(red([], ['Dockerfile:7', '-'.repeat(20)]).at).toEqual({ file: 'Dockerfile', line: 7 }))
  test('or that of the step', () => expect(red([]).at).toEqual({ file: 'Dockerfile', line: 2 }))
})

test.each([
  ['ERROR: failed to build: failed to solve: no such thing', 'no such thing'],
  ['ERROR: target image: failed to solve: no such thing', 'no such thing'],
])('what no step did is told without its prefix: %s', (said, message) => {
  const progress = new BuildProgress(() => {})
  progress.line(said)
  expect(redOf(exit1, progress, build, '/repo')).toEqual({ code: 'build-failed', message, evidence: [said] })
})
