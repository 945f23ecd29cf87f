import { bytesText, count, timeText } from '../../amounts.ts'
import type { ImageReport } from '../report.ts'
import { bars } from './bars.ts'
import { clipped, type Html, html, leftText, listed, nothing, section } from './html.ts'
import { shareOf } from './scale.ts'

const mostSteps = 25
const longestStep = 120

function cacheText({ cache }: ImageReport): Html {
  if (!cache) return nothing
  const parts = [
    ...(cache.importMs === undefined ? [] : [`looked up in ${timeText(cache.importMs)}`]),
    ...(cache.downloadedBytes ? [`${bytesText(cache.downloadedBytes)} read`] : []),
    ...(cache.exportMs === undefined ? [] : [`written in ${timeText(cache.exportMs)}`]),
    ...(cache.uploadedBytes ? [`${bytesText(cache.uploadedBytes)} sent`] : []),
    ...(cache.trouble === undefined ? [] : [cache.trouble]),
  ]
  return html`<p class="note">Layer cache: ${cache.kind} (${cache.because})${parts.length > 0 ? `; ${parts.join(', ')}` : ''}</p>`
}

/** The steps of the Dockerfile: how long each took, the longest first; those that came from the cache are folded. */
export function stepsSection(image: ImageReport | undefined): Html {
  if (!image || image.stepList.length === 0) return nothing
  const longest = Math.max(...image.stepList.map(({ ms = 0 }) => ms))
  const run = image.stepList.filter(({ cached }) => !cached).toSorted((a, b) => (b.ms ?? 0) - (a.ms ?? 0))
  const cached = listed(
    image.stepList.filter((step) => step.cached),
    mostSteps,
    ({ name }) => html`<li><code>${clipped(name, longestStep)}</code></li>`,
  )
  const all = run.map(({ name, ms }) => ({
    ...{ label: clipped(name, longestStep), code: true, share: shareOf(ms ?? 0, longest), kind: 'own' as const },
    value: ms === undefined ? '' : timeText(ms),
  }))
  const { hit, total } = image.steps
  return section('steps', 'Steps of the build', [
    html`<p>${hit} of ${count(total, 'step')} came from the cache.</p>`,
    ...(all.length > 0 ? bars(all, mostSteps, 'steps') : []),
    cached.shown.length > 0
      ? html`<details><summary>${count(cached.shown.length + cached.left, 'step')} from the cache</summary><ul>${cached.shown}</ul>${leftText(cached.left, 'steps')}</details>`
      : nothing,
    cacheText(image),
  ])
}
