import type { FailureCode } from '../../errors.ts'
import { type Problem, problemText } from '../../inputs/inputs.ts'
import { clip, escapeMarkdown } from '../markdown.ts'
import { andMore, firstOf } from './section.ts'

const mostProblems = 100

/** `3 problems with the inputs` */
export function problemCount(problems: readonly Problem[]): string {
  return `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} with the inputs`
}

/** The summary of a run whose inputs were refused. */
export function refusalMarkdown(problems: readonly Problem[]): string {
  const { shown, more } = firstOf(problems, mostProblems)
  const lines = shown.map((problem) => `- ${escapeMarkdown(problemText({ ...problem, value: clip(problem.value, 500) }))}`)
  return `### ML image: ${problemCount(problems)}, nothing was run\n\n${lines.join('\n')}${andMore(more)}\n`
}

/** The summary of a run that came to no report. */
export function brokenMarkdown(code: FailureCode, message: string, remedy: string): string {
  return `### ML image: stopped before the first stage (${code})\n\n${escapeMarkdown(message)}\n\n**Next:** ${escapeMarkdown(remedy)}\n`
}
