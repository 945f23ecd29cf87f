import { type Html, html, nothing } from './html.ts'

/**
 * A column: `number` to the right, `word` on one line, `value` wraps where it must, `long` takes most, `rest` all that the words beside it leave, `picture` a fixed part of the width. On a
 * narrow screen a row stands in several lines, each number after the name of its column.
 */
export type Column = Readonly<{ name: string; kind: 'name' | 'number' | 'word' | 'value' | 'long' | 'rest' | 'picture' }>

/** A row, its cells in the order of the columns; the first says what it is about. */
export function row(columns: readonly Column[], [first, ...cells]: readonly Html[]): Html {
  const others = cells.map((cell, index) => {
    const { name, kind } = columns[index + 1] ?? { name: '', kind: 'long' }
    const empty = cell.markup === '' ? ' empty' : ''
    return html`<td class="${kind}${empty}" data-name="${name}">${cell}</td>`
  })
  return html`<tr><th scope="row" class="${columns[0]?.kind ?? 'name'}">${first ?? nothing}</th>${others}</tr>`
}

/** Rows under the names of their columns; nothing where there is no row. */
export function table(columns: readonly Column[], rows: readonly Html[]): Html {
  if (rows.length === 0) return nothing
  const heads = columns.map(({ name, kind }) => html`<th scope="col" class="${kind}">${name}</th>`)
  return html`<table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table>`
}
