import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** Makes a PNG of a screen small: at most 256 colours, those that are there most, which letters and areas can do with. */

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const channelsOf: Readonly<Record<number, number>> = { 2: 3, 6: 4 }

function* chunksOf(png: Buffer): Generator<readonly [type: string, data: Buffer]> {
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    yield [png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]
    at += length + 12
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** PNG specification, 9.4: the byte of a line from those to the left, above, and above to the left. */
function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

function unfiltered(data: Buffer, width: number, height: number, channels: number): Buffer {
  const stride = width * channels
  const pixels = Buffer.alloc(stride * height)
  for (let row = 0; row < height; row++) {
    const filter = data[row * (stride + 1)]
    for (let index = 0; index < stride; index++) {
      const at = row * stride + index
      const left = index >= channels ? (pixels[at - channels] ?? 0) : 0
      const up = row > 0 ? (pixels[at - stride] ?? 0) : 0
      const corner = row > 0 && index >= channels ? (pixels[at - stride - channels] ?? 0) : 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0
      pixels[at] = ((data[row * (stride + 1) + 1 + index] ?? 0) + guess) & 0xff
    }
  }
  return pixels
}

/** The most frequent colours (0xrrggbb), of those that look alike the most frequent one. */
function paletteOf(counts: ReadonlyMap<number, number>, most: number): readonly number[] {
  const alike = new Map<number, Readonly<{ colour: number; count: number; best: number }>>()
  for (const [colour, count] of counts) {
    const key = colour & 0xf8f8f8
    const known = alike.get(key) ?? { colour, count: 0, best: 0 }
    alike.set(key, { colour: count > known.best ? colour : known.colour, count: known.count + count, best: Math.max(count, known.best) })
  }
  return [...alike.values()]
    .toSorted((a, b) => b.count - a.count)
    .slice(0, most)
    .map(({ colour }) => colour)
}

function nearest(colour: number, palette: readonly number[]): number {
  const distance = (other: number) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 0xff) - ((other >> shift) & 0xff)) ** 2, 0)
  return palette.reduce((best, other, index) => (distance(other) < distance(palette[best] ?? 0) ? index : best), 0)
}

/** The same picture with a palette. @throws where it is not 8 bits of RGB or RGBA, without interlace */
export function withFewColours(png: Buffer): Buffer {
  const chunks = [...chunksOf(png)]
  const header = chunks.find(([type]) => type === 'IHDR')?.[1] ?? Buffer.alloc(13)
  const [width, height, channels] = [header.readUInt32BE(0), header.readUInt32BE(4), channelsOf[header[9] ?? 0]]
  if (channels === undefined || header[8] !== 8 || header[12] !== 0) throw new Error('a PNG of another kind than a screen gives')
  const data = inflateSync(Buffer.concat(chunks.flatMap(([type, part]) => (type === 'IDAT' ? [part] : []))))
  const pixels = unfiltered(data, width, height, channels)
  const colourAt = (pixel: number) => pixels.readUIntBE(pixel * channels, 3)

  const counts = new Map<number, number>()
  for (let pixel = 0; pixel < width * height; pixel++) counts.set(colourAt(pixel), (counts.get(colourAt(pixel)) ?? 0) + 1)
  const palette = paletteOf(counts, 256)
  const indexOf = new Map([...counts.keys()].map((colour) => [colour, nearest(colour, palette)]))

  const lines = Buffer.alloc((width + 1) * height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) lines[row * (width + 1) + 1 + column] = indexOf.get(colourAt(row * width + column)) ?? 0
  const newHeader = Buffer.from(header)
  newHeader[9] = 3
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]))
  return Buffer.concat([
    signature,
    chunk('IHDR', newHeader),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
