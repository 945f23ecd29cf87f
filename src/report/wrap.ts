/** Characters that are seen: colours take no room. */
const seen = (text: string) => [...text.replace(/\u001b\[[\d;:]*m/g, '')].length

/**
 * Breaks a text between its words into lines of at most `width` characters, those after the first behind `indent`. A word
 * that is longer (a digest, an address) keeps whole, so that it can be copied.
 */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  const lines: string[] = []
  const [first = '', ...words] = text.split(/(?<=[^ ]) /)
  let line = first
  for (const word of words) {
    const next = `${line} ${word}`
    const room = lines.length === 0 ? width : width - indent.length
    if (line !== '' && seen(next) > room) {
      lines.push(line)
      line = word
    } else line = next
  }
  lines.push(line)
  return lines.map((one, index) => (index === 0 ? one : indent + one))
}
