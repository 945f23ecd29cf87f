import type { SizeReport } from './size.ts'

/** Bytes for people, in decimal units as registries tell them: `812 B`, `12.3 kB`, `47.1 MB`, `1.25 GB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`
  if (bytes < 999_950) return `${(bytes / 1e3).toFixed(1)} kB`
  if (bytes < 999_950_000) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${(bytes / 1e9).toFixed(2)} GB`
}

/** How much more or less than before: `+3.1 MB, +0.8 %`; without per cent where there was nothing before. */
export function changeText(bytes: number, before: number): string {
  const change = bytes - before
  if (change === 0) return 'as before'
  const sign = change < 0 ? '-' : '+'
  const percent = before > 0 ? `, ${sign}${((Math.abs(change) / before) * 100).toFixed(1)} %` : ''
  return `${sign}${bytesText(Math.abs(change))}${percent}`
}

/** `47.1 MB compressed (+3.1 MB, +0.8 %)` */
export function sizeText({ bytes, previous, platform }: SizeReport): string {
  const change = previous ? ` (${changeText(bytes, previous.bytes)})` : ''
  return `${bytesText(bytes)} compressed${change}${platform === undefined ? '' : ` for ${platform}`}`
}
