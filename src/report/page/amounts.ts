/** Bytes in the unit in which they are read. */
export function bytesText(bytes: number): string {
  const amount = Math.abs(bytes)
  if (amount < 999.5) return `${Math.round(bytes)} B`
  if (amount < 999_500) return `${Math.round(bytes / 1e3)} kB`
  if (amount < 999.5e6) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${(bytes / 1e9).toFixed(2)} GB`
}

/** With its sign, also of what is more; a true minus. */
export function signed(amount: number, text: (absolute: number) => string): string {
  return `${amount < 0 ? '\u2212' : '+'}${text(Math.abs(amount))}`
}

/** Milliseconds of a call, as precise as they matter. */
export function msText(ms: number): string {
  if (ms < 99.95) return `${Number(ms.toFixed(1))} ms`
  return ms < 9_999.5 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** A number as it is read: six digits that matter. */
export function numberText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : String(value)
}
