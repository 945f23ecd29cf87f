import { type Html, html, leftText, listed } from './html.ts'
import { percent } from './scale.ts'

/** One bar among others: what it is of, what else there is to say, its value as text, and its share of the longest. */
export type Bar = Readonly<{
  label: string
  code?: boolean
  note?: string
  value: string
  share: number
  kind: 'own' | 'base' | 'new' | 'none'
}>

function barRow({ label, code, note, value, share, kind }: Bar): Html {
  const name = code ? html`<code>${label}</code>` : html`${label}`
  return html`<li><span class="label">${name}${note === undefined ? undefined : html` <span class="note">${note}</span>`}</span><svg class="lane" aria-hidden="true" width="100%" height="12"><rect class="bar ${kind}" width="${percent(Math.max(share, 0.003))}" height="12" rx="2"></rect></svg><span class="value">${value}</span></li>`
}

/** Bars below each other, each with its name and its value beside it; on a narrow screen above it. */
export function bars(all: readonly Bar[], most: number, what: string): readonly Html[] {
  const { shown, left } = listed(all, most, barRow)
  return [html`<ul class="bars">${shown}</ul>`, leftText(left, what)]
}
