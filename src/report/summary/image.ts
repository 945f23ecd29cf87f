import type { Attested } from '../../attest/attest.ts'
import { code, escapeMarkdown, fenced, fold } from '../markdown.ts'
import type { PromotionReport, Report } from '../report.ts'
import { firstOf, type Section } from './section.ts'

const mostTags = 200
/** Of GitHub, with what its own pages are called by. */
const page = /^https?:\/\/[\w.:-]{1,300}(\/[\w.-]{1,200}){1,10}$/

const linked = (label: string, url: string | undefined) => (url !== undefined && page.test(url) ? `[${label}](${url})` : label)
const attestedText = ({ about, url }: Attested) => linked(about, url)

function promotion({ found, revision, run }: PromotionReport): string {
  const by = run === undefined ? '' : `, by ${linked('its run', run)}`
  return `${code(found)} was gated and published for commit ${code(revision.slice(0, 12))}${by}: nothing was run again.`
}

/** How to have it by its digest, and the tags that were set, ready to be copied. */
function pulling({ names, pushedTags }: Report, digest: string): readonly string[] {
  const { shown, more } = firstOf(pushedTags, mostTags)
  return [`docker pull ${names[0]}@${digest}`, ...(shown.length > 0 ? [''] : []), ...shown, ...(more > 0 ? [`and ${more} more`] : [])]
}

/** Where the image is and by what names. */
export const image: Section = (report) => {
  const { merged, promoted, attested, pushed, push } = report
  const digest = report.image?.digest || merged?.digest
  const told = [
    ...(promoted ? [promotion(promoted)] : []),
    ...(attested && attested.length > 0 ? [`Attested: ${attested.map(attestedText).join(', ')}`] : []),
    ...(digest && !pushed ? [`Image ${code(digest)}${push.layout ? `, in ${escapeMarkdown(push.layout.given)}` : ''}`] : []),
    ...(digest && pushed ? [fold('Tags and digest', fenced(pulling(report, digest)))] : []),
  ]
  return told.length > 0 ? [told.join('\n\n')] : []
}
