import { join } from 'node:path'
import { exitCodes } from '../errors.ts'
import type { Host } from '../host/host.ts'
import { setOutputs } from '../outputs.ts'
import type { DryRun } from '../plan/dry-run.ts'
import { annotationsOf } from './annotations.ts'
import type { Commentator } from './comment/comment.ts'
import { closeDraft } from './draft.ts'
import { reportOutputs } from './outputs.ts'
import type { Refusal } from './refusal.ts'
import type { Report, reportVersion } from './report.ts'
import { summaryMarkdown } from './summary/summary.ts'
import { figures, headline } from './text.ts'

/** What the process exits with, and the report when it came to one; else why it was refused, or what a dry run plans. */
export type Result = Readonly<{ exitCode: number; report?: Report; refusal?: Refusal; rehearsal?: Rehearsal }>

/** A dry run as `--json` gives it. */
type Rehearsal = Readonly<{ version: typeof reportVersion; result: 'passed'; plan: DryRun }>

/** Makes a report known: outputs, summary, the annotations, the comment on a pull request, and the last line of the log. */
export async function tell(host: Host, report: Report, summary: boolean, comment?: Commentator): Promise<Result> {
  const temp = host.env['RUNNER_TEMP']
  const path = temp && join(temp, `ml-image-report-${host.runId}.json`)
  if (path) host.files.writePrivate(path, host.masked(`${JSON.stringify(report, null, 2)}\n`))
  setOutputs(host, { ...reportOutputs(report), ...(path ? { report: path } : {}) })
  if (summary) host.summary(summaryMarkdown(report))
  closeDraft(host)
  const { failure } = report
  const result = { exitCode: failure ? exitCodes[failure.kind] : exitCodes.passed, report }
  // A command line shows the report as a whole (cli/show.ts).
  if (host.kind === 'terminal') return result
  for (const annotation of annotationsOf(report, host.annotationRoom)) host.annotate(annotation)
  await comment?.(report)
  for (const figure of figures(report)) host.log.line(`  ${figure}`)
  host.log.line(`Result: ${report.result}. ${headline(report)}`)
  return result
}
