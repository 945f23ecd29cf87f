import { escapeMarkdown } from '../markdown.ts'
import { firstOf, type Section } from './section.ts'

const most = [50, 10, 3]

/** What the user should know, each in a quote of its own. */
export const notices: Section = (report) =>
  report.notices.length === 0
    ? []
    : most.map((size) => {
        const { shown, more } = firstOf(report.notices, size)
        return [...shown.map((notice) => `> ${escapeMarkdown(notice)}`), ...(more > 0 ? [`> And ${more} more.`] : [])].join('\n\n')
      })
