import { describe, expect, test } from '@jest/globals'
import { runGateCommand } from '../../src/smoke/gate-command.ts'
import { createImage, digest } from '../builders.ts'
import { createFakeHost, type StreamAnswer } from '../fake-host.ts'

const container = { name: 'ml-image-f00d', baseUrl: 'http://127.0.0.1:1', port: 8000, imageId: digest }
const image = createImage()
const env = {
  PATH: '/usr/bin',
  HOME: '/home/ci',
  DOCKER_HOST: 'tcp://e:1',
  GITHUB_TOKEN: 't',
  TRIVY_PASSWORD: 'p',
  INPUT_PASSWORD: 'p',
  ACTIONS_RUNTIME_TOKEN: 'r',
}

const run = async (answer: StreamAnswer, at: typeof container | undefined = container, signal = new AbortController().signal) => {
  const host = createFakeHost({ env, stream: { bash: answer } })
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  const order = { command: 'trivy image "$IMAGE"', cwd: '/repo', env: { GIVEN: '1' }, timeoutMs: 5_000 }
  return { host, outcome: await runGateCommand(host, order, image, at, log, signal) }
}

describe('the gate command', () => {
  test('gets what the tests get, the engine, the image and the container', async () => {
    const { host, outcome } = await run({ takes: 30 })
    expect(outcome).toEqual({ kind: 'passed', value: 30 })
    expect(host.commands[0]).toEqual({
      argv: ['bash', '-eo', 'pipefail', '-c', 'trivy image "$IMAGE"'],
      cwd: '/repo',
      env: {
        ...{ PATH: '/usr/bin', HOME: '/home/ci', DOCKER_HOST: 'tcp://e:1', GIVEN: '1' },
        ...{ IMAGE: image.localName, DIGEST: digest, BASE_URL: 'http://127.0.0.1:1', CONTAINER: 'ml-image-f00d' },
      },
    })
  })
  test('of no container where none was started', async () => {
    const host = createFakeHost({ env, stream: { bash: {} } })
    const order = { command: 'true', cwd: '/repo', env: {}, timeoutMs: 1 }
    await runGateCommand(host, order, image, undefined, { line: () => {}, close: () => {} }, new AbortController().signal)
    expect(Object.keys(host.commands[0]?.env ?? {})).not.toContain('BASE_URL')
  })
  test('what it prints commands nobody', async () => {
    expect((await run({ lines: ['::error::x', '##[error]y'] })).host.lines).toEqual(['│ ::error::x', '│ # #[error]y'])
  })
  test.each<readonly [StreamAnswer, string]>([
    [{ lines: ['CVE'], ended: { kind: 'exited', exitCode: 3 } }, 'gate-command ended with exit code 3.'],
    [{ lines: ['CVE'], ended: { kind: 'killed', signal: 'SIGSEGV' } }, 'gate-command was ended by SIGSEGV.'],
    [{ lines: ['CVE'], takes: 9_000 }, 'gate-command was still running after 5 s (test-timeout).'],
  ])('red: %j', async (answer, message) => {
    expect((await run(answer)).outcome).toEqual({ kind: 'failed', red: { code: 'gate-command-failed', message, evidence: ['CVE'] } })
  })
  test('is stopped with the run', async () => {
    const stop = new AbortController()
    stop.abort()
    expect((await run({}, container, stop.signal)).outcome).toEqual({ kind: 'stopped' })
  })
})
