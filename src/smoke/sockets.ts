import type { Environment, Host } from '../host/host.ts'
import type { Container } from './container.ts'

/** A TCP socket of a container that waits for connections. `loopback`: nobody outside the container reaches it. */
export type Listening = Readonly<{ port: number; address: string; loopback: boolean }>

const listenState = '0A'

/** Of `0100007F`, the kernel's 32-bit words in the byte order of the machine (little-endian), the bytes as they are meant. */
function bytesOf(hex: string): readonly number[] {
  return (hex.match(/.{8}/g) ?? []).flatMap((word) => [3, 2, 1, 0].map((at) => Number.parseInt(word.slice(at * 2, at * 2 + 2), 16)))
}

function addressOf(hex: string): Readonly<{ address: string; loopback: boolean }> {
  const bytes = bytesOf(hex)
  const mapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255
  const v4 = mapped ? bytes.slice(12) : bytes
  if (v4.length === 4) return { address: v4.join('.'), loopback: v4[0] === 127 }
  const groups = Array.from({ length: 8 }, (_, at) => (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16))
  const text = groups.join(':')
  if (text === '0:0:0:0:0:0:0:0') return { address: '::', loopback: false }
  if (text === '0:0:0:0:0:0:0:1') return { address: '::1', loopback: true }
  return { address: text, loopback: false }
}

/** Docker's own resolver, which networks of a user have in every container. */
const resolver = '127.0.0.11'

/** The listening sockets in the text of /proc/net/tcp and tcp6 (proc(5)), each once, by port; without Docker's resolver. */
export function parseListening(text: string): readonly Listening[] {
  const found = new Map<string, Listening>()
  for (const line of text.split('\n')) {
    const [, hex, port, state] =
      /^\s*\d+: ((?:[0-9A-F]{8}){1}|(?:[0-9A-F]{8}){4}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /.exec(line) ?? []
    if (hex === undefined || port === undefined || state !== listenState) continue
    const listening = { port: Number.parseInt(port, 16), ...addressOf(hex) }
    if (listening.address !== resolver) found.set(`${listening.address} ${listening.port}`, listening)
  }
  return [...found.values()].sort((a, b) => a.port - b.port)
}

/** As an address is written beside a port. */
export const socketText = ({ address, port }: Listening): string => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)

/**
 * What listens in a container, by its network namespace: read from /proc of this machine where the engine is on it (an
 * image need hold no shell for that), else by `cat` in the container; undefined when neither can be had.
 */
export async function listeningSockets(
  host: Pick<Host, 'files' | 'capture'>,
  { name, id, pid }: Container,
  env: Environment,
): Promise<readonly Listening[] | undefined> {
  // A process of this number may be another's, if the engine is elsewhere.
  const ours = pid !== undefined && id !== undefined && (host.files.readText(`/proc/${pid}/cgroup`) ?? '').includes(id)
  if (ours) {
    const read = ['tcp', 'tcp6'].map((table) => host.files.readText(`/proc/${pid}/net/${table}`))
    if (read.some((text) => text !== undefined)) return parseListening(read.join('\n'))
  }
  // Without IPv6 there is no tcp6: an exit code of 1 then still has the other.
  const { stdout } = await host
    .capture({ argv: ['docker', 'exec', name, 'cat', '/proc/net/tcp', '/proc/net/tcp6'], env })
    .catch(() => ({ stdout: '' }))
  return stdout.includes('local_address') ? parseListening(stdout) : undefined
}
