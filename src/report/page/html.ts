/** Text that is markup already. Any other text is escaped where it enters a template: there is no other way in. */
export type Html = Readonly<{ markup: string }>
type Part = Html | readonly Html[] | string | number | undefined

/** Longest single text (characters): what is longer is a block of its own, or not for a page. */
const longestText = 1_000
const longestBlock = 20_000
const mostLines = 500
/** Markup of one list (characters). */
const longestList = 64_000

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** What nobody sees and what changes how the rest is read: control characters, and those that turn the direction of writing. */
const unseen = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Text for between tags and within quotes. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(unseen, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

export function clipped(text: string, most = longestText): string {
  return text.length > most ? `${text.slice(0, most)}...` : text
}

function markupOf(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escapeHtml(clipped(part))
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

/** A template of markup; what is put into it is escaped and cut unless it is markup itself. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: texts.map((text, index) => text + markupOf(parts[index])).join('') }
}

export const nothing: Html = { markup: '' }

/** Lines as they are, in a box of their own. */
export function block(lines: readonly string[]): Html {
  const shown = lines.slice(0, mostLines).map((line) => clipped(line, longestBlock))
  const text = clipped(shown.join('\n'), longestBlock)
  return html`<pre tabindex="0">${{ markup: `\n${escapeHtml(text)}` }}</pre>`
}

/** The first of many, at most so many; what is left out is counted. */
export function listed<T>(
  items: readonly T[],
  most: number,
  render: (item: T) => Html,
): Readonly<{ shown: readonly Html[]; left: number }> {
  const shown: Html[] = []
  let length = 0
  for (const item of items.slice(0, most)) {
    if (length > longestList) break
    const one = render(item)
    length += one.markup.length
    shown.push(one)
  }
  return { shown, left: items.length - shown.length }
}

/** What is said of those that are left out. */
export function leftText(left: number, what: string): Html {
  return left > 0 ? html`<p class="note">and ${left} more ${what}, in the report file</p>` : nothing
}

/** A link where the address is one of the web, else the text alone: an address may be anybody's. */
export function link(address: string | undefined, text: string): Html {
  return address !== undefined && /^https:\/\/[^\s"'<>]+$/.test(address) && address.length <= longestText
    ? html`<a href="${address}" rel="noreferrer">${text}</a>`
    : html`${text}`
}

/** A part of the page under its heading. */
export function section(name: string, heading: string, content: readonly Html[]): Html {
  return html`<section aria-labelledby="${name}"><h2 id="${name}">${heading}</h2>${content}</section>`
}
