import { Invalid } from './parse.ts'

/** A limit of the size of an image, in compressed bytes, and as it was written. */
export type SizeLimit = Readonly<{ bytes: number; text: string }>

/** How much an image may grow: by so many compressed bytes, or by so many per cent of what it weighed before. */
export type IncreaseLimit =
  | Readonly<{ kind: 'bytes'; bytes: number; text: string }>
  | Readonly<{ kind: 'percent'; percent: number; text: string }>

const units: Readonly<Record<string, number>> = {
  ...{ b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
  ...{ kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
}
const largest = 1e15

function bytesOf(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?)\s?([A-Za-z]*)$/.exec(text) ?? []
  if (/^\d+,\d+\s?[A-Za-z]*$/.test(text)) throw new Invalid(`has a decimal comma; write ${text.replace(',', '.')}`)
  // 1000 of them for some tools and 1024 for others.
  if (amount !== undefined && /^[kmgt]$/i.test(unit)) {
    const letter = unit.toUpperCase()
    throw new Invalid(
      `does not say which ${letter} is meant; write ${amount}${letter === 'K' ? 'kB' : `${letter}B`} or ${amount}${letter}iB`,
    )
  }
  const factor = units[unit.toLowerCase()]
  if (amount === undefined || factor === undefined) throw new Invalid('is not a size with a unit (kB, MB, GB, KiB, MiB, GiB)')
  const bytes = Math.round(Number(amount) * factor)
  if (bytes > largest) throw new Invalid('is larger than any image')
  return bytes
}

/** Reads `500MB`, `1.5GB` or `2GiB`; more than zero. @throws Invalid */
export function parseSize(text: string): SizeLimit {
  const bytes = bytesOf(text)
  if (bytes < 1) throw new Invalid('is no size at all')
  return { bytes, text }
}

/** Reads `10%`, or a size such as `50MB`; zero for an image that may not grow at all. @throws Invalid */
export function parseIncrease(text: string): IncreaseLimit {
  const [, percent] = /^(\d{1,4}(?:\.\d{1,6})?)\s?%$/.exec(text) ?? []
  if (percent !== undefined) return { kind: 'percent', percent: Number(percent), text }
  if (text.startsWith('-')) throw new Invalid('is less than nothing: it says how much larger the image may be than the one before')
  if (text.includes('%') || /^\d+(\.\d+)?$/.test(text)) throw new Invalid('is neither per cent (10%) nor a size with a unit (50MB)')
  return { kind: 'bytes', bytes: bytesOf(text), text }
}
