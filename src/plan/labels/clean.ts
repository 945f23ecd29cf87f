/** A description on GitHub has up to 350 characters; nothing that we know of needs more. */
export const longestValue = 512

/** One line of printable text: control characters and line breaks become a space, and too much is cut off. */
export function cleanValue(value: string): string {
  const line = value.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trim()
  const characters = [...line]
  return characters.length > longestValue ? `${characters.slice(0, longestValue - 1).join('')}…` : line
}

/** Cleans every value, leaves out what is not known, and sorts by key. */
export function cleanLabels(labels: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const known = Object.entries(labels).flatMap(([key, value]) => (value === undefined ? [] : [[key, cleanValue(value)] as const]))
  return Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1)))
}
