import { describe, expect, test } from '@jest/globals'
import { type Screen, terminalHost } from '../../src/host/terminal.ts'

function setUp(isTerminal: boolean, env: Readonly<Record<string, string>> = {}, columns = 80) {
  const written: string[] = []
  const screen: Screen = { write: (text) => void written.push(text), isTerminal, columns }
  return { host: terminalHost(env, screen), written, shown: () => written.join('') }
}
const digest = `sha256:${'ab'.repeat(32)}`

describe('a pipe', () => {
  test('gets what a runner prints, without a colour', () => {
    const { host, shown } = setUp(false)
    const log = host.log.stage('build')
    log.line('│ \u001b[32mgreen\u001b[0m')
    log.close(`${digest}, 61.4 MB (2.0 s)`, { state: 'passed', proof: [] })
    host.log.warning('beware')
    expect(shown()).toBe(`Build\n│ green\nBuild: ${digest}, 61.4 MB (2.0 s)\nwarning: beware\n`)
  })
  test('gets colours where FORCE_COLOR says so', () => {
    const { host, shown } = setUp(false, { FORCE_COLOR: '1' })
    host.log.line('│ \u001b[32mgreen\u001b[0m')
    expect(shown()).toBe('│ \u001b[32mgreen\u001b[0m\n')
  })
})

describe('a terminal', () => {
  test.each([
    ['passed', '\u001b[32m✓\u001b[0m'],
    ['failed', '\u001b[31m✗\u001b[0m'],
    ['skipped', '\u001b[2m-\u001b[0m'],
    ['stopped', '\u001b[2m-\u001b[0m'],
  ] as const)('marks a stage that ended as %s', (state, mark) => {
    const { host, shown } = setUp(true)
    host.log.stage('test').close('x', { state, proof: [] })
    expect(shown()).toContain(`${mark} \u001b[1mTest:\u001b[0m x\n`)
  })
  test('has no colours where they are refused, but its marks', () => {
    const { host, shown } = setUp(true, { NO_COLOR: '1' })
    host.log.stage('test').close('x', { state: 'passed', proof: [] })
    expect(shown()).toBe('Test\n✓ Test: x\n')
  })
  test('shows as much of a digest as fits, and breaks no word of a line that does not', () => {
    const { host, shown } = setUp(true, { NO_COLOR: '1' }, 40)
    host.log.stage('build').close(`${digest}, 61.4 MB, 3 of 4 steps cached (2.0 s)`, { state: 'passed', proof: [] })
    expect(shown()).toBe('Build\n✓ Build: sha256:abababababab, 61.4 MB,\n  3 of 4 steps cached (2.0 s)\n')
  })
  test('is not moved by what a child writes', () => {
    const { host, shown } = setUp(true)
    host.log.line('│ \u001b[2J\u001b]0;title\u0007x')
    expect(shown()).toBe('│ x\n')
  })
})

test('the proof stands below the line of a red stage', () => {
  const { host, shown } = setUp(false)
  host.log.stage('smoke').close('health-failed: x', { state: 'failed', proof: ['│ a', '│ b'] })
  expect(shown()).toBe('Smoke\nSmoke: health-failed: x\n│ a\n│ b\n')
})

test('a secret is shown nowhere, and the summary is kept without it', () => {
  const { host, shown } = setUp(true)
  host.hide('hunter22')
  host.log.line('it is hunter22')
  host.annotate({ level: 'error', title: 'x', message: 'hunter22' })
  host.summary('hunter22 is it')
  expect([shown().includes('hunter22'), host.summaries]).toEqual([false, ['*** is it']])
})
