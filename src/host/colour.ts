type Source = Readonly<Record<string, string | undefined>>

/**
 * Whether a stream gets colours: a terminal that knows them does. FORCE_COLOR says so of any (0 and false: of none) and wins
 * over NO_COLOR, as Node.js itself reads them (https://force-color.org, https://no-color.org); empty ones say nothing.
 */
export function wantsColour(env: Source, isTerminal: boolean): boolean {
  const { FORCE_COLOR: forced = '', NO_COLOR: refused = '', TERM: term } = env
  if (forced !== '') return forced !== '0' && forced !== 'false'
  return isTerminal && refused === '' && term !== 'dumb'
}

/** The meanings that a colour has here. */
export type Tone = 'good' | 'bad' | 'warn' | 'note' | 'strong' | 'faint'

const codes: Readonly<Record<Tone, number>> = { good: 32, bad: 31, warn: 33, note: 36, strong: 1, faint: 2 }

/** Gives a text a colour, or leaves it. */
export type Paint = (tone: Tone, text: string) => string

export function painter(colour: boolean): Paint {
  return (tone, text) => (colour && text !== '' ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text)
}
