import type { FailureReport, Report } from '../report.ts'
import { headline } from '../text.ts'
import { block, clipped, type Html, html, nothing } from './html.ts'
import { marks } from './state.ts'
import { tiles } from './tiles.ts'

const longestHeadline = 300

/** What it is called at the top: a cancelled run is not a red one. */
function resultOf({ result, failure }: Report): Readonly<{ kind: 'passed' | 'failed' | 'stopped'; word: string }> {
  if (failure?.code === 'cancelled') return { kind: 'stopped', word: 'cancelled' }
  return { kind: result, word: result }
}

export function titleOf(report: Report): string {
  return clipped(`ML image: ${headline(report)}`, longestHeadline)
}

function failurePanel({ code, message, evidence, cause, at, remedy }: FailureReport, toldBelow: boolean): Html {
  return html`<section class="panel" aria-labelledby="failure"><h2 id="failure">${message}</h2>${cause ? html`<p><span class="strong">Cause</span> ${cause.text}</p>` : nothing}<p class="next"><span class="strong">Next</span> ${remedy}</p>${at ? html`<p><code>${at.file}:${at.line}</code></p>` : nothing}${evidence.length > 0 && !toldBelow ? block(evidence) : nothing}<p class="note">Failure code <code>${code}</code>, a heading of docs/troubleshooting.md</p></section>`
}

/** How to get what was pushed: the first thing that is copied. */
function pull({ image, merged, names, pushed }: Report): Html {
  const digest = image?.digest || merged?.digest
  return digest && pushed ? html`<div class="pull">${block([`docker pull ${names[0] ?? ''}@${digest}`])}</div>` : nothing
}

/** How the run ended, in one sentence; what to do where it is red; its figures. */
export function opening(report: Report): Html {
  const { kind, word } = resultOf(report)
  const { failure } = report
  return html`<header><p class="result ${kind}"><span aria-hidden="true">${marks[kind].glyph}</span> ${word}</p><h1>${clipped(headline(report), longestHeadline)}</h1></header>${failure && failure.code !== 'cancelled' ? failurePanel(failure, failure.stage === 'test' && (report.tests?.failures.length ?? 0) > 0) : nothing}${failure?.code === 'cancelled' ? html`<p>${failure.remedy}</p>` : nothing}${pull(report)}${tiles(report)}`
}
