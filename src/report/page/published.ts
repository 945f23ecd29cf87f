import type { Attested } from '../../attest/attest.ts'
import type { Report } from '../report.ts'
import { inspectDetail } from '../text.ts'
import { block, type Html, html, leftText, link, listed, nothing, section } from './html.ts'
import { type Column, row, table } from './table.ts'

const mostTags = 100
const mostNotices = 50

const attested = ({ about, subject, url }: Attested) => html`<li>${link(url, about)} of <code>${subject}</code></li>`

const columns: readonly Column[] = [
  { name: 'Platform', kind: 'name' },
  { name: 'Tests', kind: 'word' },
  { name: 'Smoke', kind: 'word' },
  { name: 'Image', kind: 'rest' },
]

function platforms({ merged }: Report): Html {
  if (!merged) return nothing
  const { shown, left } = listed(merged.parts, mostTags, ({ platform, digest, tests, smoke }) =>
    row(columns, [html`${platform}`, html`${tests}`, html`${smoke}`, html`<code>${digest}</code>`]),
  )
  return html`${table(columns, shown)}${leftText(left, 'images')}`
}

function fact(name: string, value: Html): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`
}

/** Which image it is, what points to it, and what was said about it. */
export function imageSection(report: Report): Html {
  const { image, merged, pushedTags, push, promoted, leaks } = report
  const digest = image?.digest || merged?.digest
  const facts = [
    ...(digest ? [fact('Digest', html`<code>${digest}</code>`)] : []),
    ...(image?.imageid ? [fact('Configuration', html`<code>${image.imageid}</code>`)] : []),
    ...(promoted
      ? [
          fact(
            'Promoted',
            html`<code>${promoted.found}</code>, of commit <code>${promoted.revision}</code> ${link(promoted.run, 'its run')}`,
          ),
        ]
      : []),
    fact('Push', html`${push.push ? (report.pushed ? 'yes' : 'when the gates are green') : 'no'}: ${push.reason}`),
    ...(leaks ? [fact('Secrets', html`${inspectDetail({ leaks })}`)] : []),
  ]
  const statements = listed(report.attested ?? [], mostTags, attested)
  return section('image', 'Image', [
    html`<dl class="pairs">${facts}</dl>`,
    platforms(report),
    pushedTags.length > 0
      ? html`<h3>Tags</h3>${block(pushedTags.slice(0, mostTags))}${leftText(pushedTags.length - mostTags, 'tags')}`
      : nothing,
    statements.shown.length > 0 ? html`<h3>Attested</h3><ul class="plain">${statements.shown}</ul>` : nothing,
  ])
}

/** What of a green run is not as good as it looks. */
function unproven({ smoke }: Report): readonly string[] {
  if (!smoke) return []
  const { gpuMissing, unproven: why, predict, untested = [] } = smoke
  return [
    ...(gpuMissing === undefined ? [] : [`The model is not proven: the image is for a GPU (${gpuMissing}), and there is none here.`]),
    ...(gpuMissing === undefined && why !== undefined ? [`The model is not proven: ${why}`] : []),
    ...(gpuMissing === undefined && why === undefined && !predict ? ['The model is not proven: no prediction was asked for.'] : []),
    ...untested.map((platform) => `The image for ${platform} was not run.`),
  ]
}

/** What a run wanted to be known besides. */
export function noticesSection(report: Report): Html {
  const notices = [...new Set([...unproven(report), ...report.notices])]
  if (notices.length === 0) return nothing
  const { shown, left } = listed(notices, mostNotices, (notice) => html`<li>${notice}</li>`)
  return section('notices', 'Notices', [html`<ul class="plain">${shown}</ul>`, leftText(left, 'notices')])
}
