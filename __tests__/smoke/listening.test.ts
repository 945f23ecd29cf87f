import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseListening, socketText } from '../../src/smoke/listening.ts'

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const row = (address: string, port: string, state = '0A') =>
  `   0: ${address}:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 2891616 1 0 100 0 0 10 0\n`
const loopback6 = '00000000000000000000000001000000'
const mapped = '0000000000000000FFFF00000100007F'

test.each<readonly [string, string, string, boolean]>([
  ['127.0.0.1', '0100007F', '127.0.0.1:9000', true],
  ['all', '00000000', '0.0.0.0:9000', false],
  ['one address', '020011AC', '172.17.0.2:9000', false],
  ['all of IPv6', '0'.repeat(32), '[::]:9000', false],
  ['::1', loopback6, '[::1]:9000', true],
  ['127.0.0.1 in IPv6', mapped, '127.0.0.1:9000', true],
])('%s', (_, address, text, loopback) => {
  const [socket] = parseListening(head + row(address, '2328'))
  expect(socket && [socketText(socket), socket.loopback]).toEqual([text, loopback])
})

test('connections do not listen, and the resolver of the engine is nobody', () =>
  expect(parseListening(head + row('0100007F', '1F40', '01') + row('0B00007F', 'A3E1'))).toEqual([]))

test('each once, by port, of both tables', () =>
  expect(
    parseListening(head + row('00000000', '1F90') + row('00000000', '0050') + head + row('00000000', '1F90')).map(({ port }) => port),
  ).toEqual([80, 8080]))

test('any port and address is read back', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 65_535 }), fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)), (port, bytes) => {
      fc.pre(bytes.join('.') !== '127.0.0.11')
      const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0')
      const address = bytes
        .toReversed()
        .map((byte) => hex(byte, 2))
        .join('')
      return parseListening(row(address, hex(port, 4))).some((socket) => socketText(socket) === `${bytes.join('.')}:${port}`)
    }),
  ))

test('what is no table has no sockets', () => fc.assert(fc.property(fc.string(), (text) => parseListening(text).length === 0)))
