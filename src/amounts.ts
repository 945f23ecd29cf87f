/** Amounts as people read them: in the log, in reports, in advice. Nothing here is read by a machine. */

const minus = '\u2212'

/** Bytes in decimal units, as registries tell them: `812 B`, `12.3 kB`, `47.1 MB`, `1.25 GB`. */
export function bytesText(bytes: number): string {
  if (bytes < 0) return `${minus}${bytesText(-bytes)}`
  if (bytes < 999.5) return `${Math.round(bytes)} B`
  if (bytes < 999_950) return `${(bytes / 1e3).toFixed(1)} kB`
  if (bytes < 999_950_000) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${(bytes / 1e9).toFixed(2)} GB`
}

/** How long something took (ms): `820 ms`, `1.9 s`, `2m 5s`. */
export function timeText(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const whole = Math.round(ms / 1000)
  return `${Math.floor(whole / 60)}m ${whole % 60}s`
}

/** The time of a call (ms), where tenths matter: `4.1 ms`, `212 ms`, `1520 ms`, `12.0 s`. */
export function callText(ms: number): string {
  if (ms < 99.95) return `${Number(ms.toFixed(1))} ms`
  return ms < 9_999.5 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
}

/** A share of 1: `0.8 %`. */
export function percentText(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** With its sign, also of what is more. */
export function signed(amount: number, text: (absolute: number) => string): string {
  return `${amount < 0 ? minus : '+'}${text(Math.abs(amount))}`
}

/** How many bytes more or less than before: `+3.1 MB, +0.8 %`; without per cent where there was nothing before. */
export function changeText(bytes: number, before: number): string {
  const change = bytes - before
  if (change === 0) return 'as before'
  const share = before > 0 ? [signed(change / before, percentText)] : []
  return [signed(change, bytesText), ...share].join(', ')
}

/** `1 layer`, `2 layers`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

/** The first of many, and how many more: `a, b, c and 4 more`. */
export function someOf(names: readonly string[], most = 3): string {
  const more = names.length - most
  return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** A number with so many digits that say something. */
export function numberText(value: number | null | undefined, digits = 6): string {
  return value === null || value === undefined ? 'not a number' : String(Number(value.toPrecision(digits)))
}
