import { failures } from '../errors.ts'
import { problemText } from '../inputs/inputs.ts'
import { problemCount, type Refusal } from './refusal.ts'
import { escapeMarkdown } from './summary.ts'

/** The job summary of a run that came to no stage. */
export function refusalMarkdown({ failure, problems }: Refusal): string {
  if (failure.code === 'bad-input' && problems.length > 0) {
    const list = problems.map((problem) => `- ${escapeMarkdown(problemText(problem))}`).join('\n')
    return `### ML image: ${problemCount(problems)}, nothing was run\n\n${list}\n`
  }
  const { remedy } = failures[failure.code]
  return `### ML image: stopped before the first stage (${failure.code})\n\n${escapeMarkdown(failure.message)}\n\n**Next:** ${remedy}\n`
}
