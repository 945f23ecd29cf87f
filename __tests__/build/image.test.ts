import { describe, expect, test } from '@jest/globals'
import { exposedTcpPorts, inspectImage } from '../../src/build/image.ts'
import { digest } from '../builders.ts'
import { type CaptureScript, createFakeHost } from '../fake-host.ts'

function inspect(answer: CaptureScript) {
  const host = createFakeHost({ capture: { 'docker image inspect run:1': answer } })
  return inspectImage(host, 'run:1', digest, { PATH: '/bin' })
}
const configOf = async (Config: unknown) => (await inspect({ stdout: JSON.stringify([{ Id: digest, Config }]) })).config

describe('of the configuration of an image later stages need', () => {
  const nothing = { exposedPorts: [], workingDirectory: '/', command: [], env: {}, labels: {} }
  test.each<readonly [string, unknown, object]>([
    ['nothing that is not there', {}, {}],
    ['nothing of null', { ExposedPorts: null, Entrypoint: null, Cmd: null, Env: null, WorkingDir: '' }, {}],
    ['nothing where there is none', null, {}],
    ['the ports', { ExposedPorts: { '8000/tcp': {}, '53/udp': {} } }, { exposedPorts: [8000] }],
    ['the folder', { WorkingDir: '/app' }, { workingDirectory: '/app' }],
    ['CMD alone', { Cmd: ['python', 'server.py'] }, { command: ['python', 'server.py'] }],
    ['CMD behind ENTRYPOINT', { Entrypoint: ['/bin/tini', '--'], Cmd: ['python'] }, { command: ['/bin/tini', '--', 'python'] }],
    ['variables', { Env: ['PATH=/bin', 'A=b=c', 'EMPTY='] }, { env: { PATH: '/bin', A: 'b=c', EMPTY: '' } }],
  ])('%s', async (_, config, expected) => expect(await configOf(config)).toEqual({ ...nothing, ...expected }))
})

test('the size is told where the engine knows it', async () => {
  expect(await inspect({ stdout: JSON.stringify([{ Id: digest, Size: 7 }]) })).toHaveProperty('size', 7)
  expect(await inspect({ stdout: JSON.stringify([{ Id: digest, Size: 0 }]) })).not.toHaveProperty('size')
})

describe('an image that is not the one that was built is never used', () => {
  test.each<readonly [string, CaptureScript, string]>([
    ['another one', { stdout: '[{"Id":"sha256:other"}]' }, `${digest} (sha256:other)`],
    ['none', { exitCode: 1, stdout: '[]', stderr: 'Error: No such image: run:1\n' }, '(Error: No such image: run:1)'],
    ['an empty list', { stdout: '[]' }, digest],
  ])('%s', async (_, answer, message) => {
    await expect(inspect(answer)).rejects.toMatchObject({ code: 'engine-unavailable', message: expect.stringContaining(message) })
  })
})

test.each([
  [{ '9000/tcp': {}, '8000/tcp': {}, '53/udp': {}, '80': {} }, [80, 8000, 9000]],
  [{}, []],
  [null, []],
  [undefined, []],
])('of the exposed ports %j those of TCP, in order', (exposed, ports) => expect(exposedTcpPorts(exposed)).toEqual(ports))
