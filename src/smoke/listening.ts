/** A TCP socket of a container that waits for connections. `loopback`: nobody outside the container reaches it. */
export type Listening = Readonly<{ port: number; address: string; loopback: boolean }>

/** Docker's own resolver, which listens in every container of a user's network. */
const engineResolver = '127.0.0.11'

/** IPv4 of /proc/net/tcp: four bytes in the order of the machine, which is little-endian on all that Docker runs on but s390x. */
const ipv4 = (hex: string) =>
  (hex.match(/../g) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.')

function ipv6(hex: string): string {
  if (/^0{32}$/.test(hex)) return '::'
  if (/^0{24}01000000$/i.test(hex)) return '::1'
  if (/^0{16}FFFF0000/i.test(hex)) return ipv4(hex.slice(24))
  const words = (hex.match(/.{8}/g) ?? []).flatMap((word) => {
    const [a = '', b = '', c = '', d = ''] = word.match(/../g) ?? []
    return [d + c, b + a]
  })
  return words.map((word) => Number.parseInt(word, 16).toString(16)).join(':')
}

/**
 * The listening sockets of a network namespace, from the text of its /proc/net/tcp and /proc/net/tcp6 (man 5 proc: state
 * 0A is TCP_LISTEN). In the order of their ports, each once.
 */
export function parseListening(text: string): readonly Listening[] {
  const found = [...text.matchAll(/^\s*\d+:\s+([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})\s+[0-9A-F]+:[0-9A-F]{4}\s+0A\s/gim)].map(
    ([, hex = '', port = '']): Listening => {
      const address = hex.length === 8 ? ipv4(hex) : ipv6(hex)
      return { port: Number.parseInt(port, 16), address, loopback: address === '::1' || address.startsWith('127.') }
    },
  )
  const known = new Map(found.filter(({ address }) => address !== engineResolver).map((one) => [`${one.address} ${one.port}`, one]))
  return [...known.values()].sort((a, b) => a.port - b.port)
}

/** As an address is written beside a port. */
export const socketText = ({ address, port }: Listening): string => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)
