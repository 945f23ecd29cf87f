import { clip, escapeMarkdown, fold } from '../markdown.ts'
import { andMore, firstOf, type Section } from './section.ts'

const most = [50, 10]

/** Of the search for secrets what is not plainly good: what was not looked at, what was left out, what looks like one. */
export const leaks: Section = ({ leaks: found }) => {
  if (!found) return []
  const lines = [
    ...found.advice.map((place) => ['looks like a secret, in a package of others: ', place]),
    ...found.leftOut.map(({ layer, why }) => ['not looked at: ', layer, ', ', why]),
    ...found.ignored.map((place) => ['left out by leak-ignore: ', place]),
  ]
  if (lines.length === 0) return []
  return most.map((size) => {
    const { shown, more } = firstOf(lines, size)
    return fold(
      `Search for secrets: ${lines.length} remarks`,
      `${shown.map((words) => `- ${escapeMarkdown(words.map((word) => clip(word, 500)).join(''))}`).join('\n')}${andMore(more)}`,
    )
  })
}
