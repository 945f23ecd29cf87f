import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { listeningSockets, parseListening } from '../../src/smoke/sockets.ts'
import { digest } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const header = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const row = (local: string, state = '0A', remote = '00000000:0000') =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 31337 1 0000000000000000 100 0 0 10 0\n`

describe('the listening sockets of /proc/net/tcp', () => {
  test.each<readonly [string, object]>([
    ['0100007F:1F40', { port: 8000, address: '127.0.0.1', loopback: true }],
    ['00000000:270F', { port: 9999, address: '0.0.0.0', loopback: false }],
    ['0200A8C0:0050', { port: 80, address: '192.168.0.2', loopback: false }],
    ['00000000000000000000000000000000:1F90', { port: 8080, address: '::', loopback: false }],
    ['00000000000000000000000001000000:1F90', { port: 8080, address: '::1', loopback: true }],
    ['0000000000000000FFFF00000100007F:1F90', { port: 8080, address: '127.0.0.1', loopback: true }],
    ['B80D01200000000000000000010000AC:1F90', { port: 8080, address: '2001:db8:0:0:0:0:ac00:1', loopback: false }],
  ])('%s', (local, listening) => expect(parseListening(header + row(local))).toEqual([listening]))
  test('no connection is one', () => expect(parseListening(header + row('00000000:1F40', '01'))).toEqual([]))
  test('each once, by port', () =>
    expect(parseListening(row('00000000:1F90') + row('00000000:0050') + row('00000000:1F90')).map(({ port }) => port)).toEqual([80, 8080]))
  test('of any text without a fault', () => fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseListening(text)))))
})

describe('are read', () => {
  const container = { name: 'c', baseUrl: '', port: 8000, imageId: digest, id: 'abc123', pid: 42 }
  const table = header + row('00000000:270F') + row('0B00007F:A000')
  test("from this machine's /proc, where the process is the container's; Docker's resolver is left out", async () => {
    const host = createFakeHost({ files: createFiles({ '/proc/42/cgroup': '0::/docker/abc123\n', '/proc/42/net/tcp': table }) })
    expect(await listeningSockets(host, container, {})).toEqual([{ port: 9999, address: '0.0.0.0', loopback: false }])
    expect(host.argvs()).toEqual([])
  })
  test('in the container, where that process is somebody else', async () => {
    const host = createFakeHost({
      files: createFiles({ '/proc/42/cgroup': '0::/user.slice\n', '/proc/42/net/tcp': header + row('00000000:0016') }),
      capture: { 'docker exec c cat /proc/net/tcp /proc/net/tcp6': { exitCode: 1, stdout: table } },
    })
    expect((await listeningSockets(host, container, {}))?.map(({ port }) => port)).toEqual([9999])
  })
  test('not at all, where the image has no cat', async () => {
    const host = createFakeHost({ capture: { 'docker exec': { exitCode: 127, stderr: 'not found' } } })
    expect(await listeningSockets(host, container, {})).toBeUndefined()
  })
})
