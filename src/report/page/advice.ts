import type { Advice } from '../../advice/advice.ts'
import type { Check } from '../../build/checks.ts'
import type { SourceLine } from '../../build/source-line.ts'
import { gainText } from '../gain.ts'
import { clipped, type Html, html, leftText, link, listed, nothing, section } from './html.ts'

const mostAdvice = 40
const mostChecks = 50
const longestFix = 4_000

const place = (at: SourceLine | undefined) => (at ? html` <code>${at.file}:${at.line}</code>` : nothing)

const kinds: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed', '@': 'hunk' }

/** The lines of a unified diff, each after its kind; signs stay, so that it can be read without colours. */
function diff(text: string): Html {
  const lines = clipped(text, longestFix)
    .trimEnd()
    .split('\n')
    .filter((line) => !/^(---|\+\+\+) /.test(line))
    .map((line) => html`<span class="${kinds[line.charAt(0)] ?? 'same'}">${line}</span>`)
  return html`<pre tabindex="0" class="diff">${lines}</pre>`
}

function advised({ rule, message, why, at, fix, gain }: Advice): Html {
  return html`<li><p><span class="gain">${gainText(gain)}</span> <span class="strong">${message}</span>${place(at)}</p><p>${why} <span class="note">${rule}</span></p>${fix === undefined ? nothing : html`<details open><summary>How</summary>${diff(fix)}</details>`}</li>`
}

function checked({ rule, message, url, at }: Check): Html {
  return html`<li><p>${link(url, rule)} ${message}${place(at)}</p></li>`
}

/** What could be better, the greatest gain first, with the way there. */
export function adviceSection(advice: readonly Advice[] = []): Html {
  if (advice.length === 0) return nothing
  const { shown, left } = listed(advice, mostAdvice, advised)
  return section('advice', 'Advice', [html`<ul class="plain">${shown}</ul>`, leftText(left, 'pieces of advice')])
}

/** What BuildKit's own checks found. */
export function checksSection(checks: readonly Check[]): Html {
  if (checks.length === 0) return nothing
  const { shown, left } = listed(checks, mostChecks, checked)
  return section('checks', 'Checks of the Dockerfile', [html`<ul class="plain">${shown}</ul>`, leftText(left, 'findings')])
}
