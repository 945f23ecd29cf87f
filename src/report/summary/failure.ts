import { clip, escapeMarkdown, fenced, fold } from '../markdown.ts'
import { placeLink } from '../place.ts'
import { excerpt } from '../text.ts'
import type { Section } from './section.ts'

const mostLines = 200
const longestLine = 2_000

/** What happened, what proves it, and what to do. Of long proof an excerpt stands there, so that this is not far down. */
export const failure: Section = (report) => {
  const { failure: red } = report
  if (!red) return []
  const lines = red.evidence.slice(0, mostLines).map((line) => clip(line, longestLine))
  const shown = excerpt(lines)
  const told = [
    escapeMarkdown(red.message),
    ...(shown.length > 0 ? [fenced(shown)] : []),
    ...(red.at ? [placeLink(report, red.at)] : []),
    ...(red.cause ? [`**Cause:** ${escapeMarkdown(red.cause.text)}`] : []),
    `**Next:** ${escapeMarkdown(red.remedy)}`,
  ].join('\n\n')
  const short = [escapeMarkdown(red.message), `**Next:** ${escapeMarkdown(red.remedy)}`].join('\n\n')
  const whole = shown.length < lines.length ? [`${told}\n\n${fold(`All ${red.evidence.length} lines`, fenced(lines))}`] : []
  return [...whole, told, short]
}
