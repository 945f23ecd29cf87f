import { count, numberText, signed } from '../../amounts.ts'
import type { Comparison, ShownChange } from '../../smoke/comparison.ts'
import { type Html, html, leftText, listed, nothing, section } from './html.ts'
import { percent } from './scale.ts'
import { type Column, row, table } from './table.ts'

const mostChanges = 30

const models: Readonly<Record<Comparison['model'], string>> = {
  same: 'The model is the same',
  changed: 'The model has changed',
  unknown: 'Whether the model has changed is not known',
}

/** Of a change of a number what it is of the number before: -1 is the whole of it. */
function relative({ previous, delta }: ShownChange): number | undefined {
  if (delta === undefined) return undefined
  const before = Math.abs(Number(previous))
  return before > 0 ? delta / before : Math.sign(delta)
}

/** To the left what is less, to the right what is more; the whole width is as much as the largest of all. */
function lane(change: ShownChange, largest: number): Html {
  const share = relative(change)
  if (share === undefined || largest === 0) return nothing
  const half = (Math.min(Math.abs(share), largest) / largest) * 0.5
  return html`<svg class="lane" aria-hidden="true" width="100%" height="14"><rect class="bar ${share < 0 ? 'less' : 'more'}" x="${percent(share < 0 ? 0.5 - half : 0.5)}" y="1" width="${percent(Math.max(half, 0.003))}" height="12"></rect><line class="axis" x1="50%" x2="50%" y1="0" y2="14"></line></svg>`
}

const columns: readonly Column[] = [
  { name: 'Sample', kind: 'name' },
  { name: 'Before and now', kind: 'value' },
  { name: 'Change', kind: 'number' },
  { name: 'Less or more', kind: 'picture' },
]

function changeRow(change: ShownChange, largest: number): Html {
  const { sample, path, previous, now, delta } = change
  const share = relative(change)
  const part =
    share === undefined || Number(previous) === 0 ? '' : ` (${signed(share * 100, (amount) => `${Number(amount.toPrecision(2))} %`)})`
  const told = delta === undefined ? 'another value' : `${signed(delta, numberText)}${part}`
  return row(columns, [html`${sample} <code>${path}</code>`, html`${previous} \u2192 ${now}`, html`${told}`, lane(change, largest)])
}

/** Where the answers of this image are not those of the other. */
export function comparisonSection(comparison: Comparison | undefined): Html {
  if (!comparison || comparison.samples === 0) return nothing
  const { with: reference, model, samples, differing, changes = [], ignored } = comparison
  const largest = Math.max(0, ...changes.map((change) => Math.abs(relative(change) ?? 0)))
  const { shown, left } = listed(changes, mostChanges, (change) => changeRow(change, largest))
  const found = differing === 0 ? 'agree with' : `differ in ${differing} of ${count(samples, 'sample')} from`
  const among = differing === 0 ? ` in ${count(samples, 'sample')}` : ''
  const out =
    ignored.length > 0 ? html`<p class="note">Left out, as they differ from call to call: ${ignored.slice(0, 10).join(', ')}</p>` : nothing
  return section('comparison', 'Predictions against the image before', [
    html`<p>The predictions ${found} <code>${reference}</code>${among}. ${models[model]}.</p>`,
    table(columns, shown),
    leftText(left, 'changes'),
    out,
  ])
}
