/** Everything that a terminal obeys: escape sequences (ECMA-48; titles, links and the like to their end), and other control characters. */
const obeyed =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])?|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const colourOf = /^\u001b\[[\d;:]*m$/
const reset = '\u001b[0m'

/**
 * A text that others wrote, on one line or several, made harmless for a terminal: it keeps its colours where `colour` is,
 * which end with it, and loses all that would move the cursor, set a title or hide a text.
 */
export function calm(text: string, colour: boolean): string {
  let open = false
  const shown = text.replace(obeyed, (sequence) => {
    if (!colour || !colourOf.test(sequence)) return ''
    open = !/^\u001b\[0*m$/.test(sequence)
    return sequence
  })
  return open ? shown + reset : shown
}
