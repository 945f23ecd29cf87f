import type { ImageReport } from '../report.ts'
import { seconds } from '../text.ts'
import { bytesText, counted } from './amounts.ts'
import { bars } from './bars.ts'
import { clipped, type Html, html, nothing, section } from './html.ts'
import { shareOf } from './scale.ts'

const mostSteps = 25
const longestStep = 120

function cacheText({ cache }: ImageReport): Html {
  if (!cache) return nothing
  const parts = [
    ...(cache.importMs === undefined ? [] : [`looked up in ${seconds(cache.importMs)}`]),
    ...(cache.downloadedBytes ? [`${bytesText(cache.downloadedBytes)} read`] : []),
    ...(cache.exportMs === undefined ? [] : [`written in ${seconds(cache.exportMs)}`]),
    ...(cache.uploadedBytes ? [`${bytesText(cache.uploadedBytes)} sent`] : []),
    ...(cache.trouble === undefined ? [] : [cache.trouble]),
  ]
  return html`<p class="note">Layer cache: ${cache.kind} (${cache.because})${parts.length > 0 ? `; ${parts.join(', ')}` : ''}</p>`
}

/** Each step of the Dockerfile, and how long it took where it did not come from the cache. */
export function stepsSection(image: ImageReport | undefined): Html {
  if (!image || image.stepList.length === 0) return nothing
  const longest = Math.max(...image.stepList.map(({ ms = 0 }) => ms))
  const all = image.stepList.map(({ name, cached, ms }) => ({
    ...{ label: clipped(name, longestStep), code: true, share: shareOf(ms ?? 0, longest) },
    ...(cached ? { value: 'cached', kind: 'none' as const } : { value: ms === undefined ? '' : seconds(ms), kind: 'own' as const }),
  }))
  const { hit, total } = image.steps
  return section('steps', 'Steps of the build', [
    html`<p>${hit} of ${counted(total, 'step')} came from the cache.</p>`,
    ...bars(all, mostSteps, 'steps'),
    cacheText(image),
  ])
}
