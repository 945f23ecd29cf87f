import type { Advice } from '../../advice/advice.ts'
import { count } from '../../amounts.ts'
import type { Check } from '../../build/checks.ts'
import { gainText } from '../gain.ts'
import { clip, code, escapeMarkdown, fenced, fold } from '../markdown.ts'
import { placeLink } from '../place.ts'
import type { Report } from '../report.ts'
import { andMore, firstOf, type Section } from './section.ts'

/** How many are told, and whether with the change that mends them. */
const forms = [
  { most: 50, fixes: true },
  { most: 50, fixes: false },
  { most: 10, fixes: false },
] as const
const longestFix = 5_000
/** The checks come from whatever frontend the Dockerfile names. */
const ofDocker = /^https:\/\/docs\.docker\.com\/[\w./#-]{0,300}$/

function oneAdvice(report: Report, { rule, message, why, at, fix, gain }: Advice, fixes: boolean): string {
  const head = [`**${escapeMarkdown(message)}**`, escapeMarkdown(clip(gainText(gain), 200)), at ? placeLink(report, at) : '', code(rule)]
  const diff = fixes && fix !== undefined ? [fenced(clip(fix, longestFix).split('\n'), 'diff')] : []
  return [head.filter(Boolean).join(' · '), escapeMarkdown(why), ...diff].filter(Boolean).join('\n\n')
}

function oneCheck(report: Report, { rule, message, url, at }: Check): string {
  const name = code(rule.replace(/[[\]]/g, ' '))
  const linked = url !== undefined && name !== '' && ofDocker.test(url) ? `[${name}](${url})` : name
  return `- ${[escapeMarkdown(message), at ? placeLink(report, at) : '', linked].filter(Boolean).join(' · ')}`
}

/** What could be better: our advice with its gain and the change to make, and what BuildKit's checks say. */
export const advice: Section = (report) => {
  const { checks, advice: given = [] } = report
  if (given.length === 0 && checks.length === 0) return []
  const title = [
    ...(given.length > 0 ? [count(given.length, 'piece of advice', 'pieces of advice')] : []),
    ...(checks.length > 0 ? [count(checks.length, 'check of the Dockerfile', 'checks of the Dockerfile')] : []),
  ].join(', ')
  return forms.map(({ most, fixes }) => {
    const ours = firstOf(given, most)
    const theirs = firstOf(checks, most)
    const told = [
      ...(given.length > 0 ? [`${ours.shown.map((one) => oneAdvice(report, one, fixes)).join('\n\n')}${andMore(ours.more)}`] : []),
      ...(checks.length > 0 ? [`${theirs.shown.map((one) => oneCheck(report, one)).join('\n')}${andMore(theirs.more)}`] : []),
    ]
    return fold(`What could be better: ${title}`, told.join('\n\n'))
  })
}
