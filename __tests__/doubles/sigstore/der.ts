/** DER (X.690), as much of it as certificates and time stamps are made of. */

export function tlv(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body])
  const length = Buffer.from(body.length.toString(16).replace(/^(?=(..)*.$)/, '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body])
}

export const sequence = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts)
export const setOf = (...parts: readonly Uint8Array[]) => tlv(0x31, ...[...parts].sort(Buffer.compare))
/** Constructed, of the context. */
export const context = (number: number, ...parts: readonly Uint8Array[]) => tlv(0xa0 | number, ...parts)
/** Primitive, of the context. */
export const implicit = (number: number, content: Uint8Array) => tlv(0x80 | number, content)
export const octets = (content: Uint8Array) => tlv(0x04, content)
export const bits = (content: Uint8Array, unused = 0) => tlv(0x03, Buffer.from([unused]), content)
export const utf8 = (text: string) => tlv(0x0c, Buffer.from(text))
export const yes = tlv(0x01, Buffer.from([0xff]))
export const nothing = tlv(0x05)

/** A whole number from its bytes, not negative. */
export function integer(value: number | Uint8Array): Buffer {
  const bytes = typeof value === 'number' ? Buffer.from(value.toString(16).replace(/^(?=(..)*.$)/, '0'), 'hex') : Buffer.from(value)
  return tlv(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
}

export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...others] = text.split('.').map(Number)
  const base128 = (value: number): readonly number[] => {
    const digits = [value % 128]
    for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left % 128) | 0x80)
    return digits
  }
  return tlv(0x06, Buffer.from([first * 40 + second, ...others].flatMap(base128)))
}

const digitsOf = (time: Date) => time.toISOString().replace(/[-:T]|\.\d+/g, '')
export const generalTime = (time: Date) => tlv(0x18, Buffer.from(digitsOf(time)))
export const utcTime = (time: Date) => tlv(0x17, Buffer.from(digitsOf(time).slice(2)))
